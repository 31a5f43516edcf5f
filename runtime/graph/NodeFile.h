//===- NodeFile.h - nodes as a file lists them ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_NODEFILE_H
#define IRH_RUNTIME_GRAPH_NODEFILE_H

#include "runtime/io/CsvTable.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace irh::rt::graph {

// Without a file of nodes, more than this many nodes, and this many for each edge, are refused:
// memory for all of them may not exist.
inline constexpr std::int64_t kLeastMostNodes = 1'000'000;
inline constexpr std::int64_t kMostNodesPerEdge = 100;

/// The ids of nodes that have ids of their own.
struct NodeIds {
  std::vector<std::int64_t> ofRows; ///< Empty where there are none, or they are the rows.
  std::unordered_map<std::int64_t, std::int64_t> rows;
};

/// Reads the column `id`, if there is one. Errors: InvalidArgument, with the line: an id that is no
/// integer, or one that another row has.
NodeIds readNodeIds(const io::CsvTable &nodes);

/// Refuses tables with more rows than 32-bit indices can name.
void requireIndexable(const io::CsvTable &table);

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_NODEFILE_H
