//===- GeometricTest.cpp - nodes at places, joined to those nearby ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Generators.h"
#include "test/unit/runtime/ChiSquare.h"
#include "test/unit/runtime/Edges.h"
#include "test/unit/runtime/ExpectError.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using namespace irh::rt;
using namespace irh::rt::graph;
using irh::abi::GeometricExtent;
using irh::rt::test::edgesOf;
using irh::rt::test::expectInvalid;
using irh::rt::test::expectLikely;
using irh::rt::test::expectSimple;

namespace {

Geometric withRadius(std::int64_t numNodes, std::int64_t numAxes, double radius, Wrap wrap) {
  return {.numNodes = numNodes,
          .numAxes = numAxes,
          .extentKind = GeometricExtent::Radius,
          .extent = radius,
          .wrap = wrap,
          .seed = 11};
}

Geometric withDegree(std::int64_t numNodes, std::int64_t numAxes, double degree, Wrap wrap) {
  Geometric wanted = withRadius(numNodes, numAxes, degree, wrap);
  wanted.extentKind = GeometricExtent::MeanDegree;
  return wanted;
}

/// All pairs within the radius, from all pairs.
std::vector<Edge> pairsWithin(const Network &network, double radius, Wrap wrap) {
  const std::int64_t axes = numAxes(network);
  std::vector<double> places;
  for (std::int64_t node = 0; node < network.numNodes; ++node)
    for (std::int64_t axis = 0; axis < axes; ++axis)
      places.push_back(coordinate(network, node, axis));
  std::vector<Edge> pairs;
  for (std::int64_t a = 0; a < network.numNodes; ++a)
    for (std::int64_t b = a + 1; b < network.numNodes; ++b) {
      double squares = 0;
      for (std::int64_t axis = 0; axis < axes; ++axis) {
        double distance = std::abs(places[static_cast<std::size_t>(a * axes + axis)] -
                                   places[static_cast<std::size_t>(b * axes + axis)]);
        if (wrap == Wrap::Periodic)
          distance = std::min(distance, 1 - distance);
        squares += distance * distance;
      }
      if (squares <= radius * radius)
        pairs.push_back({a, b});
    }
  return pairs;
}

double meanDegreeOf(const Network &network) {
  return 2 * static_cast<double>(network.edges.size()) / static_cast<double>(network.numNodes);
}

} // namespace

// Against all pairs, for grids of all shapes: none, a few cells, cells along some axes alone, a
// radius of 0 and one that reaches everywhere.
TEST(GeometricTest, NodesWithinTheRadiusAreJoined) {
  for (const Wrap wrap : {Wrap::Open, Wrap::Periodic})
    for (const std::int64_t axes : {1, 2, 4, 9})
      for (const std::int64_t numNodes : {1, 2, 300})
        for (const double radius : {0.0, 0.01, 0.1, 0.24, 1.0 / 3, 0.34, 0.5, 0.9, 4.0}) {
          const Network network = makeGeometric(withRadius(numNodes, axes, radius, wrap));
          expectSimple(network);
          ASSERT_EQ(edgesOf(network), pairsWithin(network, radius, wrap))
              << axes << " axes, radius " << radius;
        }
}

// Each axis of the positions is uniform over 64 bins, and so is each pair of axes over 8 x 8.
TEST(GeometricTest, PositionsAreUniform) {
  constexpr std::int64_t kNumNodes = 50000;
  const Network network = makeGeometric(withRadius(kNumNodes, 6, 0.0, Wrap::Periodic));
  const auto binOf = [&](std::int64_t node, std::int64_t axis, double numBins) {
    const double place = coordinate(network, node, axis);
    EXPECT_TRUE(place >= 0 && place < 1);
    return static_cast<std::size_t>(place * numBins);
  };
  const std::vector<double> expected(64, kNumNodes / 64.0);
  for (std::int64_t axis = 0; axis < 6; ++axis)
    for (std::int64_t other = 0; other < axis; ++other) {
      std::vector<double> alone(64);
      std::vector<double> together(64);
      for (std::int64_t node = 0; node < kNumNodes; ++node) {
        ++alone[binOf(node, axis, 64)];
        ++together[8 * binOf(node, axis, 8) + binOf(node, other, 8)];
      }
      expectLikely(alone, expected);
      expectLikely(together, expected);
    }
}

