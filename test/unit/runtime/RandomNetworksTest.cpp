//===- RandomNetworksTest.cpp - edges by chance, and by preference ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Bounds are 5 standard deviations, or the 1e-6 quantile of a chi-square, of what the model of the
// network says; seeds are fixed.

#include "runtime/graph/Generators.h"
#include "test/unit/runtime/ChiSquare.h"
#include "test/unit/runtime/Edges.h"
#include "test/unit/runtime/ExpectError.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace irh::rt;
using namespace irh::rt::graph;
using irh::rt::test::edgesOf;
using irh::rt::test::expectInvalid;
using irh::rt::test::expectLikely;
using irh::rt::test::expectSimple;

namespace {

constexpr Direction kDirections[] = {Direction::Undirected, Direction::Directed};

Network erdosRenyi(std::int64_t numNodes, double p, Direction direction, std::uint64_t seed = 7) {
  return makeErdosRenyi({.numNodes = numNodes, .p = p, .direction = direction, .seed = seed});
}

Network barabasiAlbert(std::int64_t numNodes, std::int64_t attach, std::uint64_t seed = 7,
                       Direction direction = Direction::Undirected) {
  return makeBarabasiAlbert(
      {.numNodes = numNodes, .attach = attach, .direction = direction, .seed = seed});
}

double pairsOf(std::int64_t numNodes, Direction direction) {
  const auto n = static_cast<double>(numNodes);
  return n * (n - 1) / (direction == Direction::Directed ? 1 : 2);
}

/// How many nodes have each degree; the last entry counts all that have more.
std::vector<double> histogramOf(const std::vector<std::int32_t> &degrees, std::size_t size) {
  std::vector<double> histogram(size);
  for (const std::int32_t degree : degrees)
    ++histogram[std::min(static_cast<std::size_t>(degree), size - 1)];
  return histogram;
}

} // namespace

TEST(ErdosRenyiTest, CertainAndImpossibleEdges) {
  for (const Direction direction : kDirections)
    for (const std::int64_t numNodes : {1, 2, 37}) {
      EXPECT_TRUE(erdosRenyi(numNodes, 0, direction).edges.isEmpty());
      const Network all = erdosRenyi(numNodes, 1, direction);
      expectSimple(all);
      EXPECT_EQ(edgesOf(all), edgesOf(makeComplete(numNodes, direction)));
      EXPECT_EQ(all.isDirected, direction == Direction::Directed);
    }
}

TEST(ErdosRenyiTest, TheNumberOfEdgesIsBinomial) {
  for (const Direction direction : kDirections)
    for (const double p : {1e-5, 0.003, 0.4, 0.97}) {
      const std::int64_t numNodes = p < 0.01 ? 20000 : 600;
      const Network network = erdosRenyi(numNodes, p, direction);
      expectSimple(network);
      const double n = pairsOf(numNodes, direction);
      EXPECT_NEAR(static_cast<double>(network.edges.size()), n * p, 5 * std::sqrt(n * p * (1 - p)));
    }
}

// Degrees are binomial: 60000 nodes against their probabilities.
TEST(ErdosRenyiTest, DegreesAreBinomial) {
  constexpr std::int64_t kNumNodes = 60000;
  constexpr double kMean = 6;
  const double p = kMean / (kNumNodes - 1);
  for (const Direction direction : kDirections) {
    const auto observed = histogramOf(countDegrees(erdosRenyi(kNumNodes, p, direction)), 20);
    std::vector<double> expected;
    double rest = kNumNodes;
    double probability = std::pow(1 - p, kNumNodes - 1);
    for (int degree = 0; degree + 1 < 20; ++degree) {
      expected.push_back(kNumNodes * probability);
      rest -= expected.back();
      probability *= p / (1 - p) * (kNumNodes - 1 - degree) / (degree + 1);
    }
    expected.push_back(rest);
    expectLikely(observed, expected);
  }
}

// Over many seeds every pair is there equally often.
TEST(ErdosRenyiTest, EveryPairIsAsLikely) {
  constexpr std::int64_t kNumNodes = 8;
  constexpr int kNumSeeds = 20000;
  constexpr double kP = 0.3;
  for (const Direction direction : kDirections) {
    std::vector<double> counts(64);
    for (int seed = 0; seed < kNumSeeds; ++seed)
      for (const Edge edge :
           erdosRenyi(kNumNodes, kP, direction, static_cast<std::uint64_t>(seed)).edges)
        ++counts[static_cast<std::size_t>(edge.src * kNumNodes + edge.dst)];
    const double deviation = std::sqrt(kNumSeeds * kP * (1 - kP));
    for (std::int64_t src = 0; src < kNumNodes; ++src)
      for (std::int64_t dst = 0; dst < kNumNodes; ++dst) {
        const bool isPair = direction == Direction::Directed ? src != dst : src < dst;
        EXPECT_NEAR(counts[static_cast<std::size_t>(src * kNumNodes + dst)],
                    isPair ? kNumSeeds * kP : 0, 5 * deviation);
      }
  }
}

