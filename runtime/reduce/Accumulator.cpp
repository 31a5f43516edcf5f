//===- Accumulator.cpp - what one thread of a sweep has reduced so far ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/reduce/Accumulator.h"

#include "runtime/reduce/Lanes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace irh::rt::reduce {

using abi::Reduction;

// combineRanks sends accumulators as bytes.
static_assert(std::is_trivially_copyable_v<Accumulator>);

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

void Accumulator::reset(Reduction newKind) {
  kind = newKind;
  hasNan = false;
  integer = newKind == Reduction::MinInt   ? std::numeric_limits<std::int64_t>::max()
            : newKind == Reduction::MaxInt ? std::numeric_limits<std::int64_t>::min()
                                           : 0;
  extreme = newKind == Reduction::MinReal ? kInfinity : -kInfinity;
  sum.clear();
}

/// Whether `a` stands before `b` in an order of all numbers in which -0 is less than +0.
static bool isBefore(double a, double b) {
  return a < b || (a == b && std::signbit(a) && !std::signbit(b));
}

enum class Extreme { Least, Greatest };

template <Extreme which> static bool beats(double a, double b) {
  return which == Extreme::Least ? isBefore(a, b) : isBefore(b, a);
}

// Comparisons don't tell zeros apart, so an extreme that is a zero is looked for once more. A NaN
// compares with nothing, so only `hasNan` remembers it.
template <Extreme which>
static void takeExtreme(Accumulator &into, std::span<const double> values) {
  Lanes best = spreadLanes(into.extreme);
  LaneBits isNan = {};
  std::size_t i = 0;
  for (; i + kNumLanes <= values.size(); i += kNumLanes) {
    const Lanes x = loadLanes(values.data() + i);
    const Lanes nearer = which == Extreme::Least ? (x < best ? x : best) : (x > best ? x : best);
    best = nearer;
    isNan |= x != x;
  }
  for (std::size_t lane = 0; lane < kNumLanes; ++lane) {
    into.hasNan |= isNan[lane] != 0;
    into.extreme = beats<which>(best[lane], into.extreme) ? best[lane] : into.extreme;
  }
  if (into.extreme == 0)
    i = 0;
  for (const double value : values.subspan(i)) {
    into.hasNan |= std::isnan(value);
    into.extreme = beats<which>(value, into.extreme) ? value : into.extreme;
  }
}

// Zero times a finite number is a zero; times anything else it is NaN.
static bool anyNotFinite(std::span<const double> values) {
  double lanes[8] = {};
  std::size_t i = 0;
  for (; i + 8 <= values.size(); i += 8)
    for (std::size_t lane = 0; lane < 8; ++lane)
      lanes[lane] += values[i + lane] * 0.0;
  for (; i < values.size(); ++i)
    lanes[0] += values[i] * 0.0;
  return std::any_of(std::begin(lanes), std::end(lanes), [](double x) { return std::isnan(x); });
}

void Accumulator::addReals(std::span<const double> values) {
  switch (kind) {
  case Reduction::SumReal:
    return sum.add(values);
  case Reduction::MinReal:
    return takeExtreme<Extreme::Least>(*this, values);
  case Reduction::MaxReal:
    return takeExtreme<Extreme::Greatest>(*this, values);
  default:
    hasNan |= anyNotFinite(values);
  }
}

static std::int64_t addWrapping(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

void Accumulator::addInts(std::span<const std::int64_t> values) {
  for (const std::int64_t value : values)
    integer = kind == Reduction::SumInt   ? addWrapping(integer, value)
              : kind == Reduction::MinInt ? std::min(integer, value)
                                          : std::max(integer, value);
}

void Accumulator::merge(const Accumulator &other) {
  hasNan |= other.hasNan;
  switch (kind) {
  case Reduction::SumReal:
    return sum.add(other.sum);
  case Reduction::MinReal:
  case Reduction::MaxReal:
    return addReals({&other.extreme, 1});
  case Reduction::SumInt:
  case Reduction::MinInt:
  case Reduction::MaxInt:
    return addInts({&other.integer, 1});
  case Reduction::NotFinite:
    return;
  }
}

double Accumulator::real() const {
  if (kind == Reduction::SumReal)
    return sum.round();
  return hasNan ? std::numeric_limits<double>::quiet_NaN() : extreme;
}

std::int64_t Accumulator::wholeNumber() const {
  return kind == Reduction::NotFinite ? hasNan : integer;
}

void combineRanks(std::span<Accumulator> accumulators, Communicator &comm) {
  if (comm.size() == 1)
    return;
  comm.allreduce(std::as_writable_bytes(accumulators),
                 [](std::byte *into, const std::byte *from, std::size_t size) {
                   auto *mine = reinterpret_cast<Accumulator *>(into);
                   auto *theirs = reinterpret_cast<const Accumulator *>(from);
                   for (std::size_t i = 0; i < size / sizeof(Accumulator); ++i)
                     mine[i].merge(theirs[i]);
                 });
}

} // namespace irh::rt::reduce
