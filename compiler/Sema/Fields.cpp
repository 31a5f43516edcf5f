//===- Fields.cpp - fields, hidden rates and initial values ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Declarations.h"
#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Types.h"

using llvm::cast;

namespace irh::sema {

static void checkSymmetry(Analysis &analysis, const ast::FieldDecl &decl) {
  if (decl.symmetry == ast::EdgeSymmetry::Unstated)
    return;
  if (decl.set.member.text != "edges")
    analysis.report(diag::SymmetryOfNodes, decl.symmetrySpan);
  else if (decl.symmetry == ast::EdgeSymmetry::Hermitian)
    analysis.reportLater(&decl, "hermitian", decl.symmetrySpan);
  else if (decl.symmetry == ast::EdgeSymmetry::Antisymmetric)
    analysis.reportLater(&decl, "antisymmetric", decl.symmetrySpan);
}

static std::optional<Type> resolveFieldType(Analysis &analysis, const ast::FieldDecl &decl) {
  std::optional<Type> type = resolveType(analysis, decl, decl.type);
  if (type != Type::String)
    return type;
  analysis.report(diag::FieldOfStrings, decl.type.span);
  return std::nullopt;
}

static void makeField(Analysis &analysis, Symbol &symbol) {
  auto &decl = cast<ast::FieldDecl>(*symbol.decl);
  std::optional<Type> type = resolveFieldType(analysis, decl);
  checkSymmetry(analysis, decl);
  std::optional<Domain> domain = resolveSet(analysis, decl.set);
  symbol.isPoisoned |= !type || !domain || analysis.isReportedLater(&decl);
  if (!symbol.isPoisoned)
    symbol.field = &analysis.model.fields.emplace_back(Field{.name = symbol.name,
                                                             .doc = decl.doc.str(),
                                                             .domain = *domain,
                                                             .type = *type,
                                                             .span = decl.span,
                                                             .nameSpan = symbol.span});
}

/// The field that `rate`, a field with a primed name, is the rate of.
static const Symbol *findBase(const Analysis &analysis, const Symbol &rate) {
  return analysis.find(StringRef(rate.name).drop_back());
}

/// A hidden rate is like the field whose rate it is, and 0 at first.
static void completeHiddenRate(Analysis &analysis, Symbol &symbol) {
  const Field *base = findBase(analysis, symbol)->field;
  if (!base) {
    symbol.isPoisoned = true;
    symbol.field = nullptr;
    return;
  }
  symbol.field->domain = base->domain;
  symbol.field->type = base->type;
  symbol.field->initial = analysis.makeConstant({}, base->type, symbol.span);
}

static void checkDeclaredRate(Analysis &analysis, Symbol &symbol) {
  const Field *base = findBase(analysis, symbol)->field;
  if (!base || !symbol.field ||
      (base->type == symbol.field->type && base->domain == symbol.field->domain))
    return;
  analysis.report(diag::RateUnlikeField, symbol.span, symbol.name, base->name)
      .note(base->nameSpan, "declared here");
  symbol.isPoisoned = true;
}

void makeFields(Analysis &analysis, ArrayRef<Definition> definitions) {
  std::vector<Symbol *> made;
  for (const Definition &definition : definitions)
    if (definition.symbol && definition.symbol->kind == SymbolKind::Field)
      made.push_back(definition.symbol);
  for (Symbol *symbol : made) {
    if (symbol->decl)
      makeField(analysis, *symbol);
    else
      symbol->field = &analysis.model.fields.emplace_back(
          Field{.name = symbol->name, .span = symbol->span, .nameSpan = symbol->span});
  }
  for (Symbol *symbol : made) {
    if (!symbol->decl)
      completeHiddenRate(analysis, *symbol);
    else if (cast<ast::FieldDecl>(symbol->decl)->name.numPrimes != 0)
      checkDeclaredRate(analysis, *symbol);
  }
}

static void reportMissingInitial(Analysis &analysis, const Symbol &symbol,
                                 const ast::FieldDecl &decl) {
  StringRef zero = symbol.field && symbol.field->type == Type::Bool ? " = false" : " = 0";
  Span end{decl.span.end, decl.span.end};
  analysis.report(diag::MissingInitial, symbol.span, symbol.name).fix(end, zero.str());
}

static const Expr *analyzeInitial(Analysis &analysis, const Symbol &symbol,
                                  const ast::FieldDecl &decl) {
  const Field *field = symbol.field;
  const Expr *value = analyzeExpr(analysis, *decl.initial,
                                  {.role = Role::Initial,
                                   .item = &decl,
                                   .domain = field ? std::optional(field->domain) : std::nullopt,
                                   .isDomainPoisoned = !field,
                                   .owner = symbol.name});
  if (!field)
    return nullptr;
  std::string purpose = "the initial value of `" + field->name + "`";
  return requireType(analysis, requireOn(analysis, value, field->domain, purpose), field->type,
                     purpose);
}

void analyzeInitialValues(Analysis &analysis) {
  for (Symbol &symbol : analysis.symbols) {
    auto *decl = llvm::dyn_cast_if_present<ast::FieldDecl>(symbol.decl);
    if (!decl || analysis.isReportedLater(decl))
      continue;
    const Expr *initial = nullptr;
    if (decl->initial)
      initial = analyzeInitial(analysis, symbol, *decl);
    else if (decl->name.numPrimes == 0)
      reportMissingInitial(analysis, symbol, *decl);
    else if (symbol.field)
      initial = analysis.makeConstant({}, symbol.field->type, symbol.span);
    if (symbol.field)
      symbol.field->initial = initial;
  }
}

} // namespace irh::sema
