//===- SweepResults.cpp - what the points of a sweep come to -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/SweepResults.h"

#include <cstring>

using irh::rt::program::Context;
using irh::rt::reduce::Accumulator;

namespace irh::abi {

static bool givesReal(Reduction reduction) {
  return reduction == Reduction::SumReal || reduction == Reduction::MinReal ||
         reduction == Reduction::MaxReal;
}

void startReductions(Context &context, std::span<const std::int32_t> reductions) {
  for (irh_accumulator &accumulator : context.accumulators) {
    if (accumulator.reductions.size() < reductions.size())
      accumulator.reductions.resize(reductions.size());
    for (std::size_t i = 0; i < reductions.size(); ++i)
      accumulator.reductions[i].reset(static_cast<Reduction>(reductions[i]));
  }
}

void addValues(Accumulator &into, const std::byte *values, std::size_t count) {
  if (givesReal(into.kind) || into.kind == Reduction::NotFinite)
    into.addReals({reinterpret_cast<const double *>(values), count});
  else
    into.addInts({reinterpret_cast<const std::int64_t *>(values), count});
}

/// Merges what the threads have, then what the ranks have.
static std::span<Accumulator> combine(Context &context, std::size_t numReductions) {
  const std::span<Accumulator> total(context.accumulators[0].reductions.data(), numReductions);
  for (int thread = 1; thread < context.team.size(); ++thread)
    for (std::size_t i = 0; i < numReductions; ++i)
      total[i].merge(context.accumulators[static_cast<std::size_t>(thread)].reductions[i]);
  rt::reduce::combineRanks(total, context.comm);
  return total;
}

void storeResults(Context &context, std::size_t numReductions, std::byte *results) {
  if (numReductions == 0)
    return;
  for (const Accumulator &total : combine(context, numReductions)) {
    const double real = givesReal(total.kind) ? total.real() : 0;
    const std::int64_t whole = givesReal(total.kind) ? 0 : total.wholeNumber();
    std::memcpy(results, givesReal(total.kind) ? static_cast<const void *>(&real) : &whole, 8);
    results += 8;
  }
}

} // namespace irh::abi
