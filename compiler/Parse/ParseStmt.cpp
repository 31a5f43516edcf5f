//===- ParseStmt.cpp - statements ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Parse/Parser.h"

using namespace irh;
using namespace irh::parse;

/// `theta`, `u''`, `v[a]'`.
ast::Target Parser::parseTarget() {
  ast::Target target;
  target.name = parseName();
  target.numPrimes = parsePrimes();
  if (kind() == TokenKind::LeftBracket)
    target.entries = parseIndexEntries();
  target.numPrimes += parsePrimes();
  target.span = {target.name.span.begin, previousSpan().end};
  return target;
}

/// `target = value`. No word is taken.
Item *Parser::parseAssign() {
  auto *assign = makeItem<ast::AssignStmt>();
  assign->target = parseTarget();
  expect(TokenKind::Assign);
  assign->value = parseExpr();
  return assign;
}

/// `add_edge(w: 1)`. No word is taken.
Item *Parser::parseCallStatement() {
  auto *statement = makeItem<ast::CallStmt>();
  statement->call = parseCall();
  return statement;
}

/// `evolve t from a to b by METHOD { … }`, `evolve for n steps by METHOD { … }`.
Item *Parser::parseEvolve() {
  auto *evolve = makeItem<ast::EvolveStmt>();
  if (acceptWord("for")) {
    evolve->numSteps = parseSum();
    if (!acceptEither("step", "steps"))
      fail("`steps`");
  } else {
    evolve->time = parseName();
    expectWord("from");
    evolve->from = parseSum();
    expectWord("to");
    evolve->to = parseSum();
  }
  expectWord("by");
  evolve->method = parseMethod();
  evolve->body = parseBlock();
  return evolve;
}

/// `solve unknown : left == right by METHOD`.
Item *Parser::parseSolve() {
  auto *solve = makeItem<ast::SolveStmt>();
  solve->unknown = parseName();
  expect(TokenKind::Colon);
  solve->left = parseSum();
  expect(TokenKind::Equal);
  solve->right = parseSum();
  expectWord("by");
  solve->method = parseMethod();
  return solve;
}

/// `anneal maximize OBJECTIVE for n sweeps at temperature T { … }`.
Item *Parser::parseAnneal() {
  auto *anneal = makeItem<ast::AnnealStmt>();
  anneal->isMaximize = acceptWord("maximize");
  if (!anneal->isMaximize && !acceptWord("minimize"))
    fail("`maximize` or `minimize`");
  anneal->objective = parseSum();
  expectWord("for");
  anneal->numSweeps = parseSum();
  if (!acceptEither("sweep", "sweeps"))
    fail("`sweeps`");
  expectWord("at");
  expectWord("temperature");
  anneal->temperature = parseExpr();
  anneal->body = parseBlock();
  return anneal;
}

/// `name = value`, or a value that is its own label.
ast::ObserveItem Parser::parseObserveItem() {
  ast::ObserveItem item;
  if (kind() == TokenKind::Identifier && isNext(TokenKind::Assign)) {
    item.name = parseName();
    expect(TokenKind::Assign);
    item.label = item.name.text;
  }
  size_t first = position;
  item.value = parseExpr();
  if (!item.name && !isStuck)
    item.label = file.copyText(labelOf(first));
  return item;
}

/// The text of the tokens from `first` to the present one, with one blank for whatever blanks,
/// line breaks and comments stand between two of them.
std::string Parser::labelOf(size_t first) const {
  std::string label = textOf(list.tokens[first]).str();
  for (size_t i = first + 1; i < position; ++i) {
    if (list.tokens[i].span.begin != list.tokens[i - 1].span.end)
      label += ' ';
    label += textOf(list.tokens[i]);
  }
  return label;
}

/// `observe r = …, lnS every 100 steps`.
Item *Parser::parseObserve() {
  auto *observe = makeItem<ast::ObserveStmt>();
  llvm::SmallVector<ast::ObserveItem> items;
  do
    items.push_back(parseObserveItem());
  while (accept(TokenKind::Comma));
  observe->items = keep(items);
  observe->cadence = parseOptionalCadence();
  return observe;
}

/// `save u, v every 0.1 time -> "fields.h5"`.
Item *Parser::parseSave() {
  auto *save = makeItem<ast::SaveStmt>();
  llvm::SmallVector<ast::Name> names;
  do
    names.push_back(parsePrimedName());
  while (accept(TokenKind::Comma));
  save->names = keep(names);
  save->cadence = parseOptionalCadence();
  expect(TokenKind::Arrow);
  save->file = parseText();
  return save;
}

/// `check condition, "message" every 10 steps`.
Item *Parser::parseCheck() {
  auto *check = makeItem<ast::CheckStmt>();
  check->condition = parseExpr();
  check->message = parseMessage();
  check->cadence = parseOptionalCadence();
  return check;
}

/// `checkpoint every 10 minutes`.
Item *Parser::parseCheckpoint() {
  auto *checkpoint = makeItem<ast::CheckpointStmt>();
  expectWord("every");
  checkpoint->cadence = parseCadence();
  return checkpoint;
}

/// `after step { … }`.
Item *Parser::parseAfterStep() {
  auto *after = makeItem<ast::AfterStepStmt>();
  expectWord("step");
  after->body = parseBlock();
  return after;
}

/// `every 10 steps { … }`.
Item *Parser::parseEvery() {
  auto *every = makeItem<ast::EveryStmt>();
  every->cadence = parseCadence();
  every->body = parseBlock();
  return every;
}

/// `when condition { … }`.
Item *Parser::parseWhen() {
  auto *when = makeItem<ast::WhenStmt>();
  when->condition = parseExpr();
  when->body = parseBlock();
  return when;
}

/// `on CLOCK { … }`.
Item *Parser::parseOn() {
  auto *on = makeItem<ast::OnStmt>();
  on->clock = parseName();
  on->body = parseBlock();
  return on;
}

/// `clock NAME every 4 steps or when condition`.
Item *Parser::parseClock() {
  auto *clock = makeItem<ast::ClockStmt>();
  clock->name = parseName();
  if (acceptWord("every")) {
    clock->cadence = parseCadence();
    if (!accept(TokenKind::Or))
      return clock;
  }
  if (!acceptWord("when"))
    fail(clock->cadence ? "`when`" : "`every` or `when`");
  clock->condition = parseExpr();
  return clock;
}

/// `move NAME with probability p { … }`.
Item *Parser::parseMove() {
  auto *move = makeItem<ast::MoveStmt>();
  move->name = parseName();
  if (acceptWord("with")) {
    expectWord("probability");
    move->probability = parseExpr();
  }
  move->body = parseBlock();
  return move;
}

/// `pick fraction 0.1 of G.edges`.
Item *Parser::parsePick() {
  auto *pick = makeItem<ast::PickStmt>();
  expectWord("fraction");
  pick->fraction = parseSum();
  expectWord("of");
  pick->set = parseQualifiedName();
  return pick;
}

/// `one of { … }`.
Item *Parser::parseOneOf() {
  auto *oneOf = makeItem<ast::OneOfStmt>();
  expectWord("of");
  oneOf->choices = parseBlock();
  return oneOf;
}
