//===- Limits.h - how large a network may be --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_LIMITS_H
#define IRH_RUNTIME_GRAPH_LIMITS_H

#include "runtime/core/Error.h"

#include <cstdint>
#include <limits>
#include <string>

namespace irh::rt::graph {

/// Local indices of nodes and edges have 32 bits, and one rank may hold them all.
inline constexpr std::int64_t kMostPoints = std::numeric_limits<std::int32_t>::max();

inline Error tooManyEdges(std::int64_t numEdges) {
  return invalid("a network of " + std::to_string(numEdges) + " edges is too large: at most " +
                 std::to_string(kMostPoints) + " edges fit");
}

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_LIMITS_H
