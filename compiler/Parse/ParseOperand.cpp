//===- ParseOperand.cpp - literals, names, calls, brackets and reductions ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lex/Lexer.h"
#include "compiler/Parse/Parser.h"

using namespace irh;
using namespace irh::parse;
using llvm::dyn_cast;
using llvm::isa;

/// `sum(j in`: no other expression begins so.
bool Parser::atReduction() const {
  return kind() == TokenKind::Identifier && isNext(TokenKind::LeftParen) &&
         token(2).kind == TokenKind::Identifier && token(3).kind == TokenKind::Identifier &&
         textOf(token(3)) == "in";
}

/// Whether the present token can begin an expression.
bool Parser::atExpression() const {
  switch (kind()) {
  case TokenKind::Identifier:
  case TokenKind::Integer:
  case TokenKind::Real:
  case TokenKind::Imaginary:
  case TokenKind::String:
  case TokenKind::True:
  case TokenKind::False:
  case TokenKind::LeftParen:
  case TokenKind::LeftBracket:
  case TokenKind::Minus:
    return true;
  default:
    return false;
  }
}

/// What follows an operand directly: `f[j]`, `theta'`, `v[a]'`, `v[j][x]`.
Expr *Parser::parsePostfix() {
  Expr *operand = parsePrimary();
  while (true) {
    uint32_t begin = operand->span.begin;
    if (kind() == TokenKind::LeftBracket) {
      ArrayRef<ast::IndexEntry> entries = parseIndexEntries();
      llvm::SmallVector<Expr *> parts = {operand};
      for (const ast::IndexEntry &entry : entries)
        parts.push_back(entry.value);
      operand = makeExpr<ast::IndexExpr>(parts, Span{begin, previousSpan().end}, operand, entries);
    } else if (kind() == TokenKind::Prime && isa<ast::NameExpr, ast::IndexExpr>(operand)) {
      unsigned numPrimes = parsePrimes();
      operand =
          makeExpr<ast::PrimeExpr>({operand}, Span{begin, previousSpan().end}, operand, numPrimes);
    } else {
      return operand;
    }
  }
}

Expr *Parser::parsePrimary() {
  const Token &here = token();
  switch (kind()) {
  case TokenKind::Integer:
    ++position;
    return file.make<ast::IntLiteralExpr>(here.span, here.integer);
  case TokenKind::Real:
    ++position;
    return file.make<ast::RealLiteralExpr>(here.span, here.real);
  case TokenKind::Imaginary:
    ++position;
    return file.make<ast::ImaginaryLiteralExpr>(here.span, here.real);
  case TokenKind::String:
    return file.make<ast::StringLiteralExpr>(here.span, parseText().value);
  case TokenKind::True:
  case TokenKind::False:
    ++position;
    return file.make<ast::BoolLiteralExpr>(here.span, here.kind == TokenKind::True);
  case TokenKind::Identifier:
    return atReduction() ? parseMisplacedOperand() : parseNameOrCall();
  case TokenKind::LeftParen:
    return parseParenthesized();
  case TokenKind::LeftBracket:
    return parseArray();
  case TokenKind::If:
    return parseMisplacedOperand();
  default:
    failAtOperand();
    return placeholder();
  }
}

/// `a ** b` is a power in other languages.
void Parser::failAtOperand() {
  Span both = source::cover(previousSpan(), token().span);
  if (kind() != TokenKind::Star || source.text(both) != "**")
    return fail("an expression");
  diag::Diagnostic *reported =
      failWith(diag::UnexpectedToken, token().span, "an expression", describeToken());
  if (reported)
    reported->fix(both, "^");
}

/// An `if` or a reduction where only a tighter operand may stand. Where it would end is a
/// guess, so it is refused; it is read all the same, for the mistakes inside.
Expr *Parser::parseMisplacedOperand() {
  Nesting level(*this);
  Span first = token().span;
  bool isIf = kind() == TokenKind::If;
  if (!isConsequence())
    diags.report(diag::OperandNeedsParentheses, first, isIf ? "an `if`" : "a reduction");
  return isIf ? parseIf() : parseReduction();
}

Expr *Parser::parseNameOrCall() {
  if (isNext(TokenKind::LeftParen))
    return parseCall();
  ast::Name name = parseName();
  if (!accept(TokenKind::Dot))
    return file.make<ast::NameExpr>(name);
  ast::Name member = parseName();
  return file.make<ast::MemberExpr>(name, member);
}

