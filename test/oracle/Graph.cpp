//===- Graph.cpp - a network, spelled out ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/oracle/Graph.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <utility>

namespace irh::oracle {

Graph::Graph(std::int64_t numNodes, std::vector<rt::graph::Edge> given, bool isDirected)
    : edges(std::move(given)), nbrs(static_cast<std::size_t>(numNodes)), targets(nbrs) {
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const auto [src, dst] = edges[i];
    const auto edge = static_cast<std::int64_t>(i);
    nbrs[static_cast<std::size_t>(dst)].push_back({src, edge, false});
    if (isDirected)
      targets[static_cast<std::size_t>(src)].push_back({dst, edge, false});
    else if (src != dst)
      nbrs[static_cast<std::size_t>(src)].push_back({dst, edge, true});
  }
  for (auto *rows : {&nbrs, &targets})
    for (std::vector<Neighbor> &row : *rows)
      std::sort(row.begin(), row.end(),
                [](const Neighbor &a, const Neighbor &b) { return a.node < b.node; });
  if (!isDirected)
    targets = nbrs;
}

Graph makeRing(std::int64_t numNodes, bool isDirected) {
  std::vector<rt::graph::Edge> edges;
  for (std::int64_t src = 0; src + 1 < numNodes; ++src)
    edges.push_back({src, src + 1});
  if (isDirected)
    edges.push_back({numNodes - 1, 0});
  else
    edges.push_back({0, numNodes - 1});
  return Graph(numNodes, std::move(edges), isDirected);
}

Graph makeLattice(const std::vector<std::int64_t> &shape, bool isPeriodic) {
  const auto numNodes =
      std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
  std::vector<rt::graph::Edge> edges;
  std::vector<std::vector<double>> positions(shape.size());
  for (std::int64_t node = 0; node < numNodes; ++node) {
    std::int64_t stride = numNodes;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
      stride /= shape[axis];
      const std::int64_t place = node / stride % shape[axis];
      positions[axis].push_back(static_cast<double>(place));
      if (place + 1 < shape[axis])
        edges.push_back({node, node + stride});
      else if (isPeriodic && shape[axis] > 1)
        edges.push_back({node - place * stride, node});
    }
  }
  Graph graph(numNodes, std::move(edges), /*isDirected=*/false);
  graph.positions = std::move(positions);
  return graph;
}

Graph makeComplete(std::int64_t numNodes, bool isDirected) {
  std::vector<rt::graph::Edge> edges;
  for (std::int64_t src = 0; src < numNodes; ++src)
    for (std::int64_t dst = isDirected ? 0 : src + 1; dst < numNodes; ++dst)
      if (src != dst)
        edges.push_back({src, dst});
  return Graph(numNodes, std::move(edges), isDirected);
}

Graph makeStar(std::int64_t numNodes) {
  std::vector<rt::graph::Edge> edges;
  for (std::int64_t node = 1; node < numNodes; ++node)
    edges.push_back({0, node});
  return Graph(numNodes, std::move(edges), /*isDirected=*/false);
}

} // namespace irh::oracle
