//===- Generators.h - networks made from a few numbers ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every generator gives InvalidArgument if there are more nodes or edges than 32-bit indices can
// name. Networks are pure functions of their arguments.
//
// Those with a communicator are collective: each rank gets its share of the edges (Shares.h), and
// may learn that the run was Aborted. Costs are those of one rank.

#ifndef IRH_RUNTIME_GRAPH_GENERATORS_H
#define IRH_RUNTIME_GRAPH_GENERATORS_H

#include "runtime/abi/Abi.h"
#include "runtime/core/Communicator.h"
#include "runtime/graph/Network.h"

#include <cstdint>

namespace irh::rt::graph {

enum class Direction { Undirected, Directed };

/// Node i is joined to i - 1 and i + 1, around; directed, an edge leads from i to i + 1. Errors:
/// InvalidArgument if there are fewer than three nodes.
Network makeRing(std::int64_t numNodes, Direction direction = Direction::Undirected,
                 Communicator &comm = alone());

/// Every node is joined to every other; directed, in both directions. Errors: InvalidArgument if
/// there is no node.
Network makeComplete(std::int64_t numNodes, Direction direction, Communicator &comm = alone());

/// Node 0 is joined to every other. Errors: InvalidArgument if there is no node.
Network makeStar(std::int64_t numNodes, Communicator &comm = alone());

/// Cost: none; see Lattice for its errors.
Network makeLattice(Lattice lattice);

struct SmallWorld {
  std::int64_t numNodes;
  std::int64_t numNeighbors; ///< Of each node before rewiring; even.
  double rewire;             ///< Probability, in [0, 1].
  std::uint64_t seed;
};

/// A ring in which each node knows its `numNeighbors` nearest; then each edge (i, i + j) keeps its
/// end i and moves the other, with probability `rewire`, to a node drawn from all that are neither
/// i nor a neighbor of i. A node that knows all others keeps its edges.
///
/// Cost         linear in the edges; about 30 ns each. One edge depends on those before it, so each
///              of several ranks goes through all: a bit for each edge, 4 bytes a node, and 24 for
///              each edge that moves, until the share is made.
/// Determinism  edges are treated for j = 1, 2, ... and within it for i = 0, 1, ....
/// Errors       InvalidArgument: neighbors odd, below 2, or as many as nodes; a probability
///              outside [0, 1].
/// Source       D. Watts and S. Strogatz, Nature 393, 1998, 440-442, "Methods" of figure 1.
Network makeSmallWorld(const SmallWorld &world, Communicator &comm = alone());

struct ErdosRenyi {
  std::int64_t numNodes;
  double p; ///< Probability of an edge, in [0, 1].
  Direction direction;
  std::uint64_t seed;
};

/// Each pair of nodes is joined with probability p; directed, each ordered pair.
///
/// Cost    linear in nodes and edges: the gaps between edges are drawn, not the pairs. Ranks draw
///         theirs apart.
/// Errors  InvalidArgument: no node, or a probability outside [0, 1].
/// Source  V. Batagelj and U. Brandes, Phys. Rev. E 71, 036113, 2005, algorithm 1.
Network makeErdosRenyi(const ErdosRenyi &wanted, Communicator &comm = alone());

struct BarabasiAlbert {
  std::int64_t numNodes;
  std::int64_t attach; ///< Edges of each new node.
  Direction direction;
  std::uint64_t seed;
};

/// Nodes come one by one, and each is joined to `attach` different ones that are there, chosen with
/// probability proportional to their degrees; one that is chosen twice is drawn again. The first to
/// come, node `attach`, finds as many nodes without edges, and is joined to all of them. Directed,
/// edges lead from the new node to the old ones.
///
/// Cost    linear in the edges, but for the few draws that are repeated. One edge depends on those
///         before it, so each of several ranks goes through all: 4 bytes an edge until the share is
///         made.
/// Errors  InvalidArgument: no edge to attach, or no more nodes than edges to attach.
/// Source  A.-L. Barabási and R. Albert, Science 286, 1999, 509-512. The start, and the list of
///         ends to draw from, are those of NetworkX's barabasi_albert_graph.
Network makeBarabasiAlbert(const BarabasiAlbert &wanted, Communicator &comm = alone());

struct Geometric {
  std::int64_t numNodes;
  std::int64_t numAxes;
  abi::GeometricExtent extentKind;
  double extent; ///< How far neighbors are: at most a radius, or so that a node has so many.
  Wrap wrap;     ///< Periodic: opposite faces of the unit cube are one, which makes it a torus.
  std::uint64_t seed;
};

/// Nodes at places drawn evenly from [0, 1)^numAxes; those no farther apart than a radius are
/// joined. A mean degree k says the radius by V r^numAxes (numNodes - 1) = k, V the volume of the
/// unit ball: exact on a torus while r <= 1/2, an upper bound in a cube, whose faces cut balls.
///
/// Cost    linear in nodes and edges while the dimension is small: nodes are sorted into cells no
///         narrower than the radius. 10^6 nodes of mean degree 16 in 4 dimensions: about 1 s.
///         Each of several ranks draws all points, keeps those in its run of cells and the layer
///         of cells behind it, and searches those.
/// Errors  InvalidArgument: no node; no dimension, or more than 64; a radius that is negative or
///         not finite; a mean degree below 0 or above numNodes - 1.
/// Source  J. Bentley, D. Stanat, E. Williams, Inform. Process. Lett. 6(6), 1977, 209-212 (cells).
Network makeGeometric(const Geometric &wanted, Communicator &comm = alone());

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_GENERATORS_H
