//===- ParseExpr.cpp - operators, from the loosest to the tightest ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Parse/Parser.h"

#include <optional>

using namespace irh;
using namespace irh::parse;
using ast::BinaryOp;
using ast::UnaryOp;

/// What stands for an expression while the parser is stuck. Its item is dropped.
Expr *Parser::placeholder() { return file.make<ast::IntLiteralExpr>(placeOfToken(), 0); }

void Parser::setHeight(Expr *expr, ArrayRef<Expr *> operands) {
  unsigned tallest = 0;
  for (const Expr *operand : operands)
    tallest = std::max<unsigned>(tallest, operand->height);
  // The tree stays within its bound even where the report comes too late to stop it.
  expr->height = static_cast<uint16_t>(std::min(tallest + 1, Expr::kMaxHeight));
  if (tallest >= Expr::kMaxHeight)
    failWith(diag::NestingTooDeep, placeOfToken());
}

Expr *Parser::makeBinary(BinaryOp op, Span opSpan, Expr *left, Expr *right) {
  return makeExpr<ast::BinaryExpr>({left, right}, op, opSpan, left, right);
}

static std::optional<BinaryOp> comparisonOf(TokenKind kind) {
  switch (kind) {
  case TokenKind::Less:
    return BinaryOp::Less;
  case TokenKind::LessEqual:
    return BinaryOp::LessEqual;
  case TokenKind::Greater:
    return BinaryOp::Greater;
  case TokenKind::GreaterEqual:
    return BinaryOp::GreaterEqual;
  case TokenKind::Equal:
    return BinaryOp::Equal;
  case TokenKind::NotEqual:
    return BinaryOp::NotEqual;
  default:
    return std::nullopt;
  }
}

Expr *Parser::parseExpr() {
  Nesting level(*this);
  return kind() == TokenKind::If ? parseIf() : parseOr();
}

Expr *Parser::parseIf() {
  uint32_t begin = token().span.begin;
  expect(TokenKind::If);
  Expr *condition = parseExpr();
  expect(TokenKind::Then);
  Expr *whenTrue = parseExpr();
  expect(TokenKind::Else);
  Expr *whenFalse = parseExpr();
  return makeExpr<ast::IfExpr>({condition, whenTrue, whenFalse}, Span{begin, whenFalse->span.end},
                               condition, whenTrue, whenFalse);
}

Expr *Parser::parseOr() {
  Expr *left = parseAnd();
  while (accept(TokenKind::Or)) {
    Span op = previousSpan();
    left = makeBinary(BinaryOp::Or, op, left, parseAnd());
  }
  return left;
}

Expr *Parser::parseAnd() {
  Expr *left = parseNot();
  while (accept(TokenKind::And)) {
    Span op = previousSpan();
    left = makeBinary(BinaryOp::And, op, left, parseNot());
  }
  return left;
}

Expr *Parser::parseNot() {
  if (!accept(TokenKind::Not))
    return parseComparison();
  Nesting level(*this);
  uint32_t begin = previousSpan().begin;
  Expr *operand = parseNot();
  return makeExpr<ast::UnaryExpr>({operand}, Span{begin, operand->span.end}, UnaryOp::Not, operand);
}

Expr *Parser::parseComparison() {
  Expr *left = parseSum();
  for (unsigned count = 0; std::optional<BinaryOp> op = comparisonOf(kind()); ++count) {
    Span opSpan = token().span;
    // Reported once and read on: what follows may hold mistakes of its own.
    if (count == 1)
      diags.report(diag::ChainedComparison, opSpan);
    ++position;
    left = makeBinary(*op, opSpan, left, parseSum());
  }
  return left;
}

Expr *Parser::parseSum() {
  Expr *left = parseProduct();
  while (kind() == TokenKind::Plus || kind() == TokenKind::Minus) {
    BinaryOp op = kind() == TokenKind::Plus ? BinaryOp::Add : BinaryOp::Subtract;
    Span opSpan = token().span;
    ++position;
    left = makeBinary(op, opSpan, left, parseProduct());
  }
  return left;
}

Expr *Parser::parseProduct() {
  Expr *left = parseSigned();
  while (kind() == TokenKind::Star || kind() == TokenKind::Slash) {
    BinaryOp op = kind() == TokenKind::Star ? BinaryOp::Multiply : BinaryOp::Divide;
    Span opSpan = token().span;
    ++position;
    left = makeBinary(op, opSpan, left, parseSigned());
  }
  return left;
}

/// A factor of a product: `-a^2`, and a reduction, whose body takes the factors that follow.
Expr *Parser::parseSigned() {
  if (accept(TokenKind::Minus)) {
    Nesting level(*this);
    uint32_t begin = previousSpan().begin;
    Expr *operand = parseSigned();
    return makeExpr<ast::UnaryExpr>({operand}, Span{begin, operand->span.end}, UnaryOp::Negate,
                                    operand);
  }
  return atReduction() ? parseReduction() : parsePower();
}

Expr *Parser::parsePower() {
  Expr *base = parsePostfix();
  if (!accept(TokenKind::Caret))
    return base;
  Span opSpan = previousSpan();
  return makeBinary(BinaryOp::Power, opSpan, base, parseExponent());
}

/// `2^-1`, `a^b^c`: an exponent may carry signs, and is a power itself.
Expr *Parser::parseExponent() {
  Nesting level(*this);
  if (!accept(TokenKind::Minus))
    return parsePower();
  uint32_t begin = previousSpan().begin;
  Expr *operand = parseExponent();
  return makeExpr<ast::UnaryExpr>({operand}, Span{begin, operand->span.end}, UnaryOp::Negate,
                                  operand);
}
