//===- Pieces.h - a text as lines of tokens and comments ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_FORMAT_PIECES_H
#define IRH_COMPILER_FORMAT_PIECES_H

#include "compiler/AST/AST.h"
#include "compiler/Lex/Token.h"

#include <string>
#include <vector>

namespace irh::format {

using lex::TokenKind;
using llvm::StringRef;

/// How many blanks stand in front of a piece: none, one, or one if the author wrote any.
enum class Gap : uint8_t { None, One, AsWritten };

/// A token or a comment. Columns count characters from 0, with a tab stop every eight.
struct Piece {
  std::string text;
  TokenKind kind = TokenKind::Invalid; ///< Invalid for a comment.
  bool startsLine = false;             ///< Of a token: the line break before it ends a statement.
  unsigned numBreaks = 0;              ///< Line breaks between the piece before and this one.
  unsigned numBlanks = 0;              ///< Columns between them, where there is no break.
  unsigned sourceColumn = 0;
  bool isObserved = false;                ///< The blanks before it are part of a column's name.
  TokenKind bracket = TokenKind::Invalid; ///< The innermost ( [ or { that is open before it.

  bool isComment() const { return kind == TokenKind::Invalid; }
  bool isLineComment() const { return isComment() && StringRef(text).starts_with("//"); }
  /// The column behind the piece if it begins at `column`.
  unsigned endFrom(unsigned column) const;
};

/// A line of pieces: [first, end).
struct Line {
  size_t first = 0;
  size_t end = 0;
  unsigned depth = 0;          ///< Blocks around it.
  unsigned paragraph = 0;      ///< Lines without an empty one between them.
  bool isContinuation = false; ///< Goes on with the statement of the line above.
  size_t statement = 0;        ///< First piece of the line that begins its statement.
  /// Of a line in a block whose first statement stands beside the `{`: that statement, else 0.
  size_t firstInBlock = 0;
};

struct PieceList {
  std::vector<Piece> pieces;
  std::vector<Line> lines;
};

/// Cuts the text of `source`, whose tree is `tree`.
PieceList cutPieces(const source::SourceFile &source, const ast::File &tree);

/// The gap in front of `pieces[index]`, which is not the first of its line. (Spacing.cpp)
Gap gapBefore(const std::vector<Piece> &pieces, size_t index);

/// The column of each piece in the canonical text. (Layout.cpp)
std::vector<unsigned> layOut(const PieceList &list);

} // namespace irh::format

#endif // IRH_COMPILER_FORMAT_PIECES_H
