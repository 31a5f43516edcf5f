//===- Blocks.h - runs of blocks of like weight -----------------------------===//
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

/// Gives each rank a run of whole blocks with about the same number of nodes and neighbors
/// together: where each rank's run begins, and the number of nodes.
///
/// Shape        `degrees` has an entry for each node, in the order that is cut.
/// Determinism  depends on the degrees and the number of ranks alone.
std::vector<std::int64_t> cutBlocks(std::span<const std::int32_t> degrees, int numRanks);

} // namespace irh::rt::partition

#endif // IRH_RUNTIME_PARTITION_BLOCKS_H
