//===- ParseParts.cpp - names, types and clauses ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lex/Lexer.h"
#include "compiler/Parse/Parser.h"

using namespace irh;
using namespace irh::parse;

ast::Name Parser::parseName() {
  if (lex::isReservedWord(kind()))
    failWith(diag::ReservedWord, token().span, describeToken());
  const Token &name = token();
  if (!accept(TokenKind::Identifier)) {
    fail(lex::describe(TokenKind::Identifier));
    return {};
  }
  return {.text = textOf(name), .span = name.span};
}

unsigned Parser::parsePrimes() {
  unsigned count = 0;
  while (accept(TokenKind::Prime))
    ++count;
  return count;
}

ast::Name Parser::parsePrimedName() {
  ast::Name name = parseName();
  name.numPrimes = parsePrimes();
  name.span.end = previousSpan().end;
  return name;
}

/// `a, b, c`.
ArrayRef<ast::Name> Parser::parseNames() {
  llvm::SmallVector<ast::Name> names;
  do
    names.push_back(parseName());
  while (accept(TokenKind::Comma));
  return keep(names);
}

/// `G.nodes` or `X`.
ast::QualifiedName Parser::parseQualifiedName() {
  ast::QualifiedName qualified;
  qualified.base = parseName();
  if (accept(TokenKind::Dot))
    qualified.member = parseName();
  qualified.span = {qualified.base.span.begin, previousSpan().end};
  return qualified;
}

/// `real`, `vector[n]`, `sym[3] of complex`.
ast::TypeName Parser::parseType() {
  ast::TypeName type;
  type.name = parseName();
  if (kind() == TokenKind::LeftBracket) {
    llvm::SmallVector<Expr *> extents;
    open(TokenKind::LeftBracket);
    do
      extents.push_back(parseExpr());
    while (accept(TokenKind::Comma));
    close(TokenKind::RightBracket, "`,` or `]`");
    type.extents = keep(extents);
  }
  if (acceptWord("of"))
    type.element = parseName();
  type.span = {type.name.span.begin, previousSpan().end};
  return type;
}

/// `: real`.
ast::TypeName Parser::parseStatedType() {
  if (!accept(TokenKind::Colon))
    fail("`:` and a type, such as `: real`");
  return parseType();
}

/// `2..`, `..5`, `0..0.5`, `>0`, `>=0`, `<1`, `<=1`; the word `in` is taken.
ast::Range Parser::parseRange() {
  ast::Range range;
  uint32_t begin = token().span.begin;
  range.isLowExcluded = kind() == TokenKind::Greater;
  range.isHighExcluded = kind() == TokenKind::Less;
  if (accept(TokenKind::Greater) || accept(TokenKind::GreaterEqual)) {
    range.low = parseSum();
  } else if (accept(TokenKind::Less) || accept(TokenKind::LessEqual)) {
    range.high = parseSum();
  } else if (accept(TokenKind::DotDot)) {
    range.high = parseSum();
  } else {
    range.low = parseSum();
    expect(TokenKind::DotDot);
    if (atExpression())
      range.high = parseSum();
  }
  range.span = {begin, previousSpan().end};
  return range;
}

/// `rk4(step: dt)`, `multigrid`.
ast::Method Parser::parseMethod() {
  ast::Method method;
  method.name = parseName();
  if (kind() == TokenKind::LeftParen) {
    open(TokenKind::LeftParen);
    method.arguments = parseArguments();
    close(TokenKind::RightParen, "`,` or `)`");
  }
  method.span = {method.name.span.begin, previousSpan().end};
  return method;
}

ast::Text Parser::parseText() {
  const Token &text = token();
  if (!accept(TokenKind::String)) {
    fail(lex::describe(TokenKind::String));
    return {};
  }
  return {.value = file.copyText(lex::unescape(textOf(text))), .span = text.span};
}

/// `, "message"`.
ast::Text Parser::parseMessage() {
  if (!accept(TokenKind::Comma))
    fail("`,` and a message in quotes");
  return parseText();
}

ast::CadenceUnit Parser::parseCadenceUnit() {
  if (acceptEither("step", "steps"))
    return ast::CadenceUnit::Steps;
  if (acceptWord("time"))
    return ast::CadenceUnit::Time;
  if (acceptEither("second", "seconds"))
    return ast::CadenceUnit::Seconds;
  if (acceptEither("minute", "minutes"))
    return ast::CadenceUnit::Minutes;
  if (acceptEither("hour", "hours"))
    return ast::CadenceUnit::Hours;
  fail("`steps`, `time`, `seconds`, `minutes` or `hours`");
  return ast::CadenceUnit::Steps;
}

/// `every 10 steps`; the word `every` is taken.
ast::Cadence Parser::parseCadence() {
  ast::Cadence cadence;
  uint32_t begin = previousSpan().begin;
  cadence.interval = parseSum();
  cadence.unit = parseCadenceUnit();
  cadence.span = {begin, previousSpan().end};
  return cadence;
}

ast::Cadence Parser::parseOptionalCadence() {
  return acceptWord("every") ? parseCadence() : ast::Cadence();
}
