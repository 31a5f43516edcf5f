//===- ExactSum.cpp - sums that no grouping or order can change -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/reduce/ExactSum.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace irh::rt::reduce {

static constexpr int kExponentOfNotFinite = 2047;
static constexpr std::uint64_t kMantissaMask = (std::uint64_t{1} << 52) - 1;
static constexpr std::int64_t kLowHalf = 0xffffffff;

void ExactSum::add(double value) {
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(value);
  const int exponent = static_cast<int>(bits >> 52) & kExponentOfNotFinite;
  if (exponent == kExponentOfNotFinite)
    addNotFinite(value);
  else if (bits << 1 != 0)
    addFinite(bits, exponent);
}

void ExactSum::addNotFinite(double value) {
  hasNan |= std::isnan(value);
  hasPlusInfinity |= value > 0;
  hasMinusInfinity |= value < 0;
}

// The 53-bit mantissa, moved up by less than 32 bits, spans two limbs: the lower takes its low 32
// bits, the upper the rest, below 2^52.
void ExactSum::addFinite(std::uint64_t bits, int exponent) {
  if (numAdds == kMaxAddsBetweenCarries)
    moveCarries();
  ++numAdds;
  const std::uint64_t mantissa = bits & kMantissaMask;
  const std::uint64_t whole = exponent == 0 ? mantissa : mantissa | (kMantissaMask + 1);
  const int position = exponent == 0 ? 0 : exponent - 1; // in bits of 2^-1074
  const int limb = position / 32;
  const int shift = position % 32;
  const auto lower = static_cast<std::int64_t>((whole << shift) & kLowHalf);
  const auto upper = static_cast<std::int64_t>(whole >> (32 - shift));
  const bool isNegative = bits >> 63 != 0;
  limbs[limb] += isNegative ? -lower : lower;
  limbs[limb + 1] += isNegative ? -upper : upper;
  low = std::min(low, limb);
  high = std::max(high, limb + 2);
}

void ExactSum::add(const ExactSum &other) {
  // A limb holds less than 2^32 here and 2^62 + 2^32 there, so adding cannot overflow; moving the
  // carries of the sum keeps that true.
  moveCarries();
  for (int i = other.low; i < other.high; ++i)
    limbs[i] += other.limbs[i];
  low = std::min(low, other.low);
  high = std::max(high, other.high);
  moveCarries();
  hasNan |= other.hasNan;
  hasPlusInfinity |= other.hasPlusInfinity;
  hasMinusInfinity |= other.hasMinusInfinity;
}

// Leaves every limb in [0, 2^32), save the top one, which carries the sign of the whole.
void ExactSum::moveCarries() {
  numAdds = 0;
  if (low >= high)
    return;
  for (int i = low; i < high; ++i) {
    if (i + 1 == kNumLimbs)
      return;
    const std::int64_t carry = limbs[i] >> 32; // rounds down, so what stays is not negative
    if (i + 1 == high) {
      // A small top limb stays as it is: an empty or -1 limb above would only grow without end.
      if (carry == 0 || carry == -1)
        return;
      ++high;
    }
    limbs[i] &= kLowHalf;
    limbs[i + 1] += carry;
  }
}

namespace {

using Words = std::array<std::int64_t, ExactSum::kNumLimbs>;

bool bitIsSet(const Words &words, int bit) {
  return (words[static_cast<std::size_t>(bit / 32)] >> (bit % 32) & 1) != 0;
}

/// Whether any bit below `bit` is set.
bool anyBelow(const Words &words, int bit) {
  const int word = bit / 32;
  for (int i = 0; i < word; ++i)
    if (words[static_cast<std::size_t>(i)] != 0)
      return true;
  const std::int64_t mask = (std::int64_t{1} << (bit % 32)) - 1;
  return (words[static_cast<std::size_t>(word)] & mask) != 0;
}

/// The `count` bits from `bit` upwards, as a number.
std::uint64_t bitsFrom(const Words &words, int bit, int count) {
  std::uint64_t value = 0;
  for (int i = count - 1; i >= 0; --i)
    value = (value << 1) | static_cast<std::uint64_t>(bitIsSet(words, bit + i));
  return value;
}

/// The number that `words` (each in [0, 2^32)) spell, times 2^-1074, rounded to nearest even.
double roundMagnitude(const Words &words) {
  int top = ExactSum::kNumLimbs - 1;
  while (top >= 0 && words[static_cast<std::size_t>(top)] == 0)
    --top;
  if (top < 0)
    return 0;
  const auto topWord = static_cast<std::uint64_t>(words[static_cast<std::size_t>(top)]);
  const int numBits = 32 * top + std::bit_width(topWord);
  if (numBits <= 53)
    return std::ldexp(static_cast<double>(bitsFrom(words, 0, numBits)), -1074);

  const int dropped = numBits - 53;
  std::uint64_t mantissa = bitsFrom(words, dropped, 53);
  const bool half = bitIsSet(words, dropped - 1);
  if (half && ((mantissa & 1) != 0 || anyBelow(words, dropped - 1)))
    ++mantissa;
  return std::ldexp(static_cast<double>(mantissa), dropped - 1074);
}

} // namespace

double ExactSum::round() const {
  if (hasNan || (hasPlusInfinity && hasMinusInfinity))
    return std::numeric_limits<double>::quiet_NaN();
  if (hasPlusInfinity || hasMinusInfinity)
    return hasPlusInfinity ? std::numeric_limits<double>::infinity()
                           : -std::numeric_limits<double>::infinity();
  if (low >= high)
    return 0;
  ExactSum sum = *this;
  sum.moveCarries();
  const bool isNegative = sum.limbs[sum.high - 1] < 0;
  if (isNegative)
    for (int i = sum.low; i < sum.high; ++i)
      sum.limbs[i] = -sum.limbs[i];
  // The top limb may still exceed 32 bits by its headroom; it is not negative now.
  sum.moveCarries();
  const double magnitude = roundMagnitude(sum.limbs);
  return isNegative ? -magnitude : magnitude;
}

void ExactSum::clear() {
  if (low < high)
    std::fill(limbs.begin() + low, limbs.begin() + high, 0);
  low = kNumLimbs;
  high = 0;
  numAdds = 0;
  hasNan = hasPlusInfinity = hasMinusInfinity = false;
}

} // namespace irh::rt::reduce
