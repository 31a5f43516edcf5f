//===- Edges.h - the edges of a network, spelt out --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_UNIT_RUNTIME_EDGES_H
#define IRH_TEST_UNIT_RUNTIME_EDGES_H

#include "runtime/graph/Network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace irh::rt::test {

inline std::vector<graph::Edge> edgesOf(const graph::Network &network) {
  return {network.edges.begin(), network.edges.end()};
}

/// Sorted, each pair once, no self-loops, all ends nodes, and of an undirected network the smaller
/// end first.
inline void expectSimple(const graph::Network &network) {
  const std::vector<graph::Edge> edges = edgesOf(network);
  EXPECT_EQ(edges.size(), network.edges.size());
  EXPECT_TRUE(std::is_sorted(edges.begin(), edges.end()));
  EXPECT_EQ(std::adjacent_find(edges.begin(), edges.end()), edges.end());
  for (const graph::Edge &edge : edges) {
    ASSERT_TRUE(network.isDirected ? edge.src != edge.dst : edge.src < edge.dst);
    ASSERT_LE(0, std::min(edge.src, edge.dst));
    ASSERT_LT(std::max(edge.src, edge.dst), network.numNodes);
  }
}

} // namespace irh::rt::test

#endif // IRH_TEST_UNIT_RUNTIME_EDGES_H
