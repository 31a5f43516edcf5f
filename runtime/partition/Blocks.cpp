//===- Blocks.cpp - which rank owns which nodes -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/Blocks.h"

#include <algorithm>
#include <numeric>

namespace irh::rt::partition {

std::int64_t blockSize(std::int64_t numNodes) {
  const std::int64_t wanted = (numNodes + 255) / 256;
  return std::clamp<std::int64_t>((wanted + 7) / 8 * 8, 8, 4096);
}

int Ownership::ownerOf(std::int64_t node) const {
  // Of ranks that own nothing, several may begin at `node`; the last that does owns it.
  const auto after = std::upper_bound(firstNode.begin(), firstNode.end(), node);
  return static_cast<int>(after - firstNode.begin()) - 1;
}

Ownership assignBlocks(std::span<const std::int64_t> degrees, int numRanks) {
  const auto numNodes = static_cast<std::int64_t>(degrees.size());
  const std::int64_t size = blockSize(numNodes);
  const std::int64_t total = std::accumulate(degrees.begin(), degrees.end(), numNodes);

  Ownership ownership;
  ownership.firstNode.push_back(0);
  std::int64_t weight = 0; // of all blocks before the one at hand
  for (std::int64_t first = 0; first < numNodes; first += size) {
    // Rank r begins at the first block with r / numRanks of the weight before it, or more.
    while (ownership.numRanks() + 1 < numRanks &&
           static_cast<__int128>(weight) * numRanks >=
               static_cast<__int128>(total) * (ownership.numRanks() + 1))
      ownership.firstNode.push_back(first);
    for (std::int64_t node = first; node < std::min(first + size, numNodes); ++node)
      weight += 1 + degrees[static_cast<std::size_t>(node)];
  }
  while (ownership.numRanks() < numRanks)
    ownership.firstNode.push_back(numNodes);
  return ownership;
}

} // namespace irh::rt::partition
