//===- ExactSum.h - sums that no grouping or order can change ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REDUCE_EXACTSUM_H
#define IRH_RUNTIME_REDUCE_EXACTSUM_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace irh::rt::reduce {

/// The exact sum of any number of doubles, as one long fixed-point number.
///
/// Limb i counts multiples of 2^(32 i - 1074). Limbs have 64 bits, so each holds the sum of many
/// 53-bit pieces before a carry has to move. Infinities and NaN are remembered beside it.
///
/// Determinism  bitwise: the value depends on the multiset of numbers added, on nothing else.
/// Source       R. Neal, "Fast exact summation using small and large superaccumulators",
///              arXiv:1505.05571, section 3. Deviation: batches of values are first split
///              against constants (ExactSumBatch.cpp), which touches limbs far less often.
class ExactSum {
public:
  /// 2^1024 is bit 2098, in limb 65; two more hold the carries of 2^63 such numbers.
  static constexpr int kNumLimbs = 68;

  /// Adds one value. Cost: about 3 ns.
  void add(double value);

  /// Adds many. Cost: below 1 ns a value if the magnitudes in each run of 256 lie within 2^39 of
  /// each other, and as much again for each further 2^92.
  void add(std::span<const double> values);

  /// Adds what another has summed.
  void add(const ExactSum &other);

  /// The sum, rounded once: to nearest, ties to even; infinite if it is too large for a double;
  /// NaN if any value was, or if infinities of both signs were. A sum of zeros is +0.
  double round() const;

  /// Back to the empty sum.
  void clear();

private:
  static constexpr int kMaxAddsBetweenCarries = 1024; // each adds less than 2^52 to a limb

  using Limbs = std::array<std::int64_t, kNumLimbs>;

  void addBlock(std::span<const double> values);
  void addEach(std::span<const double> values);
  void addFinite(std::uint64_t bits, int exponent);
  void addNotFinite(double value);
  void moveCarries();

  Limbs limbs = {};
  int low = kNumLimbs; ///< All limbs below are 0.
  int high = 0;        ///< All limbs from here on are 0.
  int numAdds = 0;     ///< Since carries last moved.
  bool hasNan = false;
  bool hasPlusInfinity = false;
  bool hasMinusInfinity = false;
};

} // namespace irh::rt::reduce

#endif // IRH_RUNTIME_REDUCE_EXACTSUM_H
