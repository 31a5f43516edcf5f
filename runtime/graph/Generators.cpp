//===- Generators.cpp - networks of regular shape ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Generators.h"

#include "runtime/core/Error.h"
#include "runtime/graph/Limits.h"
#include "runtime/graph/Shares.h"

#include <string>
#include <utility>

namespace irh::rt::graph {

static void requireNodes(const char *what, std::int64_t least, std::int64_t numNodes) {
  if (numNodes < least)
    throw invalid(std::string(what) + " needs at least " + std::to_string(least) +
                  (least == 1 ? " node" : " nodes") + ", but `nodes` is " +
                  std::to_string(numNodes));
  if (numNodes > kMostPoints)
    throw invalid("a network of " + std::to_string(numNodes) + " nodes is too large: at most " +
                  std::to_string(kMostPoints) + " nodes fit");
}

Network makeRing(std::int64_t numNodes, Direction direction, Communicator &comm) {
  requireNodes("a ring", 3, numNodes);
  Network network;
  network.numNodes = numNodes;
  network.isDirected = direction == Direction::Directed;
  network.edges = collectShare(numNodes, comm, [&](auto visit) {
    for (std::int64_t node = 0; node + 1 < numNodes; ++node)
      visit(node, node + 1);
    if (network.isDirected)
      visit(numNodes - 1, std::int64_t{0});
    else
      visit(std::int64_t{0}, numNodes - 1);
  });
  return network;
}

Network makeComplete(std::int64_t numNodes, Direction direction, Communicator &comm) {
  requireNodes("a complete network", 1, numNodes);
  const bool isDirected = direction == Direction::Directed;
  const std::int64_t numEdges = numNodes * (numNodes - 1) / (isDirected ? 1 : 2);
  if (numEdges > kMostPoints)
    throw tooManyEdges(numEdges);
  Network network;
  network.numNodes = numNodes;
  network.isDirected = isDirected;
  const NodeRange share = shareOf(numNodes, comm.rank(), comm.size());
  network.edges = collectShare(numNodes, comm, [&](auto visit) {
    for (std::int64_t src = share.begin; src < share.end; ++src)
      for (std::int64_t dst = isDirected ? 0 : src + 1; dst < numNodes; ++dst)
        if (dst != src)
          visit(src, dst);
  });
  return network;
}

Network makeStar(std::int64_t numNodes, Communicator &comm) {
  requireNodes("a star", 1, numNodes);
  Network network;
  network.numNodes = numNodes;
  network.edges = collectShare(numNodes, comm, [&](auto visit) {
    for (std::int64_t leaf = 1; leaf < numNodes; ++leaf)
      visit(std::int64_t{0}, leaf);
  });
  return network;
}

Network makeLattice(Lattice lattice) {
  Network network;
  network.numNodes = lattice.numNodes();
  network.edges = EdgeList(std::move(lattice));
  return network;
}

} // namespace irh::rt::graph