TEST(ErdosRenyiTest, WrongArgumentsAreRefused) {
  const auto make = [](std::int64_t numNodes, double p) {
    return [=] { erdosRenyi(numNodes, p, Direction::Undirected); };
  };
  expectInvalid(make(0, 0.5), "at least 1 node, but `nodes` is 0");
  expectInvalid(make(10, -0.1), "`p` is a probability and must be in 0..1, but is -0.1");
  expectInvalid(make(10, std::nan("")), "must be in 0..1");
  expectInvalid(make(1000000, 0.5), "is too large");
  expectInvalid(make(INT64_MAX, 0), "is too large");
}

TEST(BarabasiAlbertTest, EachNewNodeBringsItsEdges) {
  for (const std::int64_t attach : {1, 3, 8})
    for (const std::int64_t numNodes : {attach + 1, attach + 2, std::int64_t{500}}) {
      const Network network = barabasiAlbert(numNodes, attach);
      expectSimple(network);
      std::vector<std::int64_t> brought(static_cast<std::size_t>(numNodes));
      for (const Edge edge : network.edges)
        ++brought[static_cast<std::size_t>(edge.dst)];
      for (std::int64_t node = 0; node < numNodes; ++node)
        EXPECT_EQ(brought[static_cast<std::size_t>(node)], node < attach ? 0 : attach);
    }
}

TEST(BarabasiAlbertTest, TheFirstToComeIsJoinedToAllThatAreThere) {
  EXPECT_EQ(edgesOf(barabasiAlbert(4, 3)), (std::vector<Edge>{{0, 3}, {1, 3}, {2, 3}}));
}

TEST(BarabasiAlbertTest, DirectedEdgesLeadFromNewToOld) {
  const Network directed = barabasiAlbert(300, 2, 7, Direction::Directed);
  expectSimple(directed);
  std::vector<Edge> turned;
  for (const Edge edge : directed.edges) {
    EXPECT_GT(edge.src, edge.dst);
    turned.push_back({edge.dst, edge.src});
  }
  std::sort(turned.begin(), turned.end());
  EXPECT_EQ(turned, edgesOf(barabasiAlbert(300, 2)));
}

// Node 3 of a network with attach 1 is joined to 0, 1 or 2 with probability degree / 4. On the path
// 0 - 1 - 2 and on 1 - 0 - 2, equally likely, its center has degree 2: nodes 0 and 1 are centers.
TEST(BarabasiAlbertTest, TargetsAreChosenByTheirDegree) {
  constexpr int kNumSeeds = 40000;
  std::vector<double> counts(3);
  for (int seed = 0; seed < kNumSeeds; ++seed)
    for (const Edge edge : barabasiAlbert(4, 1, static_cast<std::uint64_t>(seed)).edges)
      if (edge.dst == 3)
        ++counts[static_cast<std::size_t>(edge.src)];
  expectLikely(counts, {kNumSeeds * 3.0 / 8, kNumSeeds * 3.0 / 8, kNumSeeds / 4.0});
}

// The share of nodes with degree k tends to 2 m (m + 1) / (k (k + 1) (k + 2)): B. Bollobás et al.,
// Random Struct. Algorithms 18, 2001. Counts scatter a little less than independent ones would.
TEST(BarabasiAlbertTest, DegreesHaveACubicTail) {
  constexpr std::int64_t kNumNodes = 400000;
  constexpr std::int64_t kAttach = 4;
  const auto degrees = countDegrees(barabasiAlbert(kNumNodes, kAttach));
  for (const std::int64_t least : {4, 8, 16, 64, 256}) {
    const auto numAbove = std::count_if(degrees.begin(), degrees.end(),
                                        [least](std::int64_t degree) { return degree >= least; });
    const auto k = static_cast<double>(least);
    const double share = kAttach * (kAttach + 1) / (k * (k + 1));
    EXPECT_NEAR(static_cast<double>(numAbove), kNumNodes * share,
                5 * std::sqrt(kNumNodes * share) + 1)
        << least;
  }
}

TEST(BarabasiAlbertTest, WrongArgumentsAreRefused) {
  expectInvalid([] { barabasiAlbert(10, 0); }, "`attach` must be at least 1, but is 0");
  expectInvalid([] { barabasiAlbert(4, 4); }, "needs more nodes than that, but `nodes` is 4");
  expectInvalid([] { barabasiAlbert(INT64_MAX, 2); }, "is too large");
  expectInvalid([] { barabasiAlbert(INT64_MAX, INT64_MAX - 1); }, "is too large");
}

TEST(RandomNetworksTest, TheSeedDecidesTheNetwork) {
  const auto make = [](std::uint64_t seed) {
    return std::pair(edgesOf(erdosRenyi(50, 0.2, Direction::Undirected, seed)),
                     edgesOf(barabasiAlbert(50, 2, seed)));
  };
  EXPECT_EQ(make(1), make(1));
  EXPECT_NE(make(1).first, make(2).first);
  EXPECT_NE(make(1).second, make(2).second);
}
