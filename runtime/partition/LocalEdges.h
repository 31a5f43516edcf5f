//===- LocalEdges.h - the edges that touch a rank's nodes -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PARTITION_LOCALEDGES_H
#define IRH_RUNTIME_PARTITION_LOCALEDGES_H

#include "runtime/graph/EdgeList.h"

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace irh::rt::partition {

/// Edges in the order of the whole network, each with its global id: 4 bytes an edge, and 16 for
/// each node that edges lead from and for each copy.
class LocalEdges {
public:
  /// With room for so many edges, in so many runs: one for each owned node, and for each copy.
  LocalEdges(std::size_t numEdges, std::size_t numRuns) {
    ends.reserve(numEdges);
    runs.reserve(numRuns);
  }

  /// The next edge in that order.
  void add(std::int64_t global, const graph::Edge &edge, bool isCopy) {
    const auto source = static_cast<std::int32_t>(edge.src);
    const bool goesOn =
        !isCopy && !runs.empty() && runs.back().count > 0 && runs.back().src == source;
    if (goesOn)
      ++runs.back().count;
    else
      runs.push_back({global, source, isCopy ? -1 : 1});
    ends.push_back(static_cast<std::int32_t>(edge.dst));
  }

  /// Calls `visit(global, isCopy, src, dst)` for each edge, in order.
  template <typename Visit> void visit(Visit visit) const {
    const std::int32_t *end = ends.data();
    for (const Run &run : runs)
      for (std::int32_t i = 0; i < std::abs(run.count); ++i)
        visit(run.firstGlobal + i, run.count < 0, std::int64_t{run.src}, std::int64_t{*end++});
  }

private:
  /// Edges from one node that follow each other in the whole network.
  struct Run {
    std::int64_t firstGlobal;
    std::int32_t src;
    std::int32_t count; ///< Of owned edges; -1: one copy.
  };
  std::vector<Run> runs;
  std::vector<std::int32_t> ends;
};

} // namespace irh::rt::partition

#endif // IRH_RUNTIME_PARTITION_LOCALEDGES_H
