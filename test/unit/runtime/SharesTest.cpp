//===- SharesTest.cpp - networks that several ranks make together -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Shares.h"
#include "runtime/core/LocalWorld.h"
#include "runtime/graph/Generators.h"
#include "runtime/partition/EdgeStream.h"
#include "test/unit/runtime/Edges.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

using namespace irh::rt;
using namespace irh::rt::graph;
using irh::abi::GeometricExtent;
using irh::rt::partition::EdgeStream;
using irh::rt::partition::TouchedEdge;
using irh::rt::test::edgesOf;

namespace {

using Make = std::function<Network(Communicator &)>;

Make geometric(std::int64_t numNodes, std::int64_t numAxes, double radius, Wrap wrap) {
  return [=](Communicator &comm) {
    return makeGeometric({.numNodes = numNodes,
                          .numAxes = numAxes,
                          .extentKind = GeometricExtent::Radius,
                          .extent = radius,
                          .wrap = wrap,
                          .seed = 3},
                         comm);
  };
}

std::vector<Make> makers() {
  std::vector<Make> all;
  for (const Direction direction : {Direction::Undirected, Direction::Directed}) {
    all.push_back([=](Communicator &comm) { return makeRing(50, direction, comm); });
    all.push_back([=](Communicator &comm) { return makeComplete(23, direction, comm); });
    // Several blocks of sources.
    all.push_back([=](Communicator &comm) {
      return makeErdosRenyi({.numNodes = 9001, .p = 0.001, .direction = direction, .seed = 3},
                            comm);
    });
    all.push_back([=](Communicator &comm) {
      return makeBarabasiAlbert({.numNodes = 500, .attach = 3, .direction = direction, .seed = 3},
                                comm);
    });
  }
  all.push_back([](Communicator &comm) { return makeStar(50, comm); });
  all.push_back([](Communicator &comm) { return makeComplete(1, Direction::Directed, comm); });
  all.push_back([](Communicator &comm) {
    return makeSmallWorld({.numNodes = 500, .numNeighbors = 6, .rewire = 0.3, .seed = 3}, comm);
  });
  // Grids of no cells, of fewer layers than ranks, and of many.
  for (const Wrap wrap : {Wrap::Open, Wrap::Periodic}) {
    all.push_back(geometric(1, 2, 0.1, wrap));
    all.push_back(geometric(300, 2, 0.9, wrap));
    all.push_back(geometric(300, 1, 0.004, wrap));
    all.push_back(geometric(700, 2, 0.3, wrap));
    all.push_back(geometric(700, 2, 0.06, wrap));
    all.push_back(geometric(700, 4, 0.2, wrap));
  }
  return all;
}

} // namespace

TEST(SharesTest, EachNodeIsInOneShare) {
  for (const std::int64_t numNodes : {std::int64_t{1}, std::int64_t{7}, std::int64_t{1000003}})
    for (const int numRanks : {1, 2, 3, 16}) {
      std::int64_t next = 0;
      for (int rank = 0; rank < numRanks; ++rank) {
        const NodeRange share = shareOf(numNodes, rank, numRanks);
        ASSERT_EQ(share.begin, next);
        next = share.end;
        if (share.size() == 0)
          continue;
        EXPECT_EQ(rankOfShare(numNodes, share.begin, numRanks), rank);
        EXPECT_EQ(rankOfShare(numNodes, share.end - 1, numRanks), rank);
      }
      EXPECT_EQ(next, numNodes);
    }
}

// Whoever makes a network, it is the same, edge by edge and number by number.
TEST(SharesTest, SharesMakeUpTheNetworkOfOneRank) {
  const std::vector<Make> all = makers();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Network whole = all[i](alone());
    const std::vector<Edge> edges = edgesOf(whole);
    for (const int numRanks : {2, 3, 8})
      runLocalWorld(numRanks, [&](Communicator &comm) {
        const Network mine = all[i](comm);
        const NodeRange nodes = mine.edges.sources();
        ASSERT_TRUE(mine.edges.isShare());
        ASSERT_EQ(mine.edges.size(), edges.size()) << "network " << i;
        ASSERT_EQ(nodes.begin, shareOf(whole.numNodes, comm.rank(), numRanks).begin);
        const auto first = static_cast<std::size_t>(whole.edges.before(nodes.begin));
        const auto end = static_cast<std::size_t>(whole.edges.before(nodes.end));
        ASSERT_EQ(mine.edges.before(nodes.begin), whole.edges.before(nodes.begin));
        const std::vector<Edge> expected(edges.begin() + static_cast<std::ptrdiff_t>(first),
                                         edges.begin() + static_cast<std::ptrdiff_t>(end));
        ASSERT_EQ(edgesOf(mine), expected) << "network " << i;
        if (first < end)
          ASSERT_EQ(mine.edges[first], edges[first]);
        ASSERT_EQ(countDegrees(mine, comm), countDegrees(whole));
      });
  }
}

TEST(EdgeStreamTest, WhatIsAddedComesBack) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  const std::vector<TouchedEdge> edges = {
      {0, {0, 0}, false},           {1, {0, 1}, false},
      {2, {0, kMost - 1}, false},   {3, {0, kMost}, true},
      {9, {1, 0}, false},           {10, {1, 2}, true},
      {11, {1, 130}, true},         {kMost - 1, {kMost - 1, 0}, false},
      {kMost, {kMost, kMost}, true}};
  for (std::size_t taken = 0; taken <= edges.size(); ++taken) {
    EdgeStream out;
    EdgeStream in;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if (i == taken)
        in.append(out.take());
      out.add(edges[i]);
    }
    in.append(out.take());
    std::vector<TouchedEdge> back;
    in.visit([&](const TouchedEdge &edge) { back.push_back(edge); });
    EXPECT_EQ(back, edges);
  }
  EdgeStream().visit([](const TouchedEdge &) { FAIL(); });
}
