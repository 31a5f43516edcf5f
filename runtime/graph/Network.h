//===- Network.h - a whole network, as it was generated or read -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_NETWORK_H
#define IRH_RUNTIME_GRAPH_NETWORK_H

#include "runtime/io/CsvTable.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace irh::rt::graph {

/// An undirected edge between two rows; src < dst, or src == dst for a self-loop.
struct Edge {
  std::int64_t src;
  std::int64_t dst;

  friend bool operator==(const Edge &, const Edge &) = default;
  friend auto operator<=>(const Edge &, const Edge &) = default;
};

/// The files a network was read from. Columns are parsed when they are asked for.
struct Files {
  io::CsvTable edges;
  std::optional<io::CsvTable> nodes;
  /// File rows of edge e: edgeRows[edgeRowStarts[e] .. edgeRowStarts[e + 1]). More than one where
  /// duplicates are summed.
  std::vector<std::int64_t> edgeRows;
  std::vector<std::int64_t> edgeRowStarts;
};

/// A network, whole, on every rank. Global id of a node: its row. Global id of an edge: its
/// position in `edges`, which is sorted by (src, dst), each pair once.
struct Network {
  std::int64_t numNodes = 0;
  std::vector<Edge> edges;
  std::vector<std::int64_t> ids; ///< Ids of the file; empty where they are the rows.
  std::optional<Files> files;    ///< Empty for a generated network.

  std::int64_t idOf(std::int64_t row) const {
    return ids.empty() ? row : ids[static_cast<std::size_t>(row)];
  }
};

/// Number of neighbors of each node; a self-loop counts once.
std::vector<std::int64_t> countDegrees(const Network &network);

/// A column of the file of nodes, in the order of the rows.
///
/// Cost    parses the whole column.
/// Errors  InvalidArgument: no file, no such column, a cell that is no finite number (integer).
std::vector<double> nodeReals(const Network &network, std::string_view column);
std::vector<std::int64_t> nodeInts(const Network &network, std::string_view column);

/// A column of the file of edges, in the order of `edges`; duplicates are summed.
///
/// Cost         parses the whole column.
/// Determinism  duplicates are added in the order of the file.
/// Errors       as for nodes; InvalidArgument too if a sum of integers or reals overflows.
std::vector<double> edgeReals(const Network &network, std::string_view column);
std::vector<std::int64_t> edgeInts(const Network &network, std::string_view column);

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_NETWORK_H
