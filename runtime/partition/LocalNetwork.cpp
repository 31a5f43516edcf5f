//===- LocalNetwork.cpp - one rank's part of a network ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/LocalNetwork.h"

#include "runtime/partition/Blocks.h"

#include <algorithm>
#include <map>

namespace irh::rt::partition {

const void *LocalNetwork::array(abi::NetworkArray which) const {
  switch (which) {
  case abi::NetworkArray::RowOffsets:
    return rowOffsets.data();
  case abi::NetworkArray::Columns:
    return columns.data();
  case abi::NetworkArray::SlotEdges:
    return slotEdges.data();
  case abi::NetworkArray::EdgeSrc:
    return edgeSrc.data();
  case abi::NetworkArray::EdgeDst:
    return edgeDst.data();
  case abi::NetworkArray::NodeIds:
    return nodeIds.data();
  case abi::NetworkArray::Degrees:
    return degrees.data();
  }
  return nullptr;
}

namespace {

using graph::Edge;

template <typename T> T &at(std::vector<T> &values, std::int64_t i) {
  return values[static_cast<std::size_t>(i)];
}

template <typename T> T &at(Array<T> &values, std::int64_t i) {
  return values[static_cast<std::size_t>(i)];
}

/// The steps of `cutPart`, in order, and what they hand to each other.
class Cutter {
public:
  Cutter(const graph::Network &network, const Part &part)
      : network(network), part(part), globalDegrees(graph::countDegrees(network)),
        ownership(assignBlocks(globalDegrees, part.numRanks)),
        firstOwned(at(ownership.firstNode, part.rank)),
        endOwned(at(ownership.firstNode, part.rank + 1)) {}

  LocalNetwork run() {
    findEdges();
    numberNodes();
    fillNodes();
    fillEdges();
    fillRows();
    planExchange();
    return std::move(local);
  }

private:
  bool isOwned(std::int64_t node) const { return node >= firstOwned && node < endOwned; }

  /// Lists the local edges: owned ones, then copies, each in canonical order.
  void findEdges() {
    std::vector<std::int64_t> copies;
    std::vector<std::int64_t> &ids = local.edges.globalIds;
    ids.reserve(network.edges.size() / static_cast<std::size_t>(part.numRanks));
    for (std::size_t edge = 0; edge < network.edges.size(); ++edge) {
      if (isOwned(network.edges[edge].src))
        ids.push_back(static_cast<std::int64_t>(edge));
      else if (isOwned(network.edges[edge].dst))
        copies.push_back(static_cast<std::int64_t>(edge));
    }
    local.edges.numOwned = static_cast<std::int64_t>(ids.size());
    ids.insert(ids.end(), copies.begin(), copies.end());
    local.edges.numLocal = static_cast<std::int64_t>(ids.size());
    local.edges.numGlobal = static_cast<std::int64_t>(network.edges.size());
  }

  const Edge &edge(std::int64_t localEdge) {
    return network.edges[static_cast<std::size_t>(at(local.edges.globalIds, localEdge))];
  }

  /// Marks the border and collects the ghosts, then orders interior, border, ghosts.
  void numberNodes() {
    std::vector<bool> isBorder(static_cast<std::size_t>(endOwned - firstOwned));
    for (std::int64_t i = 0; i < local.edges.numLocal; ++i) {
      const Edge ends = edge(i);
      if (isOwned(ends.src) && isOwned(ends.dst))
        continue;
      const std::int64_t inside = isOwned(ends.src) ? ends.src : ends.dst;
      isBorder[static_cast<std::size_t>(inside - firstOwned)] = true;
      ghosts.push_back(ends.src + ends.dst - inside);
    }
    std::sort(ghosts.begin(), ghosts.end());
    ghosts.erase(std::unique(ghosts.begin(), ghosts.end()), ghosts.end());

    std::vector<std::int64_t> &ids = local.nodes.globalIds;
    for (const bool wanted : {false, true}) {
      for (std::int64_t node = firstOwned; node < endOwned; ++node)
        if (isBorder[static_cast<std::size_t>(node - firstOwned)] == wanted)
          ids.push_back(node);
      if (!wanted)
        local.numInterior = static_cast<std::int64_t>(ids.size());
    }
    ids.insert(ids.end(), ghosts.begin(), ghosts.end());
  }

  void fillNodes() {
    LocalSet &nodes = local.nodes;
    nodes.numOwned = endOwned - firstOwned;
    nodes.numLocal = static_cast<std::int64_t>(nodes.globalIds.size());
    nodes.numGlobal = network.numNodes;
    localOfOwned.resize(static_cast<std::size_t>(nodes.numOwned));
    local.nodeIds = Array<std::int64_t>(nodes.globalIds.size());
    local.degrees = Array<std::int64_t>(nodes.globalIds.size());
    for (std::int64_t i = 0; i < nodes.numLocal; ++i) {
      const std::int64_t node = at(nodes.globalIds, i);
      if (i < nodes.numOwned)
        at(localOfOwned, node - firstOwned) = static_cast<std::int32_t>(i);
      at(local.nodeIds, i) = network.idOf(node);
      at(local.degrees, i) = at(globalDegrees, node);
    }
  }

