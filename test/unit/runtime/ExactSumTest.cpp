//===- ExactSumTest.cpp - sums that no grouping or order can change ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/reduce/ExactSum.h"
#include "runtime/core/LocalWorld.h"
#include "runtime/reduce/Accumulator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <vector>

using irh::abi::Reduction;
using irh::rt::Communicator;
using irh::rt::runLocalWorld;
using irh::rt::reduce::Accumulator;
using irh::rt::reduce::ExactSum;

namespace {

using Values = std::vector<double>;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLargest = std::numeric_limits<double>::max();
constexpr double kSmallest = std::numeric_limits<double>::denorm_min();

/// Another way to the same number: parts that do not overlap, of increasing magnitude, summed from
/// the top, with the last tie broken by the sign of what is left. J. Shewchuk, "Adaptive precision
/// floating-point arithmetic", 1997, as in CPython's math.fsum. For sums that stay finite.
double oracleSum(const Values &values) {
  Values parts;
  for (double x : values) {
    Values kept;
    for (double y : parts) {
      if (std::abs(x) < std::abs(y))
        std::swap(x, y);
      const double high = x + y;
      const double low = y - (high - x);
      if (low != 0)
        kept.push_back(low);
      x = high;
    }
    kept.push_back(x);
    parts = std::move(kept);
  }
  double high = 0;
  double low = 0;
  while (!parts.empty() && low == 0) {
    const double x = high;
    const double y = parts.back();
    parts.pop_back();
    high = x + y;
    low = y - (high - x);
  }
  if (!parts.empty() && ((low < 0) == (parts.back() < 0))) {
    const double doubled = low * 2;
    const double x = high + doubled;
    if (doubled == x - high)
      high = x;
  }
  return high;
}

double sumOneByOne(std::span<const double> values) {
  ExactSum sum;
  for (const double value : values)
    sum.add(value);
  return sum.round();
}

double sumInBatches(std::span<const double> values, std::size_t batch) {
  ExactSum total;
  while (!values.empty()) {
    const std::size_t size = std::min(batch, values.size());
    ExactSum part;
    part.add(values.first(size));
    total.add(part);
    values = values.subspan(size);
  }
  return total.round();
}

std::uint64_t bitsOf(double value) { return std::bit_cast<std::uint64_t>(value); }

/// Normal variates times 2^(spread * another).
Values randomValues(std::size_t count, double spread, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  Values values(count);
  for (double &value : values) {
    value = normal(engine);
    value = std::ldexp(value, static_cast<int>(spread * normal(engine)));
  }
  return values;
}

} // namespace

TEST(ExactSumTest, IsTheCorrectlyRoundedSumInAnyOrderAndGrouping) {
  std::mt19937_64 engine(7);
  for (const std::size_t count : {1u, 2u, 7u, 8u, 9u, 255u, 256u, 257u, 1000u, 10007u})
    for (const double spread : {0.0, 1.0, 10.0, 60.0, 250.0}) {
      Values values = randomValues(count, spread, count);
      const double expected = oracleSum(values);
      for (int shuffle = 0; shuffle < 4; ++shuffle) {
        ASSERT_EQ(bitsOf(sumOneByOne(values)), bitsOf(expected)) << count << " " << spread;
        for (const std::size_t batch : {1u, 5u, 64u, 100u, 256u, 4096u})
          ASSERT_EQ(bitsOf(sumInBatches(values, batch)), bitsOf(expected))
              << count << " values, spread " << spread << ", in batches of " << batch;
        std::shuffle(values.begin(), values.end(), engine);
      }
    }
}

// Sums that cancel to almost nothing show every bit that is lost on the way.
TEST(ExactSumTest, KeepsWhatCancellationLeaves) {
  for (const double spread : {1.0, 60.0, 250.0}) {
    Values values = randomValues(1000, spread, 3);
    for (std::size_t i = 0; i < 1000; ++i)
      values.push_back(-values[i]);
    values.push_back(1e-300);
    std::shuffle(values.begin(), values.end(), std::mt19937_64(5));
    EXPECT_EQ(sumInBatches(values, 256), 1e-300);
    EXPECT_EQ(sumOneByOne(values), 1e-300);
  }
}

