//===- Cycles.cpp - triangles, and a basis of the cycles of a network -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/Cycles.h"

#include "runtime/core/AllToAll.h"
#include "runtime/core/Error.h"
#include "runtime/partition/EdgeEnds.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace irh::rt::partition {
namespace {

struct NumberedEdge {
  std::int64_t id, src, dst;
};

/// All edges in their order, on rank 0.
std::vector<NumberedEdge> gatherEdges(LocalNetwork &network, Communicator &comm) {
  if (network.whole().isDirected)
    throw invalid("cycles and components are those of undirected networks, and this one is "
                  "directed");
  network.listEdges();
  std::vector<std::vector<NumberedEdge>> outgoing(static_cast<std::size_t>(comm.size()));
  EdgeEnds ends(network);
  for (std::int64_t edge = 0; edge < network.edges.numOwned; ++edge) {
    const graph::Edge at = ends.at(edge);
    outgoing[0].push_back(
        {network.edges.globalIds[static_cast<std::size_t>(edge)], at.src, at.dst});
  }
  std::vector<NumberedEdge> all;
  for (const std::vector<NumberedEdge> &part : allToAll(outgoing, comm))
    all.insert(all.end(), part.begin(), part.end());
  std::sort(all.begin(), all.end(),
            [](const NumberedEdge &a, const NumberedEdge &b) { return a.id < b.id; });
  return all;
}

/// A way out of a node.
struct Way {
  std::int64_t to;
  std::int64_t edge;
  bool isSeenFromDst;
};

/// The ways out of each node, by where they lead, and then in the order of the edges.
class Ways {
public:
  Ways(std::int64_t numNodes, const std::vector<NumberedEdge> &edges)
      : offsets(static_cast<std::size_t>(numNodes) + 1) {
    const auto index = [](std::int64_t i) { return static_cast<std::size_t>(i); };
    for (const NumberedEdge &edge : edges)
      for (const std::int64_t end : {edge.src, edge.dst})
        ++offsets[index(end) + 1];
    std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
    ways.resize(2 * edges.size());
    std::vector<std::size_t> next(offsets.begin(), offsets.end() - 1);
    for (const NumberedEdge &edge : edges) {
      ways[next[index(edge.src)]++] = {edge.dst, edge.id, false};
      ways[next[index(edge.dst)]++] = {edge.src, edge.id, true};
    }
    for (std::size_t node = 0; node + 1 < offsets.size(); ++node)
      std::sort(ways.begin() + static_cast<std::ptrdiff_t>(offsets[node]),
                ways.begin() + static_cast<std::ptrdiff_t>(offsets[node + 1]),
                [](const Way &a, const Way &b) {
                  return std::pair(a.to, a.edge) < std::pair(b.to, b.edge);
                });
  }

  std::span<const Way> of(std::int64_t node) const {
    const auto at = static_cast<std::size_t>(node);
    return std::span(ways).subspan(offsets[at], offsets[at + 1] - offsets[at]);
  }

private:
  std::vector<std::size_t> offsets;
  std::vector<Way> ways;
};

/// A forest that spans the network.
struct Forest {
  std::vector<Way> up; ///< Of each node, to the one above; `to` is -1 at a root.
  std::vector<std::int64_t> depth;
  std::vector<bool> isTreeEdge; ///< By place in the order of the edges.
  std::int64_t numTrees = 0;
};

Forest growForest(std::int64_t numNodes, const Ways &ways, std::size_t numEdges) {
  const auto index = [](std::int64_t i) { return static_cast<std::size_t>(i); };
  Forest forest{std::vector<Way>(index(numNodes), Way{-1, -1, false}),
                std::vector<std::int64_t>(index(numNodes), -1), std::vector<bool>(numEdges), 0};
  std::vector<std::int64_t> queue;
  for (std::int64_t root = 0; root < numNodes; ++root) {
    if (forest.depth[index(root)] >= 0)
      continue;
    ++forest.numTrees;
    forest.depth[index(root)] = 0;
    queue.assign(1, root);
    for (std::size_t next = 0; next < queue.size(); ++next) {
      const std::int64_t here = queue[next];
      for (const Way &way : ways.of(here)) {
        if (forest.depth[index(way.to)] >= 0)
          continue;
        forest.depth[index(way.to)] = forest.depth[index(here)] + 1;
        // Up, it is walked the other way.
        forest.up[index(way.to)] = {here, way.edge, !way.isSeenFromDst};
        forest.isTreeEdge[index(way.edge)] = true;
        queue.push_back(way.to);
      }
    }
  }
  return forest;
}

/// Numbers the cycles that rank 0 has found.
void finish(Cycles &cycles, abi::SetKind kind, std::int64_t count, Communicator &comm) {
  LocalSet &set = cycles.set;
  set.kind = kind;
  set.numOwned = set.numLocal = count;
  set.numGlobal = comm.gather(count)[0];
  set.globalIds.resize(static_cast<std::size_t>(count));
  std::iota(set.globalIds.begin(), set.globalIds.end(), std::int64_t{0});
}

void endCycle(Cycles &cycles) { cycles.offsets.push_back(std::ssize(cycles.steps)); }

} // namespace

