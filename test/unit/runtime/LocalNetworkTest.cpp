//===- LocalNetworkTest.cpp - parts of a network, and their ghosts ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/LocalNetwork.h"
#include "runtime/core/LocalWorld.h"
#include "runtime/field/Field.h"
#include "runtime/graph/Generators.h"
#include "runtime/graph/ReadNetwork.h"
#include "runtime/graph/Shares.h"
#include "runtime/halo/Exchange.h"
#include "runtime/partition/Blocks.h"
#include "runtime/partition/EdgeEnds.h"
#include "runtime/partition/Partitioner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <random>
#include <set>
#include <span>
#include <string>
#include <vector>

using namespace irh::rt;
using namespace irh::rt::partition;
using irh::abi::Element;
using irh::abi::NetworkArray;
using irh::rt::field::Field;
using irh::rt::graph::Direction;
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

/// Edges in both directions, one back to an earlier node, a loop, and a node without neighbors.
Network directedWithLoop() {
  std::string edges = "a,b\n7,7\n";
  for (int node = 0; node < 90; ++node) {
    edges += std::to_string(node) + "," + std::to_string((node * 37 + 11) % 90) + "\n";
    edges += std::to_string((node * 41 + 5) % 90) + "," + std::to_string(node) + "\n";
  }
  return graph::joinTables(io::CsvTable::parse("e.csv", edges), std::nullopt,
                           {.duplicates = irh::abi::Duplicates::First,
                            .loops = irh::abi::Loops::Keep,
                            .directed = irh::abi::Directed::Yes});
}

std::vector<Network> examples() {
  std::vector<Network> networks;
  networks.push_back(graph::makeRing(3));
  networks.push_back(graph::makeRing(100));
  networks.push_back(
      graph::makeSmallWorld({.numNodes = 1001, .numNeighbors = 6, .rewire = 0.2, .seed = 1}));
  networks.push_back(starWithLoop());
  networks.push_back(edgeless());
  networks.push_back(graph::makeLattice(graph::Lattice({5, 1, 7, 3}, graph::Wrap::Periodic)));
  networks.push_back(graph::makeRing(101, Direction::Directed));
  networks.push_back(directedWithLoop());
  return networks;
}

constexpr std::array kRankCounts = {1, 2, 3, 5, 16};

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

/// Nodes in an order that has nothing to do with theirs; the first rank has none if it can.
Ownership scatter(const Network &network, int numRanks) {
  std::vector<std::int64_t> nodeAt(index(network.numNodes));
  std::iota(nodeAt.begin(), nodeAt.end(), 0);
  std::shuffle(nodeAt.begin(), nodeAt.end(), std::mt19937(5));
  std::vector<std::int64_t> first = {0};
  for (int rank = 1; rank < numRanks; ++rank)
    first.push_back(network.numNodes * (rank - 1) / numRanks);
  first.push_back(network.numNodes);
  return inOrder(std::move(first), std::move(nodeAt));
}

Ownership blocksOf(const Network &network, int numRanks) {
  return byBlocks(graph::countDegrees(network), numRanks);
}

using Cut = Ownership (*)(const Network &network, int numRanks);
constexpr std::array<Cut, 2> kCuts = {blocksOf, scatter};

/// What a node sees along an edge: the other end, the edge, and the sign of the stored value.
struct Seen {
  std::int64_t other;
  std::int64_t edge;
  int sign;

  friend bool operator==(const Seen &, const Seen &) = default;
  friend auto operator<=>(const Seen &, const Seen &) = default;
};

/// The rows of all nodes, ascending, straight from the definition.
std::vector<std::vector<Seen>> rowsOf(const Network &network, bool ofTargets) {
  std::vector<std::vector<Seen>> rows(index(network.numNodes));
  std::int64_t number = 0;
  for (const Edge edge : network.edges) {
    if (!network.isDirected) {
      rows[index(edge.dst)].push_back({edge.src, number, 1});
      if (edge.src != edge.dst)
        rows[index(edge.src)].push_back({edge.dst, number, -1});
    } else if (ofTargets) {
      rows[index(edge.src)].push_back({edge.dst, number, 1});
    } else {
      rows[index(edge.dst)].push_back({edge.src, number, 1});
    }
    ++number;
  }
  for (auto &row : rows)
    std::sort(row.begin(), row.end());
  return rows;
}

