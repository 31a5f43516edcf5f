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

/// Edges sorted by (src, dst), each pair once: 4 bytes an edge and 8 a node, or nothing at all for
/// those of a lattice, which are computed.
class EdgeList {
public:
  class Iterator;

  EdgeList() = default;
  explicit EdgeList(Lattice lattice) : lattice(std::move(lattice)) {}

  /// Sorts edges. `visitAll(visit)` calls `visit(src, dst)` for each of them, in any order; it is
  /// called twice. Cost: linear, with a short sort for each node.
  template <typename VisitAll>
  static EdgeList collect(std::int64_t numNodes, const VisitAll &visitAll);

  std::size_t size() const { return static_cast<std::size_t>(before(numNodes())); }
  bool isEmpty() const { return size() == 0; }

  /// Number of edges whose src is less than `node`.
  std::int64_t before(std::int64_t node) const {
    if (lattice)
      return lattice->edgesBefore(node);
    return starts.empty() ? 0 : starts[static_cast<std::size_t>(node)];
  }

  /// Cost: logarithmic in the nodes; an iterator visits many faster.
  Edge operator[](std::size_t edge) const;
  Iterator from(std::size_t edge) const;
  Iterator begin() const;
  Iterator end() const;

  /// Calls `visit(src, dst)` for each edge, in order.
  template <typename Visit> void visitAll(Visit visit) const {
    for (std::int64_t src = 0; src < numNodes(); ++src)
      visitFrom(src, [&](std::int64_t dst) { visit(src, dst); });
  }

  /// Calls `visit(dst)` for each edge from `src`, in order.
  template <typename Visit> void visitFrom(std::int64_t src, Visit visit) const {
    if (lattice)
      return lattice->visitLarger(src, visit);
    for (std::int64_t edge = before(src); edge < before(src + 1); ++edge)
      visit(std::int64_t{ends[static_cast<std::size_t>(edge)]});
  }

  /// The lattice that these are the edges of; null if they are stored.
  const Lattice *asLattice() const { return lattice ? &*lattice : nullptr; }

private:
  std::int64_t numNodes() const {
    if (lattice)
      return lattice->numNodes();
    return starts.empty() ? 0 : static_cast<std::int64_t>(starts.size()) - 1;
  }
  std::int64_t srcOf(std::int64_t edge) const;
  std::int64_t dstOf(std::int64_t src, std::int64_t edge) const;

  std::vector<std::int64_t> starts; ///< starts[src] .. starts[src + 1]: where its edges' ends are.
  std::vector<std::int32_t> ends;
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
    while (src < list->numNodes() && edge >= list->before(src + 1))
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
inline EdgeList::Iterator EdgeList::begin() const { return from(0); }
inline EdgeList::Iterator EdgeList::end() const { return from(size()); }

template <typename VisitAll>
EdgeList EdgeList::collect(std::int64_t numNodes, const VisitAll &visitAll) {
  EdgeList list;
  list.starts.resize(static_cast<std::size_t>(numNodes) + 1);
  visitAll(
      [&](std::int64_t src, std::int64_t) { ++list.starts[static_cast<std::size_t>(src) + 1]; });
  for (std::size_t node = 1; node < list.starts.size(); ++node)
    list.starts[node] += list.starts[node - 1];
  list.ends.resize(static_cast<std::size_t>(list.starts.back()));
  std::vector<std::int64_t> next = list.starts;
  visitAll([&](std::int64_t src, std::int64_t dst) {
    list.ends[static_cast<std::size_t>(next[static_cast<std::size_t>(src)]++)] =
        static_cast<std::int32_t>(dst);
  });
  for (std::size_t node = 1; node < list.starts.size(); ++node)
    std::sort(list.ends.begin() + list.starts[node - 1], list.ends.begin() + list.starts[node]);
  return list;
}

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_EDGELIST_H
