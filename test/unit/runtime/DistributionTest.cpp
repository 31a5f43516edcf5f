//===- DistributionTest.cpp - draws are evenly and normally distributed, and independent ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Bounds are passed by chance with the probability that stands beside them; seeds are fixed.

#include "runtime/random/Draws.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numbers>
#include <vector>

using namespace irh::rt::random;

static constexpr std::uint64_t kNumDraws = 200'000;

static const Stream kStream = makeStream(2024, "x.0");

static Key keyOfPoint(std::uint64_t point) { return {.a = point}; }
static Key keyOfEdge(std::uint64_t edge) { return {.a = edge / 450, .b = edge % 450}; }
static Key keyOfStep(std::uint64_t step) { return {.a = 7, .step = step}; }
static Key keyOfOrdinal(std::uint64_t ordinal) {
  return {.a = 7, .b = 9, .ordinal = static_cast<std::uint32_t>(ordinal)};
}

static double normalCdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

/// The largest distance of the sample's distribution function from `cdf`, times the root of its
/// size: above 2.7 once in 2 exp(-2 * 2.7^2) = 1e-6 times.
static double kolmogorov(std::vector<double> sample, const std::function<double(double)> &cdf) {
  std::sort(sample.begin(), sample.end());
  const auto size = static_cast<double>(sample.size());
  double distance = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double wanted = cdf(sample[i]);
    distance = std::max({distance, static_cast<double>(i + 1) / size - wanted,
                         wanted - static_cast<double>(i) / size});
  }
  return distance * std::sqrt(size);
}

class DistributionTest : public testing::TestWithParam<Key (*)(std::uint64_t)> {};

// Whatever counts: points, edges, steps or parallel edges.
TEST_P(DistributionTest, UniformIsEven) {
  std::vector<double> sample;
  for (std::uint64_t i = 0; i < kNumDraws; ++i)
    sample.push_back(uniform(draw(kStream, GetParam()(i))));
  EXPECT_LT(kolmogorov(sample, [](double x) { return x; }), 2.7);
}

TEST_P(DistributionTest, NormalIsNormal) {
  std::vector<double> sample;
  for (std::uint64_t i = 0; i < kNumDraws; ++i)
    sample.push_back(normal(draw(kStream, GetParam()(i))));
  EXPECT_LT(kolmogorov(sample, normalCdf), 2.7);
}

// Of the normal variates about 6.3e-5 lie beyond 4: 12.6 of 200 000, deviation 3.6; above 33 or
// none once in 3e5 times.
TEST_P(DistributionTest, NormalHasItsTails) {
  int numFar = 0;
  for (std::uint64_t i = 0; i < kNumDraws; ++i)
    numFar += std::abs(normal(draw(kStream, GetParam()(i)))) > 4 ? 1 : 0;
  EXPECT_GT(numFar, 0);
  EXPECT_LT(numFar, 33);
}

/// Chi squared of pairs in 16 x 16 squares; 255 degrees of freedom, so 255 with deviation 22.6:
/// above 390 once in 1e-7 times or less.
static double chiSquared(const std::function<std::array<double, 2>(std::uint64_t)> &pair) {
  constexpr std::size_t kSide = 16;
  std::array<std::array<double, kSide>, kSide> counts = {};
  for (std::uint64_t i = 0; i < kNumDraws; ++i) {
    const auto [u, v] = pair(i);
    ++counts[static_cast<std::size_t>(u * kSide)][static_cast<std::size_t>(v * kSide)];
  }
  const double expected = static_cast<double>(kNumDraws) / (kSide * kSide);
  double sum = 0;
  for (const auto &row : counts)
    for (const double count : row)
      sum += (count - expected) * (count - expected) / expected;
  return sum;
}

// A draw tells nothing about the next one: of the next point, edge, step or parallel edge.
TEST_P(DistributionTest, NextDrawIsIndependent) {
  auto pair = [&](std::uint64_t i) -> std::array<double, 2> {
    return {uniform(draw(kStream, GetParam()(2 * i))),
            uniform(draw(kStream, GetParam()(2 * i + 1)))};
  };
  EXPECT_LT(chiSquared(pair), 390);
}

INSTANTIATE_TEST_SUITE_P(Keys, DistributionTest,
                         testing::Values(keyOfPoint, keyOfEdge, keyOfStep, keyOfOrdinal));

/// Of two streams or keys at the same point.
static double chiSquaredOf(const Stream &first, const Stream &second, const Key &shift) {
  return chiSquared([&](std::uint64_t i) -> std::array<double, 2> {
    Key key = shift;
    key.a += i;
    return {uniform(draw(first, {.a = i})), uniform(draw(second, key))};
  });
}

TEST(IndependenceTest, StreamsOfOneFieldAreIndependent) {
  EXPECT_LT(chiSquaredOf(kStream, makeStream(2024, "x.1"), {}), 390);
}

TEST(IndependenceTest, StreamsOfTwoFieldsAreIndependent) {
  EXPECT_LT(chiSquaredOf(kStream, makeStream(2024, "y.0"), {}), 390);
}

TEST(IndependenceTest, SeedsAreIndependent) {
  EXPECT_LT(chiSquaredOf(kStream, makeStream(2025, "x.0"), {}), 390);
}

TEST(IndependenceTest, StepsAreIndependent) {
  EXPECT_LT(chiSquaredOf(kStream, kStream, {.step = 1}), 390);
}

TEST(IndependenceTest, SlotsAreIndependent) {
  EXPECT_LT(chiSquaredOf(kStream, kStream, {.slot = 1}), 390);
}

// The two words that make a normal variate.
TEST(IndependenceTest, WordsAreIndependent) {
  EXPECT_LT(chiSquared([](std::uint64_t i) -> std::array<double, 2> {
              const Words words = draw(kStream, {.a = i});
              return {uniform(words), uniform({words[1], 0, 0, 0})};
            }),
            390);
}