template <typename T>
std::span<const T> arrayOf(LocalNetwork &local, NetworkArray which, std::int64_t size) {
  return {reinterpret_cast<const T *>(local.array(which).data()), index(size)};
}

/// What an array holds, as bytes.
std::string bytesOf(LocalNetwork &local, NetworkArray which) {
  const auto offsets = [&](NetworkArray name) {
    return arrayOf<std::int64_t>(local, name, local.nodes.numOwned + 1);
  };
  const auto numBytes = [&] {
    switch (which) {
    case NetworkArray::RowOffsets:
    case NetworkArray::OutRowOffsets:
      return 8 * (local.nodes.numOwned + 1);
    case NetworkArray::Degrees:
      return 8 * local.nodes.numLocal;
    case NetworkArray::EdgeSrc:
      return 4 * local.edges.numLocal;
    case NetworkArray::SlotSigns:
      return offsets(NetworkArray::RowOffsets).back();
    case NetworkArray::Columns:
    case NetworkArray::SlotEdges:
      return 4 * offsets(NetworkArray::RowOffsets).back();
    default:
      return 4 * offsets(NetworkArray::OutRowOffsets).back();
    }
  };
  const auto bytes = arrayOf<char>(local, which, numBytes());
  return {bytes.begin(), bytes.end()};
}

/// The arrays of rows, by any of the two kinds of names.
struct RowArrays {
  NetworkArray offsets, columns, edges, signs;
};
constexpr RowArrays kNeighborArrays = {NetworkArray::RowOffsets, NetworkArray::Columns,
                                       NetworkArray::SlotEdges, NetworkArray::SlotSigns};
constexpr RowArrays kTargetArrays = {NetworkArray::OutRowOffsets, NetworkArray::OutColumns,
                                     NetworkArray::OutSlotEdges, NetworkArray::OutSlotSigns};

/// The row of an owned node as the arrays have it, in global ids.
std::vector<Seen> rowAt(LocalNetwork &local, const RowArrays &arrays, std::int64_t node) {
  const auto offsets = arrayOf<std::int64_t>(local, arrays.offsets, local.nodes.numOwned + 1);
  const std::int64_t numSlots = offsets.back();
  const auto columns = arrayOf<std::int32_t>(local, arrays.columns, numSlots);
  const auto edges = arrayOf<std::int32_t>(local, arrays.edges, numSlots);
  const auto signs = arrayOf<std::int8_t>(local, arrays.signs, numSlots);
  std::vector<Seen> row;
  for (auto i = index(offsets[index(node)]); i < index(offsets[index(node + 1)]); ++i)
    row.push_back({local.nodes.globalIds[index(columns[i])], local.edges.globalIds[index(edges[i])],
                   signs[i]});
  return row;
}

} // namespace

TEST(BlocksTest, SizeDependsOnTheNumberOfNodesAlone) {
  EXPECT_EQ(blockSize(0), 8);
  EXPECT_EQ(blockSize(1), 8);
  EXPECT_EQ(blockSize(2049), 16);
  EXPECT_EQ(blockSize(100000000), 4096);
}

TEST(BlocksTest, RanksOwnRunsOfWholeBlocksOfLikeWeight) {
  const std::vector<std::int32_t> degrees(10000, 4);
  for (const int numRanks : {1, 2, 3, 7, 1024}) {
    const Ownership ownership{cutBlocks(degrees, numRanks)};
    ASSERT_EQ(ownership.numRanks(), numRanks);
    ASSERT_EQ(ownership.first.front(), 0);
    ASSERT_EQ(ownership.first.back(), 10000);
    for (int rank = 0; rank < numRanks; ++rank) {
      const std::int64_t first = ownership.first[index(rank)];
      const std::int64_t end = ownership.first[index(rank + 1)];
      EXPECT_TRUE(first == 10000 || first % blockSize(10000) == 0);
      EXPECT_NEAR(static_cast<double>(end - first), 10000.0 / numRanks,
                  static_cast<double>(blockSize(10000)));
      for (std::int64_t node = first; node < end; ++node)
        ASSERT_EQ(ownership.ownerOf(node), rank);
    }
  }
}

