//===- Generators.h - networks made from a few numbers ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_GENERATORS_H
#define IRH_RUNTIME_GRAPH_GENERATORS_H

#include "runtime/graph/Network.h"

#include <cstdint>

namespace irh::rt::graph {

/// Node i is joined to i - 1 and i + 1, around. Errors: InvalidArgument if there are fewer than
/// three nodes, or too many for 32-bit indices.
Network makeRing(std::int64_t numNodes);

struct SmallWorld {
  std::int64_t numNodes;
  std::int64_t numNeighbors; ///< Of each node before rewiring; even.
  double rewire;             ///< Probability, in [0, 1].
  std::uint64_t seed;
};

/// A ring in which each node knows its `numNeighbors` nearest; then each edge (i, i + j) keeps its
/// end i and moves the other, with probability `rewire`, to a node drawn from all that are neither
/// i nor a neighbor of i. A node that knows all others keeps its edges.
///
/// Cost         linear in the edges; about 30 ns each.
/// Determinism  a pure function of the arguments; edges are treated for j = 1, 2, ... and within
///              it for i = 0, 1, ....
/// Errors       InvalidArgument: neighbors odd, below 2, or as many as nodes; a probability
///              outside [0, 1]; more edges than 32-bit indices can name.
/// Source       D. Watts and S. Strogatz, Nature 393, 1998, 440-442, "Methods" of figure 1.
Network makeSmallWorld(const SmallWorld &world);

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_GENERATORS_H
