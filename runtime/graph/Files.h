//===- Files.h - the files that a network was read from ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_FILES_H
#define IRH_RUNTIME_GRAPH_FILES_H

#include "runtime/io/CsvTable.h"
#include "runtime/io/MatrixMarket.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace irh::rt::graph {

/// A row of a table of edges, or an entry of a matrix, that an edge takes its values from.
struct EdgeRow {
  std::uint32_t row : 31;
  std::uint32_t isTurned : 1; ///< The row names the edge's ends the other way round.

  friend bool operator==(const EdgeRow &, const EdgeRow &) = default;
};

/// Which rows each edge takes its values from: more than one where duplicates are summed, and
/// where a matrix has an entry for each direction; those that are not turned then come first.
struct RowsOfEdges {
  std::vector<EdgeRow> rows;
  std::vector<std::int64_t> starts; ///< Empty where each edge has one row.

  std::span<const EdgeRow> of(std::int64_t edge) const {
    const auto i = static_cast<std::size_t>(edge);
    if (starts.empty())
      return {rows.data() + i, 1};
    return {rows.data() + starts[i], static_cast<std::size_t>(starts[i + 1] - starts[i])};
  }
};

/// Columns are parsed when they are asked for; the entries of a matrix are there already.
struct Files {
  std::variant<io::CsvTable, io::MatrixMarket> edges;
  std::optional<io::CsvTable> nodes;
  RowsOfEdges rowsOfEdges;

  const io::MatrixMarket *matrix() const { return std::get_if<io::MatrixMarket>(&edges); }
  const io::CsvTable &table() const { return std::get<io::CsvTable>(edges); }
};

/// A file, and a number that changes with what is in it.
struct FileMark {
  std::string path;
  std::uint64_t checksum = 0;
};

/// The marks of the files, that of the edges first. Cost: one pass over them.
std::vector<FileMark> markFiles(const Files &files);

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_FILES_H
