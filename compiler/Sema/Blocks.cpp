//===- Blocks.cpp - events, their cadences and clocks, after step, checkpoints ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Fold.h"
#include "compiler/Sema/Statements.h"

using llvm::cast;
using llvm::dyn_cast;

namespace irh::sema {

// Cadences. After an error nothing is made of the model, so any cadence may stand for a wrong one.

static const Expr *analyzeInterval(Analysis &analysis, const ast::Stmt &stmt,
                                   const ast::Cadence &cadence) {
  bool countsSteps = cadence.unit == ast::CadenceUnit::Steps;
  const Expr *interval =
      analyzeExpr(analysis, *cadence.interval, {.role = Role::Header, .item = &stmt});
  interval = requireGlobal(analysis, interval, countsSteps ? Type::Int : Type::Real,
                           countsSteps ? "the number of steps" : "the interval");
  Folded folded = interval ? fold(*interval) : Folded{};
  if (folded.value && countsSteps && folded.value->integer < 1)
    analysis.report(diag::CadenceTooShort, interval->span);
  else if (folded.value && !countsSteps && !(folded.value->real > 0))
    analysis.report(diag::NotPositive, interval->span, "the interval");
  return interval;
}

static double secondsIn(ast::CadenceUnit unit) {
  if (unit == ast::CadenceUnit::Hours)
    return 3600;
  return unit == ast::CadenceUnit::Minutes ? 60 : 1;
}

/// `interval` times so many seconds.
static const Expr *scale(Analysis &analysis, const Expr *interval, double seconds) {
  if (!interval || seconds == 1)
    return interval;
  const Expr *factor = analysis.makeConstant({.real = seconds}, Type::Real, interval->span);
  const Expr *product = analysis.make(
      {Binary{BinaryOp::Multiply}, Type::Real, {}, interval->span, {interval, factor}});
  Folded folded = fold(*product);
  return folded.value ? analysis.makeConstant(*folded.value, Type::Real, interval->span) : product;
}

static Cadence analyzeCadence(Analysis &analysis, const ast::Stmt &stmt,
                              const ast::Cadence &cadence) {
  if (!cadence)
    return {};
  const Expr *interval = analyzeInterval(analysis, stmt, cadence);
  switch (cadence.unit) {
  case ast::CadenceUnit::Steps:
    return {.everySteps = interval};
  case ast::CadenceUnit::Time:
    return {.everyTime = interval};
  default:
    return {.everySeconds = scale(analysis, interval, secondsIn(cadence.unit))};
  }
}

/// Likewise, of what is due at steps.
static Cadence analyzeEventCadence(Analysis &analysis, const ast::Stmt &stmt,
                                   const ast::Cadence &written) {
  Cadence cadence = analyzeCadence(analysis, stmt, written);
  if (cadence.everySeconds)
    analysis.report(diag::ClockCadence, written.span);
  return cadence;
}

namespace {

/// Analyzes what stands in the body of one evolve, its equations apart.
class BodyAnalyzer {
public:
  BodyAnalyzer(Analysis &analysis, const ast::EvolveStmt &evolve, Evolve &result)
      : analysis(analysis), evolve(evolve), result(result), row(analysis, &evolve) {}

  void analyze();

private:
  struct Clock {
    Span span;
    Cadence cadence;
  };

  void addClock(const ast::ClockStmt &stmt);
  void analyzeStatement(const ast::Stmt &stmt);
  void analyzeEvent(const ast::Stmt &stmt);
  void analyzeBlock(const ast::Stmt &stmt, ast::Block block, const Cadence &cadence);
  void analyzeAfterStep(const ast::AfterStepStmt &stmt);
  void analyzeOn(const ast::OnStmt &stmt);
  void analyzeCheckpoint(const ast::CheckpointStmt &stmt);
  /// Reports a statement that no evolve holds, or that no block of one does.
  void reportMisplaced(const ast::Stmt &stmt);
  const Expr *analyzeCondition(const ast::Stmt &stmt, const ast::Expr &tree);

