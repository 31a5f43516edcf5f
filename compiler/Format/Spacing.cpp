//===- Spacing.cpp - which pieces stand apart ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Format/Pieces.h"

#include "llvm/ADT/STLExtras.h"

using namespace irh;
using namespace irh::format;

/// Words after which a parenthesis, a bracket or a sign begins an expression of its own. They are
/// names, too, elsewhere: what follows them is left as it is written.
static bool isContextWord(const Piece &piece) {
  static constexpr llvm::StringLiteral kWords[] = {
      "at",          "by",      "check",       "every",    "for",      "fraction", "from",
      "in",          "let",     "matrix",      "maximize", "minimize", "observe",  "of",
      "probability", "require", "temperature", "to",       "when"};
  return piece.kind == TokenKind::Identifier && llvm::is_contained(kWords, StringRef(piece.text));
}

static bool isSign(TokenKind kind) {
  return kind == TokenKind::Plus || kind == TokenKind::Minus || kind == TokenKind::Star ||
         kind == TokenKind::Slash;
}

static bool isComparison(TokenKind kind) {
  return lex::isBinaryOperator(kind) && !isSign(kind) && kind != TokenKind::Caret &&
         kind != TokenKind::And && kind != TokenKind::Or;
}

/// Whether an operand may end with `kind`, so that a minus behind it subtracts.
static bool endsOperand(TokenKind kind) {
  switch (kind) {
  case TokenKind::Identifier:
  case TokenKind::Integer:
  case TokenKind::Real:
  case TokenKind::Imaginary:
  case TokenKind::String:
  case TokenKind::True:
  case TokenKind::False:
  case TokenKind::RightParen:
  case TokenKind::RightBracket:
  case TokenKind::Prime:
    return true;
  default:
    return false;
  }
}

static bool hasGap(const Piece &piece) { return piece.numBlanks > 0 || piece.numBreaks > 0; }

/// The token before `index`, or null.
static const Piece *tokenBefore(const std::vector<Piece> &pieces, size_t index) {
  while (index > 0 && pieces[index - 1].isComment())
    --index;
  return index > 0 ? &pieces[index - 1] : nullptr;
}

static bool isUnary(const std::vector<Piece> &pieces, size_t index) {
  if (pieces[index].kind != TokenKind::Minus)
    return false;
  const Piece *before = tokenBefore(pieces, index);
  if (!before || !endsOperand(before->kind))
    return true;
  bool looksUnary =
      hasGap(pieces[index]) && index + 1 < pieces.size() && !hasGap(pieces[index + 1]);
  return isContextWord(*before) && looksUnary;
}

/// An operator has a blank on both sides or on none, as its author chose.
static Gap gapAround(const std::vector<Piece> &pieces, size_t index) {
  bool isSpaced = hasGap(pieces[index]) || (index + 1 < pieces.size() && hasGap(pieces[index + 1]));
  return isSpaced ? Gap::One : Gap::None;
}

/// In front of `(` or `[` behind `before`.
static Gap gapBeforeBracket(const Piece &before, TokenKind bracket) {
  switch (before.kind) {
  case TokenKind::Identifier:
    return isContextWord(before) ? Gap::AsWritten : Gap::None;
  case TokenKind::RightBracket:
  case TokenKind::Prime:
    return Gap::None;
  case TokenKind::RightParen: // Behind the head of a reduction, or a bracket that is an error.
    return bracket == TokenKind::LeftParen ? Gap::One : Gap::AsWritten;
  default:
    return Gap::One;
  }
}

/// In front of the `..` of a range.
static Gap gapBeforeRange(const Piece &before) {
  bool isFirst = before.text == "in";
  // `1. ..` without the blank would be `1` and `...`.
  return isFirst || StringRef(before.text).ends_with(".") ? Gap::One : Gap::None;
}

/// Between two tokens where one is an operator.
static Gap gapAtOperator(const std::vector<Piece> &pieces, size_t index) {
  const Piece &before = pieces[index - 1], &here = pieces[index];
  if (before.kind == TokenKind::Caret || here.kind == TokenKind::Caret)
    return Gap::None;
  if (isSign(before.kind))
    return isUnary(pieces, index - 1) ? Gap::None : gapAround(pieces, index - 1);
  if (isSign(here.kind) && !isUnary(pieces, index))
    return gapAround(pieces, index);
  // `in >0` is a range.
  const Piece *left = tokenBefore(pieces, index - 1);
  bool isBound = isComparison(before.kind) && left && left->text == "in";
  return isBound ? Gap::AsWritten : Gap::One;
}

/// Between two tokens where one is punctuation other than an operator; nothing if neither is.
static std::optional<Gap> gapAtPunctuation(const Piece &before, const Piece &here) {
  bool isInside = here.bracket == TokenKind::LeftParen || here.bracket == TokenKind::LeftBracket;
  switch (before.kind) {
  case TokenKind::LeftParen:
  case TokenKind::LeftBracket:
  case TokenKind::Dot:
  case TokenKind::DotDot:
    return Gap::None;
  case TokenKind::Comma: // `g[a,b]` and `f(a, b)`.
    return here.bracket == TokenKind::LeftBracket ? Gap::AsWritten : Gap::One;
  case TokenKind::Colon:
  case TokenKind::Assign:
  case TokenKind::Arrow:
    return Gap::One;
  default:
    break;
  }
  switch (here.kind) {
  case TokenKind::DotDot:
    return gapBeforeRange(before);
  case TokenKind::Dot:
  case TokenKind::Prime:
    return Gap::None;
  case TokenKind::Colon: // `nodes: N` and `N : int`.
    return isInside ? Gap::None : Gap::One;
  case TokenKind::Assign:
  case TokenKind::Arrow:
    return Gap::One;
  default:
    return std::nullopt;
  }
}

static bool isBrace(TokenKind kind) {
  return kind == TokenKind::LeftBrace || kind == TokenKind::RightBrace;
}

static Gap gapBetweenTokens(const std::vector<Piece> &pieces, size_t index) {
  const Piece &before = pieces[index - 1], &here = pieces[index];
  if (isBrace(before.kind) || isBrace(here.kind)) {
    bool isEmpty = before.kind == TokenKind::LeftBrace && here.kind == TokenKind::RightBrace;
    return isEmpty ? Gap::None : Gap::One;
  }
  if (here.kind == TokenKind::Comma || here.kind == TokenKind::RightParen ||
      here.kind == TokenKind::RightBracket)
    return Gap::None;
  if (std::optional<Gap> gap = gapAtPunctuation(before, here))
    return *gap;
  if (lex::isBinaryOperator(before.kind) || lex::isBinaryOperator(here.kind))
    return gapAtOperator(pieces, index);
  if (here.kind == TokenKind::LeftParen || here.kind == TokenKind::LeftBracket)
    return gapBeforeBracket(before, here.kind);
  return Gap::One;
}

Gap format::gapBefore(const std::vector<Piece> &pieces, size_t index) {
  const Piece &before = pieces[index - 1], &here = pieces[index];
  if (here.isLineComment())
    return Gap::One;
  if (before.isComment() || here.isComment() || here.isObserved)
    return Gap::AsWritten;
  return gapBetweenTokens(pieces, index);
}
