//===- Blocks.h - which rank owns which nodes -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PARTITION_BLOCKS_H
#define IRH_RUNTIME_PARTITION_BLOCKS_H

#include <cstdint>
#include <span>
#include <vector>

namespace irh::rt::partition {

/// Nodes of a block: a multiple of 8 that depends on the number of nodes alone, about a 256th of
/// them, from 8 to 4096.
std::int64_t blockSize(std::int64_t numNodes);

/// Rank r owns the nodes [firstNode[r], firstNode[r + 1]), whole blocks; perhaps none.
struct Ownership {
  std::vector<std::int64_t> firstNode;

  int numRanks() const { return static_cast<int>(firstNode.size()) - 1; }
  int ownerOf(std::int64_t node) const;
};

/// Gives each rank a run of blocks with about the same number of nodes and neighbors together.
///
/// Shape        `degrees` has an entry for each node.
/// Determinism  depends on the degrees and the number of ranks alone.
Ownership assignBlocks(std::span<const std::int64_t> degrees, int numRanks);

} // namespace irh::rt::partition

#endif // IRH_RUNTIME_PARTITION_BLOCKS_H
