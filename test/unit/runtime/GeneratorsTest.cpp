//===- GeneratorsTest.cpp - networks made from a few numbers ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Generators.h"
#include "test/unit/runtime/Edges.h"
#include "test/unit/runtime/ExpectError.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

using namespace irh::rt;
using namespace irh::rt::graph;
using irh::rt::test::edgesOf;
using irh::rt::test::expectInvalid;
using irh::rt::test::expectSimple;

TEST(GeneratorsTest, ARingJoinsEachNodeToTwo) {
  for (const std::int64_t numNodes : {3, 4, 101}) {
    const Network ring = makeRing(numNodes);
    expectSimple(ring);
    EXPECT_EQ(countDegrees(ring), std::vector<std::int32_t>(static_cast<std::size_t>(numNodes), 2));
  }
  EXPECT_EQ(edgesOf(makeRing(3)), (std::vector<Edge>{{0, 1}, {0, 2}, {1, 2}}));
}

TEST(GeneratorsTest, ATooSmallRingIsRefused) {
  expectInvalid([] { makeRing(2); }, "a ring needs at least 3 nodes, but `nodes` is 2");
  expectInvalid([] { makeRing(-1); }, "a ring needs at least 3 nodes");
  expectInvalid([] { makeRing(INT64_MAX); }, "too large");
}

TEST(GeneratorsTest, ADirectedRingGoesRound) {
  const Network ring = makeRing(4, Direction::Directed);
  EXPECT_TRUE(ring.isDirected);
  EXPECT_EQ(edgesOf(ring), (std::vector<Edge>{{0, 1}, {1, 2}, {2, 3}, {3, 0}}));
  EXPECT_EQ(countDegrees(ring), std::vector<std::int32_t>(4, 1));
}

TEST(GeneratorsTest, ACompleteNetworkJoinsAll) {
  for (const std::int32_t numNodes : {1, 2, 5, 40}) {
    const std::vector<std::int32_t> others(static_cast<std::size_t>(numNodes), numNodes - 1);
    for (const Direction direction : {Direction::Undirected, Direction::Directed}) {
      const Network network = makeComplete(numNodes, direction);
      expectSimple(network);
      EXPECT_EQ(countDegrees(network), others);
    }
  }
  EXPECT_EQ(makeComplete(5, Direction::Undirected).edges.size(), 10u);
  EXPECT_EQ(makeComplete(5, Direction::Directed).edges.size(), 20u);
  expectInvalid([] { makeComplete(0, Direction::Undirected); },
                "a complete network needs at least");
  expectInvalid([] { makeComplete(70000, Direction::Undirected); },
                "2449965000 edges is too large");
  expectInvalid([] { makeComplete(INT64_MAX, Direction::Directed); }, "too large");
}

TEST(GeneratorsTest, AStarHasItsHubAtNodeZero) {
  EXPECT_EQ(edgesOf(makeStar(4)), (std::vector<Edge>{{0, 1}, {0, 2}, {0, 3}}));
  EXPECT_TRUE(makeStar(1).edges.isEmpty());
  expectInvalid([] { makeStar(0); }, "a star needs at least 1 node, but `nodes` is 0");
  expectInvalid([] { makeStar(INT64_MAX); }, "too large");
}

TEST(GeneratorsTest, ASmallWorldWithoutRewiringIsARegularRing) {
  const Network world = makeSmallWorld({.numNodes = 9, .numNeighbors = 4, .rewire = 0, .seed = 1});
  expectSimple(world);
  EXPECT_EQ(countDegrees(world), std::vector<std::int32_t>(9, 4));
  const std::vector<Edge> edges = edgesOf(world);
  const auto has = [&](Edge edge) { return std::binary_search(edges.begin(), edges.end(), edge); };
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
  const std::vector<Edge> edges = edgesOf(world);
  const auto numMoved = std::count_if(edges.begin(), edges.end(), [](const Edge &e) {
    const std::int64_t distance = std::min(e.dst - e.src, kNumNodes - (e.dst - e.src));
    return distance > 2;
  });
  const double n = 2 * kNumNodes;
  EXPECT_NEAR(static_cast<double>(numMoved), 0.1 * n, 5 * std::sqrt(n * 0.1 * 0.9));
}

// A ring in which each node knows h on either side has h (h - 1) / 2 triangles for each node, and
// one stays if none of its edges moves: (1 - p)^3 (A. Barrat and M. Weigt, Eur. Phys. J. B 13,
// 2000). Each of the 5 n edges is in 6 triangles, (1 - p)^2 of which hang on it: the variance is 5
// n p (1 - p) (6 (1 - p)^2)^2. Moved edges close few new ones, about (neighbors of neighbors) p h
// = 45.
TEST(GeneratorsTest, TrianglesOutliveTheirEdges) {
  constexpr std::int64_t kNumNodes = 20000;
  constexpr double kRewire = 0.1;
  const Network world =
      makeSmallWorld({.numNodes = kNumNodes, .numNeighbors = 10, .rewire = kRewire, .seed = 9});
  const std::vector<Edge> edges = edgesOf(world);
  double numTriangles = 0;
  for (const Edge &edge : edges)
    world.edges.visitFrom(edge.dst, [&](std::int64_t third) {
      numTriangles += std::binary_search(edges.begin(), edges.end(), Edge{edge.src, third}) ? 1 : 0;
    });
  const double stay = 1 - kRewire;
  const double deviation = std::sqrt(5 * kNumNodes * kRewire * stay) * 6 * stay * stay;
  EXPECT_NEAR(numTriangles, 10 * kNumNodes * stay * stay * stay + 45, 5 * deviation);
}

TEST(GeneratorsTest, TheSeedDecidesTheNetwork) {
  const SmallWorld world{.numNodes = 100, .numNeighbors = 4, .rewire = 0.5, .seed = 1};
  SmallWorld other = world;
  EXPECT_EQ(edgesOf(makeSmallWorld(world)), edgesOf(makeSmallWorld(other)));
  other.seed = 2;
  EXPECT_NE(edgesOf(makeSmallWorld(world)), edgesOf(makeSmallWorld(other)));
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
