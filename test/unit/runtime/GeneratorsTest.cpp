//===- GeneratorsTest.cpp - networks made from a few numbers ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Generators.h"
#include "runtime/core/Error.h"
#include "test/unit/runtime/ExpectError.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

using namespace irh::rt;
using namespace irh::rt::graph;
using irh::rt::test::expectInvalid;

/// Sorted, each pair once, no self-loops, all ends nodes.
static void expectSimple(const Network &network) {
  EXPECT_TRUE(std::is_sorted(network.edges.begin(), network.edges.end()));
  EXPECT_EQ(std::adjacent_find(network.edges.begin(), network.edges.end()), network.edges.end());
  for (const Edge &edge : network.edges) {
    EXPECT_LE(0, edge.src);
    EXPECT_LT(edge.src, edge.dst);
    EXPECT_LT(edge.dst, network.numNodes);
  }
}

TEST(GeneratorsTest, ARingJoinsEachNodeToTwo) {
  for (const std::int64_t numNodes : {3, 4, 101}) {
    const Network ring = makeRing(numNodes);
    expectSimple(ring);
    EXPECT_EQ(countDegrees(ring), std::vector<std::int64_t>(static_cast<std::size_t>(numNodes), 2));
  }
  EXPECT_EQ(makeRing(3).edges, (std::vector<Edge>{{0, 1}, {0, 2}, {1, 2}}));
}

TEST(GeneratorsTest, ATooSmallRingIsRefused) {
  expectInvalid([] { makeRing(2); }, "a ring needs at least 3 nodes, but `nodes` is 2");
  expectInvalid([] { makeRing(-1); }, "a ring needs at least 3 nodes");
  expectInvalid([] { makeRing(INT64_MAX); }, "too large");
}

TEST(GeneratorsTest, ASmallWorldWithoutRewiringIsARegularRing) {
  const Network world = makeSmallWorld({.numNodes = 9, .numNeighbors = 4, .rewire = 0, .seed = 1});
  expectSimple(world);
  EXPECT_EQ(countDegrees(world), std::vector<std::int64_t>(9, 4));
  const auto has = [&](Edge edge) {
    return std::binary_search(world.edges.begin(), world.edges.end(), edge);
  };
  EXPECT_TRUE(has({0, 1}) && has({0, 2}) && has({0, 7}) && has({0, 8}));
}

TEST(GeneratorsTest, RewiringKeepsTheNetworkSimpleAndTheNumberOfEdges) {
  for (const double rewire : {0.1, 0.5, 1.0})
    for (const std::int64_t numNeighbors : {2, 6, 10})
      for (const std::int64_t numNodes : {11, 12, 200}) {
        const Network world = makeSmallWorld(
            {.numNodes = numNodes, .numNeighbors = numNeighbors, .rewire = rewire, .seed = 5});
        expectSimple(world);
        EXPECT_EQ(world.edges.size(), static_cast<std::size_t>(numNodes * numNeighbors / 2));
      }
}

// A node that knows all others has nowhere to move an edge to.
TEST(GeneratorsTest, ACompleteNetworkStaysComplete) {
  const Network world = makeSmallWorld({.numNodes = 7, .numNeighbors = 6, .rewire = 1, .seed = 5});
  expectSimple(world);
  EXPECT_EQ(world.edges.size(), 21u);
}

// Nearly complete: free targets are found from a list, not by guessing.
TEST(GeneratorsTest, ADenseNetworkIsRewiredToo) {
  expectSimple(makeSmallWorld({.numNodes = 400, .numNeighbors = 398, .rewire = 1, .seed = 5}));
}

// Of n edges, rewire * n have moved, within 5 standard deviations of a binomial.
TEST(GeneratorsTest, TheProbabilityIsThatOfAnEdgeToMove) {
  constexpr std::int64_t kNumNodes = 20000;
  const Network world =
      makeSmallWorld({.numNodes = kNumNodes, .numNeighbors = 4, .rewire = 0.1, .seed = 3});
  const auto numMoved = std::count_if(world.edges.begin(), world.edges.end(), [](const Edge &e) {
    const std::int64_t distance = std::min(e.dst - e.src, kNumNodes - (e.dst - e.src));
    return distance > 2;
  });
  const double n = 2 * kNumNodes;
  EXPECT_NEAR(static_cast<double>(numMoved), 0.1 * n, 5 * std::sqrt(n * 0.1 * 0.9));
}

TEST(GeneratorsTest, TheSeedDecidesTheNetwork) {
  const SmallWorld world{.numNodes = 100, .numNeighbors = 4, .rewire = 0.5, .seed = 1};
  SmallWorld other = world;
  EXPECT_EQ(makeSmallWorld(world).edges, makeSmallWorld(other).edges);
  other.seed = 2;
  EXPECT_NE(makeSmallWorld(world).edges, makeSmallWorld(other).edges);
}

TEST(GeneratorsTest, WrongSmallWorldsAreRefused) {
  const SmallWorld good{.numNodes = 100, .numNeighbors = 4, .rewire = 0.5, .seed = 1};
  const auto with = [&](auto change) {
    SmallWorld bad = good;
    change(bad);
    return [bad] { makeSmallWorld(bad); };
  };
  expectInvalid(with([](SmallWorld &w) { w.numNeighbors = 3; }), "must be even and at least 2");
  expectInvalid(with([](SmallWorld &w) { w.numNeighbors = 0; }), "must be even and at least 2");
  expectInvalid(with([](SmallWorld &w) { w.numNodes = 4; }), "needs more nodes than that");
  expectInvalid(with([](SmallWorld &w) { w.numNodes = -4; }), "needs more nodes than that");
  expectInvalid(with([](SmallWorld &w) { w.rewire = 1.5; }), "must be in 0..1, but is 1.5");
  expectInvalid(with([](SmallWorld &w) { w.rewire = std::nan(""); }), "must be in 0..1");
  expectInvalid(with([](SmallWorld &w) { w.numNodes = INT64_MAX; }), "too large");
}
