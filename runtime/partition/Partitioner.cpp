//===- Partitioner.cpp - cuts a network into parts for ranks ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/Partitioner.h"

#include "runtime/core/FirstRank.h"
#include "runtime/partition/Blocks.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace irh::rt::partition {

Ownership byBlocks(std::span<const std::int32_t> degrees, int numRanks) {
  return {cutBlocks(degrees, numRanks)};
}

std::string_view nameOf(Method method) {
  const auto *named = std::find_if(std::begin(kMethods), std::end(kMethods),
                                   [&](const auto &entry) { return entry.second == method; });
  return named->first;
}

Method settle(Method method, const graph::Network &network, int numRanks) {
  const bool hasPositions = graph::numAxes(network) != 0;
  if (method == Method::Auto)
    return network.points ? Method::Hilbert : Method::Blocks;
  const bool needsPositions = method == Method::Hilbert || method == Method::Bisection;
  const bool isWhole = numRanks == 1 && method != Method::Hilbert;
  // METIS writes to stdout where parts become empty.
  constexpr std::int64_t kLeastNodesOfPart = 16;
  const bool isSmall = method == Method::Metis && network.numNodes / kLeastNodesOfPart < numRanks;
  return isWhole || isSmall || (needsPositions && !hasPositions) ? Method::Blocks : method;
}

/// All edges of a network whose ranks have shares, on rank 0. Collective.
static graph::EdgeList gatherEdges(const graph::Network &network, Communicator &comm) {
  Ownership first{
      std::vector<std::int64_t>(static_cast<std::size_t>(comm.size()) + 1, network.numNodes)};
  first.first[0] = 0;
  const TouchedEdges all(network.edges, first, comm);
  if (comm.rank() != 0)
    return {};
  return graph::EdgeList::collect({0, network.numNodes}, [&](auto visit) {
    all.visit([&](const TouchedEdge &edge) { visit(edge.ends.src, edge.ends.dst); });
  });
}

Ownership byMetis(const graph::Network &network, std::span<const std::int32_t> degrees,
                  Communicator &comm) {
  std::vector<std::int32_t> ranks(static_cast<std::size_t>(network.numNodes));
  {
    graph::EdgeList gathered;
    if (network.edges.isShare())
      gathered = gatherEdges(network, comm);
    onFirstRank(comm, "cut the network", [&] {
      ranks = cutByMetis(network.edges.isShare() ? gathered : network.edges, network.isDirected,
                         degrees, comm.size());
    });
  }
  comm.addUp(ranks); // the others' are 0
  return byRank(std::move(ranks), comm.size());
}

bool needsDegrees(const graph::Network &network, Method method, int numRanks) {
  const Method settled = settle(method, network, numRanks);
  return settled != Method::Bisection && (settled != Method::Blocks || numRanks > 1);
}

Ownership partitionNetwork(const graph::Network &network, Method method,
                           std::span<const std::int32_t> degrees, Communicator &comm) {
  switch (settle(method, network, comm.size())) {
  case Method::Hilbert:
    return alongHilbertCurve(network, degrees, comm.size());
  case Method::Bisection:
    return byBisection(network, comm.size());
  case Method::Metis:
    return byMetis(network, degrees, comm);
  case Method::Auto:
  case Method::Blocks:
    break;
  }
  return comm.size() == 1 ? Ownership{{0, network.numNodes}} : byBlocks(degrees, comm.size());
}

LocalNetwork takePart(graph::Network &network, Method method, Communicator &comm) {
  const bool isShare = network.edges.isShare();
  std::vector<std::int32_t> degrees;
  if (isShare || needsDegrees(network, method, comm.size()))
    degrees = graph::countDegrees(network, comm);
  const Ownership ownership = partitionNetwork(network, method, degrees, comm);
  if (!isShare)
    return {network, ownership, comm.rank()};
  TouchedEdges touched(network.edges, ownership, comm);
  network.edges.forget();
  return {network, ownership, comm.rank(), std::move(touched), degrees};
}

} // namespace irh::rt::partition
