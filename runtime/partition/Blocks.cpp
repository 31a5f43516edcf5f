//===- Blocks.cpp - runs of blocks of like weight ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/Blocks.h"

#include <algorithm>
#include <numeric>

namespace irh::rt::partition {

std::int64_t blockSize(std::int64_t numNodes) {
  const std::int64_t wanted = (numNodes + 255) / 256;
  return std::clamp<std::int64_t>((wanted + 7) / 8 * 8, 8, 4096);
}

std::vector<std::int64_t> cutBlocks(std::span<const std::int32_t> degrees, int numRanks) {
  const auto numNodes = static_cast<std::int64_t>(degrees.size());
  const std::int64_t size = blockSize(numNodes);
  const std::int64_t total = std::accumulate(degrees.begin(), degrees.end(), numNodes);

  std::vector<std::int64_t> first = {0};
  std::int64_t weight = 0; // of all blocks before the one at hand
  for (std::int64_t node = 0; node < numNodes; node += size) {
    // Rank r begins at the first block with r / numRanks of the weight before it, or more.
    while (static_cast<int>(first.size()) < numRanks &&
           static_cast<__int128>(weight) * numRanks >=
               static_cast<__int128>(total) * static_cast<std::int64_t>(first.size()))
      first.push_back(node);
    for (std::int64_t i = node; i < std::min(node + size, numNodes); ++i)
      weight += 1 + degrees[static_cast<std::size_t>(i)];
  }
  while (static_cast<int>(first.size()) <= numRanks)
    first.push_back(numNodes);
  return first;
}

} // namespace irh::rt::partition
