//===- Cycles.h - triangles, and a basis of the cycles of a network ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PARTITION_CYCLES_H
#define IRH_RUNTIME_PARTITION_CYCLES_H

#include "runtime/partition/LocalNetwork.h"

#include <cstdint>
#include <vector>

namespace irh::rt::partition {

/// Closed ways over the edges of an undirected network. Rank 0 has them all; they are points of a
/// set, as nodes and edges are.
struct Cycles {
  /// An edge by its global id, and whether the way leads from its `dst` to its `src`, so that what
  /// the node where it begins sees of the edge is what `dst` sees.
  struct Step {
    std::int64_t edge;
    bool isSeenFromDst;
  };

  LocalSet set;
  std::vector<std::int64_t> offsets = {0}; ///< Of the steps of each cycle.
  std::vector<Step> steps;
};

/// All triangles i < j < k, by i, j and k, each walked i, j, k, i. An edge from a node to itself is
/// in none, and of several edges between two nodes each counts.
///
/// Collective   over `comm`; rank 0 gets all edges.
/// Cost         sum over the edges of the smaller degree of its ends; memory for the triangles.
/// Determinism  the same for any ranks and threads.
/// Errors       InvalidArgument: the network is directed; Aborted, std::bad_alloc.
/// Source       N. Chiba, T. Nishizeki, SIAM J. Comput. 14(1), 1985.
Cycles findTriangles(LocalNetwork &network, Communicator &comm);

/// The cycle that each edge outside of a spanning forest closes with it, in the order of the edges:
/// edges - nodes + components of them, from which all cycles can be put together. The forest is
/// grown breadth first from the least node of each component. A cycle begins at the `src` of its
/// edge, over it. Otherwise as `findTriangles`; cost: the length of all cycles.
Cycles findCycleBasis(LocalNetwork &network, Communicator &comm);

/// How many components the network has, a point of a set each. Collective; as `findTriangles`.
Cycles findComponents(LocalNetwork &network, Communicator &comm);

} // namespace irh::rt::partition

#endif // IRH_RUNTIME_PARTITION_CYCLES_H
