//===- Actions.cpp - observe, check, save and assignments ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Statements.h"
#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"

using llvm::cast;

namespace irh::sema {

// Rows.

void RowNames::add(const ast::ObserveItem &item, bool isComplex) {
  Span span = item.name ? item.name.span : item.value->span;
  llvm::SmallVector<std::string, 3> names = {item.label.str()};
  if (isComplex)
    names.append({names[0] + "_re", names[0] + "_im"});
  for (const std::string &name : names) {
    if (evolve && (name == "step" || name == timeName(*evolve)))
      return void(analysis.report(diag::ReservedColumn, span, name));
    auto [first, isNew] = spans.try_emplace(name, span);
    if (!isNew)
      return void(analysis.report(diag::DoubledColumn, span, diag::quote(name))
                      .note(first->second, "the first column of that name"));
  }
}

static std::optional<Action> analyzeObserve(Analysis &analysis, const ast::ObserveStmt &stmt,
                                            const ast::EvolveStmt *evolve, RowNames &row) {
  Observe observe{.span = stmt.span};
  for (const ast::ObserveItem &item : stmt.items) {
    const Expr *value = analyzeExpr(analysis, *item.value,
                                    {.role = Role::Statement, .item = &stmt, .evolve = evolve});
    row.add(item, value && value->type == Type::Complex);
    if (value && value->type == Type::String) {
      analysis.report(diag::ObservedString, value->span);
      continue;
    }
    value = requireOn(analysis, value, {}, "what is observed");
    if (value)
      observe.columns.push_back({item.label.str(), value});
  }
  bool isWhole = observe.columns.size() == stmt.items.size();
  return isWhole ? std::optional<Action>(std::move(observe)) : std::nullopt;
}

static std::optional<Action> analyzeCheck(Analysis &analysis, const ast::CheckStmt &stmt,
                                          const ast::EvolveStmt *evolve) {
  const Expr *condition = analyzeExpr(analysis, *stmt.condition,
                                      {.role = Role::Statement, .item = &stmt, .evolve = evolve});
  condition = requireGlobal(analysis, condition, Type::Bool, "what is checked");
  if (!condition)
    return std::nullopt;
  return Check{.condition = condition, .message = stmt.message.value.str(), .span = stmt.span};
}

// Assignments.

/// The field without primes that `target` names; null after an error.
static const Symbol *resolveBase(Analysis &analysis, const ast::Target &target) {
  const Symbol *symbol = analysis.find(target.name.text);
  if (!symbol) {
    analysis.report(diag::UnknownName, target.name.span, diag::quote(target.name.text),
                    didYouMean(target.name.text, fieldNames(analysis)));
    return nullptr;
  }
  if (symbol->isPoisoned || symbol->kind == SymbolKind::Field)
    return symbol->isPoisoned ? nullptr : symbol;
  analysis.report(diag::AssignedNoField, target.span, symbol->name, describe(symbol->kind))
      .note(symbol->span, "declared here");
  return nullptr;
}

/// The stored values that `target` names; null after an error.
static const Field *resolveTarget(Analysis &analysis, const ast::Target &target, bool isInEvolve) {
  const Symbol *symbol = resolveBase(analysis, target);
  if (symbol && target.numPrimes != 0) {
    std::string name = withPrimes(symbol->name, target.numPrimes);
    const Symbol *rate = analysis.find(name);
    if (!rate && isInEvolve)
      analysis.report(diag::RateAssigned, target.span, name, symbol->name)
          .note(symbol->span, "declared here");
    else if (!rate)
      analysis.report(diag::EquationOutsideEvolve, target.span);
    symbol = rate;
  }
  if (!symbol || !symbol->field || symbol->isPoisoned)
    return nullptr;
  if (target.entries.empty())
    return symbol->field;
  analysis.report(diag::ComponentAssigned, target.span, symbol->name);
  return nullptr;
}

std::optional<Assignment> analyzeAssignment(Analysis &analysis, const ast::AssignStmt &stmt,
                                            const ast::EvolveStmt *evolve) {
  const Field *field = resolveTarget(analysis, stmt.target, evolve != nullptr);
  std::string owner = field ? field->name + ".set" : "";
  const Expr *value = analyzeExpr(analysis, *stmt.value,
                                  {.role = Role::Assignment,
                                   .item = &stmt,
                                   .evolve = evolve,
                                   .domain = field ? std::optional(field->domain) : std::nullopt,
                                   .isDomainPoisoned = !field,
                                   .owner = owner});
  if (!field)
    return std::nullopt;
  std::string purpose = "the new value of `" + field->name + "`";
  value = requireType(analysis, requireOn(analysis, value, field->domain, purpose), field->type,
                      purpose);
  if (!value)
    return std::nullopt;
  return Assignment{field, value, stmt.span};
}

// Files.

static std::optional<SaveFormat> resolveFormat(Analysis &analysis, const ast::Text &file) {
  if (file.value.ends_with(".csv"))
    return SaveFormat::Csv;
  if (file.value.ends_with(".h5"))
    return SaveFormat::Hdf5;
  analysis.report(diag::UnknownFileKind, file.span);
  return std::nullopt;
}

/// The value that `name` stands for: a field or a let on points, else null after an error.
static const Expr *analyzeSaved(Analysis &analysis, const ast::SaveStmt &stmt,
                                const ast::Name &name, const ast::EvolveStmt *evolve) {
  ast::NameExpr base({.text = name.text, .span = name.span});
  ast::PrimeExpr primed(name.span, &base, name.numPrimes);
  const ast::Expr &tree = name.numPrimes == 0 ? static_cast<ast::Expr &>(base) : primed;
  const Expr *value = analyzeExpr(
      analysis, tree, {.role = Role::Statement, .item = &stmt, .evolve = evolve, .isSaved = true});
  if (!value)
    return nullptr;
  std::string text = withPrimes(name.text, name.numPrimes);
  if (value->domain.isGlobal()) {
    analysis.report(diag::SavedOneValue, name.span, text);
    return nullptr;
  }
  if (std::holds_alternative<FieldValue>(value->node) ||
      std::holds_alternative<LetValue>(value->node) ||
      std::holds_alternative<Eigenvectors>(value->node))
    return value;
  analysis.report(diag::SavedNoField, name.span, text);
  return nullptr;
}

/// Whether the file has a column, or of `.h5` an array or a group, of that name beside the saved.
static bool isOwnName(StringRef name, SaveFormat format, const Domain &domain,
                      const ast::EvolveStmt *evolve) {
  if (evolve && name == "t")
    return true;
  if (format == SaveFormat::Hdf5)
    return name == "nodes" || name == "edges" || (evolve && name == "step");
  return domain.kind == SetKind::Nodes ? name == "id" : name == "src" || name == "dst";
}

/// What the file calls the column: a complex one is two in `.csv`.
static llvm::SmallVector<std::string, 2> namesInFile(const SavedColumn &column, SaveFormat format) {
  if (format == SaveFormat::Csv && column.value->type == Type::Complex)
    return {column.name + "_re", column.name + "_im"};
  return {column.name};
}

/// Whether `column` can stand in the file beside `first`, one of its columns.
static bool checkSet(Analysis &analysis, const Save &save, const SavedColumn &column) {
  const Domain &first = save.columns[0].value->domain;
  const Domain &domain = column.value->domain;
  bool isCsv = save.format == SaveFormat::Csv;
  if (isCsv ? domain == first : domain.network == first.network)
    return true;
  analysis.report(isCsv ? diag::SavedSetsDiffer : diag::SavedNetworksDiffer, column.value->span,
                  spelling(domain), spelling(first));
  return false;
}

/// Reports the first name of `column` in the file that is taken.
static void checkName(Analysis &analysis, const Save &save, const SavedColumn &column,
                      const ast::EvolveStmt *evolve) {
  for (const std::string &name : namesInFile(column, save.format)) {
    if (isOwnName(name, save.format, column.value->domain, evolve))
      return void(analysis.report(diag::FileColumnTaken, column.value->span, name));
    for (const SavedColumn &earlier : save.columns)
      if (llvm::is_contained(namesInFile(earlier, save.format), name))
        return void(analysis.report(diag::DoubledColumn, column.value->span, diag::quote(name)));
  }
}

static void addSaved(Analysis &analysis, Save &save, SavedColumn column,
                     const ast::EvolveStmt *evolve) {
  checkName(analysis, save, column, evolve);
  save.columns.push_back(std::move(column));
  checkSet(analysis, save, save.columns.back());
}

/// All that two `save`s in evolves to one file must agree in.
static std::string describeColumns(const ast::SaveStmt &stmt) {
  std::string columns;
  for (const ast::Name &name : stmt.names)
    columns += "," + withPrimes(name.text, name.numPrimes);
  return columns;
}

static void checkFile(Analysis &analysis, const ast::SaveStmt &stmt,
                      const ast::EvolveStmt *evolve) {
  SavedFile file{describeColumns(stmt), evolve != nullptr, stmt.file.span};
  auto [first, isNew] = analysis.savedFiles.try_emplace(stmt.file.value, file);
  bool areSeries = evolve && first->second.isSeries;
  if (!isNew && !(areSeries && first->second.columns == file.columns))
    analysis.report(diag::SavesClash, stmt.file.span)
        .note(first->second.span, "the first `save` to this file");
}

static std::optional<Action> analyzeSave(Analysis &analysis, const ast::SaveStmt &stmt,
                                         const ast::EvolveStmt *evolve) {
  std::optional<SaveFormat> format = resolveFormat(analysis, stmt.file);
  Save save{.file = stmt.file.value.str(), .span = stmt.span};
  save.format = format.value_or(SaveFormat::Hdf5);
  for (const ast::Name &name : stmt.names)
    if (const Expr *value = analyzeSaved(analysis, stmt, name, evolve))
      addSaved(analysis, save, {withPrimes(name.text, name.numPrimes), value}, evolve);
  checkFile(analysis, stmt, evolve);
  bool isWhole = format && save.columns.size() == stmt.names.size();
  return isWhole ? std::optional<Action>(std::move(save)) : std::nullopt;
}

// Any of them.

bool isAction(const ast::Stmt &stmt) {
  return llvm::isa<ast::ObserveStmt, ast::CheckStmt, ast::SaveStmt, ast::AssignStmt,
                   ast::SolveStmt>(stmt);
}

const ast::Cadence *findCadence(const ast::Stmt &stmt) {
  const ast::Cadence *cadence = nullptr;
  if (auto *observe = llvm::dyn_cast<ast::ObserveStmt>(&stmt))
    cadence = &observe->cadence;
  else if (auto *check = llvm::dyn_cast<ast::CheckStmt>(&stmt))
    cadence = &check->cadence;
  else if (auto *save = llvm::dyn_cast<ast::SaveStmt>(&stmt))
    cadence = &save->cadence;
  return cadence && *cadence ? cadence : nullptr;
}

std::optional<Action> analyzeAction(Analysis &analysis, const ast::Stmt &stmt,
                                    const ast::EvolveStmt *evolve, RowNames &row) {
  switch (stmt.kind) {
  case ast::Item::Kind::Observe:
    return analyzeObserve(analysis, cast<ast::ObserveStmt>(stmt), evolve, row);
  case ast::Item::Kind::Check:
    return analyzeCheck(analysis, cast<ast::CheckStmt>(stmt), evolve);
  case ast::Item::Kind::Save:
    return analyzeSave(analysis, cast<ast::SaveStmt>(stmt), evolve);
  case ast::Item::Kind::Solve:
    return analyzeSolve(analysis, cast<ast::SolveStmt>(stmt), evolve);
  default:
    return analyzeAssignment(analysis, cast<ast::AssignStmt>(stmt), evolve);
  }
}

} // namespace irh::sema
