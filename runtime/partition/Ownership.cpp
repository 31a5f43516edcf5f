//===- Ownership.cpp - which rank owns which nodes --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/Ownership.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace irh::rt::partition {

int Ownership::ownerOf(std::int64_t node) const {
  if (isScattered())
    return rankOf[static_cast<std::size_t>(node)];
  // Of ranks that own nothing, several may begin at `node`; the last that does owns it.
  const auto after = std::upper_bound(first.begin(), first.end(), node);
  return static_cast<int>(after - first.begin()) - 1;
}

std::span<const std::int64_t> Ownership::nodesOf(int rank) const {
  const auto begin = static_cast<std::size_t>(first[static_cast<std::size_t>(rank)]);
  const auto end = static_cast<std::size_t>(first[static_cast<std::size_t>(rank) + 1]);
  return std::span(nodeAt).subspan(begin, end - begin);
}

Ownership inOrder(std::vector<std::int64_t> first, std::vector<std::int64_t> nodeAt) {
  Ownership ownership{std::move(first), std::move(nodeAt)};
  ownership.rankOf.resize(ownership.nodeAt.size());
  for (int rank = 0; rank < ownership.numRanks(); ++rank)
    for (const std::int64_t node : ownership.nodesOf(rank))
      ownership.rankOf[static_cast<std::size_t>(node)] = rank;
  return ownership;
}

Ownership byRank(std::vector<std::int32_t> ranks, int numRanks) {
  std::vector<std::int64_t> first(static_cast<std::size_t>(numRanks) + 1);
  for (const std::int32_t rank : ranks)
    ++first[static_cast<std::size_t>(rank) + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<std::int64_t> next(first.begin(), first.end() - 1);
  std::vector<std::int64_t> nodeAt(ranks.size());
  for (std::size_t node = 0; node < ranks.size(); ++node)
    nodeAt[static_cast<std::size_t>(next[static_cast<std::size_t>(ranks[node])]++)] =
        static_cast<std::int64_t>(node);
  return {std::move(first), std::move(nodeAt), std::move(ranks)};
}

} // namespace irh::rt::partition
