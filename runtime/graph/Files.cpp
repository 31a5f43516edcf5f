//===- Files.cpp - the files that a network was read from -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Files.h"

#include "runtime/core/Checksum.h"

namespace irh::rt::graph {

static FileMark markOf(const io::CsvTable &table) {
  Checksum sum;
  sum.add(std::as_bytes(std::span(table.content())));
  return {table.path(), sum.value()};
}

/// Its text is gone; what was read from it is there.
static FileMark markOf(const io::MatrixMarket &matrix) {
  const std::int64_t head[] = {static_cast<std::int64_t>(matrix.field),
                               static_cast<std::int64_t>(matrix.symmetry), matrix.numRows,
                               matrix.numColumns};
  Checksum sum;
  sum.add(std::as_bytes(std::span(head)));
  sum.add(std::as_bytes(std::span(matrix.rows)));
  sum.add(std::as_bytes(std::span(matrix.columns)));
  sum.add(std::as_bytes(std::span(matrix.reals)));
  sum.add(std::as_bytes(std::span(matrix.imaginary)));
  sum.add(std::as_bytes(std::span(matrix.ints)));
  return {matrix.path, sum.value()};
}

std::vector<FileMark> markFiles(const Files &files) {
  std::vector<FileMark> marks;
  marks.push_back(std::visit([](const auto &edges) { return markOf(edges); }, files.edges));
  if (files.nodes)
    marks.push_back(markOf(*files.nodes));
  return marks;
}

} // namespace irh::rt::graph
