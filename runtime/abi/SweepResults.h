//===- SweepResults.h - what the points of a sweep come to -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_ABI_SWEEPRESULTS_H
#define IRH_RUNTIME_ABI_SWEEPRESULTS_H

#include "runtime/program/Context.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace irh::abi {

/// Every accumulator is empty, for these Reductions.
void startReductions(rt::program::Context &context, std::span<const std::int32_t> reductions);

/// Adds `count` values of 8 bytes each.
void addValues(rt::reduce::Accumulator &into, const std::byte *values, std::size_t count);

/// Puts what all threads of all ranks have added into `results`, 8 bytes for each reduction.
/// Collective, if there are any reductions.
void storeResults(rt::program::Context &context, std::size_t numReductions, std::byte *results);

} // namespace irh::abi

#endif // IRH_RUNTIME_ABI_SWEEPRESULTS_H
