//===- Statements.cpp - what a model does outside its evolves, and rows ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Statements.h"
#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Types.h"

using llvm::dyn_cast;
using llvm::isa;

namespace irh::sema {

StringRef keywordOf(const ast::Stmt &stmt) {
  switch (stmt.kind) {
  case ast::Item::Kind::Assign:
    return "=";
  case ast::Item::Kind::Evolve:
    return "evolve";
  case ast::Item::Kind::Solve:
    return "solve";
  case ast::Item::Kind::Anneal:
    return "anneal";
  case ast::Item::Kind::Observe:
    return "observe";
  case ast::Item::Kind::Save:
    return "save";
  case ast::Item::Kind::Check:
    return "check";
  case ast::Item::Kind::Checkpoint:
    return "checkpoint";
  case ast::Item::Kind::AfterStep:
    return "after step";
  case ast::Item::Kind::Every:
    return "every";
  case ast::Item::Kind::When:
    return "when";
  case ast::Item::Kind::On:
    return "on";
  case ast::Item::Kind::Clock:
    return "clock";
  case ast::Item::Kind::Move:
    return "move";
  case ast::Item::Kind::Pick:
    return "pick";
  case ast::Item::Kind::OneOf:
    return "one of";
  default:
    return llvm::cast<ast::CallStmt>(stmt).call->callee.text;
  }
}

Span startOf(const ast::Stmt &stmt) {
  if (auto *assign = dyn_cast<ast::AssignStmt>(&stmt))
    return assign->target.span;
  if (auto *call = dyn_cast<ast::CallStmt>(&stmt))
    return call->call->callee.span;
  // Two words are marked by their first: what stands between them is not known here.
  return keywordSpan(stmt, keywordOf(stmt).split(' ').first);
}

// Rows.

void RowNames::add(const ast::ObserveItem &item) {
  Span span = item.name ? item.name.span : item.value->span;
  if (isInEvolve && (item.label == "step" || item.label == "t")) {
    analysis.report(diag::ReservedColumn, span, item.label);
    return;
  }
  auto [first, isNew] = spans.try_emplace(item.label, span);
  if (!isNew)
    analysis.report(diag::DoubledColumn, span, diag::quote(item.label))
        .note(first->second, "the first column of that name");
}

std::optional<Observe> analyzeObserve(Analysis &analysis, const ast::ObserveStmt &stmt,
                                      const ast::EvolveStmt *evolve) {
  Observe observe{.span = stmt.span};
  for (const ast::ObserveItem &item : stmt.items) {
    const Expr *value = analyzeExpr(analysis, *item.value,
                                    {.role = Role::Statement, .item = &stmt, .evolve = evolve});
    if (value && value->type == Type::String) {
      analysis.report(diag::ObservedString, value->span);
      continue;
    }
    value = requireOn(analysis, value, {}, "what is observed");
    if (value)
      observe.columns.push_back({item.label.str(), value});
  }
  bool isWhole = observe.columns.size() == stmt.items.size();
  return isWhole ? std::optional(std::move(observe)) : std::nullopt;
}

std::optional<Check> analyzeCheck(Analysis &analysis, const ast::CheckStmt &stmt,
                                  const ast::EvolveStmt *evolve) {
  const Expr *condition = analyzeExpr(analysis, *stmt.condition,
                                      {.role = Role::Statement, .item = &stmt, .evolve = evolve});
  condition = requireGlobal(analysis, condition, Type::Bool, "what is checked");
  if (!condition)
    return std::nullopt;
  return Check{.condition = condition, .message = stmt.message.value.str(), .span = stmt.span};
}

// Outside evolves.

static void rejectCadence(Analysis &analysis, const ast::Cadence &cadence) {
  if (cadence)
    analysis.report(diag::CadenceOutsideEvolve, cadence.span);
}

static void analyzeOther(Analysis &analysis, const ast::Stmt &stmt) {
  switch (stmt.kind) {
  case ast::Item::Kind::Solve:
  case ast::Item::Kind::Anneal:
  case ast::Item::Kind::Save:
  case ast::Item::Kind::Checkpoint:
    analysis.reportLater(&stmt, keywordOf(stmt), startOf(stmt));
    return;
  case ast::Item::Kind::Assign:
    if (llvm::cast<ast::AssignStmt>(stmt).target.numPrimes == 0)
      analysis.reportLaterPhrase(&stmt, "an assignment", startOf(stmt));
    else
      analysis.report(diag::EquationOutsideEvolve, startOf(stmt));
    return;
  case ast::Item::Kind::AfterStep:
  case ast::Item::Kind::Every:
  case ast::Item::Kind::When:
  case ast::Item::Kind::On:
  case ast::Item::Kind::Clock:
    analysis.report(diag::MisplacedStatement, startOf(stmt), keywordOf(stmt), "an `evolve`");
    return;
  default:
    analysis.report(diag::MisplacedStatement, startOf(stmt), keywordOf(stmt), "an `anneal`");
  }
}

static void analyzeStatement(Analysis &analysis, const ast::Stmt &stmt, RowNames &row) {
  if (!isa<ast::ObserveStmt>(stmt))
    row.clear();
  if (auto *evolve = dyn_cast<ast::EvolveStmt>(&stmt)) {
    if (std::optional<Evolve> analyzed = analyzeEvolve(analysis, *evolve))
      analysis.model.statements.push_back(std::move(*analyzed));
  } else if (auto *observe = dyn_cast<ast::ObserveStmt>(&stmt)) {
    rejectCadence(analysis, observe->cadence);
    for (const ast::ObserveItem &item : observe->items)
      row.add(item);
    if (std::optional<Observe> analyzed = analyzeObserve(analysis, *observe, nullptr))
      analysis.model.statements.push_back(std::move(*analyzed));
  } else if (auto *check = dyn_cast<ast::CheckStmt>(&stmt)) {
    rejectCadence(analysis, check->cadence);
    if (std::optional<Check> analyzed = analyzeCheck(analysis, *check, nullptr))
      analysis.model.statements.push_back(std::move(*analyzed));
  } else {
    analyzeOther(analysis, stmt);
  }
}

void analyzeStatements(Analysis &analysis) {
  RowNames row(analysis, /*isInEvolve=*/false);
  for (const ast::Item *item : analysis.tree.items)
    if (auto *stmt = dyn_cast<ast::Stmt>(item))
      analyzeStatement(analysis, *stmt, row);
}

} // namespace irh::sema
