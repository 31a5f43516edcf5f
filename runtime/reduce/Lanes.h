//===- Lanes.h - eight doubles at a time ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Vectors of the compiler: on any target they become the widest registers there are. They never
// pass a function that is not inlined, since how they would be passed depends on the target.

#ifndef IRH_RUNTIME_REDUCE_LANES_H
#define IRH_RUNTIME_REDUCE_LANES_H

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace irh::rt::reduce {

inline constexpr std::size_t kNumLanes = 8;
using Lanes = double __attribute__((vector_size(kNumLanes * sizeof(double))));
using LaneBits = std::int64_t __attribute__((vector_size(kNumLanes * sizeof(double))));

inline __attribute__((always_inline)) Lanes loadLanes(const double *values) {
  Lanes lanes;
  std::memcpy(&lanes, values, sizeof lanes);
  return lanes;
}

/// The same value in all lanes. Taking a zero away keeps the sign of a zero; adding one doesn't.
inline __attribute__((always_inline)) Lanes spreadLanes(double value) { return value - Lanes{}; }

} // namespace irh::rt::reduce

#endif // IRH_RUNTIME_REDUCE_LANES_H
