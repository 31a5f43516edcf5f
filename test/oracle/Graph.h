//===- Graph.h - a network, spelled out ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_ORACLE_GRAPH_H
#define IRH_TEST_ORACLE_GRAPH_H

#include "compiler/Sema/Model.h"
#include "runtime/graph/Network.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace irh::oracle {

/// A network with its neighbors listed: nbrs[i] those with an edge into node i, targets[i] those
/// that an edge of i leads to, each by ascending row.
struct Graph {
  struct Neighbor {
    std::int64_t node;
    std::int64_t edge;
    bool isFlipped; ///< Node i sees the edge from its src: conjugate or negative, where that is so.
  };

  /// Where it is not directed, src <= dst in each edge.
  Graph(std::int64_t numNodes, std::vector<rt::graph::Edge> edges, bool isDirected);

  std::int64_t count(sema::SetKind kind) const {
    return static_cast<std::int64_t>(kind == sema::SetKind::Nodes ? nbrs.size() : edges.size());
  }
  const std::vector<std::vector<Neighbor>> &rows(sema::Direction direction) const {
    return direction == sema::Direction::Nbrs ? nbrs : targets;
  }

  std::vector<rt::graph::Edge> edges;
  std::vector<std::vector<Neighbor>> nbrs;
  std::vector<std::vector<Neighbor>> targets;
  std::vector<std::vector<double>> positions = {}; ///< positions[axis][node]
  std::optional<rt::graph::Network> read = {};     ///< What the files hold: ids and columns.
};

/// Node i is joined to i + 1, the last to 0.
Graph makeRing(std::int64_t numNodes, bool isDirected);

/// Node (c0, c1, ...) is row (c0 * shape[1] + c1) * shape[2] + ...; it is joined to the nodes one
/// further along each axis, around where the lattice is periodic.
Graph makeLattice(const std::vector<std::int64_t> &shape, bool isPeriodic);

/// Every pair; from each node to each other where it is directed.
Graph makeComplete(std::int64_t numNodes, bool isDirected);

/// Node 0 is joined to all others.
Graph makeStar(std::int64_t numNodes);

} // namespace irh::oracle

#endif // IRH_TEST_ORACLE_GRAPH_H
