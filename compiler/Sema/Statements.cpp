//===- Statements.cpp - what a model does outside its evolves ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Statements.h"

using llvm::dyn_cast;

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

// Outside evolves.

static void analyzeOther(Analysis &analysis, const ast::Stmt &stmt) {
  switch (stmt.kind) {
  case ast::Item::Kind::Anneal:
    analysis.reportLater(&stmt, keywordOf(stmt), startOf(stmt));
    return;
  case ast::Item::Kind::Checkpoint:
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

static void analyzeAlone(Analysis &analysis, const ast::Stmt &stmt, RowNames &row) {
  if (const ast::Cadence *cadence = findCadence(stmt))
    analysis.report(diag::CadenceOutsideEvolve, cadence->span);
  std::optional<Action> action = analyzeAction(analysis, stmt, /*evolve=*/nullptr, row);
  if (action)
    std::visit([&](auto &one) { analysis.model.statements.emplace_back(std::move(one)); }, *action);
}

static void analyzeStatement(Analysis &analysis, const ast::Stmt &stmt, RowNames &row) {
  if (!llvm::isa<ast::ObserveStmt>(stmt))
    row.clear();
  if (auto *evolve = dyn_cast<ast::EvolveStmt>(&stmt))
    analysis.model.statements.emplace_back(analyzeEvolve(analysis, *evolve));
  else if (isAction(stmt))
    analyzeAlone(analysis, stmt, row);
  else
    analyzeOther(analysis, stmt);
}

void analyzeStatements(Analysis &analysis) {
  RowNames row(analysis, /*evolve=*/nullptr);
  for (const ast::Item *item : analysis.tree.items)
    if (auto *stmt = dyn_cast<ast::Stmt>(item))
      analyzeStatement(analysis, *stmt, row);
  checkSolved(analysis);
}

} // namespace irh::sema
