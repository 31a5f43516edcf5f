//===- Pieces.cpp - a text as lines of tokens and comments ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Format/Pieces.h"

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Lex/Lexer.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace irh;
using namespace irh::format;
using source::Span;

namespace {

/// Walks over a text and knows the column it is at.
class Cutter {
public:
  Cutter(const source::SourceFile &source, std::vector<Piece> &pieces)
      : text(source.text()), firstOffset(source.begin()), pieces(pieces) {}

  void cutComments(size_t end);
  void cutToken(const lex::Token &token);

private:
  void take(size_t end);
  void push(StringRef piece, TokenKind kind);

  StringRef text;
  uint32_t firstOffset;
  std::vector<Piece> &pieces;
  size_t at = 0;
  unsigned column = 0;
  unsigned numBreaks = 0;
  unsigned lastEnd = 0; ///< Column behind the last piece.
};

/// The brackets that are open at a piece.
class Brackets {
public:
  void pass(const std::vector<Piece> &pieces, size_t index);

  TokenKind innermost() const { return open.empty() ? TokenKind::Invalid : open.back().kind; }
  bool isInside() const { return !open.empty() && innermost() != TokenKind::LeftBrace; }
  unsigned numBlocks() const { return blocks; }
  size_t firstInBlock() const { return open.empty() ? 0 : open.back().first; }

private:
  struct Open {
    TokenKind kind;
    size_t first; ///< What follows on the line of the bracket, or 0.
  };
  std::vector<Open> open;
  unsigned blocks = 0;
};

} // namespace

/// The column behind `text`, which begins at `column`.
static unsigned columnBehind(StringRef text, unsigned column) {
  constexpr unsigned kTabStop = 8;
  for (char byte : text) {
    if (byte == '\n')
      column = 0;
    else if (byte == '\t')
      column += kTabStop - column % kTabStop;
    else if (byte != '\r' && (byte & 0xC0) != 0x80)
      ++column;
  }
  return column;
}

/// Without the carriage returns that belong to line breaks; others may be part of documentation.
static std::string withPlainBreaks(StringRef text) {
  llvm::SmallVector<StringRef> lines;
  text.split(lines, '\n');
  for (StringRef &line : llvm::MutableArrayRef(lines).drop_back())
    line = line.rtrim('\r');
  return llvm::join(lines, "\n");
}

unsigned Piece::endFrom(unsigned column) const { return columnBehind(text, column); }

/// Goes on to byte `end`, counting columns and line breaks.
void Cutter::take(size_t end) {
  StringRef taken = text.slice(at, end);
  numBreaks += static_cast<unsigned>(taken.count('\n'));
  column = columnBehind(taken, column);
  at = end;
}

/// `piece` begins at the present byte.
void Cutter::push(StringRef piece, TokenKind kind) {
  Piece &added = pieces.emplace_back();
  added.kind = kind;
  added.text = piece.str();
  added.numBreaks = numBreaks;
  added.numBlanks = numBreaks == 0 && column > lastEnd ? column - lastEnd : 0;
  added.sourceColumn = column;
  take(at + piece.size());
  numBreaks = 0;
  lastEnd = column;
  if (kind != TokenKind::Invalid)
    return;
  // Line breaks are alike, also inside a comment, and nothing stands behind it.
  added.text = withPlainBreaks(piece.rtrim());
}

/// The comments up to byte `end`; all else there is blank.
void Cutter::cutComments(size_t end) {
  while (at < end) {
    StringRef rest = text.slice(at, end);
    size_t skipped = std::min(rest.find("//"), rest.find("/*"));
    if (skipped == StringRef::npos)
      return take(end);
    take(at + skipped);
    rest = text.slice(at, end);
    bool isLine = rest.starts_with("//");
    size_t length = isLine ? rest.find('\n') : rest.find("*/", 2) + 2;
    push(rest.take_front(length), TokenKind::Invalid);
  }
}

void Cutter::cutToken(const lex::Token &token) {
  push(text.slice(token.span.begin - firstOffset, token.span.end - firstOffset), token.kind);
  pieces.back().startsLine = token.startsLine;
}

