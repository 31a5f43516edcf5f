//===- Draws.cpp - random numbers as a pure function of their key -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/random/Draws.h"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>

namespace irh::rt::random {

Words draw(const Stream &stream, const Key &key) {
  const std::uint64_t point = (std::uint64_t{key.ordinal} << 32) | key.slot;
  const r123::Philox4x64::ctr_type counter = {{key.a, key.b, point, key.step}};
  const r123::Philox4x64::key_type philoxKey = {{stream.seed, stream.name}};
  const r123::Philox4x64::ctr_type bits = r123::Philox4x64()(counter, philoxKey);
  return {bits[0], bits[1], bits[2], bits[3]};
}

double normal(const Words &words) {
  const double radius = static_cast<double>((words[0] >> 11) + 1) * 0x1p-53; // in (0, 1]
  const double turn = static_cast<double>(words[1] >> 11) * 0x1p-53;
  return std::sqrt(-2 * std::log(radius)) * std::cos(2 * std::numbers::pi * turn);
}

} // namespace irh::rt::random
