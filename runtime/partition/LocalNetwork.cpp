//===- LocalNetwork.cpp - one rank's part of a network ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/LocalNetwork.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace irh::rt::partition {

static std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

namespace {

/// Numbers that come often, each kept once. Memory: twice what is kept.
class NumberSet {
public:
  void insert(std::int64_t number) {
    if (numbers.size() == limit) {
      keepEachOnce();
      limit = std::max<std::size_t>(2 * numbers.size(), 1024);
      numbers.reserve(limit);
    }
    numbers.push_back(number);
  }

  /// Ascending.
  std::vector<std::int64_t> take() {
    keepEachOnce();
    return std::move(numbers);
  }

private:
  void keepEachOnce() {
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  }

  std::vector<std::int64_t> numbers;
  std::size_t limit = 0;
};

} // namespace

std::int32_t LocalNetwork::localNode(std::int64_t node) const {
  if (!localOf.empty())
    return localOf[index(node)];
  if (isOwned(node))
    return localOfOwned.empty() ? static_cast<std::int32_t>(node - firstOwned)
                                : localOfOwned[index(node - firstOwned)];
  const auto ids = ghosts();
  const auto ghost = std::lower_bound(ids.begin(), ids.end(), node) - ids.begin();
  return static_cast<std::int32_t>(nodes.numOwned + ghost);
}

/// Calls `visit(global edge, local edge, src, dst)`, ends global, in the order of the network.
template <typename Visit> void LocalNetwork::visitEdges(Visit visit) const {
  const graph::EdgeList &all = network->edges;
  std::int64_t global = 0;
  std::int64_t owned = 0;
  std::int64_t copy = edges.numOwned;
  if (touched)
    return touched->visit([&](const TouchedEdge &edge) {
      visit(edge.global, edge.isCopy ? copy++ : owned++, edge.ends.src, edge.ends.dst);
    });
  const auto visitCopies = [&](std::int64_t src) {
    all.visitFrom(src, [&](std::int64_t dst) {
      if (isOwned(dst))
        visit(global, copy++, src, dst);
      ++global;
    });
  };
  const auto visitOwned = [&](std::int64_t src) {
    all.visitFrom(src, [&](std::int64_t dst) { visit(global++, owned++, src, dst); });
  };
  if (!localOf.empty()) {
    for (std::int64_t src = 0; src < network->numNodes; ++src)
      isOwned(src) ? visitOwned(src) : visitCopies(src);
    return;
  }
  for (std::int64_t src = 0; src < firstOwned; ++src)
    visitCopies(src);
  for (std::int64_t src = firstOwned; src < endOwned; ++src)
    visitOwned(src);
  // An undirected edge leads to a larger node.
  for (std::int64_t src = endOwned; network->isDirected && src < network->numNodes; ++src)
    visitCopies(src);
}

/// Calls `visit(owned local node, local other end, local edge, sign)`. Edges come by (src, dst), so
/// a row sees its smaller neighbors as sources, and then its larger ones: both ascending.
template <typename Visit> void LocalNetwork::visitSlots(RowKind kind, Visit visit) const {
  visitEdges([&](std::int64_t, std::int64_t edge, std::int64_t src, std::int64_t dst) {
    const auto add = [&](std::int64_t node, std::int64_t other, int sign) {
      if (isOwned(node))
        visit(localNode(node), localNode(other), edge, static_cast<std::int8_t>(sign));
    };
    if (network->isDirected)
      return kind == RowKind::Targets ? add(src, dst, 1) : add(dst, src, 1);
    if (src != dst)
      add(src, dst, -1);
    add(dst, src, 1);
  });
}

//===- The cut --------------------------------------------------------------===//

LocalNetwork::LocalNetwork(const graph::Network &network, const Ownership &ownership, int rank)
    : network(&network) {
  nodes.numGlobal = network.numNodes;
  edges.numGlobal = static_cast<std::int64_t>(network.edges.size());
  if (ownership.numRanks() == 1 && !ownership.isScattered()) {
    takeAll();
  } else {
    own(ownership, rank);
    cut(ownership);
  }
}

