//===- ExactSumBatch.cpp - many values at once into an exact sum ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All of a block's values are at most 2^e. Adding and subtracting C = 1.5 * 2^(e+7) rounds a
// value x to a multiple of 2^(e-45), exactly: q = (x + C) - C, and x - q is exact too. The q of 256
// values are multiples of 2^(e-45) that sum to at most 2^(e+8), 53 bits: any order of plain
// additions is exact. The same again with the rests, 46 bits further down. What then remains,
// rarely anything, is the next block. This file must be compiled without contraction.

#include "runtime/reduce/ExactSum.h"
#include "runtime/reduce/Lanes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace irh::rt::reduce {
namespace {

constexpr std::size_t kBlock = 256;
constexpr int kStepDown = 46; ///< Bits from one level to the next.
constexpr int kLeastExponent = -900;
constexpr int kGreatestExponent = 1000;

/// The constants of two levels.
struct Splitters {
  double first;
  double second;
};

struct Levels {
  double first;
  double second;
  bool hasRest; ///< Some value has bits below both levels.
};

inline __attribute__((always_inline)) double total(const Lanes &lanes) {
  double sum = 0;
  for (std::size_t i = 0; i < kNumLanes; ++i)
    sum += lanes[i];
  return sum;
}

/// The largest magnitude; a NaN is passed over. `count` is a multiple of kNumLanes.
inline __attribute__((always_inline)) double largest(const double *values, std::size_t count) {
  Lanes most = {};
  const LaneBits magnitude = LaneBits{} + 0x7fffffffffffffff;
  for (std::size_t i = 0; i < count; i += kNumLanes) {
    const Lanes x = (Lanes)((LaneBits)loadLanes(values + i) & magnitude);
    most = x > most ? x : most;
  }
  double all = 0;
  for (std::size_t i = 0; i < kNumLanes; ++i)
    all = std::max(all, most[i]);
  return all;
}

inline __attribute__((always_inline)) Levels split(const double *values, std::size_t count,
                                                   const Splitters &splitters) {
  const Lanes upper = spreadLanes(splitters.first);
  const Lanes lower = spreadLanes(splitters.second);
  Lanes first = {};
  Lanes second = {};
  LaneBits rest = {};
  for (std::size_t i = 0; i < count; i += kNumLanes) {
    const Lanes x = loadLanes(values + i);
    const Lanes q = (x + upper) - upper;
    const Lanes r = x - q;
    const Lanes s = (r + lower) - lower;
    first += q;
    second += s;
    rest |= (LaneBits)(r - s);
  }
  std::uint64_t anyRest = 0;
  for (std::size_t i = 0; i < kNumLanes; ++i)
    anyRest |= static_cast<std::uint64_t>(rest[i]);
  return {total(first), total(second), anyRest << 1 != 0}; // a zero's sign is no rest
}

struct Passes {
  double (*largest)(const double *, std::size_t);
  Levels (*split)(const double *, std::size_t, const Splitters &);
};

double largestPlain(const double *values, std::size_t count) { return largest(values, count); }
Levels splitPlain(const double *values, std::size_t count, const Splitters &splitters) {
  return split(values, count, splitters);
}

#if defined(__x86_64__)
// The same operations in wider registers: the sums are exact, so the bits cannot differ.
__attribute__((target("avx2"))) double largestWide(const double *values, std::size_t count) {
  return largest(values, count);
}
__attribute__((target("avx2"))) Levels splitWide(const double *values, std::size_t count,
                                                 const Splitters &splitters) {
  return split(values, count, splitters);
}
Passes choosePasses() {
  return __builtin_cpu_supports("avx2") != 0 ? Passes{largestWide, splitWide}
                                             : Passes{largestPlain, splitPlain};
}
#else
Passes choosePasses() { return {largestPlain, splitPlain}; }
#endif

/// The least e with `magnitude` < 2^e, for a normal number.
int exponentAbove(double magnitude) {
  return static_cast<int>(std::bit_cast<std::uint64_t>(magnitude) >> 52) - 1022;
}

/// 1.5 * 2^exponent, for a normal number.
double oneAndAHalf(int exponent) {
  const std::uint64_t half = std::uint64_t{1} << 51;
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52 | half);
}

} // namespace

void ExactSum::addEach(std::span<const double> values) {
  for (const double value : values)
    add(value);
}

void ExactSum::addBlock(std::span<const double> values) {
  const Passes passes = choosePasses();
  std::array<double, kBlock> rests;
  for (;;) {
    const double magnitude = passes.largest(values.data(), values.size());
    const int exponent = std::max(exponentAbove(magnitude), kLeastExponent);
    if (exponent > kGreatestExponent)
      return addEach(values);
    const Splitters splitters{oneAndAHalf(exponent + 7), oneAndAHalf(exponent + 7 - kStepDown)};
    const Levels levels = passes.split(values.data(), values.size(), splitters);
    if (!std::isfinite(levels.first))
      return addEach(values);
    add(levels.first);
    add(levels.second);
    if (!levels.hasRest)
      return;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double r = values[i] - ((values[i] + splitters.first) - splitters.first);
      rests[i] = r - ((r + splitters.second) - splitters.second);
    }
    values = std::span(rests).first(values.size());
    if (exponent == kLeastExponent)
      return addEach(values);
  }
}

void ExactSum::add(std::span<const double> values) {
  while (values.size() >= kNumLanes) {
    const std::size_t size = std::min(values.size(), kBlock) / kNumLanes * kNumLanes;
    addBlock(values.first(size));
    values = values.subspan(size);
  }
  addEach(values);
}

} // namespace irh::rt::reduce
