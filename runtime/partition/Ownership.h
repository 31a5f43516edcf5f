//===- Ownership.h - which rank owns which nodes ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PARTITION_OWNERSHIP_H
#define IRH_RUNTIME_PARTITION_OWNERSHIP_H

#include <cstdint>
#include <span>
#include <vector>

namespace irh::rt::partition {

/// The nodes stand in an order, and rank r owns those at positions [first[r], first[r + 1]);
/// perhaps none.
struct Ownership {
  std::vector<std::int64_t> first;
  std::vector<std::int64_t> nodeAt = {}; ///< By position; empty where a node is its own position.
  std::vector<std::int32_t> rankOf = {}; ///< By node; empty with `nodeAt`.

  bool isScattered() const { return !nodeAt.empty(); }
  int numRanks() const { return static_cast<int>(first.size()) - 1; }
  int ownerOf(std::int64_t node) const;

  /// The nodes of a rank in its order; of a scattered ownership alone.
  std::span<const std::int64_t> nodesOf(int rank) const;
};

/// An ownership of nodes in this order.
Ownership inOrder(std::vector<std::int64_t> first, std::vector<std::int64_t> nodeAt);

/// An ownership of nodes whose ranks these are; each rank's are in the order of their ids.
Ownership byRank(std::vector<std::int32_t> ranks, int numRanks);

} // namespace irh::rt::partition

#endif // IRH_RUNTIME_PARTITION_OWNERSHIP_H
