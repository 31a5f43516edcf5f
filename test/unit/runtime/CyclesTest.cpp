//===- CyclesTest.cpp - triangles, cycles and components --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/Cycles.h"
#include "runtime/core/Error.h"
#include "runtime/core/LocalWorld.h"
#include "runtime/graph/Generators.h"
#include "runtime/partition/Partitioner.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

using namespace irh::rt;
using partition::Cycles;

namespace {

struct Counts {
  std::int64_t triangles, cycles, components;
  friend bool operator==(const Counts &, const Counts &) = default;
};

/// Of each way that it is closed: each step begins where the one before has led to.
void expectClosed(const Cycles &cycles, const graph::Network &network) {
  std::vector<graph::Edge> edges;
  network.edges.visitAll([&](std::int64_t src, std::int64_t dst) { edges.push_back({src, dst}); });
  for (std::size_t i = 0; i + 1 < cycles.offsets.size(); ++i) {
    std::int64_t first = -1;
    std::int64_t at = -1;
    for (std::int64_t k = cycles.offsets[i]; k < cycles.offsets[i + 1]; ++k) {
      const Cycles::Step &step = cycles.steps[static_cast<std::size_t>(k)];
      const graph::Edge edge = edges[static_cast<std::size_t>(step.edge)];
      const std::int64_t from = step.isSeenFromDst ? edge.dst : edge.src;
      if (at < 0)
        first = from;
      else
        EXPECT_EQ(at, from);
      at = step.isSeenFromDst ? edge.src : edge.dst;
    }
    EXPECT_EQ(at, first);
  }
}

Counts countOn(const graph::Network &network, int numRanks) {
  Counts counts{};
  runLocalWorld(numRanks, [&](Communicator &comm) {
    const partition::Ownership ownership =
        partition::byBlocks(graph::countDegrees(network), numRanks);
    partition::LocalNetwork local(network, ownership, comm.rank());
    const Cycles triangles = partition::findTriangles(local, comm);
    const Cycles basis = partition::findCycleBasis(local, comm);
    expectClosed(triangles, network);
    expectClosed(basis, network);
    for (std::size_t i = 0; i + 1 < triangles.offsets.size(); ++i)
      EXPECT_EQ(triangles.offsets[i + 1] - triangles.offsets[i], 3);
    const Counts here{triangles.set.numGlobal, basis.set.numGlobal,
                      partition::findComponents(local, comm).set.numGlobal};
    if (comm.rank() == 0)
      counts = here;
  });
  return counts;
}

} // namespace

TEST(CyclesTest, OfKnownNetworks) {
  for (const int numRanks : {1, 2, 3}) {
    EXPECT_EQ(countOn(graph::makeComplete(6, graph::Direction::Undirected), numRanks),
              (Counts{20, 10, 1}));
    EXPECT_EQ(countOn(graph::makeRing(7, graph::Direction::Undirected), numRanks),
              (Counts{0, 1, 1}));
    EXPECT_EQ(countOn(graph::makeStar(9), numRanks), (Counts{0, 0, 1}));
    EXPECT_EQ(
        countOn(graph::makeErdosRenyi(
                    {.numNodes = 5, .p = 0, .direction = graph::Direction::Undirected, .seed = 1}),
                numRanks),
        (Counts{0, 0, 5}));
  }
}

TEST(CyclesTest, ABasisHasEdgesLessNodesAndComponents) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const graph::Network network = graph::makeErdosRenyi(
        {.numNodes = 60, .p = 0.05, .direction = graph::Direction::Undirected, .seed = seed});
    const Counts counts = countOn(network, 1);
    EXPECT_EQ(counts.cycles,
              static_cast<std::int64_t>(network.edges.size()) - 60 + counts.components);
    EXPECT_EQ(countOn(network, 3), counts);
  }
}

TEST(CyclesTest, DirectedNetworksHaveNone) {
  const graph::Network network = graph::makeRing(5, graph::Direction::Directed);
  partition::LocalNetwork local(network, {{0, 5}}, 0);
  EXPECT_THROW(partition::findTriangles(local, alone()), Error);
}
