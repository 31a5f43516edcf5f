//===- DrawsTest.cpp - random numbers as a pure function of their key -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/random/Draws.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

using namespace irh::rt::random;

/// The third counter word holds ordinal and slot.
static Words drawAt(const Words &counter, const Stream &stream) {
  return draw(stream, {.a = counter[0],
                       .b = counter[1],
                       .ordinal = static_cast<std::uint32_t>(counter[2] >> 32),
                       .slot = static_cast<std::uint32_t>(counter[2]),
                       .step = counter[3]});
}

// The known answers of Random123's own tests, kat_vectors, "philox4x64 10".
TEST(DrawsTest, AreThoseOfPhilox) {
  const std::uint64_t ones = ~std::uint64_t{0};
  EXPECT_EQ(drawAt({0, 0, 0, 0}, {0, 0}), (Words{0x16554d9eca36314c, 0xdb20fe9d672d0fdc,
                                                 0xd7e772cee186176b, 0x7e68b68aec7ba23b}));
  EXPECT_EQ(
      drawAt({ones, ones, ones, ones}, {ones, ones}),
      (Words{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}));
  EXPECT_EQ(
      drawAt({0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89},
             {0x452821e638d01377, 0xbe5466cf34e90c6c}),
      (Words{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}));
}

TEST(DrawsTest, StreamsAreHashedByFnv1a) {
  EXPECT_EQ(hashName(""), 0xcbf29ce484222325u);
  EXPECT_EQ(hashName("a"), 0xaf63dc4c8601ec8cu);
  EXPECT_EQ(hashName("foobar"), 0x85944171f73967e8u);
}

TEST(DrawsTest, UniformStaysBelowOne) {
  const std::uint64_t ones = ~std::uint64_t{0};
  EXPECT_EQ(uniform({0, 0, 0, 0}), 0.0);
  EXPECT_EQ(uniform({ones, 0, 0, 0}), 1 - 0x1p-53);
}

TEST(DrawsTest, NormalIsFiniteAtBothEnds) {
  const std::uint64_t ones = ~std::uint64_t{0};
  EXPECT_EQ(normal({ones, 0, 0, 0}), 0.0);
  EXPECT_NEAR(normal({0, 0, 0, 0}), std::sqrt(2 * 53 * std::log(2.0)), 1e-14);
}

// Sample moments of n draws lie within 5 standard errors of the true ones: deviation/sqrt(n) for
// the mean, sqrt((fourth - 1)/n) for the variance of a variate of deviation 1.
TEST(DrawsTest, MomentsAreRight) {
  constexpr int kNumDraws = 100000;
  const Stream stream = makeStream(42, "x.0");
  double sums[4] = {};
  for (std::uint64_t point = 0; point < kNumDraws; ++point) {
    const Words words = draw(stream, {.a = point});
    const double u = (uniform(words) - 0.5) * std::sqrt(12.0);
    const double g = normal(words);
    sums[0] += u;
    sums[1] += u * u;
    sums[2] += g;
    sums[3] += g * g;
  }
  const double error = 5 / std::sqrt(kNumDraws);
  EXPECT_NEAR(sums[0] / kNumDraws, 0, error);
  EXPECT_NEAR(sums[1] / kNumDraws, 1, error * std::sqrt(1.8 - 1));
  EXPECT_NEAR(sums[2] / kNumDraws, 0, error);
  EXPECT_NEAR(sums[3] / kNumDraws, 1, error * std::sqrt(3.0 - 1));
}