LocalNetwork::LocalNetwork(const graph::Network &network, const Ownership &ownership, int rank,
                           TouchedEdges touched, std::span<const std::int32_t> degrees)
    : network(&network), touched(std::move(touched)) {
  nodes.numGlobal = network.numNodes;
  edges.numGlobal = static_cast<std::int64_t>(network.edges.size());
  own(ownership, rank);
  cut(ownership);
  for (const std::int64_t ghost : ghosts())
    ghostDegrees.push_back(degrees[index(ghost)]);
}

void LocalNetwork::takeAll() {
  endOwned = numInterior = nodes.numOwned = nodes.numLocal = nodes.numGlobal;
  edges.numOwned = edges.numLocal = edges.numGlobal;
  nodes.globalIds.resize(index(nodes.numLocal));
  std::iota(nodes.globalIds.begin(), nodes.globalIds.end(), std::int64_t{0});
}

/// Says which nodes are owned. Until they are numbered, each one's place is that in its order.
void LocalNetwork::own(const Ownership &ownership, int rank) {
  firstOwned = ownership.first[index(rank)];
  endOwned = ownership.first[index(rank + 1)];
  nodes.numOwned = endOwned - firstOwned;
  if (ownership.isScattered()) {
    localOf.assign(index(network->numNodes), -1);
    for (const std::int64_t node : ownership.nodesOf(rank)) {
      localOf[index(node)] = static_cast<std::int32_t>(owned.size());
      owned.push_back(node);
    }
  }
  edges.numOwned = countOwnedEdges();
}

std::int64_t LocalNetwork::countOwnedEdges() const {
  const graph::EdgeList &all = network->edges;
  if (!touched && localOf.empty())
    return all.before(endOwned) - all.before(firstOwned);
  std::int64_t count = 0;
  if (touched)
    touched->visit([&](const TouchedEdge &edge) { count += edge.isCopy ? 0 : 1; });
  else
    for (const std::int64_t node : owned)
      count += all.before(node + 1) - all.before(node);
  return count;
}

LocalNetwork::Border LocalNetwork::findBorder() {
  Border border;
  border.hasGhost.resize(index(nodes.numOwned));
  NumberSet ghosts;
  edges.numLocal = edges.numOwned;
  visitEdges([&](std::int64_t, std::int64_t, std::int64_t src, std::int64_t dst) {
    if (isOwned(src) && isOwned(dst))
      return;
    const std::int64_t inside = isOwned(src) ? src : dst;
    border.hasGhost[localOf.empty() ? index(inside - firstOwned) : index(localOf[index(inside)])] =
        true;
    ghosts.insert(src + dst - inside);
    ++(isOwned(src) ? numCut : edges.numLocal);
  });
  border.ghosts = ghosts.take();
  return border;
}

void LocalNetwork::cut(const Ownership &ownership) {
  numberNodes(findBorder());
  listTraffic(ownership);
}

// Both sides list what crosses between them by global id, so a message needs no labels.
void LocalNetwork::listTraffic(const Ownership &ownership) {
  std::map<int, NumberSet> sent; // By rank.
  visitEdges([&](std::int64_t, std::int64_t, std::int64_t src, std::int64_t dst) {
    if (isOwned(src) && isOwned(dst))
      return;
    const std::int64_t inside = isOwned(src) ? src : dst;
    sent[ownership.ownerOf(src + dst - inside)].insert(inside);
  });
  std::map<int, std::size_t> placeOf;
  for (auto &[rank, numbers] : sent) {
    placeOf[rank] = neighbors.size();
    Traffic &traffic =
        neighbors.emplace_back(Neighbor{.rank = rank, .nodes = {}, .edges = {}}).nodes;
    const std::vector<std::int64_t> ids = numbers.take();
    traffic.send.reserve(ids.size());
    for (const std::int64_t id : ids)
      traffic.send.push_back(localNode(id));
  }
  std::int32_t local = static_cast<std::int32_t>(nodes.numOwned);
  for (const std::int64_t ghost : ghosts())
    neighbors[placeOf.at(ownership.ownerOf(ghost))].nodes.receive.push_back(local++);
}

