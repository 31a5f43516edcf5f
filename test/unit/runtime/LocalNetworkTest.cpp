//===- LocalNetworkTest.cpp - parts of a network, and their ghosts ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/LocalNetwork.h"
#include "runtime/core/LocalWorld.h"
#include "runtime/field/Field.h"
#include "runtime/graph/Generators.h"
#include "runtime/graph/ReadNetwork.h"
#include "runtime/halo/Exchange.h"
#include "runtime/partition/Blocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <set>
#include <string>
#include <vector>

using namespace irh::rt;
using namespace irh::rt::partition;
using irh::abi::Element;
using irh::rt::field::Field;
using irh::rt::graph::Edge;
using irh::rt::graph::Network;

namespace {

Network starWithLoop() {
  std::string edges = "a,b\n5,5\n";
  for (int leaf = 0; leaf < 40; ++leaf)
    if (leaf != 5)
      edges += "5," + std::to_string(leaf) + "\n";
  return graph::joinTables(io::CsvTable::parse("e.csv", edges), std::nullopt,
                           {.loops = irh::abi::Loops::Keep});
}

Network edgeless() {
  return graph::joinTables(io::CsvTable::parse("e.csv", "a,b\n"),
                           io::CsvTable::parse("n.csv", "id\n10\n20\n30\n"), {});
}

std::vector<Network> examples() {
  std::vector<Network> networks;
  networks.push_back(graph::makeRing(3));
  networks.push_back(graph::makeRing(100));
  networks.push_back(
      graph::makeSmallWorld({.numNodes = 1001, .numNeighbors = 6, .rewire = 0.2, .seed = 1}));
  networks.push_back(starWithLoop());
  networks.push_back(edgeless());
  return networks;
}

constexpr std::array kRankCounts = {1, 2, 3, 5, 16};

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

/// Neighbors of each node, ascending.
std::vector<std::vector<std::int64_t>> neighborsOf(const Network &network) {
  std::vector<std::vector<std::int64_t>> neighbors(index(network.numNodes));
  for (const Edge &edge : network.edges) {
    neighbors[index(edge.src)].push_back(edge.dst);
    if (edge.src != edge.dst)
      neighbors[index(edge.dst)].push_back(edge.src);
  }
  for (auto &list : neighbors)
    std::sort(list.begin(), list.end());
  return neighbors;
}

} // namespace

TEST(BlocksTest, SizeDependsOnTheNumberOfNodesAlone) {
  EXPECT_EQ(blockSize(0), 8);
  EXPECT_EQ(blockSize(1), 8);
  EXPECT_EQ(blockSize(2049), 16);
  EXPECT_EQ(blockSize(100000000), 4096);
}

TEST(BlocksTest, RanksOwnRunsOfWholeBlocksOfLikeWeight) {
  const std::vector<std::int64_t> degrees(10000, 4);
  for (const int numRanks : {1, 2, 3, 7, 1024}) {
    const Ownership ownership = assignBlocks(degrees, numRanks);
    ASSERT_EQ(ownership.numRanks(), numRanks);
    ASSERT_EQ(ownership.firstNode.front(), 0);
    ASSERT_EQ(ownership.firstNode.back(), 10000);
    for (int rank = 0; rank < numRanks; ++rank) {
      const std::int64_t first = ownership.firstNode[index(rank)];
      const std::int64_t end = ownership.firstNode[index(rank + 1)];
      EXPECT_TRUE(first == 10000 || first % blockSize(10000) == 0);
      EXPECT_NEAR(static_cast<double>(end - first), 10000.0 / numRanks,
                  static_cast<double>(blockSize(10000)));
      for (std::int64_t node = first; node < end; ++node)
        ASSERT_EQ(ownership.ownerOf(node), rank);
    }
  }
}

TEST(LocalNetworkTest, EveryNodeAndEdgeIsOwnedOnce) {
  for (const Network &network : examples())
    for (const int numRanks : kRankCounts) {
      std::vector<int> nodeOwners(index(network.numNodes));
      std::vector<int> edgeOwners(network.edges.size());
      for (int rank = 0; rank < numRanks; ++rank) {
        const LocalNetwork local = cutPart(network, {rank, numRanks});
        for (std::int64_t i = 0; i < local.nodes.numOwned; ++i)
          ++nodeOwners[index(local.nodes.globalIds[index(i)])];
        for (std::int64_t i = 0; i < local.edges.numOwned; ++i)
          ++edgeOwners[index(local.edges.globalIds[index(i)])];
      }
      EXPECT_EQ(nodeOwners, std::vector<int>(nodeOwners.size(), 1));
      EXPECT_EQ(edgeOwners, std::vector<int>(edgeOwners.size(), 1));
    }
}

