//===- LatticeTest.cpp - lattices, and edges that are computed --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Lattice.h"
#include "runtime/graph/EdgeList.h"
#include "runtime/graph/Generators.h"
#include "runtime/partition/LocalNetwork.h"
#include "runtime/partition/Partitioner.h"
#include "test/unit/runtime/Edges.h"
#include "test/unit/runtime/ExpectError.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

using namespace irh::rt;
using namespace irh::rt::graph;
using irh::rt::test::edgesOf;
using irh::rt::test::expectInvalid;
using irh::rt::test::expectSimple;

using Shape = std::vector<std::int64_t>;

/// Pairs of nodes that differ by one step along one axis, from all pairs.
static std::vector<Edge> neighborPairs(const Lattice &lattice) {
  std::vector<Edge> edges;
  for (std::int64_t a = 0; a < lattice.numNodes(); ++a)
    for (std::int64_t b = a + 1; b < lattice.numNodes(); ++b) {
      std::int64_t steps = 0;
      for (std::int64_t axis = 0; axis < lattice.numAxes(); ++axis) {
        const std::int64_t apart =
            std::abs(lattice.coordinate(a, axis) - lattice.coordinate(b, axis));
        steps += lattice.isPeriodic() ? std::min(apart, lattice.extent(axis) - apart) : apart;
      }
      if (steps == 1)
        edges.push_back({a, b});
    }
  return edges;
}

TEST(LatticeTest, NodesOneStepApartAreJoined) {
  for (const Wrap wrap : {Wrap::Open, Wrap::Periodic})
    for (const Shape &shape : {Shape{1}, Shape{3}, Shape{7}, Shape{3, 4}, Shape{1, 5, 1},
                               Shape{3, 3, 3, 3}, Shape{4, 1, 3, 5}}) {
      const Network network = makeLattice(Lattice(shape, wrap));
      expectSimple(network);
      EXPECT_EQ(edgesOf(network), neighborPairs(*network.edges.asLattice()));
    }
  EXPECT_EQ(makeLattice(Lattice({2, 2}, Wrap::Open)).edges.size(), 4u);
}

TEST(LatticeTest, EdgesAreFoundByTheirNumber) {
  for (const Wrap wrap : {Wrap::Open, Wrap::Periodic}) {
    const Network network = makeLattice(Lattice({4, 1, 3, 5}, wrap));
    const std::vector<Edge> edges = edgesOf(network);
    for (std::size_t i = 0; i < edges.size(); ++i) {
      EXPECT_EQ(network.edges[i], edges[i]);
      EXPECT_EQ(*network.edges.from(i), edges[i]);
    }
    for (std::int64_t node = 0; node <= network.numNodes; ++node)
      EXPECT_EQ(network.edges.before(node),
                std::count_if(edges.begin(), edges.end(),
                              [node](const Edge &edge) { return edge.src < node; }));
  }
}

TEST(LatticeTest, PositionsAreCoordinates) {
  const Network network = makeLattice(Lattice({4, 3, 5}, Wrap::Periodic));
  ASSERT_EQ(numAxes(network), 3);
  std::set<std::vector<double>> places;
  for (std::int64_t node = 0; node < network.numNodes; ++node)
    places.insert(
        {coordinate(network, node, 0), coordinate(network, node, 1), coordinate(network, node, 2)});
  EXPECT_EQ(places.size(), 60u);
  EXPECT_EQ(*places.begin(), (std::vector<double>{0, 0, 0}));
  EXPECT_EQ(*places.rbegin(), (std::vector<double>{3, 2, 4}));
  EXPECT_EQ(coordinate(network, 1, 2), 1.0) << "the last axis varies fastest";
}

