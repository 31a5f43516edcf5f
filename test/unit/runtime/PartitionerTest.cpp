//===- PartitionerTest.cpp - parts of networks, by every method -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/Partitioner.h"
#include "runtime/core/LocalWorld.h"
#include "runtime/graph/Generators.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <vector>

using namespace irh::rt;
using namespace irh::rt::partition;
using graph::Lattice;
using graph::Network;
using graph::Wrap;
using irh::abi::GeometricExtent;

using graph::countDegrees;

namespace {

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

Network geometric(std::int64_t numNodes) {
  return graph::makeGeometric({.numNodes = numNodes,
                               .numAxes = 3,
                               .extentKind = GeometricExtent::MeanDegree,
                               .extent = std::min<double>(8, static_cast<double>(numNodes - 1) / 2),
                               .wrap = Wrap::Open,
                               .seed = 1});
}

std::vector<Network> networksWithPositions() {
  std::vector<Network> networks;
  for (const std::int64_t numNodes : {1, 2, 7, 1000})
    networks.push_back(geometric(numNodes));
  networks.push_back(graph::makeLattice(Lattice({5, 1, 7, 3}, Wrap::Periodic)));
  networks.push_back(graph::makeLattice(Lattice({64}, Wrap::Open)));
  return networks;
}

void expectEachNodeOnce(const Network &network, const Ownership &ownership, int numRanks) {
  ASSERT_EQ(ownership.numRanks(), numRanks);
  ASSERT_EQ(ownership.first.front(), 0);
  ASSERT_EQ(ownership.first.back(), network.numNodes);
  if (!ownership.isScattered())
    return;
  std::vector<int> timesSeen(index(network.numNodes));
  for (int rank = 0; rank < numRanks; ++rank)
    for (const std::int64_t node : ownership.nodesOf(rank)) {
      ++timesSeen[index(node)];
      ASSERT_EQ(ownership.ownerOf(node), rank);
    }
  EXPECT_EQ(timesSeen, std::vector<int>(timesSeen.size(), 1));
}

std::int64_t countCut(const Network &network, const Ownership &ownership) {
  std::int64_t numCut = 0;
  network.edges.visitAll([&](std::int64_t src, std::int64_t dst) {
    numCut += ownership.ownerOf(src) != ownership.ownerOf(dst) ? 1 : 0;
  });
  return numCut;
}

} // namespace

TEST(PartitionerTest, EachNodeHasOneRankByEveryMethod) {
  std::vector<Network> networks = networksWithPositions();
  networks.push_back(graph::makeRing(100, graph::Direction::Directed));
  networks.push_back(graph::makeStar(40));
  for (const Network &network : networks)
    for (const int numRanks : {1, 2, 3, 8})
      for (const Method method :
           {Method::Auto, Method::Blocks, Method::Hilbert, Method::Bisection, Method::Metis})
        runLocalWorld(numRanks, [&](Communicator &comm) {
          expectEachNodeOnce(
              network, partitionNetwork(network, method, countDegrees(network), comm), numRanks);
        });
}

// What makes it a curve: no step from a cell to the next is longer than one.
TEST(PartitionerTest, TheCurveStepsFromCellToNeighboringCell) {
  for (const std::vector<std::int64_t> &shape :
       {std::vector<std::int64_t>{16, 16}, {8, 8, 8}, {4, 4, 4, 4}, {2, 2, 2, 2, 2, 2}}) {
    const Network network = graph::makeLattice(Lattice(shape, Wrap::Open));
    const std::vector<std::int64_t> order =
        alongHilbertCurve(network, countDegrees(network), 1).nodeAt;
    ASSERT_EQ(order.size(), index(network.numNodes));
    for (std::size_t i = 1; i < order.size(); ++i) {
      double distance = 0;
      for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        const auto along = static_cast<std::int64_t>(axis);
        distance += std::abs(graph::coordinate(network, order[i], along) -
                             graph::coordinate(network, order[i - 1], along));
      }
      ASSERT_EQ(distance, 1) << "step " << i << " in " << shape.size() << " dimensions";
    }
  }
}

TEST(PartitionerTest, BisectionGivesEachRankAsManyNodes) {
  const Network network = geometric(1000);
  for (const int numRanks : {2, 3, 7, 8}) {
    const Ownership ownership = byBisection(network, numRanks);
    for (int rank = 0; rank < numRanks; ++rank)
      EXPECT_NEAR(static_cast<double>(ownership.nodesOf(rank).size()), 1000.0 / numRanks, 1.5);
  }
}

// A square of 16 x 16 into quarters: 32 edges cross the two lines.
TEST(PartitionerTest, BisectionOfASquareCutsAlongLines) {
  const Network square = graph::makeLattice(Lattice({16, 16}, Wrap::Open));
  EXPECT_EQ(countCut(square, byBisection(square, 4)), 32);
  EXPECT_EQ(countCut(square, alongHilbertCurve(square, countDegrees(square), 4)), 32);
  // Of a strip across its length: 4 edges at each of three lines.
  const Network strip = graph::makeLattice(Lattice({4, 64}, Wrap::Open));
  EXPECT_EQ(countCut(strip, byBisection(strip, 4)), 12);
}

TEST(PartitionerTest, MetisCutsFewEdges) {
  const Network square = graph::makeLattice(Lattice({32, 32}, Wrap::Open));
  runLocalWorld(2, [&](Communicator &comm) {
    const Ownership halves = byMetis(square, countDegrees(square), comm);
    EXPECT_LE(countCut(square, halves), 36) << "a straight line cuts 32";
    EXPECT_NEAR(static_cast<double>(halves.first[1]), 512, 32);
  });
}

TEST(PartitionerTest, PositionsAreNeededForNothing) {
  const Network star = graph::makeStar(100);
  SerialCommunicator alone;
  for (const Method method : {Method::Hilbert, Method::Bisection, Method::Metis})
    EXPECT_FALSE(partitionNetwork(star, method, countDegrees(star), alone).isScattered());
}