TEST(LocalNetworkTest, RowsHoldTheNeighborsByGlobalId) {
  for (const Network &network : examples()) {
    const auto neighbors = neighborsOf(network);
    for (const int numRanks : kRankCounts)
      for (int rank = 0; rank < numRanks; ++rank) {
        const LocalNetwork local = cutPart(network, {rank, numRanks});
        for (std::int64_t node = 0; node < local.nodes.numOwned; ++node) {
          const std::int64_t id = local.nodes.globalIds[index(node)];
          std::vector<std::int64_t> row;
          for (auto slot = local.rowOffsets[index(node)]; slot < local.rowOffsets[index(node + 1)];
               ++slot) {
            const std::int64_t other = local.nodes.globalIds[index(local.columns[index(slot)])];
            const Edge &edge =
                network.edges[index(local.edges.globalIds[index(local.slotEdges[index(slot)])])];
            EXPECT_EQ(edge, (Edge{std::min(id, other), std::max(id, other)}));
            row.push_back(other);
          }
          ASSERT_EQ(row, neighbors[index(id)]);
          EXPECT_EQ(local.degrees[index(node)], static_cast<std::int64_t>(row.size()));
        }
      }
  }
}

TEST(LocalNetworkTest, InteriorThenBorderThenGhosts) {
  for (const Network &network : examples())
    for (int rank = 0; rank < 3; ++rank) {
      const LocalNetwork local = cutPart(network, {rank, 3});
      const auto &ids = local.nodes.globalIds;
      EXPECT_TRUE(std::is_sorted(ids.begin(), ids.begin() + local.numInterior));
      EXPECT_TRUE(
          std::is_sorted(ids.begin() + local.numInterior, ids.begin() + local.nodes.numOwned));
      EXPECT_TRUE(std::is_sorted(ids.begin() + local.nodes.numOwned, ids.end()));
      for (std::int64_t node = 0; node < local.nodes.numOwned; ++node) {
        const bool touchesGhost =
            std::any_of(local.columns.begin() + local.rowOffsets[index(node)],
                        local.columns.begin() + local.rowOffsets[index(node + 1)],
                        [&](std::int32_t neighbor) { return neighbor >= local.nodes.numOwned; });
        EXPECT_EQ(touchesGhost, node >= local.numInterior);
      }
    }
}

TEST(LocalNetworkTest, EdgesLeadBetweenLocalNodes) {
  for (const Network &network : examples())
    for (int rank = 0; rank < 5; ++rank) {
      const LocalNetwork local = cutPart(network, {rank, 5});
      for (std::int64_t i = 0; i < local.edges.numLocal; ++i) {
        const Edge &edge = network.edges[index(local.edges.globalIds[index(i)])];
        EXPECT_EQ(local.nodes.globalIds[index(local.edgeSrc[index(i)])], edge.src);
        EXPECT_EQ(local.nodes.globalIds[index(local.edgeDst[index(i)])], edge.dst);
        EXPECT_EQ(local.edgeSrc[index(i)] < local.nodes.numOwned, i < local.edges.numOwned);
      }
    }
}

TEST(LocalNetworkTest, GhostsKnowIdsAndDegreesToo) {
  const Network network = starWithLoop();
  const auto degrees = graph::countDegrees(network);
  for (int rank = 0; rank < 3; ++rank) {
    const LocalNetwork local = cutPart(network, {rank, 3});
    for (std::size_t i = 0; i < local.nodes.globalIds.size(); ++i) {
      EXPECT_EQ(local.degrees[i], degrees[index(local.nodes.globalIds[i])]);
      EXPECT_EQ(local.nodeIds[i], local.nodes.globalIds[i]);
    }
  }
  EXPECT_EQ(cutPart(edgeless(), {0, 1}).nodeIds[2], 30);
}

TEST(LocalNetworkTest, ArraysMayBeReadPastTheirEnd) {
  const LocalNetwork local = cutPart(graph::makeRing(100), {0, 1});
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(local.columns.data()[local.columns.size() + i], 0);
    EXPECT_EQ(local.rowOffsets.data()[local.rowOffsets.size() + i], 0);
  }
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(local.columns.data()) % 64, 0u);
}