/// The span of what stands between the parentheses grows to hold them.
Expr *Parser::parseParenthesized() {
  uint32_t begin = token().span.begin;
  open(TokenKind::LeftParen);
  Expr *inner = parseExpr();
  close(TokenKind::RightParen, "an operator or `)`");
  inner->span = {begin, previousSpan().end};
  return inner;
}

Expr *Parser::parseArray() {
  uint32_t begin = token().span.begin;
  llvm::SmallVector<Expr *> elements;
  open(TokenKind::LeftBracket);
  do
    elements.push_back(parseExpr());
  while (accept(TokenKind::Comma));
  close(TokenKind::RightBracket, "an operator, `,` or `]`");
  return makeExpr<ast::ArrayExpr>(elements, Span{begin, previousSpan().end}, keep(elements));
}

/// `sum(j in nbrs) w[j] * f[j]`.
Expr *Parser::parseReduction() {
  Nesting level(*this);
  ast::Name op = parseName();
  open(TokenKind::LeftParen);
  ast::Name variable = parseName();
  expectWord("in");
  ast::Name source = parseName();
  close(TokenKind::RightParen, lex::describe(TokenKind::RightParen));
  Expr *body = parseProduct();
  return makeExpr<ast::ReduceExpr>({body}, Span{op.span.begin, body->span.end}, op, variable,
                                   source, body);
}

/// `u -> laplacian(u)`.
Expr *Parser::parseLambda() {
  ast::Name parameter = parseName();
  expect(TokenKind::Arrow);
  Expr *body = parseExpr();
  return makeExpr<ast::LambdaExpr>({body}, parameter, body);
}

/// `f(a, name: b)`, `max(e on G.edges)`.
ast::CallExpr *Parser::parseCall() {
  ast::Name callee = parseName();
  open(TokenKind::LeftParen);
  ArrayRef<ast::Argument> arguments = parseArguments();
  ast::QualifiedName set;
  if (!arguments.empty() && acceptWord("on"))
    set = parseQualifiedName();
  close(TokenKind::RightParen, "an operator, `,` or `)`");
  llvm::SmallVector<Expr *> values;
  for (const ast::Argument &argument : arguments)
    values.push_back(argument.value);
  return makeExpr<ast::CallExpr>(values, Span{callee.span.begin, previousSpan().end}, callee,
                                 arguments, set);
}

ast::Argument Parser::parseArgument() {
  ast::Argument argument;
  uint32_t begin = token().span.begin;
  if (kind() == TokenKind::Identifier && isNext(TokenKind::Colon)) {
    argument.name = parseName();
    expect(TokenKind::Colon);
  }
  bool isLambda = kind() == TokenKind::Identifier && isNext(TokenKind::Arrow);
  argument.value = isLambda ? parseLambda() : parseExpr();
  argument.span = {begin, previousSpan().end};
  return argument;
}

/// What stands between the parentheses of a call, which may be nothing.
ArrayRef<ast::Argument> Parser::parseArguments() {
  llvm::SmallVector<ast::Argument> arguments;
  if (kind() == TokenKind::RightParen)
    return {};
  do
    arguments.push_back(parseArgument());
  while (accept(TokenKind::Comma));
  return keep(arguments);
}

/// Finds the name and the offset in `x`, `x+1` and `x-1`.
static ast::IndexEntry viewEntry(Expr *value) {
  ast::IndexEntry entry;
  entry.value = value;
  auto *sum = dyn_cast<ast::BinaryExpr>(value);
  bool hasOffset = sum && (sum->op == ast::BinaryOp::Add || sum->op == ast::BinaryOp::Subtract);
  auto *name = dyn_cast<ast::NameExpr>(hasOffset ? sum->left : value);
  if (!name)
    return entry;
  entry.name = name->name;
  entry.offset = hasOffset ? sum->right : nullptr;
  entry.isOffsetNegative = hasOffset && sum->op == ast::BinaryOp::Subtract;
  return entry;
}

/// `[j]`, `[x+1, y]`, with the brackets.
ArrayRef<ast::IndexEntry> Parser::parseIndexEntries() {
  llvm::SmallVector<ast::IndexEntry> entries;
  open(TokenKind::LeftBracket);
  do
    entries.push_back(viewEntry(parseExpr()));
  while (accept(TokenKind::Comma));
  close(TokenKind::RightBracket, "an operator, `,` or `]`");
  return keep(entries);
}