// 256 values of one sign and nearly one size make the largest sum that a batch must hold exactly.
TEST(ExactSumTest, HoldsTheLargestSumOfABatch) {
  std::mt19937_64 engine(9);
  std::uniform_real_distribution<double> uniform(1.9, 2);
  for (int round = 0; round < 50; ++round) {
    Values values(256);
    for (double &value : values)
      value = round % 2 == 0 ? uniform(engine) : -uniform(engine);
    EXPECT_EQ(sumInBatches(values, 256), oracleSum(values));
  }
}

TEST(ExactSumTest, RoundsTiesToEven) {
  EXPECT_EQ(sumOneByOne(Values{1, 0x1p-53}), 1);
  EXPECT_EQ(sumOneByOne(Values{1 + 0x1p-52, 0x1p-53}), 1 + 0x1p-51);
  EXPECT_EQ(sumOneByOne(Values{1, 0x1p-53, kSmallest}), 1 + 0x1p-52) << "just above the tie";
  EXPECT_EQ(sumOneByOne(Values{-1, -0x1p-53, -kSmallest}), -1 - 0x1p-52);
  EXPECT_EQ(sumOneByOne(Values{1, 0x1p-53, -kSmallest}), 1) << "just below it";
}

TEST(ExactSumTest, HandlesBothEndsOfTheRange) {
  EXPECT_EQ(sumOneByOne(Values{kSmallest, kSmallest}), 2 * kSmallest);
  EXPECT_EQ(sumOneByOne(Values{0x1p-1022, -kSmallest}), 0x1p-1022 - kSmallest);
  EXPECT_EQ(sumOneByOne(Values{kLargest, kLargest}), kInfinity) << "too large for a double";
  EXPECT_EQ(sumOneByOne(Values{kLargest, kLargest, -kLargest}), kLargest) << "but not for the sum";
  const Values tiny(1000, kSmallest);
  EXPECT_EQ(sumInBatches(tiny, 256), 1000 * kSmallest);
  const Values huge(1000, -kLargest);
  EXPECT_EQ(sumInBatches(huge, 256), -kInfinity);
  Values both(512, kLargest);
  std::fill(both.begin() + 256, both.end(), -kLargest);
  both.push_back(kSmallest);
  EXPECT_EQ(sumInBatches(both, 100), kSmallest);
}

TEST(ExactSumTest, InfinitiesAndNanAreRemembered) {
  for (const std::size_t count : {1u, 16u, 300u}) {
    Values values(count, 1.0);
    values.back() = kInfinity;
    EXPECT_EQ(sumInBatches(values, 256), kInfinity);
    values.front() = -kInfinity;
    if (count > 1)
      EXPECT_TRUE(std::isnan(sumInBatches(values, 256))) << "infinities of both signs";
    values.back() = kNan;
    EXPECT_TRUE(std::isnan(sumInBatches(values, 256)));
    values.assign(count, 0.0);
    values.back() = kNan;
    EXPECT_TRUE(std::isnan(sumInBatches(values, 256))) << "among zeros";
  }
}

TEST(ExactSumTest, ZerosSumToPlusZero) {
  EXPECT_EQ(bitsOf(sumOneByOne({})), bitsOf(0.0));
  EXPECT_EQ(bitsOf(sumOneByOne(Values{-0.0})), bitsOf(0.0));
  EXPECT_EQ(bitsOf(sumInBatches(Values(300, -0.0), 256)), bitsOf(0.0));
  EXPECT_EQ(bitsOf(sumOneByOne(Values{1.5, -1.5})), bitsOf(0.0));
}

TEST(ExactSumTest, ManyEqualValuesCarryFar) {
  const double value = 1 - 0x1p-53;
  ExactSum sum;
  for (int i = 0; i < 1 << 20; ++i)
    sum.add(-value);
  EXPECT_EQ(sum.round(), -value * (1 << 20));
  for (int i = 0; i < 30; ++i) {
    const ExactSum same = sum;
    sum.add(same);
  }
  EXPECT_EQ(sum.round(), -value * 0x1p50);
  sum.clear();
  EXPECT_EQ(sum.round(), 0);
}

namespace {

double reduceReals(Reduction kind, std::span<const double> values, std::size_t batch) {
  Accumulator total;
  total.reset(kind);
  while (!values.empty()) {
    const std::size_t size = std::min(batch, values.size());
    Accumulator part;
    part.reset(kind);
    part.addReals(values.first(size));
    total.merge(part);
    values = values.subspan(size);
  }
  return total.real();
}

std::int64_t reduceInts(Reduction kind, const std::vector<std::int64_t> &values) {
  Accumulator total;
  total.reset(kind);
  total.addInts(values);
  return total.wholeNumber();
}

} // namespace

