//===- Partitioner.cpp - cuts a network into parts for ranks ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/Partitioner.h"

#include "runtime/partition/Blocks.h"

#include <cstring>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace irh::rt::partition {

Ownership byBlocks(const graph::Network &network, int numRanks) {
  if (numRanks == 1)
    return {{0, network.numNodes}};
  return {cutBlocks(graph::countDegrees(network), numRanks)};
}

/// What is left to decide once the network and the number of ranks are known.
static Method settle(Method method, const graph::Network &network, int numRanks) {
  const bool hasPositions = graph::numAxes(network) != 0;
  if (method == Method::Auto)
    return network.points && numRanks > 1 ? Method::Hilbert : Method::Blocks;
  const bool needsPositions = method == Method::Hilbert || method == Method::Bisection;
  const bool isWhole = numRanks == 1 && method != Method::Hilbert;
  // METIS writes to stdout where parts become empty.
  constexpr std::int64_t kLeastNodesOfPart = 16;
  const bool isSmall = method == Method::Metis && network.numNodes / kLeastNodesOfPart < numRanks;
  return isWhole || isSmall || (needsPositions && !hasPositions) ? Method::Blocks : method;
}

static void addInts(std::byte *into, const std::byte *from, std::size_t size) {
  for (std::size_t at = 0; at < size; at += sizeof(std::int32_t)) {
    std::int32_t a = 0;
    std::int32_t b = 0;
    std::memcpy(&a, into + at, sizeof a);
    std::memcpy(&b, from + at, sizeof b);
    a += b;
    std::memcpy(into + at, &a, sizeof a);
  }
}

/// The nodes of each rank, by id.
static Ownership groupByRank(std::span<const std::int32_t> ranks, int numRanks) {
  std::vector<std::int64_t> first(static_cast<std::size_t>(numRanks) + 1);
  for (const std::int32_t rank : ranks)
    ++first[static_cast<std::size_t>(rank) + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<std::int64_t> next(first.begin(), first.end() - 1);
  std::vector<std::int64_t> nodeAt(ranks.size());
  for (std::size_t node = 0; node < ranks.size(); ++node)
    nodeAt[static_cast<std::size_t>(next[static_cast<std::size_t>(ranks[node])]++)] =
        static_cast<std::int64_t>(node);
  return inOrder(std::move(first), std::move(nodeAt));
}

Ownership byMetis(const graph::Network &network, Communicator &comm) {
  std::vector<std::int32_t> ranks(static_cast<std::size_t>(network.numNodes));
  if (comm.rank() == 0)
    ranks = cutByMetis(network, comm.size());
  comm.allreduce(std::as_writable_bytes(std::span(ranks)), addInts); // the others' are 0
  return groupByRank(ranks, comm.size());
}

Ownership partitionNetwork(const graph::Network &network, Method method, Communicator &comm) {
  switch (settle(method, network, comm.size())) {
  case Method::Hilbert:
    return alongHilbertCurve(network, comm.size());
  case Method::Bisection:
    return byBisection(network, comm.size());
  case Method::Metis:
    return byMetis(network, comm);
  case Method::Auto:
  case Method::Blocks:
    break;
  }
  return byBlocks(network, comm.size());
}

} // namespace irh::rt::partition
