//===- RingMatrix.h - matrices of rings, whose eigenvalues are known --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_UNIT_RUNTIME_RINGMATRIX_H
#define IRH_TEST_UNIT_RUNTIME_RINGMATRIX_H

#include "runtime/core/LocalWorld.h"
#include "runtime/eigen/Dense.h"
#include "runtime/graph/Generators.h"
#include "runtime/partition/Partitioner.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <numbers>
#include <vector>

namespace irh::testing {

namespace field = rt::field;
namespace graph = rt::graph;
namespace halo = rt::halo;
namespace matrix = rt::matrix;
namespace partition = rt::partition;

/// On each edge -hop e^(i turn), as dst sees src; `diagonal` at each node, and more at some.
struct Entries {
  double diagonal = 2;
  double turn = 0;
  double hop = 1;
  std::map<std::int64_t, double> more = {};
};

/// 2 - (a ring's hops with a phase): its eigenvalues are known.
inline std::vector<double> ringSpectrum(std::int64_t n, double turnOfRing) {
  std::vector<double> values;
  for (std::int64_t k = 0; k < n; ++k)
    values.push_back(2 - 2 * std::cos((2 * std::numbers::pi * static_cast<double>(k) + turnOfRing) /
                                      static_cast<double>(n)));
  std::sort(values.begin(), values.end());
  return values;
}

/// A rank's part of a ring.
struct Place {
  partition::LocalNetwork &local;
  halo::Exchanger &exchanger;
  const matrix::Workers &workers;
};

/// Calls `body(place)` on each of so many ranks, with two threads each.
inline void onRing(std::int64_t numNodes, int numRanks,
                   const std::function<void(const Place &)> &body) {
  rt::runLocalWorld(numRanks, [&](rt::Communicator &comm) {
    const graph::Network network =
        graph::makeRing(numNodes, graph::Direction::Undirected, rt::alone());
    const partition::Ownership ownership =
        partition::byBlocks(graph::countDegrees(network), numRanks);
    partition::LocalNetwork local(network, ownership, comm.rank());
    local.listEdges();
    halo::Exchanger exchanger(local);
    rt::ThreadTeam team(2, rt::WaitPolicy::Sleep);
    const matrix::Workers workers{comm, team};
    body({local, exchanger, workers});
  });
}

/// Calls `body(matrix, workers)` on each of so many ranks, with two threads each.
template <typename T>
void withRing(
    std::int64_t n, int numRanks, Entries entries,
    const std::function<void(rt::eigen::SpectralMatrix &, const matrix::Workers &)> &body) {
  onRing(n, numRanks, [&](const Place &place) {
    partition::LocalNetwork &local = place.local;
    field::Field diagonal = field::makeField(local.nodes, irh::abi::Element::Real);
    for (std::int64_t node = 0; node < local.nodes.numLocal; ++node) {
      const auto more = entries.more.find(local.nodes.globalIds[static_cast<std::size_t>(node)]);
      diagonal.values<double>()[node] =
          entries.diagonal + (more == entries.more.end() ? 0 : more->second);
    }
    field::Field edges = field::makeField(local.edges, matrix::kElementOf<T>);
    for (std::int64_t edge = 0; edge < local.edges.numLocal; ++edge) {
      if constexpr (std::is_same_v<T, matrix::Complex>)
        edges.values<T>()[edge] = -std::polar(entries.hop, entries.turn);
      else
        edges.values<T>()[edge] = -entries.hop;
    }
    rt::eigen::SpectralMatrix made(
        matrix::HermitianMatrix<T>({&local, &place.exchanger}, &diagonal, &edges));
    body(made, place.workers);
  });
}

/// The edge between the first node and the last leads against the others: its phase counts back.
inline double turnOfRing(std::int64_t n, double turn) { return static_cast<double>(n - 2) * turn; }

} // namespace irh::testing

#endif // IRH_TEST_UNIT_RUNTIME_RINGMATRIX_H
