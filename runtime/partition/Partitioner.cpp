//===- Partitioner.cpp - cuts a network into parts for ranks ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/Partitioner.h"

#include "runtime/partition/Blocks.h"

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

/// Sends a list that rank 0 holds to all others.
static void broadcast(std::vector<std::int64_t> &list, Communicator &comm) {
  auto size = static_cast<std::int64_t>(list.size());
  if (comm.rank() != 0) {
    comm.receive(0, std::as_writable_bytes(std::span(&size, 1)));
    list.resize(static_cast<std::size_t>(size));
    comm.receive(0, std::as_writable_bytes(std::span(list)));
    return;
  }
  for (int peer = 1; peer < comm.size(); ++peer) {
    comm.send(peer, std::as_bytes(std::span(&size, 1)));
    comm.send(peer, std::as_bytes(std::span(list)));
  }
}

static Ownership fromFirstRank(const graph::Network &network, Communicator &comm) {
  Ownership ownership;
  if (comm.rank() == 0)
    ownership = byMetis(network, comm.size());
  broadcast(ownership.first, comm);
  broadcast(ownership.nodeAt, comm);
  return comm.rank() == 0 ? ownership
                          : inOrder(std::move(ownership.first), std::move(ownership.nodeAt));
}

Ownership partitionNetwork(const graph::Network &network, Method method, Communicator &comm) {
  switch (settle(method, network, comm.size())) {
  case Method::Hilbert:
    return alongHilbertCurve(network, comm.size());
  case Method::Bisection:
    return byBisection(network, comm.size());
  case Method::Metis:
    return fromFirstRank(network, comm);
  case Method::Auto:
  case Method::Blocks:
    break;
  }
  return byBlocks(network, comm.size());
}

} // namespace irh::rt::partition