namespace {

/// A number that only this point of this field has.
double valueOf(std::int64_t globalId, double field) {
  return 1000.0 * static_cast<double>(globalId) + field;
}

/// Owned entries hold their value, copies a wrong one.
Field makeNumbered(const LocalSet &set, Element element, double number) {
  Field field = field::makeField(set, element);
  for (std::int64_t i = 0; i < set.numLocal; ++i) {
    const double value = i < set.numOwned ? valueOf(set.globalIds[index(i)], number) : -1;
    if (element == Element::Bool)
      field.values<std::uint8_t>()[i] = static_cast<std::int64_t>(value) / 1000 % 2 == 1;
    else if (element == Element::Int)
      field.values<std::int64_t>()[i] = static_cast<std::int64_t>(value);
    else if (element == Element::Real)
      field.values<double>()[i] = value;
    else
      field.values<double>()[2 * i] = value, field.values<double>()[2 * i + 1] = -value;
  }
  return field;
}

void expectFresh(const Field &field, double number) {
  const LocalSet &set = *field.set;
  for (std::int64_t i = 0; i < set.numLocal; ++i) {
    const std::int64_t id = set.globalIds[index(i)];
    const double value = valueOf(id, number);
    if (field.element == Element::Bool)
      ASSERT_EQ(field.values<std::uint8_t>()[i], id % 2 != 0);
    else if (field.element == Element::Int)
      ASSERT_EQ(field.values<std::int64_t>()[i], static_cast<std::int64_t>(value));
    else if (field.element == Element::Real)
      ASSERT_EQ(field.values<double>()[i], value);
    else
      ASSERT_TRUE(field.values<double>()[2 * i] == value &&
                  field.values<double>()[2 * i + 1] == -value);
  }
}

} // namespace

TEST(ExchangeTest, CopiesTakeTheirOwnersValues) {
  for (const Network &network : examples())
    for (const int numRanks : kRankCounts)
      runLocalWorld(numRanks, [&](Communicator &comm) {
        const LocalNetwork local = cutPart(network, {comm.rank(), numRanks});
        halo::Exchanger exchanger(local);
        const Element elements[] = {Element::Real, Element::Bool, Element::Complex, Element::Int};
        std::vector<Field> fields;
        for (const Element element : elements) {
          fields.push_back(makeNumbered(local.nodes, element, 1));
          fields.push_back(makeNumbered(local.edges, element, 2));
        }
        std::vector<Field *> all;
        for (Field &field : fields)
          all.push_back(&field);
        exchanger.exchange(all, comm);
        for (const Field *field : all)
          expectFresh(*field, field->set == &local.nodes ? 1 : 2);
      });
}

TEST(ExchangeTest, BuffersAreMadeOnce) {
  const Network network = graph::makeRing(100);
  runLocalWorld(3, [&](Communicator &comm) {
    const LocalNetwork local = cutPart(network, {comm.rank(), 3});
    halo::Exchanger exchanger(local);
    Field field = makeNumbered(local.nodes, Element::Real, 0);
    std::array<Field *, 1> fields = {&field};
    exchanger.exchange(fields, comm);
    const std::int64_t numBefore = allocationCount();
    exchanger.exchange(fields, comm);
    EXPECT_EQ(allocationCount(), numBefore);
  });
}

TEST(FieldTest, IsGatheredInGlobalOrder) {
  const Network network = graph::makeRing(101);
  for (const int numRanks : kRankCounts)
    runLocalWorld(numRanks, [&](Communicator &comm) {
      const LocalNetwork local = cutPart(network, {comm.rank(), numRanks});
      const std::vector<std::byte> bytes =
          field::gather(makeNumbered(local.nodes, Element::Real, 3), comm);
      ASSERT_EQ(bytes.size(), comm.rank() == 0 ? 101 * sizeof(double) : 0);
      for (std::size_t i = 0; i < bytes.size() / sizeof(double); ++i) {
        double value = 0;
        std::memcpy(&value, bytes.data() + i * sizeof value, sizeof value);
        EXPECT_EQ(value, valueOf(static_cast<std::int64_t>(i), 3));
      }
    });
}

TEST(FieldTest, TheLeastPointThatIsNotFiniteIsFound) {
  const LocalNetwork local = cutPart(graph::makeRing(100), {1, 2});
  Field field = makeNumbered(local.nodes, Element::Complex, 0);
  EXPECT_EQ(field::findNotFinite(field), std::nullopt) << "ghosts are not looked at";
  field.values<double>()[2 * 5 + 1] = INFINITY;
  field.values<double>()[2 * 3] = NAN;
  EXPECT_EQ(field::findNotFinite(field),
            std::min(local.nodes.globalIds[3], local.nodes.globalIds[5]));
}

TEST(FieldTest, StartsAtZeroAndSwapsInPlace) {
  const LocalNetwork local = cutPart(graph::makeRing(10), {0, 1});
  Field a = field::makeField(local.nodes, Element::Real);
  Field b = makeNumbered(local.nodes, Element::Real, 1);
  EXPECT_EQ(a.values<double>()[9], 0.0);
  field::swapMemory(a, b);
  EXPECT_EQ(a.values<double>()[9], valueOf(9, 1));
  EXPECT_EQ(b.values<double>()[9], 0.0);
}
