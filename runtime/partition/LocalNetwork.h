//===- LocalNetwork.h - one rank's part of a network ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PARTITION_LOCALNETWORK_H
#define IRH_RUNTIME_PARTITION_LOCALNETWORK_H

#include "runtime/abi/Abi.h"
#include "runtime/core/Array.h"
#include "runtime/graph/Network.h"

#include <cstdint>
#include <vector>

namespace irh::rt::partition {

/// Points of a set on one rank: owned ones first, in local order, then copies of others' points
/// (ghost nodes; cut edges that another rank owns).
struct LocalSet {
  abi::SetKind kind = abi::SetKind::Nodes;
  std::int64_t numOwned = 0;
  std::int64_t numLocal = 0;
  std::int64_t numGlobal = 0;
  std::vector<std::int64_t> globalIds = {}; ///< Of each local point.

  std::int64_t numCopies() const { return numLocal - numOwned; }
};

/// Local points that go to, or come from, one rank, in an order that both know.
struct Traffic {
  std::vector<std::int32_t> send;    ///< Owned points.
  std::vector<std::int32_t> receive; ///< Copies.
};

/// What this rank exchanges with one other.
struct Neighbor {
  int rank = 0;
  Traffic nodes;
  Traffic edges;
};

/// One rank's part of a network. The arrays are those of abi::NetworkArray.
struct LocalNetwork {
  LocalSet nodes{.kind = abi::SetKind::Nodes};
  LocalSet edges{.kind = abi::SetKind::Edges};
  std::int64_t numInterior = 0; ///< Owned nodes without a ghost neighbor; they come first.

  Array<std::int64_t> rowOffsets;
  Array<std::int32_t> columns;
  Array<std::int32_t> slotEdges;
  Array<std::int32_t> edgeSrc;
  Array<std::int32_t> edgeDst;
  Array<std::int64_t> nodeIds;
  Array<std::int64_t> degrees;

  std::vector<Neighbor> neighbors; ///< By rank.

  const LocalSet &set(abi::SetKind kind) const {
    return kind == abi::SetKind::Nodes ? nodes : edges;
  }
  const void *array(abi::NetworkArray which) const;
};

/// Which rank of how many.
struct Part {
  int rank = 0;
  int numRanks = 1;
};

/// Cuts a rank's part out of a network. Nodes: owned ones without a ghost neighbor, owned ones
/// with, ghosts; each by global id. Edges: those whose smaller end is owned, then the copies; each
/// in canonical order. A row holds its neighbors by global id.
///
/// Collective   no messages: every rank cuts its own part out of the same network.
/// Cost         a pass over all edges, and memory for the local ones.
/// Determinism  a pure function of network and part.
/// Errors       std::bad_alloc.
LocalNetwork cutPart(const graph::Network &network, const Part &part);

} // namespace irh::rt::partition

#endif // IRH_RUNTIME_PARTITION_LOCALNETWORK_H