TEST(LocalNetworkTest, EveryNodeAndEdgeIsOwnedOnce) {
  for (const Cut cut : kCuts)
    for (const Network &network : examples())
      for (const int numRanks : kRankCounts) {
        std::vector<int> nodeOwners(index(network.numNodes));
        std::vector<int> edgeOwners(network.edges.size());
        for (int rank = 0; rank < numRanks; ++rank) {
          LocalNetwork local(network, cut(network, numRanks), rank);
          local.listEdges();
          for (std::int64_t i = 0; i < local.nodes.numOwned; ++i)
            ++nodeOwners[index(local.nodes.globalIds[index(i)])];
          for (std::int64_t i = 0; i < local.edges.numOwned; ++i)
            ++edgeOwners[index(local.edges.globalIds[index(i)])];
        }
        EXPECT_EQ(nodeOwners, std::vector<int>(nodeOwners.size(), 1));
        EXPECT_EQ(edgeOwners, std::vector<int>(edgeOwners.size(), 1));
      }
}

TEST(LocalNetworkTest, RowsHoldNeighborsAndTargetsByGlobalId) {
  for (const Cut cut : kCuts)
    for (const Network &network : examples())
      for (const bool ofTargets : {false, true}) {
        const auto rows = rowsOf(network, ofTargets);
        for (const int numRanks : kRankCounts)
          for (int rank = 0; rank < numRanks; ++rank) {
            LocalNetwork local(network, cut(network, numRanks), rank);
            local.listEdges();
            for (std::int64_t node = 0; node < local.nodes.numOwned; ++node)
              ASSERT_EQ(rowAt(local, ofTargets ? kTargetArrays : kNeighborArrays, node),
                        rows[index(local.nodes.globalIds[index(node)])]);
          }
      }
}

TEST(LocalNetworkTest, AnArrayIsMadeOnce) {
  const Network network = graph::makeRing(100);
  LocalNetwork local(network, blocksOf(network, 2), 0);
  for (int which = 0; which <= static_cast<int>(NetworkArray::OutSlotSigns); ++which) {
    const void *array = local.array(static_cast<NetworkArray>(which)).data();
    EXPECT_NE(array, nullptr);
    EXPECT_EQ(local.array(static_cast<NetworkArray>(which)).data(), array);
  }
  EXPECT_EQ(local.array(NetworkArray::OutColumns).data(), local.array(NetworkArray::Columns).data())
      << "the targets of an undirected network are its neighbors";
}

TEST(LocalNetworkTest, InteriorThenBorderThenGhosts) {
  for (const Cut cut : kCuts)
    for (const Network &network : examples())
      for (int rank = 0; rank < 3; ++rank) {
        const Ownership ownership = cut(network, 3);
        LocalNetwork local(network, ownership, rank);
        local.listEdges();
        const auto &ids = local.nodes.globalIds;
        const auto order = [&](std::int64_t a, std::int64_t b) {
          const std::vector<std::int64_t> &nodeAt = ownership.nodeAt;
          return ownership.isScattered() ? std::find(nodeAt.begin(), nodeAt.end(), a) <
                                               std::find(nodeAt.begin(), nodeAt.end(), b)
                                         : a < b;
        };
        const auto border = ids.begin() + local.numInterior;
        EXPECT_TRUE(std::is_sorted(ids.begin(), border, order));
        EXPECT_TRUE(std::is_sorted(border, ids.begin() + local.nodes.numOwned, order));
        EXPECT_TRUE(std::is_sorted(ids.begin() + local.nodes.numOwned, ids.end()));
        const std::set<std::int64_t> ghosts(ids.begin() + local.nodes.numOwned, ids.end());
        for (std::int64_t node = 0; node < local.nodes.numOwned; ++node) {
          bool touchesGhost = false;
          for (const RowArrays &arrays : {kNeighborArrays, kTargetArrays})
            for (const Seen &seen : rowAt(local, arrays, node))
              touchesGhost |= ghosts.contains(seen.other);
          EXPECT_EQ(touchesGhost, node >= local.numInterior);
        }
      }
}