// What a kernel is given for a batch is what the stored rows hold, wherever the batch begins, on
// any number of ranks.
TEST(LatticeTest, ComputedRowsAreTheStoredOnes) {
  for (const Wrap wrap : {Wrap::Open, Wrap::Periodic})
    for (const int numRanks : {1, 3}) {
      const Network network = makeLattice(Lattice({5, 1, 4, 6}, wrap));
      for (int rank = 0; rank < numRanks; ++rank) {
        partition::LocalNetwork local(network, partition::byBlocks(countDegrees(network), numRanks),
                                      rank);
        const auto *offsets = reinterpret_cast<const std::int64_t *>(
            local.array(irh::abi::NetworkArray::RowOffsets).data());
        const auto *columns = reinterpret_cast<const std::int32_t *>(
            local.array(irh::abi::NetworkArray::Columns).data());
        for (std::int64_t first = 0; first < local.nodes.numOwned; first += 7) {
          const std::int64_t count = std::min<std::int64_t>(7, local.nodes.numOwned - first);
          std::vector<std::int64_t> rowOffsets(8);
          std::vector<std::int32_t> rowColumns(7 * 8 + partition::LocalNetwork::kPadding, -1);
          local.latticeRows(first, count, {rowOffsets.data(), rowColumns.data()});
          for (std::int64_t row = 0; row <= count; ++row)
            ASSERT_EQ(rowOffsets[static_cast<std::size_t>(row)],
                      offsets[first + row] - offsets[first]);
          const std::int64_t numSlots = rowOffsets[static_cast<std::size_t>(count)];
          for (std::int64_t slot = 0; slot < numSlots; ++slot)
            ASSERT_EQ(rowColumns[static_cast<std::size_t>(slot)], columns[offsets[first] + slot]);
          EXPECT_EQ(rowColumns[static_cast<std::size_t>(numSlots)], 0) << "padding";
        }
      }
    }
}

TEST(LatticeTest, WrongShapesAreRefused) {
  expectInvalid([] { Lattice({}, Wrap::Open); }, "needs one for each axis");
  expectInvalid([] { Lattice({3, 0}, Wrap::Open); }, "must be at least 1, but `shape` holds 0");
  expectInvalid([] { Lattice({-3}, Wrap::Open); }, "must be at least 1, but `shape` holds -3");
  expectInvalid([] { Lattice(Shape(33, 1), Wrap::Open); }, "has at most 32 axes");
  expectInvalid([] { Lattice({3, 2}, Wrap::Periodic); }, "a periodic lattice of extent 2");
  expectInvalid([] { Lattice({INT64_MAX, INT64_MAX}, Wrap::Open); }, "is too large");
  expectInvalid([] { Lattice({65536, 65536}, Wrap::Open); }, "is too large");
  expectInvalid([] { Lattice({160, 160, 160, 160}, Wrap::Periodic); },
                "a network of 2621440000 edges is too large");
}

// An edge's number leads to it across nodes that no edge leads from.
TEST(EdgeListTest, EdgesAreSortedAndFoundByTheirNumber) {
  const std::vector<Edge> given = {{5, 2}, {1, 9}, {1, 3}, {8, 8}, {1, 4}, {5, 0}};
  const EdgeList list = EdgeList::collect({0, 10}, [&](auto visit) {
    for (const Edge &edge : given)
      visit(edge.src, edge.dst);
  });
  std::vector<Edge> sorted = given;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ((std::vector<Edge>{list.begin(), list.end()}), sorted);
  for (std::size_t i = 0; i < sorted.size(); ++i)
    EXPECT_EQ(list[i], sorted[i]);
  EXPECT_EQ(list.before(1), 0);
  EXPECT_EQ(list.before(2), 3);
  EXPECT_EQ(list.before(10), 6);
}

TEST(EdgeListTest, ThereMayBeNoEdges) {
  EXPECT_EQ(EdgeList().size(), 0u);
  EXPECT_EQ(EdgeList().begin(), EdgeList().end());
  const EdgeList list = EdgeList::collect({0, 7}, [](auto) {});
  EXPECT_EQ(list.size(), 0u);
  EXPECT_EQ(list.begin(), list.end());
}
