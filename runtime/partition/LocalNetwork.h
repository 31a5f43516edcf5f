//===- LocalNetwork.h - one rank's part of a network ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PARTITION_LOCALNETWORK_H
#define IRH_RUNTIME_PARTITION_LOCALNETWORK_H

#include "runtime/abi/Abi.h"
#include "runtime/core/Array.h"
#include "runtime/graph/Network.h"
#include "runtime/partition/Ownership.h"
#include "runtime/partition/TouchedEdges.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace irh::rt::partition {

/// Points of a set on one rank: owned ones first, in local order, then copies of others' points
/// (ghost nodes; cut edges that another rank owns).
struct LocalSet {
  abi::SetKind kind = abi::SetKind::Nodes;
  std::int64_t numOwned = 0;
  std::int64_t numLocal = 0;
  std::int64_t numGlobal = 0;
  std::vector<std::int64_t> globalIds = {}; ///< Of each local point; of edges, see `listEdges`.

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
  Traffic edges; ///< See `listEdges`.
};

/// Whose ends a row holds: those of edges into its node, or those of edges from it.
enum class RowKind { Neighbors, Targets };

/// One rank's part of a network. Nodes: owned ones without a ghost neighbor, owned ones with, each
/// in the order of their ownership; ghosts, by global id. Edges: those whose src is owned, then the
/// copies, whose dst is; each in the order of the whole network. A row holds its neighbors by
/// global id.
///
/// Arrays as large as the network are made when they are asked for.
class LocalNetwork {
public:
  /// Cuts a rank's part out of a network whose edges are all here, and must outlive the part.
  ///
  /// Collective   no messages: every rank cuts its own part out of the same network.
  /// Cost         two passes over all edges; none where a rank owns all in their own order. Memory
  ///              for the rank's nodes; where they are scattered, 4 bytes for each node of all.
  /// Determinism  a pure function of network, ownership and rank.
  /// Errors       std::bad_alloc.
  LocalNetwork(const graph::Network &network, const Ownership &ownership, int rank);

  /// The same of a network whose edges the ranks have shares of: these may go, the rest must stay.
  ///
  /// Shape  `touched`: those of this rank; `degrees`: of all nodes of the network.
  /// Cost   as above, over the touched edges.
  LocalNetwork(const graph::Network &network, const Ownership &ownership, int rank,
               TouchedEdges touched, std::span<const std::int32_t> degrees);

  const graph::Network &whole() const { return *network; }
  /// The edges of the network are all there to be asked for.
  bool hasAllEdges() const { return !touched; }

  /// The ends of an edge by its global id. Collective. Cost: at most a pass over the local edges.
  graph::Edge findEdge(std::int64_t global, Communicator &comm) const;

  /// An array, made now if nobody has asked for it before. Cost: a pass over all edges, then none.
  std::span<const std::byte> array(abi::NetworkArray which);

  /// The rows of owned nodes first, ..., first + count of a lattice, as RowOffsets and Columns hold
  /// them, from 0; columns are followed by kPadding zeros. Any thread may ask.
  struct RowsOut {
    std::int64_t *offsets;
    std::int32_t *columns;
  };
  static constexpr std::int64_t kPadding = 8;
  void latticeRows(std::int64_t first, std::int64_t count, RowsOut rows) const;

  /// Fills the global ids of the edges, and what crosses of them, if nobody has before. Every field
  /// on edges needs them.
  void listEdges();

  const LocalSet &set(abi::SetKind kind) const {
    return kind == abi::SetKind::Nodes ? nodes : edges;
  }

  LocalSet nodes{.kind = abi::SetKind::Nodes};
  LocalSet edges{.kind = abi::SetKind::Edges};
  std::int64_t numInterior = 0;    ///< Owned nodes without a ghost neighbor; they come first.
  std::int64_t numCut = 0;         ///< Owned edges that lead to others' nodes.
  std::vector<Neighbor> neighbors; ///< By rank.

private:
  struct Rows {
    Array<std::int64_t> offsets;
    Array<std::int32_t> columns;
    Array<std::int32_t> slotEdges;
    Array<std::int8_t> signs;
  };

  bool isOwned(std::int64_t node) const {
    if (localOf.empty())
      return node >= firstOwned && node < endOwned;
    const std::int32_t local = localOf[static_cast<std::size_t>(node)];
    return local >= 0 && local < nodes.numOwned;
  }
  std::int32_t localNode(std::int64_t node) const;
  template <typename Visit> void visitEdges(Visit visit) const;
  template <typename Visit> void visitSlots(RowKind kind, Visit visit) const;

  void takeAll();
  void own(const Ownership &ownership, int rank);
  std::int64_t countOwnedEdges() const;
  void cut(const Ownership &ownership);
  void listTraffic(const Ownership &ownership);
  struct Border {
    std::vector<bool> hasGhost;       ///< Of each owned node, in their order.
    std::vector<std::int64_t> ghosts; ///< Ascending.
  };
  Border findBorder();
  void numberNodes(Border border);

  /// Ascending.
  std::span<const std::int64_t> ghosts() const {
    return std::span(nodes.globalIds).subspan(static_cast<std::size_t>(nodes.numOwned));
  }

  Array<std::int64_t> &offsetsOf(RowKind kind);
  template <typename T, typename ValueOf>
  std::span<const std::byte> fillSlots(RowKind kind, Array<T> &array, ValueOf valueOf);
  std::span<const std::byte> endsArray(Array<std::int32_t> &array, bool isSrc);
  std::span<const std::byte> nodeIdsArray();
  std::span<const std::byte> degreesArray();

  const graph::Network *network;
  // Of an ownership in the nodes' own order.
  std::int64_t firstOwned = 0;
  std::int64_t endOwned = 0;
  std::vector<std::int32_t> localOfOwned; ///< By id less the first; empty where that is it.
  // Of a scattered one.
  std::vector<std::int64_t> owned;   ///< In its order, until they are numbered.
  std::vector<std::int32_t> localOf; ///< By global id; negative for nodes that are not here.

  std::optional<TouchedEdges> touched;    ///< Where the network has not all edges.
  std::vector<std::int32_t> ghostDegrees; ///< There, too.

  Rows neighborRows;
  Rows targetRows; ///< Of directed networks.
  Array<std::int32_t> edgeSrc;
  Array<std::int32_t> edgeDst;
  Array<std::int64_t> nodeIds;
  Array<std::int64_t> degrees;
};

} // namespace irh::rt::partition

#endif // IRH_RUNTIME_PARTITION_LOCALNETWORK_H
