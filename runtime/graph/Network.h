//===- Network.h - a network, as it was generated or read -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_NETWORK_H
#define IRH_RUNTIME_GRAPH_NETWORK_H

#include "runtime/core/Communicator.h"
#include "runtime/graph/EdgeList.h"
#include "runtime/graph/Files.h"
#include "runtime/graph/UniformPoints.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace irh::rt::graph {

/// A network. One that was read has all its edges on every rank; of one that several ranks have
/// generated each has a share (Shares.h), and forgets it once its part is cut. Global id of a node:
/// its row; of an edge: its position in `edges`. An undirected edge has its smaller end first. Of a
/// directed one, dst sees src: it has src as a neighbor, and src has it as a target.
struct Network {
  std::int64_t numNodes = 0;
  bool isDirected = false;
  EdgeList edges;
  std::vector<std::int64_t> ids;       ///< Ids of the file; empty where they are the rows.
  std::optional<Files> files;          ///< Empty for a generated network.
  std::optional<UniformPoints> points; ///< Of a geometric network.

  std::int64_t idOf(std::int64_t row) const {
    return ids.empty() ? row : ids[static_cast<std::size_t>(row)];
  }
};

/// Number of neighbors of each node; a self-loop counts once. Collective where edges are shares,
/// which give the degrees of the whole network all the same.
std::vector<std::int32_t> countDegrees(const Network &network, Communicator &comm = alone());

/// How many coordinates a node has; 0 if the network has no positions.
std::int64_t numAxes(const Network &network);

/// A node's coordinate: in [0, 1) in a geometric network, a whole number on a lattice.
/// Shape: `axis < numAxes(network)`.
double coordinate(const Network &network, std::int64_t node, std::int64_t axis);

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_NETWORK_H
