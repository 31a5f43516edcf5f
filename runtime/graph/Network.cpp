//===- Network.cpp - degrees and positions of a whole network ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Network.h"

namespace irh::rt::graph {

std::vector<std::int32_t> countDegrees(const Network &network, Communicator &comm) {
  std::vector<std::int32_t> degrees(static_cast<std::size_t>(network.numNodes));
  network.edges.visitAll([&](std::int64_t src, std::int64_t dst) {
    ++degrees[static_cast<std::size_t>(dst)];
    if (!network.isDirected && src != dst)
      ++degrees[static_cast<std::size_t>(src)];
  });
  if (network.edges.isShare())
    comm.addUp(degrees);
  return degrees;
}

std::int64_t numAxes(const Network &network) {
  if (const Lattice *lattice = network.edges.asLattice())
    return lattice->numAxes();
  return network.points ? network.points->numAxes : 0;
}

double coordinate(const Network &network, std::int64_t node, std::int64_t axis) {
  if (const Lattice *lattice = network.edges.asLattice())
    return static_cast<double>(lattice->coordinate(node, axis));
  return network.points->coordinate(node, axis);
}

} // namespace irh::rt::graph