Cycles findTriangles(LocalNetwork &network, Communicator &comm) {
  Cycles cycles;
  const std::vector<NumberedEdge> edges = gatherEdges(network, comm);
  if (comm.rank() == 0) {
    const std::int64_t numNodes = network.nodes.numGlobal;
    const Ways ways(numNodes, edges);
    const auto isBehind = [](const Way &way, std::int64_t node) { return way.to < node; };
    for (std::int64_t i = 0; i < numNodes; ++i)
      for (const Way &ij : ways.of(i)) {
        if (ij.to <= i)
          continue;
        // What leads from i and from j to a node behind both.
        const std::span<const Way> fromI = ways.of(i), fromJ = ways.of(ij.to);
        auto a = std::lower_bound(fromI.begin(), fromI.end(), ij.to + 1, isBehind);
        const auto begin = std::lower_bound(fromJ.begin(), fromJ.end(), ij.to + 1, isBehind);
        auto b = begin;
        for (; a != fromI.end(); ++a) {
          while (b != fromJ.end() && b->to < a->to)
            ++b;
          for (auto other = b; other != fromJ.end() && other->to == a->to; ++other) {
            cycles.steps.push_back({ij.edge, ij.isSeenFromDst});
            cycles.steps.push_back({other->edge, other->isSeenFromDst});
            cycles.steps.push_back({a->edge, !a->isSeenFromDst});
            endCycle(cycles);
          }
        }
      }
  }
  finish(cycles, abi::SetKind::Triangles, std::ssize(cycles.offsets) - 1, comm);
  return cycles;
}

Cycles findCycleBasis(LocalNetwork &network, Communicator &comm) {
  Cycles cycles;
  const std::vector<NumberedEdge> edges = gatherEdges(network, comm);
  if (comm.rank() == 0) {
    const std::int64_t numNodes = network.nodes.numGlobal;
    const Forest forest = growForest(numNodes, Ways(numNodes, edges), edges.size());
    const auto up = [&](std::int64_t node) { return forest.up[static_cast<std::size_t>(node)]; };
    const auto depth = [&](std::int64_t node) {
      return forest.depth[static_cast<std::size_t>(node)];
    };
    std::vector<Cycles::Step> back;
    for (const NumberedEdge &edge : edges) {
      if (forest.isTreeEdge[static_cast<std::size_t>(edge.id)])
        continue;
      // Over the edge, up from its dst, and down to its src.
      cycles.steps.push_back({edge.id, false});
      back.clear();
      std::int64_t a = edge.dst;
      std::int64_t b = edge.src;
      while (a != b) {
        if (depth(a) >= depth(b)) {
          cycles.steps.push_back({up(a).edge, up(a).isSeenFromDst});
          a = up(a).to;
        } else {
          back.push_back({up(b).edge, !up(b).isSeenFromDst});
          b = up(b).to;
        }
      }
      cycles.steps.insert(cycles.steps.end(), back.rbegin(), back.rend());
      endCycle(cycles);
    }
  }
  finish(cycles, abi::SetKind::Cycles, std::ssize(cycles.offsets) - 1, comm);
  return cycles;
}

Cycles findComponents(LocalNetwork &network, Communicator &comm) {
  Cycles cycles;
  const std::vector<NumberedEdge> edges = gatherEdges(network, comm);
  std::int64_t count = 0;
  if (comm.rank() == 0) {
    const std::int64_t numNodes = network.nodes.numGlobal;
    count = growForest(numNodes, Ways(numNodes, edges), edges.size()).numTrees;
  }
  finish(cycles, abi::SetKind::Components, count, comm);
  return cycles;
}

} // namespace irh::rt::partition
