//===- EdgeList.h - the edges of a network, sorted --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_EDGELIST_H
#define IRH_RUNTIME_GRAPH_EDGELIST_H

#include "runtime/graph/Lattice.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace irh::rt::graph {

/// An edge between two rows. Of an undirected network src < dst, or src == dst for a self-loop.
struct Edge {
  std::int64_t src;
  std::int64_t dst;

  friend bool operator==(const Edge &, const Edge &) = default;
  friend auto operator<=>(const Edge &, const Edge &) = default;
};

/// Nodes begin, ..., end - 1.
struct NodeRange {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  std::int64_t size() const { return end - begin; }
  bool contains(std::int64_t node) const { return node >= begin && node < end; }
};

/// Edges sorted by (src, dst), each pair once: all of a network, or one rank's share, which are
/// those from a range of nodes. 4 bytes an edge and 8 a node, or nothing at all for those of a
/// lattice, which are computed.
class EdgeList {
public:
  class Iterator;

  EdgeList() = default;
  explicit EdgeList(Lattice lattice) : lattice(std::move(lattice)) {}

  /// Sorts edges. `visitAll(visit)` calls `visit(src, dst)` for each of them, in any order; it is
  /// called twice. Those from other nodes are passed over. Cost: linear, with a short sort for each
  /// node.
  template <typename VisitAll> static EdgeList collect(NodeRange nodes, const VisitAll &visitAll);

  /// Makes these a share: so many edges of the network come before them, and so many are in it.
  void makeShare(std::int64_t numBefore, std::int64_t numOfAll);
  bool isShare() const { return isPart; }

  /// Keeps nothing but how many there are in the network.
  void forget();

  /// The nodes whose edges are here.
  NodeRange sources() const {
    if (lattice)
      return {0, lattice->numNodes()};
    return {firstNode, firstNode + std::max<std::int64_t>(std::ssize(starts), 1) - 1};
  }

  /// Of the whole network.
  std::size_t size() const {
    return static_cast<std::size_t>(lattice ? lattice->edgesBefore(lattice->numNodes()) : numEdges);
  }
  bool isEmpty() const { return size() == 0; }

  /// Number of edges of the network whose src is less than `node`, which is here or next.
  std::int64_t before(std::int64_t node) const {
    if (lattice)
      return lattice->edgesBefore(node);
    return starts.empty() ? 0 : starts[static_cast<std::size_t>(node - firstNode)];
  }

  /// Edges by number, of those here. Cost: logarithmic in the nodes; an iterator visits many
  /// faster.
  Edge operator[](std::size_t edge) const;
  Iterator from(std::size_t edge) const;
  Iterator begin() const;
  Iterator end() const;

  /// Calls `visit(src, dst)` for each edge here, in order.
  template <typename Visit> void visitAll(Visit visit) const { visitFrom(sources(), visit); }

  /// Calls `visit(src, dst)` for each edge from these nodes, in order.
  template <typename Visit> void visitFrom(NodeRange nodes, Visit visit) const {
    for (std::int64_t src = nodes.begin; src < nodes.end; ++src)
      visitFrom(src, [&](std::int64_t dst) { visit(src, dst); });
  }

  /// Calls `visit(dst)` for each edge from `src`, in order.
  template <typename Visit> void visitFrom(std::int64_t src, Visit visit) const {
    if (lattice)
      return lattice->visitLarger(src, visit);
    for (std::int64_t edge = before(src); edge < before(src + 1); ++edge)
      visit(std::int64_t{endAt(edge)});
  }

  /// The lattice that these are the edges of; null if they are stored.
  const Lattice *asLattice() const { return lattice ? &*lattice : nullptr; }

private:
  std::int32_t endAt(std::int64_t edge) const {
    return ends[static_cast<std::size_t>(edge - starts.front())];
  }
  std::int64_t srcOf(std::int64_t edge) const;
  std::int64_t dstOf(std::int64_t src, std::int64_t edge) const;

  std::int64_t firstNode = 0;
  std::vector<std::int64_t> starts; ///< Numbers of the first edges of firstNode, ..., and the end.
  std::vector<std::int32_t> ends;
  std::int64_t numEdges = 0; ///< Of the whole network.
  bool isPart = false;
  std::optional<Lattice> lattice;
};

/// Walks over the edges in order, at about the price of a move to the next element.
class EdgeList::Iterator {
public:
  using iterator_category = std::input_iterator_tag;
  using value_type = Edge;
  using difference_type = std::ptrdiff_t;
  using pointer = const Edge *;
  using reference = Edge;

  Iterator(const EdgeList &list, std::int64_t edge)
      : list(&list), edge(edge), src(list.srcOf(edge)) {}

  Edge operator*() const { return {src, list->dstOf(src, edge)}; }
  Iterator &operator++() {
    ++edge;
    while (src < list->sources().end && edge >= list->before(src + 1))
      ++src;
    return *this;
  }
  Iterator operator++(int) {
    Iterator old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const Iterator &a, const Iterator &b) { return a.edge == b.edge; }

private:
  const EdgeList *list;
  std::int64_t edge;
  std::int64_t src;
};

inline EdgeList::Iterator EdgeList::from(std::size_t edge) const {
  return {*this, static_cast<std::int64_t>(edge)};
}
inline EdgeList::Iterator EdgeList::begin() const {
  return from(static_cast<std::size_t>(before(sources().begin)));
}
inline EdgeList::Iterator EdgeList::end() const {
  return from(static_cast<std::size_t>(before(sources().end)));
}

template <typename VisitAll> EdgeList EdgeList::collect(NodeRange nodes, const VisitAll &visitAll) {
  EdgeList list;
  list.firstNode = nodes.begin;
  list.starts.resize(static_cast<std::size_t>(nodes.size()) + 1);
  const auto place = [&](std::int64_t node) {
    return static_cast<std::size_t>(node - nodes.begin);
  };
  visitAll([&](std::int64_t src, std::int64_t) {
    if (nodes.contains(src))
      ++list.starts[place(src) + 1];
  });
  for (std::size_t node = 1; node < list.starts.size(); ++node)
    list.starts[node] += list.starts[node - 1];
  list.numEdges = list.starts.back();
  list.ends.resize(static_cast<std::size_t>(list.numEdges));
  std::vector<std::int64_t> next = list.starts;
  visitAll([&](std::int64_t src, std::int64_t dst) {
    if (nodes.contains(src))
      list.ends[static_cast<std::size_t>(next[place(src)]++)] = static_cast<std::int32_t>(dst);
  });
  for (std::size_t node = 1; node < list.starts.size(); ++node)
    std::sort(list.ends.begin() + list.starts[node - 1], list.ends.begin() + list.starts[node]);
  return list;
}

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_EDGELIST_H