void Brackets::pass(const std::vector<Piece> &pieces, size_t index) {
  switch (pieces[index].kind) {
  case TokenKind::LeftBrace:
  case TokenKind::LeftParen:
  case TokenKind::LeftBracket: {
    bool hasMore = index + 1 < pieces.size() && pieces[index + 1].numBreaks == 0 &&
                   !pieces[index + 1].isComment();
    open.push_back({pieces[index].kind, hasMore ? index + 1 : 0});
    blocks += pieces[index].kind == TokenKind::LeftBrace;
    return;
  }
  case TokenKind::RightBrace:
  case TokenKind::RightParen:
  case TokenKind::RightBracket:
    blocks -= pieces[index].kind == TokenKind::RightBrace;
    open.pop_back();
    return;
  default:
    return;
  }
}

/// The spans of observed values that are their own names.
static void findUnnamedValues(const ast::Item &item, std::vector<Span> &spans) {
  if (const auto *model = llvm::dyn_cast<ast::ModelDecl>(&item))
    for (const ast::Item *inner : model->items)
      findUnnamedValues(*inner, spans);
  if (const auto *observe = llvm::dyn_cast<ast::ObserveStmt>(&item))
    for (const ast::ObserveItem &observed : observe->items)
      if (!observed.name)
        spans.push_back(observed.value->span);
  if (const auto *stmt = llvm::dyn_cast<ast::Stmt>(&item))
    for (const ast::Stmt *inner : ast::blockOf(*stmt))
      findUnnamedValues(*inner, spans);
}

static std::vector<Span> unnamedValues(const ast::File &tree) {
  std::vector<Span> spans;
  for (const ast::Item *item : tree.items)
    findUnnamedValues(*item, spans);
  return spans;
}

/// The line that begins at piece `first`, with `brackets` open before it.
static Line makeLine(const PieceList &list, size_t first, const Brackets &brackets) {
  const std::vector<Piece> &pieces = list.pieces;
  size_t token = first;
  while (token < pieces.size() && pieces[token].isComment())
    ++token;
  bool joins = token < pieces.size() && !pieces[token].startsLine;
  Line line{.first = first, .end = first, .depth = brackets.numBlocks()};
  line.isContinuation = !list.lines.empty() && (brackets.isInside() || joins);
  if (pieces[first].kind == TokenKind::RightBrace)
    line.depth -= line.depth > 0;
  else if (!line.isContinuation)
    line.firstInBlock = brackets.firstInBlock();
  line.statement = line.isContinuation ? list.lines.back().statement : first;
  if (!list.lines.empty())
    line.paragraph = list.lines.back().paragraph + (pieces[first].numBreaks > 1);
  return line;
}

static void cutLines(PieceList &list) {
  Brackets brackets;
  for (size_t i = 0; i < list.pieces.size(); ++i) {
    if (i == 0 || list.pieces[i].numBreaks > 0)
      list.lines.push_back(makeLine(list, i, brackets));
    list.lines.back().end = i + 1;
    list.pieces[i].bracket = brackets.innermost();
    brackets.pass(list.pieces, i);
  }
}

PieceList format::cutPieces(const source::SourceFile &source, const ast::File &tree) {
  diag::Engine silent; // The tree has no errors, so the tokens have none.
  lex::TokenList tokens = lex::tokenize(source, silent);
  std::vector<Span> unnamed = unnamedValues(tree);
  const Span *observed = unnamed.data(), *end = observed + unnamed.size();
  PieceList list;
  Cutter cutter(source, list.pieces);
  for (const lex::Token &token : tokens.tokens) {
    size_t numBefore = list.pieces.size();
    cutter.cutComments(token.span.begin - source.begin());
    while (observed != end && observed->end <= token.span.begin)
      ++observed;
    bool isObserved = observed != end && observed->begin < token.span.begin;
    if (token.kind != TokenKind::EndOfFile)
      cutter.cutToken(token);
    for (Piece &piece : llvm::drop_begin(list.pieces, numBefore))
      piece.isObserved = isObserved;
  }
  cutLines(list);
  return list;
}