// On a torus two nodes are joined with probability V r^d: the number of edges scatters as a
// binomial's, since pairs are independent two by two.
TEST(GeometricTest, TheMeanDegreeOfATorusIsThatOfItsBalls) {
  const double volumes[] = {2, std::numbers::pi, 4 * std::numbers::pi / 3,
                            std::numbers::pi * std::numbers::pi / 2};
  constexpr std::int64_t kNumNodes = 20000;
  for (std::int64_t axes = 1; axes <= 4; ++axes) {
    const double degree = 12;
    const double radius =
        std::pow(degree / (volumes[axes - 1] * (kNumNodes - 1)), 1 / static_cast<double>(axes));
    const Network byDegree = makeGeometric(withDegree(kNumNodes, axes, degree, Wrap::Periodic));
    const Network byRadius = makeGeometric(withRadius(kNumNodes, axes, radius, Wrap::Periodic));
    const double numEdges = degree * kNumNodes / 2;
    EXPECT_NEAR(meanDegreeOf(byDegree), degree, 5 * 2 * std::sqrt(numEdges) / kNumNodes) << axes;
    EXPECT_NEAR(meanDegreeOf(byRadius), meanDegreeOf(byDegree), 1e-3);
  }
}

// Faces cut the balls of a cube: in one dimension the expected degree is (n - 1)(2 r - r^2).
TEST(GeometricTest, ACubeHasFewerNeighbors) {
  constexpr std::int64_t kNumNodes = 2000;
  constexpr double kRadius = 0.2;
  const Network network = makeGeometric(withRadius(kNumNodes, 1, kRadius, Wrap::Open));
  const double expected = (kNumNodes - 1) * (2 * kRadius - kRadius * kRadius);
  // Edges depend on 2000 places alone: a degree's mean scatters by at most n / sqrt(n).
  EXPECT_NEAR(meanDegreeOf(network), expected, 5 * std::sqrt(kNumNodes));
}

// Neighbors of a node in the plane are joined to each other with probability 1 - 3 sqrt(3) / (4 pi)
// = 0.5865 (J. Dall and M. Christensen, Phys. Rev. E 66, 016121, 2002).
TEST(GeometricTest, NeighborsKnowEachOther) {
  const Network network = makeGeometric(withDegree(5000, 2, 20, Wrap::Periodic));
  std::vector<std::vector<std::int64_t>> neighbors(5000);
  for (const Edge edge : network.edges) {
    neighbors[static_cast<std::size_t>(edge.src)].push_back(edge.dst);
    neighbors[static_cast<std::size_t>(edge.dst)].push_back(edge.src);
  }
  const std::vector<Edge> edges = edgesOf(network);
  double numPairs = 0;
  double numJoined = 0;
  for (const auto &list : neighbors)
    for (const std::int64_t a : list)
      for (const std::int64_t b : list)
        if (a < b) {
          ++numPairs;
          numJoined += std::binary_search(edges.begin(), edges.end(), Edge{a, b}) ? 1 : 0;
        }
  // The 50000 edges are the independent numbers behind it.
  EXPECT_NEAR(numJoined / numPairs, 1 - 3 * std::sqrt(3.0) / (4 * std::numbers::pi),
              5 / std::sqrt(50000.0));
}

TEST(GeometricTest, TheSeedDecidesThePlaces) {
  Geometric wanted = withRadius(100, 2, 0.2, Wrap::Periodic);
  const Network network = makeGeometric(wanted);
  EXPECT_EQ(edgesOf(network), edgesOf(makeGeometric(wanted)));
  wanted.seed = 12;
  EXPECT_NE(edgesOf(network), edgesOf(makeGeometric(wanted)));
}

TEST(GeometricTest, WrongArgumentsAreRefused) {
  const auto make = [](const Geometric &wanted) { return [wanted] { makeGeometric(wanted); }; };
  expectInvalid(make(withRadius(0, 2, 0.1, Wrap::Open)), "at least 1 node, but `nodes` is 0");
  expectInvalid(make(withRadius(INT64_MAX, 2, 0.1, Wrap::Open)), "too large");
  expectInvalid(make(withRadius(10, 0, 0.1, Wrap::Open)), "`dim` must be in 1..64, but is 0");
  expectInvalid(make(withRadius(10, 65, 0.1, Wrap::Open)), "`dim` must be in 1..64, but is 65");
  expectInvalid(make(withRadius(10, 2, -0.1, Wrap::Open)),
                "`radius` must be at least 0 and finite");
  expectInvalid(make(withRadius(10, 2, INFINITY, Wrap::Open)), "`radius` must be at least 0");
  expectInvalid(make(withRadius(10, 2, NAN, Wrap::Open)), "`radius` must be at least 0");
  expectInvalid(make(withDegree(10, 2, 10, Wrap::Open)),
                "`degree` must be at least 0 and less than");
  expectInvalid(make(withDegree(10, 2, -1, Wrap::Open)), "`degree` must be at least 0");
  EXPECT_TRUE(makeGeometric(withDegree(10, 2, 0, Wrap::Periodic)).edges.isEmpty());
  EXPECT_TRUE(makeGeometric(withDegree(1, 2, 0, Wrap::Periodic)).edges.isEmpty());
}