/// Orders interior, border, ghosts.
void LocalNetwork::numberNodes(Border border) {
  std::vector<std::int64_t> &ids = nodes.globalIds;
  ids.reserve(border.hasGhost.size() + border.ghosts.size());
  std::vector<std::int32_t> places(border.hasGhost.size());
  for (const bool wanted : {false, true}) {
    for (std::size_t i = 0; i < places.size(); ++i)
      if (border.hasGhost[i] == wanted) {
        places[i] = static_cast<std::int32_t>(ids.size());
        ids.push_back(localOf.empty() ? firstOwned + static_cast<std::int64_t>(i) : owned[i]);
      }
    if (!wanted)
      numInterior = static_cast<std::int64_t>(ids.size());
  }
  owned = std::vector<std::int64_t>();
  ids.insert(ids.end(), border.ghosts.begin(), border.ghosts.end());
  nodes.numLocal = static_cast<std::int64_t>(ids.size());
  if (localOf.empty())
    localOfOwned = std::move(places);
  for (std::size_t local = 0; local < ids.size() && !localOf.empty(); ++local)
    localOf[index(ids[local])] = static_cast<std::int32_t>(local);
}

graph::Edge LocalNetwork::findEdge(std::int64_t global, Communicator &comm) const {
  if (hasAllEdges())
    return network->edges[index(global)];
  constexpr std::int64_t kUnknown = std::numeric_limits<std::int64_t>::max();
  graph::Edge found = {kUnknown, kUnknown};
  visitEdges([&](std::int64_t id, std::int64_t, std::int64_t src, std::int64_t dst) {
    if (id == global)
      found = {src, dst};
  });
  return {comm.least(found.src), comm.least(found.dst)};
}

void LocalNetwork::listEdges() {
  if (!edges.globalIds.empty())
    return;
  std::vector<std::size_t> neighborOf(index(nodes.numCopies())); // Of each ghost.
  for (std::size_t i = 0; i < neighbors.size(); ++i)
    for (const std::int32_t ghost : neighbors[i].nodes.receive)
      neighborOf[index(ghost - nodes.numOwned)] = i;
  edges.globalIds.resize(index(edges.numLocal));
  visitEdges([&](std::int64_t global, std::int64_t local, std::int64_t src, std::int64_t dst) {
    edges.globalIds[index(local)] = global;
    const bool isCopy = !isOwned(src);
    if (!isCopy && isOwned(dst))
      return;
    const std::int64_t ghost = localNode(isCopy ? src : dst) - nodes.numOwned;
    Traffic &traffic = neighbors[neighborOf[index(ghost)]].edges;
    (isCopy ? traffic.receive : traffic.send).push_back(static_cast<std::int32_t>(local));
  });
}

//===- The arrays -----------------------------------------------------------===//

template <typename T> static std::span<const std::byte> bytesOf(const Array<T> &array) {
  return std::as_bytes(std::span(array.data(), array.size()));
}

std::span<const std::byte> LocalNetwork::array(abi::NetworkArray which) {
  const auto edgeOf = [](std::int32_t, std::int64_t edge, std::int8_t) { return edge; };
  const auto otherEnd = [](std::int32_t other, std::int64_t, std::int8_t) { return other; };
  const auto signOf = [](std::int32_t, std::int64_t, std::int8_t sign) { return sign; };
  // The targets of an undirected network are its neighbors.
  const RowKind outKind = network->isDirected ? RowKind::Targets : RowKind::Neighbors;
  Rows &outRows = network->isDirected ? targetRows : neighborRows;
  switch (which) {
  case abi::NetworkArray::RowOffsets:
    return bytesOf(offsetsOf(RowKind::Neighbors));
  case abi::NetworkArray::Columns:
    return fillSlots(RowKind::Neighbors, neighborRows.columns, otherEnd);
  case abi::NetworkArray::SlotEdges:
    return fillSlots(RowKind::Neighbors, neighborRows.slotEdges, edgeOf);
  case abi::NetworkArray::SlotSigns:
    return fillSlots(RowKind::Neighbors, neighborRows.signs, signOf);
  case abi::NetworkArray::OutRowOffsets:
    return bytesOf(offsetsOf(outKind));
  case abi::NetworkArray::OutColumns:
    return fillSlots(outKind, outRows.columns, otherEnd);
  case abi::NetworkArray::OutSlotEdges:
    return fillSlots(outKind, outRows.slotEdges, edgeOf);
  case abi::NetworkArray::OutSlotSigns:
    return fillSlots(outKind, outRows.signs, signOf);
  case abi::NetworkArray::EdgeSrc:
    return endsArray(edgeSrc, /*isSrc=*/true);
  case abi::NetworkArray::EdgeDst:
    return endsArray(edgeDst, /*isSrc=*/false);
  case abi::NetworkArray::NodeIds:
    return nodeIdsArray();
  case abi::NetworkArray::Degrees:
    return degreesArray();
  }
  return {};
}