  std::int32_t localNode(std::int64_t node) {
    if (isOwned(node))
      return at(localOfOwned, node - firstOwned);
    const auto ghost = std::lower_bound(ghosts.begin(), ghosts.end(), node) - ghosts.begin();
    return static_cast<std::int32_t>(local.nodes.numOwned + ghost);
  }

  void fillEdges() {
    local.edgeSrc = Array<std::int32_t>(local.edges.globalIds.size());
    local.edgeDst = Array<std::int32_t>(local.edges.globalIds.size());
    for (std::int64_t i = 0; i < local.edges.numLocal; ++i) {
      at(local.edgeSrc, i) = localNode(edge(i).src);
      at(local.edgeDst, i) = localNode(edge(i).dst);
    }
  }

  // Copies lead from smaller ids to owned nodes, and come first; owned edges follow by (src, dst).
  // A row filled in that order is sorted by neighbor, since its own smaller neighbors come
  // first: as copies, then as sources of owned edges; then its larger ones.
  void fillRows() {
    const std::int64_t numOwned = local.nodes.numOwned;
    local.rowOffsets = Array<std::int64_t>(static_cast<std::size_t>(numOwned) + 1);
    for (std::int64_t node = 0; node < numOwned; ++node)
      at(local.rowOffsets, node + 1) = at(local.rowOffsets, node) + at(local.degrees, node);
    const auto numSlots = static_cast<std::size_t>(at(local.rowOffsets, numOwned));
    local.columns = Array<std::int32_t>(numSlots);
    local.slotEdges = Array<std::int32_t>(numSlots);
    nextSlot.assign(local.rowOffsets.begin(), local.rowOffsets.end());
    for (std::int64_t i = local.edges.numOwned; i < local.edges.numLocal; ++i)
      addSlots(i);
    for (std::int64_t i = 0; i < local.edges.numOwned; ++i)
      addSlots(i);
  }

  void addSlots(std::int64_t localEdge) {
    const std::int32_t src = at(local.edgeSrc, localEdge);
    const std::int32_t dst = at(local.edgeDst, localEdge);
    if (src < local.nodes.numOwned)
      addSlot(src, dst, localEdge);
    if (dst < local.nodes.numOwned && dst != src)
      addSlot(dst, src, localEdge);
  }

  void addSlot(std::int32_t node, std::int32_t neighbor, std::int64_t localEdge) {
    const std::int64_t slot = at(nextSlot, node)++;
    at(local.columns, slot) = neighbor;
    at(local.slotEdges, slot) = static_cast<std::int32_t>(localEdge);
  }

  // Both sides list what crosses between them by global id, so a message needs no labels.
  void planExchange() {
    std::map<int, Neighbor> byRank;
    for (std::int64_t i = 0; i < local.edges.numLocal; ++i) {
      const Edge ends = edge(i);
      if (isOwned(ends.src) && isOwned(ends.dst))
        continue;
      const bool isCopy = !isOwned(ends.src);
      Neighbor &neighbor = byRank[ownership.ownerOf(isCopy ? ends.src : ends.dst)];
      const std::int32_t src = at(local.edgeSrc, i);
      const std::int32_t dst = at(local.edgeDst, i);
      neighbor.nodes.send.push_back(isCopy ? dst : src);
      neighbor.nodes.receive.push_back(isCopy ? src : dst);
      (isCopy ? neighbor.edges.receive : neighbor.edges.send)
          .push_back(static_cast<std::int32_t>(i));
    }
    for (auto &[rank, neighbor] : byRank) {
      neighbor.rank = rank;
      sortById(neighbor.nodes.send);
      sortById(neighbor.nodes.receive);
      local.neighbors.push_back(std::move(neighbor));
    }
  }

  /// Each local node once, by global id.
  void sortById(std::vector<std::int32_t> &nodes) {
    std::sort(nodes.begin(), nodes.end(), [this](std::int32_t a, std::int32_t b) {
      return at(local.nodes.globalIds, a) < at(local.nodes.globalIds, b);
    });
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  }

  const graph::Network &network;
  Part part;
  std::vector<std::int64_t> globalDegrees;
  Ownership ownership;
  std::int64_t firstOwned;
  std::int64_t endOwned;
  std::vector<std::int64_t> ghosts; ///< Global ids, ascending.
  std::vector<std::int32_t> localOfOwned;
  std::vector<std::int64_t> nextSlot;
  LocalNetwork local;
};

} // namespace

LocalNetwork cutPart(const graph::Network &network, const Part &part) {
  return Cutter(network, part).run();
}

} // namespace irh::rt::partition