TEST(AccumulatorTest, MinAndMaxFindTheExtremes) {
  for (const std::size_t count : {1u, 7u, 8u, 100u, 1000u}) {
    const Values values = randomValues(count, 10, count);
    for (const std::size_t batch : {1u, 9u, 256u}) {
      EXPECT_EQ(reduceReals(Reduction::MinReal, values, batch),
                *std::min_element(values.begin(), values.end()));
      EXPECT_EQ(reduceReals(Reduction::MaxReal, values, batch),
                *std::max_element(values.begin(), values.end()));
    }
  }
}

TEST(AccumulatorTest, MinAndMaxOfNothingAreInfinite) {
  EXPECT_EQ(reduceReals(Reduction::MinReal, {}, 1), kInfinity);
  EXPECT_EQ(reduceReals(Reduction::MaxReal, {}, 1), -kInfinity);
  EXPECT_EQ(reduceInts(Reduction::MinInt, {}), INT64_MAX);
  EXPECT_EQ(reduceInts(Reduction::MaxInt, {}), INT64_MIN);
}

TEST(AccumulatorTest, NanWinsWhereverItStands) {
  for (std::size_t position = 0; position < 20; ++position) {
    Values values(20, 1.0);
    values[position] = kNan;
    for (const std::size_t batch : {3u, 20u}) {
      EXPECT_TRUE(std::isnan(reduceReals(Reduction::MinReal, values, batch)));
      EXPECT_TRUE(std::isnan(reduceReals(Reduction::MaxReal, values, batch)));
    }
  }
}

TEST(AccumulatorTest, ZerosOfBothSignsAreToldApartInAnyOrder) {
  for (std::size_t position = 0; position < 20; ++position)
    for (const std::size_t batch : {1u, 7u, 20u}) {
      Values values(20, 0.0);
      values[position] = -0.0;
      EXPECT_EQ(bitsOf(reduceReals(Reduction::MinReal, values, batch)), bitsOf(-0.0));
      EXPECT_EQ(bitsOf(reduceReals(Reduction::MaxReal, values, batch)), bitsOf(0.0));
      values.assign(20, -0.0);
      EXPECT_EQ(bitsOf(reduceReals(Reduction::MaxReal, values, batch)), bitsOf(-0.0));
      values[position] = 0.0;
      EXPECT_EQ(bitsOf(reduceReals(Reduction::MaxReal, values, batch)), bitsOf(0.0));
    }
}

TEST(AccumulatorTest, IntegerSumsWrap) {
  EXPECT_EQ(reduceInts(Reduction::SumInt, {1, -5, 7}), 3);
  EXPECT_EQ(reduceInts(Reduction::SumInt, {INT64_MAX, 1}), INT64_MIN);
  EXPECT_EQ(reduceInts(Reduction::MinInt, {3, -4, 5}), -4);
  EXPECT_EQ(reduceInts(Reduction::MaxInt, {3, -4, 5}), 5);
}

TEST(AccumulatorTest, NotFiniteSeesEveryPosition) {
  for (const double bad : {kNan, kInfinity, -kInfinity})
    for (std::size_t position = 0; position < 20; ++position) {
      Values values(20, kLargest);
      Accumulator accumulator;
      accumulator.reset(Reduction::NotFinite);
      accumulator.addReals(values);
      EXPECT_EQ(accumulator.wholeNumber(), 0);
      values[position] = bad;
      accumulator.addReals(values);
      EXPECT_EQ(accumulator.wholeNumber(), 1);
    }
}

TEST(AccumulatorTest, RanksGiveTheBitsOfOne) {
  const Values values = randomValues(1000, 40, 11);
  const double expected = oracleSum(values);
  for (const int numRanks : {1, 2, 3, 5})
    runLocalWorld(numRanks, [&](Communicator &comm) {
      std::vector<Accumulator> mine(2);
      mine[0].reset(Reduction::SumReal);
      mine[1].reset(Reduction::MaxReal);
      for (auto i = static_cast<std::size_t>(comm.rank()); i < values.size();
           i += static_cast<std::size_t>(numRanks))
        for (Accumulator &accumulator : mine)
          accumulator.addReals({&values[i], 1});
      combineRanks(mine, comm);
      EXPECT_EQ(bitsOf(mine[0].real()), bitsOf(expected));
      EXPECT_EQ(mine[1].real(), *std::max_element(values.begin(), values.end()));
    });
}