TEST(LocalNetworkTest, EdgesLeadBetweenLocalNodes) {
  for (const Cut cut : kCuts)
    for (const Network &network : examples())
      for (int rank = 0; rank < 5; ++rank) {
        LocalNetwork local(network, cut(network, 5), rank);
        local.listEdges();
        const auto src = arrayOf<std::int32_t>(local, NetworkArray::EdgeSrc, local.edges.numLocal);
        const auto dst = arrayOf<std::int32_t>(local, NetworkArray::EdgeDst, local.edges.numLocal);
        for (std::int64_t i = 0; i < local.edges.numLocal; ++i) {
          const Edge edge = network.edges[index(local.edges.globalIds[index(i)])];
          EXPECT_EQ(local.nodes.globalIds[index(src[index(i)])], edge.src);
          EXPECT_EQ(local.nodes.globalIds[index(dst[index(i)])], edge.dst);
          EXPECT_EQ(src[index(i)] < local.nodes.numOwned, i < local.edges.numOwned);
        }
      }
}

TEST(LocalNetworkTest, GhostsKnowIdsAndDegreesToo) {
  for (const Cut cut : kCuts)
    for (const Network &network : examples()) {
      const auto rows = rowsOf(network, /*ofTargets=*/false);
      for (int rank = 0; rank < 3; ++rank) {
        LocalNetwork local(network, cut(network, 3), rank);
        const auto degrees =
            arrayOf<std::int64_t>(local, NetworkArray::Degrees, local.nodes.numLocal);
        const auto ids = arrayOf<std::int64_t>(local, NetworkArray::NodeIds, local.nodes.numLocal);
        for (std::size_t i = 0; i < degrees.size(); ++i) {
          const std::int64_t node = local.nodes.globalIds[i];
          EXPECT_EQ(degrees[i], static_cast<std::int64_t>(rows[index(node)].size()));
          EXPECT_EQ(ids[i], network.idOf(node));
        }
      }
    }
}

/// One rank's share of a network.
Network shareOf(Network network, Communicator &comm) {
  if (network.edges.asLattice())
    return network;
  const graph::EdgeList all = std::move(network.edges);
  network.edges =
      graph::collectShare(network.numNodes, comm, [&](auto visit) { all.visitAll(visit); });
  return network;
}

// Rows, ids and degrees are those of a part that is cut out of the whole network.
TEST(LocalNetworkTest, SharesGiveTheSameParts) {
  constexpr std::array kArrays = {
      NetworkArray::RowOffsets,    NetworkArray::Columns,      NetworkArray::SlotEdges,
      NetworkArray::SlotSigns,     NetworkArray::Degrees,      NetworkArray::EdgeSrc,
      NetworkArray::OutRowOffsets, NetworkArray::OutSlotEdges, NetworkArray::OutColumns};
  for (const Cut cut : kCuts)
    for (const int numRanks : {2, 3, 16})
      for (std::size_t example = 0; example < examples().size(); ++example)
        runLocalWorld(numRanks, [&](Communicator &comm) {
          const Network network = std::move(examples()[example]);
          Network share = shareOf(std::move(examples()[example]), comm);
          if (!share.edges.isShare())
            return;
          const Ownership ownership = cut(network, numRanks);
          LocalNetwork expected(network, ownership, comm.rank());
          LocalNetwork local(share, ownership, comm.rank(),
                             TouchedEdges(share.edges, ownership, comm), countDegrees(share, comm));
          EXPECT_FALSE(local.hasAllEdges());
          share.edges.forget();
          expected.listEdges();
          local.listEdges();
          EXPECT_EQ(local.edges.globalIds, expected.edges.globalIds);
          for (const NetworkArray which : kArrays)
            ASSERT_EQ(bytesOf(local, which), bytesOf(expected, which))
                << "array " << static_cast<int>(which) << " of example " << example;
          EdgeEnds ends(local);
          for (std::int64_t i = 0; i < local.edges.numLocal; ++i)
            ASSERT_EQ(ends.at(i), network.edges[index(local.edges.globalIds[index(i)])]);
          for (std::size_t id = 0; id < network.edges.size(); id += 97)
            ASSERT_EQ(local.findEdge(static_cast<std::int64_t>(id), comm), network.edges[id]);
        });
}

