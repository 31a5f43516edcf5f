//===- SortEdges.h - edges in their canonical order -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_SORTEDGES_H
#define IRH_RUNTIME_GRAPH_SORTEDGES_H

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace irh::rt::graph {

/// Turns every edge so that src <= dst and sorts by (src, dst), and further by the type's own
/// order. Cost: linear in nodes and edges, with a short sort for each node.
template <typename Edge> void sortEdges(std::int64_t numNodes, std::vector<Edge> &edges) {
  std::vector<std::int64_t> starts(static_cast<std::size_t>(numNodes) + 1);
  for (Edge &edge : edges) {
    if (edge.src > edge.dst)
      std::swap(edge.src, edge.dst);
    ++starts[static_cast<std::size_t>(edge.src) + 1];
  }
  for (std::size_t node = 1; node < starts.size(); ++node)
    starts[node] += starts[node - 1];
  std::vector<Edge> sorted(edges.size());
  std::vector<std::int64_t> next(starts.begin(), starts.end());
  for (const Edge &edge : edges)
    sorted[static_cast<std::size_t>(next[static_cast<std::size_t>(edge.src)]++)] = edge;
  for (std::size_t node = 0; node + 1 < starts.size(); ++node)
    std::sort(sorted.begin() + starts[node], sorted.begin() + starts[node + 1]);
  edges = std::move(sorted);
}

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_SORTEDGES_H
