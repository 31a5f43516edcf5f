//===- Shares.h - the edges that each rank makes ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Several ranks make a network together: each holds the edges from its own run of nodes, sorted and
// numbered, and no rank ever holds all.

#ifndef IRH_RUNTIME_GRAPH_SHARES_H
#define IRH_RUNTIME_GRAPH_SHARES_H

#include "runtime/core/Communicator.h"
#include "runtime/graph/EdgeList.h"

#include <cstdint>

namespace irh::rt::graph {

/// Part `part` of `numParts` runs of nearly equal length.
NodeRange pieceOf(NodeRange nodes, int part, int numParts);

/// The nodes whose edges a rank makes.
inline NodeRange shareOf(std::int64_t numNodes, int rank, int numRanks) {
  return pieceOf({0, numNodes}, rank, numRanks);
}
/// The rank with that node in its share.
int rankOfShare(std::int64_t numNodes, std::int64_t node, int numRanks);

/// Numbers the shares of all ranks, one after the other. All edges stay what they are on one rank.
/// Collective. Errors: InvalidArgument if there are more edges than 32-bit indices can name.
EdgeList numberShares(EdgeList mine, Communicator &comm);

/// The share of this rank: EdgeList::collect, and numberShares.
template <typename VisitAll>
EdgeList collectShare(std::int64_t numNodes, Communicator &comm, const VisitAll &visitAll) {
  return numberShares(EdgeList::collect(shareOf(numNodes, comm.rank(), comm.size()), visitAll),
                      comm);
}

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_SHARES_H