TEST(LocalNetworkTest, ArraysMayBeReadPastTheirEnd) {
  const Network ring = graph::makeRing(100);
  LocalNetwork local(ring, blocksOf(ring, 1), 0);
  const auto columns = arrayOf<std::int32_t>(local, NetworkArray::Columns, 208);
  const auto offsets = arrayOf<std::int64_t>(local, NetworkArray::RowOffsets, 109);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(columns[200 + i], 0);
    EXPECT_EQ(offsets[101 + i], 0);
  }
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(columns.data()) % 64, 0u);
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

/// Puts other bytes into the owned points, zeros if there are none, and gives those that were
/// there.
std::vector<std::byte> exchangeOwned(std::vector<Field> &fields, std::vector<std::byte> others) {
  std::vector<std::byte> before;
  for (Field &field : fields) {
    const auto numBytes = index(field.set->numOwned) * field::sizeOf(field.element);
    before.insert(before.end(), field.memory.read(), field.memory.read() + numBytes);
  }
  others.resize(before.size());
  auto from = others.begin();
  for (Field &field : fields) {
    const auto numBytes = index(field.set->numOwned) * field::sizeOf(field.element);
    std::copy_n(from, numBytes, field.memory.overwrite());
    from += static_cast<std::ptrdiff_t>(numBytes);
  }
  return before;
}

} // namespace

TEST(ExchangeTest, CopiesTakeTheirOwnersValues) {
  for (const Cut cut : kCuts)
    for (const Network &network : examples())
      for (const int numRanks : kRankCounts)
        runLocalWorld(numRanks, [&](Communicator &comm) {
          LocalNetwork local(network, cut(network, numRanks), comm.rank());
          local.listEdges();
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
          exchanger.start(all, comm);
          const std::vector<std::byte> owned = exchangeOwned(fields, {});
          exchanger.finish();
          exchangeOwned(fields, owned); // What changed meanwhile was not sent.
          for (const Field *field : all)
            expectFresh(*field, field->set == &local.nodes ? 1 : 2);
        });
}

TEST(ExchangeTest, BuffersAreMadeOnce) {
  const Network network = graph::makeRing(100);
  runLocalWorld(3, [&](Communicator &comm) {
    LocalNetwork local(network, blocksOf(network, 3), comm.rank());
    halo::Exchanger exchanger(local);
    Field field = makeNumbered(local.nodes, Element::Real, 0);
    std::array<Field *, 1> fields = {&field};
    const auto exchange = [&] {
      exchanger.start(fields, comm);
      exchanger.finish();
    };
    exchange();
    const std::int64_t numBefore = allocationCount();
    exchange();
    EXPECT_EQ(allocationCount(), numBefore);
  });
}

TEST(FieldTest, IsGatheredInGlobalOrder) {
  const Network network = graph::makeRing(101);
  for (const int numRanks : kRankCounts)
    runLocalWorld(numRanks, [&](Communicator &comm) {
      LocalNetwork local(network, blocksOf(network, numRanks), comm.rank());
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
  const Network ring = graph::makeRing(100);
  LocalNetwork local(ring, blocksOf(ring, 2), 1);
  Field field = makeNumbered(local.nodes, Element::Complex, 0);
  EXPECT_EQ(field::findNotFinite(field), std::nullopt) << "ghosts are not looked at";
  field.values<double>()[2 * 5 + 1] = INFINITY;
  field.values<double>()[2 * 3] = NAN;
  EXPECT_EQ(field::findNotFinite(field),
            std::min(local.nodes.globalIds[3], local.nodes.globalIds[5]));
}

TEST(FieldTest, StartsAtZeroAndSwapsInPlace) {
  const Network ring = graph::makeRing(10);
  LocalNetwork local(ring, blocksOf(ring, 1), 0);
  Field a = field::makeField(local.nodes, Element::Real);
  Field b = makeNumbered(local.nodes, Element::Real, 1);
  EXPECT_EQ(a.values<double>()[9], 0.0);
  field::swapMemory(a, b);
  EXPECT_EQ(a.values<double>()[9], valueOf(9, 1));
  EXPECT_EQ(b.values<double>()[9], 0.0);
}