void LocalNetwork::latticeRows(std::int64_t first, std::int64_t count, RowsOut rows) const {
  const graph::Lattice &lattice = *network->edges.asLattice();
  graph::LatticeWalker walker(lattice, nodes.globalIds[index(first)]);
  std::int64_t slot = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    rows.offsets[i] = slot;
    walker.moveTo(nodes.globalIds[index(first + i)]);
    walker.visitNeighbors([&](std::int64_t end) { rows.columns[slot++] = localNode(end); });
  }
  rows.offsets[count] = slot;
  std::fill_n(rows.columns + slot, kPadding, 0);
}

Array<std::int64_t> &LocalNetwork::offsetsOf(RowKind kind) {
  Array<std::int64_t> &offsets = (kind == RowKind::Targets ? targetRows : neighborRows).offsets;
  if (offsets.data())
    return offsets;
  offsets = Array<std::int64_t>(index(nodes.numOwned) + 1);
  visitSlots(kind, [&](std::int32_t node, std::int32_t, std::int64_t, std::int8_t) {
    ++offsets[index(node) + 1];
  });
  std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
  return offsets;
}

/// `valueOf(other end, edge, sign)` of each slot.
template <typename T, typename ValueOf>
std::span<const std::byte> LocalNetwork::fillSlots(RowKind kind, Array<T> &array, ValueOf valueOf) {
  if (array.data())
    return bytesOf(array);
  Array<std::int64_t> &offsets = offsetsOf(kind);
  array = Array<T>(index(offsets[index(nodes.numOwned)]));
  // Each row's offset moves on to the next one's, and comes back.
  visitSlots(kind, [&](std::int32_t node, std::int32_t other, std::int64_t edge, std::int8_t sign) {
    array[index(offsets[index(node)]++)] = static_cast<T>(valueOf(other, edge, sign));
  });
  std::copy_backward(offsets.begin(), offsets.end() - 1, offsets.end());
  offsets[0] = 0;
  return bytesOf(array);
}

std::span<const std::byte> LocalNetwork::endsArray(Array<std::int32_t> &array, bool isSrc) {
  if (!array.data()) {
    array = Array<std::int32_t>(index(edges.numLocal));
    visitEdges([&](std::int64_t, std::int64_t edge, std::int64_t src, std::int64_t dst) {
      array[index(edge)] = localNode(isSrc ? src : dst);
    });
  }
  return bytesOf(array);
}

std::span<const std::byte> LocalNetwork::nodeIdsArray() {
  if (!nodeIds.data()) {
    nodeIds = Array<std::int64_t>(nodes.globalIds.size());
    for (std::size_t i = 0; i < nodeIds.size(); ++i)
      nodeIds[i] = network->idOf(nodes.globalIds[i]);
  }
  return bytesOf(nodeIds);
}

std::span<const std::byte> LocalNetwork::degreesArray() {
  if (degrees.data())
    return bytesOf(degrees);
  degrees = Array<std::int64_t>(nodes.globalIds.size());
  if (touched) {
    const Array<std::int64_t> &offsets = offsetsOf(RowKind::Neighbors);
    for (std::size_t i = 0; i < index(nodes.numOwned); ++i)
      degrees[i] = offsets[i + 1] - offsets[i];
    std::copy(ghostDegrees.begin(), ghostDegrees.end(), degrees.begin() + nodes.numOwned);
    return bytesOf(degrees);
  }
  const std::vector<std::int32_t> all = graph::countDegrees(*network);
  for (std::size_t i = 0; i < degrees.size(); ++i)
    degrees[i] = all[index(nodes.globalIds[i])];
  return bytesOf(degrees);
}

} // namespace irh::rt::partition
