//===- Accumulator.h - what one thread of a sweep has reduced so far --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REDUCE_ACCUMULATOR_H
#define IRH_RUNTIME_REDUCE_ACCUMULATOR_H

#include "runtime/abi/Abi.h"
#include "runtime/core/Communicator.h"
#include "runtime/reduce/ExactSum.h"

#include <span>
#include <vector>

namespace irh::rt::reduce {

/// One reduction. Which members count depends on `kind`.
///
/// Determinism  bitwise: the result depends on the multiset of values alone. NaN wins over any
///              number in min and max; -0 is less than +0; integer sums wrap.
struct Accumulator {
  abi::Reduction kind = abi::Reduction::SumReal;
  bool hasNan = false;      ///< MinReal, MaxReal; NotFinite: any value was not finite.
  std::int64_t integer = 0; ///< SumInt, MinInt, MaxInt.
  double extreme = 0;       ///< MinReal, MaxReal.
  ExactSum sum;             ///< SumReal.

  /// Starts anew as a reduction of this kind, at its neutral element.
  void reset(abi::Reduction newKind);
  void addReals(std::span<const double> values);
  void addInts(std::span<const std::int64_t> values);
  /// Takes in what another of the same kind has reduced.
  void merge(const Accumulator &other);

  double real() const;              ///< Result of SumReal, MinReal, MaxReal.
  std::int64_t wholeNumber() const; ///< Result of SumInt, MinInt, MaxInt, NotFinite.
};

/// Combines the accumulators of all ranks, in one message up and one down a tree.
///
/// Collective   with the same kinds on every rank.
/// Cost         free on one rank.
/// Determinism  bitwise.
/// Errors       Aborted.
void combineRanks(std::span<Accumulator> accumulators, Communicator &comm);

} // namespace irh::rt::reduce

/// One thread's accumulators of one sweep; generated code knows only its address.
struct irh_accumulator {
  std::vector<irh::rt::reduce::Accumulator> reductions;
};

#endif // IRH_RUNTIME_REDUCE_ACCUMULATOR_H
