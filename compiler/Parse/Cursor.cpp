//===- Cursor.cpp - looking at tokens, taking them, and getting stuck ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lex/Literals.h"
#include "compiler/Parse/Parser.h"

#include <algorithm>

using namespace irh;
using namespace irh::parse;

Parser::Nesting::Nesting(Parser &parser) : parser(parser) {
  if (++parser.nesting > kMaxNesting)
    parser.failWith(diag::NestingTooDeep, parser.placeOfToken());
}

const Token &Parser::token(size_t ahead) const {
  return list.tokens[std::min(position + ahead, list.tokens.size() - 1)];
}

Span Parser::previousSpan() const {
  return position == 0 ? Span{source.begin(), source.begin()} : list.tokens[position - 1].span;
}

/// The kind that the grammar sees: a newline that ends the item comes before its next token.
TokenKind Parser::kind() const {
  if (isStuck)
    return TokenKind::EndOfFile;
  if (token().startsLine && openBrackets.empty() && position != itemStart)
    return TokenKind::Newline;
  return token().kind;
}

/// Whether the token after the present one is `expected`, on the same line.
bool Parser::isNext(TokenKind expected) const {
  const Token &next = token(1);
  return !isStuck && next.kind == expected && (!openBrackets.empty() || !next.startsLine);
}

bool Parser::accept(TokenKind expected) {
  if (kind() != expected)
    return false;
  ++position;
  return true;
}

void Parser::expect(TokenKind expected) {
  if (!accept(expected))
    fail(lex::describe(expected));
}

void Parser::open(TokenKind bracket) {
  expect(bracket);
  openBrackets.push_back(previousSpan());
}

/// `expected` names all that may stand here, for the message.
void Parser::close(TokenKind bracket, StringRef expected) {
  if (!accept(bracket))
    return failInside(openBrackets.back(), expected);
  openBrackets.pop_back();
}

bool Parser::atWord(StringRef word) const {
  return kind() == TokenKind::Identifier && textOf(token()) == word;
}

bool Parser::acceptWord(StringRef word) {
  if (!atWord(word))
    return false;
  ++position;
  return true;
}

bool Parser::acceptEither(StringRef word, StringRef plural) {
  return acceptWord(word) || acceptWord(plural);
}

void Parser::expectWord(StringRef word) {
  if (!acceptWord(word))
    fail(("`" + word + "`").str());
}

bool Parser::atEndOfItem() const {
  TokenKind here = kind();
  return here == TokenKind::Newline || here == TokenKind::RightBrace ||
         here == TokenKind::EndOfFile;
}

/// Whether a report at the present token would only repeat an earlier one: the parser is stuck,
/// was stuck at this token before, or the lexer has complained about it.
bool Parser::isConsequence() const {
  if (isStuck || lastReported == position || kind() == TokenKind::Invalid)
    return true;
  if (position == 0)
    return false;
  // A string without its end swallows the rest of its line, such a comment that of the file.
  const Token &before = list.tokens[position - 1];
  if (before.kind == TokenKind::String)
    return !lex::measureString(textOf(before)).isClosed;
  return token().kind == TokenKind::EndOfFile && before.kind == TokenKind::Invalid;
}

/// The end of a line or of the file is the place behind the last token.
Span Parser::placeOfToken() const {
  if (kind() != TokenKind::Newline && kind() != TokenKind::EndOfFile)
    return token().span;
  uint32_t end = previousSpan().end;
  return {end, end};
}

std::string Parser::describeToken() const {
  if (token().kind == TokenKind::EndOfFile)
    return lex::describe(TokenKind::EndOfFile).str();
  if (kind() == TokenKind::Newline || kind() == TokenKind::String)
    return lex::describe(kind()).str();
  return diag::quote(textOf(token()));
}

/// The words between backticks in `expected`: those that the grammar wants.
static llvm::SmallVector<StringRef> wordsIn(StringRef expected) {
  llvm::SmallVector<StringRef> parts, words;
  expected.split(parts, '`');
  for (size_t i = 1; i < parts.size(); i += 2)
    words.push_back(parts[i]);
  return words;
}

/// `words` may stand here, too, and are not named in the message.
void Parser::fail(StringRef expected, ArrayRef<StringRef> words) {
  bool isWord = kind() == TokenKind::Identifier;
  Span span = placeOfToken();
  StringRef found = textOf(token());
  diag::Diagnostic *reported = failWith(diag::UnexpectedToken, span, expected, describeToken());
  if (!reported || !isWord)
    return;
  llvm::SmallVector<StringRef> known = wordsIn(expected);
  known.append(words.begin(), words.end());
  StringRef meant = diag::nearestName(found, known);
  if (!meant.empty())
    reported->fix(span, meant.str());
}

/// The same before the end of what begins at `opening`.
void Parser::failInside(Span opening, StringRef expected) {
  diag::Diagnostic *reported =
      failWith(diag::UnexpectedToken, placeOfToken(), expected, describeToken());
  if (reported)
    reported->note(opening, diag::quote(source.text(opening)) + " is opened here");
}
