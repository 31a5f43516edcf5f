//===- Evolution.cpp - evolve: its method, its equations, its events ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Declarations.h"
#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Fold.h"
#include "compiler/Sema/Statements.h"
#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"

using llvm::dyn_cast;

namespace irh::sema {

static const Expr *analyzeHeader(Analysis &analysis, const ast::EvolveStmt &stmt,
                                 const ast::Expr *tree, Type type, StringRef purpose) {
  if (!tree)
    return nullptr;
  const Expr *value = analyzeExpr(analysis, *tree, {.role = Role::Header, .item = &stmt});
  return requireGlobal(analysis, value, type, purpose);
}

static std::optional<Method> resolveMethod(Analysis &analysis, const ast::EvolveStmt &stmt) {
  const ast::Name &name = stmt.method.name;
  if (name.text == "euler")
    return Method::Euler;
  if (name.text == "rk4")
    return Method::Rk4;
  static constexpr StringRef kMethods[] = {"euler",    "midpoint", "rk4",           "ssprk3",
                                           "leapfrog", "dopri5",   "euler_maruyama"};
  if (isLater(LaterKind::Method, name.text))
    analysis.reportLater(&stmt, name.text, name.span);
  else
    analysis.report(diag::UnknownMethod, name.span, diag::quote(name.text),
                    didYouMean(name.text, kMethods));
  return std::nullopt;
}

/// The time step, which every supported method takes alone.
static const Expr *analyzeStep(Analysis &analysis, const ast::EvolveStmt &stmt) {
  for (const ast::Argument &argument : stmt.method.arguments)
    if (argument.name.text == "cfl") {
      analysis.reportLater(&stmt, "cfl", argument.name.span);
      return nullptr;
    }
  static constexpr ArgumentSpec kSpecs[] = {{"step", true}};
  auto matched = matchArguments(analysis, {stmt.method.name.text, stmt.method.name.span},
                                stmt.method.arguments, kSpecs);
  return matched[0] ? analyzeHeader(analysis, stmt, matched[0]->value, Type::Real, "the time step")
                    : nullptr;
}

// Events.

/// Whether `cadence` counts steps, at least one at a time.
static bool checkCadence(Analysis &analysis, const ast::Stmt &stmt, const ast::Cadence &cadence) {
  if (cadence.unit == ast::CadenceUnit::Steps)
    return true;
  if (cadence.unit == ast::CadenceUnit::Time)
    analysis.reportLaterPhrase(&stmt, "`every` with `time`", cadence.span);
  else
    analysis.report(diag::ClockCadence, cadence.span);
  return false;
}

/// None after an error.
static std::optional<Cadence> analyzeCadence(Analysis &analysis, const ast::Stmt &stmt,
                                             const ast::Cadence &cadence) {
  if (!cadence)
    return Cadence{};
  if (!checkCadence(analysis, stmt, cadence))
    return std::nullopt;
  const Expr *interval =
      analyzeExpr(analysis, *cadence.interval, {.role = Role::Header, .item = &stmt});
  interval = requireGlobal(analysis, interval, Type::Int, "the number of steps");
  if (!interval)
    return std::nullopt;
  Folded folded = fold(*interval);
  if (folded.value && folded.value->integer < 1) {
    analysis.report(diag::CadenceTooShort, interval->span);
    return std::nullopt;
  }
  return Cadence{interval};
}

static void analyzeOther(Analysis &analysis, const ast::Stmt &stmt) {
  switch (stmt.kind) {
  case ast::Item::Kind::Save:
  case ast::Item::Kind::Checkpoint:
  case ast::Item::Kind::AfterStep:
  case ast::Item::Kind::Every:
  case ast::Item::Kind::When:
  case ast::Item::Kind::On:
  case ast::Item::Kind::Clock:
    analysis.reportLater(&stmt, keywordOf(stmt), startOf(stmt));
    return;
  case ast::Item::Kind::Assign:
    analysis.report(diag::AssignmentInEvolve, startOf(stmt),
                    llvm::cast<ast::AssignStmt>(stmt).target.name.text);
    return;
  case ast::Item::Kind::Evolve:
  case ast::Item::Kind::Solve:
  case ast::Item::Kind::Anneal:
    analysis.report(diag::StatementInEvolve, startOf(stmt), keywordOf(stmt));
    return;
  default:
    analysis.report(diag::MisplacedStatement, startOf(stmt), keywordOf(stmt), "an `anneal`");
  }
}

static void analyzeEvent(Analysis &analysis, const ast::EvolveStmt &evolve, const ast::Stmt &stmt,
                         Evolve &result, RowNames &row) {
  if (auto *observe = dyn_cast<ast::ObserveStmt>(&stmt)) {
    for (const ast::ObserveItem &item : observe->items)
      row.add(item);
    std::optional<Observe> analyzed = analyzeObserve(analysis, *observe, &evolve);
    std::optional<Cadence> cadence = analyzeCadence(analysis, stmt, observe->cadence);
    if (analyzed && cadence) {
      analyzed->cadence = *cadence;
      result.events.push_back(std::move(*analyzed));
    }
  } else if (auto *check = dyn_cast<ast::CheckStmt>(&stmt)) {
    std::optional<Check> analyzed = analyzeCheck(analysis, *check, &evolve);
    std::optional<Cadence> cadence = analyzeCadence(analysis, stmt, check->cadence);
    if (analyzed && cadence) {
      analyzed->cadence = *cadence;
      result.events.push_back(std::move(*analyzed));
    }
  } else {
    auto *assign = dyn_cast<ast::AssignStmt>(&stmt);
    if (!assign || assign->target.numPrimes == 0)
      analyzeOther(analysis, stmt);
  }
}

// Equations.

/// What each equation of the evolve says: a second-order one is two rates.
static std::vector<Rate> collectRates(Analysis &analysis, const ast::EvolveStmt &stmt) {
  std::vector<Rate> rates;
  for (const Equation &equation : analysis.equations) {
    if (equation.evolve != &stmt || !equation.value)
      continue;
    const Field *field = equation.field->field;
    Span span = equation.stmt->span;
    if (equation.order() == 2) {
      const Field *rate = analysis.find(withPrimes(field->name, 1))->field;
      if (!rate)
        continue;
      rates.push_back(
          {field,
           analysis.make(
               {FieldValue{rate}, rate->type, rate->domain, equation.stmt->target.span, {}}),
           span});
      field = rate;
    }
    rates.push_back({field, equation.value, span});
  }
  return rates;
}

std::optional<Evolve> analyzeEvolve(Analysis &analysis, const ast::EvolveStmt &stmt) {
  std::optional<Method> method = resolveMethod(analysis, stmt);
  Evolve evolve{.timeName = timeName(stmt).str(), .span = stmt.span};
  evolve.from = analyzeHeader(analysis, stmt, stmt.from, Type::Real, "the first time");
  evolve.to = analyzeHeader(analysis, stmt, stmt.to, Type::Real, "the last time");
  evolve.steps = analyzeHeader(analysis, stmt, stmt.numSteps, Type::Int, "the number of steps");
  if (stmt.numSteps)
    evolve.from = analysis.makeConstant({}, Type::Real, stmt.span);
  if (method)
    evolve.step = analyzeStep(analysis, stmt);
  evolve.rates = collectRates(analysis, stmt);
  RowNames row(analysis, /*isInEvolve=*/true);
  for (const ast::Stmt *event : stmt.body)
    analyzeEvent(analysis, stmt, *event, evolve, row);
  if (!method || !evolve.step)
    return std::nullopt;
  evolve.method = *method;
  return evolve;
}

} // namespace irh::sema