  Analysis &analysis;
  const ast::EvolveStmt &evolve;
  Evolve &result;
  RowNames row;
  llvm::StringMap<Clock> clocks;
};

} // namespace

const Expr *BodyAnalyzer::analyzeCondition(const ast::Stmt &stmt, const ast::Expr &tree) {
  const Expr *condition =
      analyzeExpr(analysis, tree, {.role = Role::Statement, .item = &stmt, .evolve = &evolve});
  return requireGlobal(analysis, condition, Type::Bool, "the condition");
}

/// A clock belongs to its evolve; a declaration of that name would be hidden by it.
void BodyAnalyzer::addClock(const ast::ClockStmt &stmt) {
  Clock clock{stmt.name.span, analyzeEventCadence(analysis, stmt, stmt.cadence)};
  if (stmt.condition)
    clock.cadence.condition = analyzeCondition(stmt, *stmt.condition);
  auto [first, isNew] = clocks.try_emplace(stmt.name.text, clock);
  const Symbol *symbol = analysis.find(stmt.name.text);
  bool isTime = stmt.name.text == evolve.time.text;
  if (isNew && !symbol && !isTime)
    return;
  Span other = symbol ? symbol->span : isTime ? evolve.time.span : first->second.span;
  analysis.report(diag::Redeclared, stmt.name.span, diag::quote(stmt.name.text))
      .note(other, "first declared here");
}

void BodyAnalyzer::analyzeEvent(const ast::Stmt &stmt) {
  Event event{.span = stmt.span};
  if (const ast::Cadence *cadence = findCadence(stmt))
    event.cadence = analyzeEventCadence(analysis, stmt, *cadence);
  if (std::optional<Action> action = analyzeAction(analysis, stmt, &evolve, row)) {
    event.actions.push_back(std::move(*action));
    result.events.push_back(std::move(event));
  }
}

void BodyAnalyzer::analyzeBlock(const ast::Stmt &stmt, ast::Block block, const Cadence &cadence) {
  Event event{.cadence = cadence, .span = stmt.span};
  for (const ast::Stmt *inner : block) {
    if (!isAction(*inner)) {
      reportMisplaced(*inner);
      continue;
    }
    if (const ast::Cadence *written = findCadence(*inner))
      analysis.report(diag::CadenceInBlock, written->span);
    if (std::optional<Action> action = analyzeAction(analysis, *inner, &evolve, row))
      event.actions.push_back(std::move(*action));
  }
  if (!event.actions.empty())
    result.events.push_back(std::move(event));
}

void BodyAnalyzer::analyzeAfterStep(const ast::AfterStepStmt &stmt) {
  for (const ast::Stmt *inner : stmt.body) {
    auto *assign = dyn_cast<ast::AssignStmt>(inner);
    if (!assign) {
      analysis.report(diag::NoAssignment, startOf(*inner), keywordOf(*inner));
      continue;
    }
    if (std::optional<Assignment> assignment = analyzeAssignment(analysis, *assign, &evolve))
      result.afterStep.push_back(*assignment);
  }
}

void BodyAnalyzer::analyzeOn(const ast::OnStmt &stmt) {
  auto clock = clocks.find(stmt.clock.text);
  if (clock != clocks.end())
    return analyzeBlock(stmt, stmt.body, clock->second.cadence);
  std::vector<StringRef> names;
  for (const ast::Stmt *other : evolve.body)
    if (auto *declared = dyn_cast<ast::ClockStmt>(other))
      names.push_back(declared->name.text);
  analysis.report(diag::UnknownClock, stmt.clock.span, diag::quote(stmt.clock.text),
                  didYouMeanOneOf(stmt.clock.text, names));
  analyzeBlock(stmt, stmt.body, {});
}

void BodyAnalyzer::analyzeCheckpoint(const ast::CheckpointStmt &stmt) {
  result.checkpoints.push_back({analyzeCadence(analysis, stmt, stmt.cadence), stmt.span});
}

void BodyAnalyzer::reportMisplaced(const ast::Stmt &stmt) {
  switch (stmt.kind) {
  case ast::Item::Kind::Evolve:
  case ast::Item::Kind::Solve:
  case ast::Item::Kind::Anneal:
    analysis.report(diag::StatementInEvolve, startOf(stmt), keywordOf(stmt));
    return;
  case ast::Item::Kind::Move:
  case ast::Item::Kind::Pick:
  case ast::Item::Kind::OneOf:
  case ast::Item::Kind::CallStmt:
    analysis.report(diag::MisplacedStatement, startOf(stmt), keywordOf(stmt), "an `anneal`");
    return;
  default:
    analysis.report(diag::StatementInBlock, startOf(stmt), keywordOf(stmt));
  }
}

void BodyAnalyzer::analyzeStatement(const ast::Stmt &stmt) {
  switch (stmt.kind) {
  case ast::Item::Kind::Assign:
    if (auto &assign = cast<ast::AssignStmt>(stmt); assign.target.numPrimes == 0)
      analysis.report(diag::AssignmentInEvolve, startOf(stmt), assign.target.name.text);
    return;
  case ast::Item::Kind::Observe:
  case ast::Item::Kind::Check:
  case ast::Item::Kind::Save:
  case ast::Item::Kind::Solve:
    return analyzeEvent(stmt);
  case ast::Item::Kind::AfterStep:
    return analyzeAfterStep(cast<ast::AfterStepStmt>(stmt));
  case ast::Item::Kind::Every: {
    auto &every = cast<ast::EveryStmt>(stmt);
    return analyzeBlock(stmt, every.body, analyzeEventCadence(analysis, stmt, every.cadence));
  }
  case ast::Item::Kind::When: {
    auto &when = cast<ast::WhenStmt>(stmt);
    return analyzeBlock(stmt, when.body, {.condition = analyzeCondition(stmt, *when.condition)});
  }
  case ast::Item::Kind::On:
    return analyzeOn(cast<ast::OnStmt>(stmt));
  case ast::Item::Kind::Checkpoint:
    return analyzeCheckpoint(cast<ast::CheckpointStmt>(stmt));
  case ast::Item::Kind::Clock:
    return;
  default:
    reportMisplaced(stmt);
  }
}

void BodyAnalyzer::analyze() {
  for (const ast::Stmt *stmt : evolve.body)
    if (auto *clock = dyn_cast<ast::ClockStmt>(stmt))
      addClock(*clock);
  for (const ast::Stmt *stmt : evolve.body)
    analyzeStatement(*stmt);
}

void analyzeBody(Analysis &analysis, const ast::EvolveStmt &stmt, Evolve &evolve) {
  BodyAnalyzer(analysis, stmt, evolve).analyze();
}

} // namespace irh::sema
