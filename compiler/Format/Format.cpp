//===- Format.cpp - writes the canonical text ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Format/Format.h"

#include "compiler/Format/Pieces.h"

using namespace irh;
using namespace irh::format;

/// Whether an empty line stands above `line`, which is not the first.
static bool keepsEmptyLine(const PieceList &list, const Line &line) {
  const Piece &first = list.pieces[line.first], &before = list.pieces[line.first - 1];
  return first.numBreaks > 1 && before.kind != TokenKind::LeftBrace &&
         first.kind != TokenKind::RightBrace;
}

std::string format::format(const source::SourceFile &source, const ast::File &tree) {
  PieceList list = cutPieces(source, tree);
  std::vector<unsigned> columns = layOut(list);
  std::string text;
  for (const Line &line : list.lines) {
    if (line.first > 0 && keepsEmptyLine(list, line))
      text += '\n';
    unsigned column = 0;
    for (size_t i = line.first; i < line.end; ++i) {
      const Piece &piece = list.pieces[i];
      text.append(columns[i] - column, ' ');
      text += piece.text;
      column = piece.endFrom(columns[i]);
    }
    text += '\n';
  }
  return text;
}
