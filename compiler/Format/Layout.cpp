//===- Layout.cpp - the column of each piece ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What an author has aligned stays aligned: pieces of one kind that stand in one column, in lines
// without an empty one between them, and one of which has more blanks in front than it needs. They
// move together, as far to the left as the longest text before them allows.
//
// Every column depends on columns further left in the source, so pieces are placed in the order of
// their source columns. The result is a fixed point: there, what was aligned still is, and stands
// as far to the left as it can.

#include "compiler/Format/Pieces.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <compare>

using namespace irh;
using namespace irh::format;

namespace {

constexpr unsigned kIndent = 2;

class Layout {
public:
  explicit Layout(const PieceList &list)
      : list(list), pieces(list.pieces), columns(list.pieces.size()) {}

  std::vector<unsigned> run();

private:
  /// What pieces that are aligned have in common. Pieces that begin a line are aligned with none:
  /// they are placed behind those of their source column, which they may stand under.
  struct Alignment {
    unsigned sourceColumn;
    bool isFirst;
    unsigned paragraph;
    unsigned depth;
    TokenKind kind;

    auto operator<=>(const Alignment &) const = default;
  };
  struct Place {
    Alignment alignment;
    size_t index; ///< Of the piece.
    size_t line;

    auto operator<=>(const Place &) const = default;
  };

  std::vector<Place> placesInOrder() const;
  void findAnchors();
  unsigned columnOfFirst(const Line &line) const;
  unsigned endOf(size_t index) const;
  bool hasBlank(size_t index) const;
  void placeAligned(llvm::ArrayRef<Place> aligned);

  const PieceList &list;
  const std::vector<Piece> &pieces;
  std::vector<unsigned> columns;
  /// First piece of a line -> the piece of a line above that it stands under.
  llvm::DenseMap<size_t, size_t> anchors;
};

} // namespace

/// A line that goes on with a statement, or that follows in a block whose first statement stands
/// beside the `{`, keeps standing under what it stands under.
void Layout::findAnchors() {
  llvm::DenseMap<unsigned, size_t> lastInColumn; // Of the present statement.
  for (const Line &line : list.lines) {
    unsigned column = pieces[line.first].sourceColumn;
    auto under = lastInColumn.find(column);
    bool isIndented = column > pieces[line.statement].sourceColumn;
    if (line.isContinuation && isIndented && under != lastInColumn.end())
      anchors[line.first] = under->second;
    if (line.firstInBlock && pieces[line.firstInBlock].sourceColumn == column)
      anchors[line.first] = line.firstInBlock;
    if (!line.isContinuation)
      lastInColumn.clear();
    for (size_t i = line.first; i < line.end; ++i)
      lastInColumn[pieces[i].sourceColumn] = i;
  }
}

std::vector<Layout::Place> Layout::placesInOrder() const {
  std::vector<Place> places;
  for (size_t n = 0; n < list.lines.size(); ++n) {
    const Line &line = list.lines[n];
    places.push_back(
        {{pieces[line.first].sourceColumn, true, 0, 0, TokenKind::Invalid}, line.first, n});
    for (size_t i = line.first + 1; i < line.end; ++i)
      places.push_back(
          {{pieces[i].sourceColumn, false, line.paragraph, line.depth, pieces[i].kind}, i, n});
  }
  llvm::sort(places);
  return places;
}

/// All that is read here stands further left in the source, or above in the same column.
unsigned Layout::columnOfFirst(const Line &line) const {
  if (auto anchor = anchors.find(line.first); anchor != anchors.end())
    return columns[anchor->second];
  unsigned indent = kIndent * line.depth;
  if (!line.isContinuation)
    return indent;
  unsigned statement = pieces[line.statement].sourceColumn;
  unsigned column = pieces[line.first].sourceColumn;
  if (column <= statement)
    return indent + kIndent;
  return columns[line.statement] + std::max(kIndent, column - statement);
}

unsigned Layout::endOf(size_t index) const { return pieces[index].endFrom(columns[index]); }

bool Layout::hasBlank(size_t index) const {
  Gap gap = gapBefore(pieces, index);
  return gap == Gap::One || (gap == Gap::AsWritten && pieces[index].numBlanks > 0);
}

/// Pieces of one source column that may be aligned with each other.
void Layout::placeAligned(llvm::ArrayRef<Place> aligned) {
  unsigned furthest = 0;
  bool isMeant = false;
  for (const Place &place : aligned) {
    bool blank = hasBlank(place.index);
    columns[place.index] = endOf(place.index - 1) + blank;
    if (!blank)
      continue;
    furthest = std::max(furthest, columns[place.index]);
    isMeant |= pieces[place.index].numBlanks > 1;
  }
  if (isMeant && aligned.size() > 1)
    for (const Place &place : aligned)
      if (hasBlank(place.index))
        columns[place.index] = furthest;
}

std::vector<unsigned> Layout::run() {
  findAnchors();
  std::vector<Place> places = placesInOrder();
  for (llvm::ArrayRef<Place> rest = places; !rest.empty();) {
    const Place &first = rest.front();
    llvm::ArrayRef<Place> aligned =
        rest.take_while([&](const Place &place) { return place.alignment == first.alignment; });
    rest = rest.drop_front(aligned.size());
    if (!first.alignment.isFirst)
      placeAligned(aligned);
    else
      for (const Place &place : aligned)
        columns[place.index] = columnOfFirst(list.lines[place.line]);
  }
  return std::move(columns);
}

std::vector<unsigned> format::layOut(const PieceList &list) { return Layout(list).run(); }
