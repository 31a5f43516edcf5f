//===- Solves.cpp - equations that are solved for a field ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Declarations.h"
#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/LinearForm.h"
#include "compiler/Sema/Statements.h"
#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"

#include <limits>

namespace irh::sema {

//===- The unknown, and what is left of its last solve ----------------------===//

static SolveOutcome &outcomeOf(Analysis &analysis, const Field &field) {
  SolveOutcome &outcome = analysis.outcomes[&field];
  if (outcome.iterations)
    return outcome;
  auto makeState = [&](StringRef suffix, Type type, Constant initial) {
    return &analysis.model.fields.emplace_back(
        Field{.name = (field.name + "." + suffix).str(),
              .type = type,
              .initial = analysis.makeConstant(initial, type, field.nameSpan),
              .span = field.span,
              .nameSpan = field.nameSpan});
  };
  outcome.iterations = makeState("iterations", Type::Int, {});
  outcome.residual =
      makeState("residual", Type::Real, {.real = std::numeric_limits<double>::quiet_NaN()});
  return outcome;
}

/// A field that equations may be solved for; null after an error.
static const Field *resolveUnknown(Analysis &analysis, const ast::Name &name) {
  const Symbol *symbol = analysis.find(withPrimes(name.text, name.numPrimes));
  if (!symbol) {
    analysis.report(diag::UnknownName, name.span, diag::quote(name.text),
                    didYouMean(name.text, fieldNames(analysis)));
    return nullptr;
  }
  if (symbol->isPoisoned || (symbol->kind == SymbolKind::Field && !symbol->field))
    return nullptr;
  const Field *field = symbol->field;
  bool isFit = field && !field->domain.isGlobal() && field->domain.kind == SetKind::Nodes &&
               (field->type == Type::Real || field->type == Type::Complex);
  if (isFit)
    return field;
  analysis.report(diag::UnknownOfNoNodes, name.span, name.text).note(symbol->span, "declared here");
  return nullptr;
}

const Expr *ExprAnalyzer::analyzeOutcome(const ast::CallExpr &call) {
  StringRef name = call.callee.text;
  if (!requireCount(call, 1, /*isLeast=*/false))
    return nullptr;
  auto *argument = llvm::dyn_cast<ast::NameExpr>(call.arguments[0].value);
  if (!argument || call.arguments[0].name) {
    error(diag::OutcomeOfNoField, call.arguments[0].span, name);
    return nullptr;
  }
  const Field *field = resolveUnknown(analysis, argument->name);
  if (!field || !readState(name, call.span))
    return nullptr;
  SolveOutcome &outcome = outcomeOf(analysis, *field);
  if (outcome.reader.empty())
    std::tie(outcome.readAt, outcome.reader) = std::pair(call.span, name);
  const Field *asked = name == "iterations" ? outcome.iterations : outcome.residual;
  return make(FieldValue{asked}, asked->type, {}, call.span);
}

void checkSolved(Analysis &analysis) {
  for (auto &[field, outcome] : analysis.outcomes)
    if (!outcome.isSolved)
      analysis.report(diag::NeverSolved, outcome.readAt, outcome.reader, field->name);
}

//===- The method -----------------------------------------------------------===//

static constexpr std::pair<StringRef, SolveMethod> kMethods[] = {{"cg", SolveMethod::Cg},
                                                                 {"minres", SolveMethod::Minres},
                                                                 {"gmres", SolveMethod::Gmres},
                                                                 {"direct", SolveMethod::Direct}};

/// Fills in the method and its arguments; false after an error.
static bool analyzeMethod(Analysis &analysis, const ast::SolveStmt &stmt, const Context &context,
                          Solve &solve) {
  const ast::Name &name = stmt.method.name;
  if (name.text == "multigrid" || name.text == "fft") {
    analysis.reportLater(&stmt, name.text, name.span);
    return false;
  }
  auto *found = llvm::find_if(kMethods, [&](auto &entry) { return entry.first == name.text; });
  if (found == std::end(kMethods)) {
    std::vector<StringRef> names;
    for (auto &[known, method] : kMethods)
      names.push_back(known);
    analysis.report(diag::UnknownMethod, name.span, diag::quote(name.text),
                    didYouMeanOneOf(name.text, names));
    return false;
  }
  solve.method = found->second;
  llvm::SmallVector<ArgumentSpec, 2> specs;
  if (solve.method != SolveMethod::Direct)
    specs.push_back({"tolerance", false});
  if (solve.method == SolveMethod::Gmres)
    specs.push_back({"restart", false});
  auto matched = matchArguments(analysis, {name.text, name.span}, stmt.method.arguments, specs);
  auto analyzeArgument = [&](size_t i, Type type, StringRef purpose) -> const Expr * {
    if (i >= matched.size() || !matched[i])
      return nullptr;
    return requireGlobal(analysis, analyzeExpr(analysis, *matched[i]->value, context), type,
                         purpose);
  };
  solve.tolerance = analyzeArgument(0, Type::Real, "the tolerance");
  solve.restart = analyzeArgument(1, Type::Int, "`restart:`");
  return true;
}

//===- The equation ---------------------------------------------------------===//

/// Both sides, all that reads the unknown on the left; none after an error.
static std::optional<LinearParts> analyzeSides(Analysis &analysis, const ast::SolveStmt &stmt,
                                               const Field &unknown, const Context &context) {
  const Expr *left = analyzeExpr(analysis, *stmt.left, context);
  const Expr *right = analyzeExpr(analysis, *stmt.right, context);
  left = requireOn(analysis, left, unknown.domain, "the left side");
  right = requireOn(analysis, right, unknown.domain, "the right side");
  if (!left || !right)
    return std::nullopt;
  for (const Expr *side : {left, right})
    if (!isNumber(side->type)) {
      analysis.report(diag::NotANumber, side->span, "solve", spelling(side->type), "");
      return std::nullopt;
    }
  LinearForm form(analysis, unknown, stmt.span);
  std::optional<LinearParts> a = form.find(*left), b = form.find(*right);
  if (form.fault()) {
    analysis.report(diag::NotLinear, form.fault()->span, unknown.name, form.fault()->reason);
    return std::nullopt;
  }
  LinearParts both = form.combine(BinaryOp::Subtract, *a, *b);
  if (!both.here && !both.there) {
    analysis.report(diag::UnknownNotRead, stmt.unknown.span, unknown.name);
    return std::nullopt;
  }
  // The rest goes to the right.
  both.rest = form.combine(BinaryOp::Subtract, {.rest = b->rest}, {.rest = a->rest}).rest;
  if (!both.rest)
    both.rest = analysis.makeConstant({}, unknown.type, stmt.span);
  return both;
}

/// A value of each node, also where it is one for all.
static const Expr *onNodes(Analysis &analysis, const Expr *value, const Domain &nodes) {
  if (!value || !value->domain.isGlobal())
    return value;
  const Expr *one = analysis.makeConstant({.real = 1}, Type::Real, value->span);
  Expr everywhere = *makeArithmetic(analysis, BinaryOp::Multiply, value, one, value->span);
  everywhere.domain = nodes;
  return analysis.make(std::move(everywhere));
}

std::optional<Action> analyzeSolve(Analysis &analysis, const ast::SolveStmt &stmt,
                                   const ast::EvolveStmt *evolve) {
  const Field *unknown = resolveUnknown(analysis, stmt.unknown);
  Context context{.role = Role::Statement,
                  .item = &stmt,
                  .evolve = evolve,
                  .domain = unknown ? std::optional(unknown->domain) : std::nullopt,
                  .isDomainPoisoned = !unknown};
  Solve solve{.unknown = unknown, .span = stmt.span};
  bool hasMethod = analyzeMethod(analysis, stmt, context, solve);
  if (unknown)
    outcomeOf(analysis, *unknown).isSolved = true;
  if (!unknown || !hasMethod)
    return std::nullopt;
  std::optional<LinearParts> parts = analyzeSides(analysis, stmt, *unknown, context);
  if (!parts)
    return std::nullopt;
  solve.matrix = makeHiddenMatrix(analysis,
                                  {.network = unknown->domain.network,
                                   .diagonal = onNodes(analysis, parts->here, unknown->domain),
                                   .entry = parts->there,
                                   .span = stmt.span},
                                  {});
  bool needsHermitian = solve.method == SolveMethod::Cg || solve.method == SolveMethod::Minres;
  if (needsHermitian && !solve.matrix->isHermitian) {
    analysis.report(diag::SolveNotHermitian, stmt.method.name.span, stmt.method.name.text);
    return std::nullopt;
  }
  Type widest = std::max(solve.matrix->type, parts->rest->type);
  if (widest > unknown->type) {
    analysis.report(diag::SolutionIsComplex, stmt.unknown.span, unknown->name)
        .note(unknown->nameSpan, "declared here");
    return std::nullopt;
  }
  solve.right = widen(analysis, onNodes(analysis, parts->rest, unknown->domain), unknown->type);
  const SolveOutcome &outcome = outcomeOf(analysis, *unknown);
  solve.iterations = outcome.iterations;
  solve.residual = outcome.residual;
  return solve;
}

} // namespace irh::sema
