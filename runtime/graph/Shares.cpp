//===- Shares.cpp - the edges that each rank makes --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Shares.h"

#include "runtime/graph/Limits.h"

#include <numeric>
#include <utility>
#include <vector>

namespace irh::rt::graph {

/// Where a part begins.
static std::int64_t beginOf(std::int64_t count, int part, int numParts) {
  return count * part / numParts; // Counts and ranks are below 2^31.
}

NodeRange pieceOf(NodeRange nodes, int part, int numParts) {
  return {nodes.begin + beginOf(nodes.size(), part, numParts),
          nodes.begin + beginOf(nodes.size(), part + 1, numParts)};
}

int rankOfShare(std::int64_t numNodes, std::int64_t node, int numRanks) {
  // The largest rank whose share begins at the node or before.
  return static_cast<int>(((node + 1) * numRanks - 1) / numNodes);
}

EdgeList numberShares(EdgeList mine, Communicator &comm) {
  const std::vector<std::int64_t> counts = comm.gather(static_cast<std::int64_t>(mine.size()));
  const std::int64_t numEdges = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  if (numEdges > kMostPoints)
    throw tooManyEdges(numEdges);
  if (comm.size() > 1)
    mine.makeShare(std::accumulate(counts.begin(), counts.begin() + comm.rank(), std::int64_t{0}),
                   numEdges);
  return mine;
}

} // namespace irh::rt::graph
