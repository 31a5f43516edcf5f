//===- Partitioner.h - cuts a network into parts for ranks ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PARTITION_PARTITIONER_H
#define IRH_RUNTIME_PARTITION_PARTITIONER_H

#include "runtime/core/Communicator.h"
#include "runtime/graph/Network.h"
#include "runtime/partition/LocalNetwork.h"
#include "runtime/partition/Ownership.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace irh::rt::partition {

/// How nodes get their ranks (`--partition`). Hilbert and Bisection need positions: without them
/// they are Blocks.
enum class Method {
  Auto,      ///< Hilbert for a geometric network, else Blocks.
  Blocks,    ///< Runs of blocks in the user's order.
  Hilbert,   ///< Runs of blocks along a space-filling curve; on one rank, too.
  Bisection, ///< Recursive bisection of positions.
  Metis      ///< Few cut edges, whatever the network; Blocks for fewer than 16 nodes a rank.
};

/// What a method comes to for this network.
Method settle(Method method, const graph::Network &network, int numRanks);

/// The words of the command line.
inline constexpr std::pair<std::string_view, Method> kMethods[] = {{"auto", Method::Auto},
                                                                   {"blocks", Method::Blocks},
                                                                   {"hilbert", Method::Hilbert},
                                                                   {"bisection", Method::Bisection},
                                                                   {"metis", Method::Metis}};
std::string_view nameOf(Method method);

/// Cuts a network into as many parts as there are ranks. No result depends on it.
///
/// Collective   over `comm`; of Metis rank 0 makes the cut.
/// Shape        `degrees`: of all nodes, or empty where `needsDegrees` says no.
/// Cost         10^6 nodes of degree 16, 8 parts: about 0.01 s for Blocks, a few tenths of a second
///              for Hilbert, 0.15 s for Bisection, seconds for Metis. Memory on each rank, for each
///              node of all: up to 32 bytes for Hilbert, 4 for each axis and 16 for Bisection, 16
///              for Metis, whose rank 0 holds all edges.
/// Determinism  a pure function of network, method and number of ranks.
/// Errors       InvalidArgument: METIS is not installed, or the network too large for it; Aborted.
/// Source       Hilbert: J. Skilling, "Programming the Hilbert curve", AIP Conf. Proc. 707, 2004.
///              Bisection: M. Berger, S. Bokhari, IEEE Trans. Comput. C-36(5), 1987.
///              METIS: G. Karypis, V. Kumar, SIAM J. Sci. Comput. 20(1), 1998.
Ownership partitionNetwork(const graph::Network &network, Method method,
                           std::span<const std::int32_t> degrees, Communicator &comm);
bool needsDegrees(const graph::Network &network, Method method, int numRanks);

/// Cuts the network, and takes this rank's part out of it; a share of edges is forgotten.
/// Collective; costs and errors are those of partitionNetwork and LocalNetwork.
LocalNetwork takePart(graph::Network &network, Method method, Communicator &comm);

// The methods themselves; METIS alone is collective.

Ownership byBlocks(std::span<const std::int32_t> degrees, int numRanks);
/// Of a network with positions.
Ownership alongHilbertCurve(const graph::Network &network, std::span<const std::int32_t> degrees,
                            int numRanks);
/// Of a network with positions.
Ownership byBisection(const graph::Network &network, int numRanks);
Ownership byMetis(const graph::Network &network, std::span<const std::int32_t> degrees,
                  Communicator &comm);

/// The rank of each node, by METIS. Errors: InvalidArgument.
std::vector<std::int32_t> cutByMetis(const graph::EdgeList &edges, bool isDirected,
                                     std::span<const std::int32_t> degrees, int numRanks);

} // namespace irh::rt::partition

#endif // IRH_RUNTIME_PARTITION_PARTITIONER_H
