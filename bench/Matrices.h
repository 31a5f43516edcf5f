//===- Matrices.h - the networks whose matrices are measured ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_BENCH_MATRICES_H
#define IRH_BENCH_MATRICES_H

#include "runtime/core/LocalWorld.h"
#include "runtime/graph/Generators.h"
#include "runtime/matrix/HermitianMatrix.h"
#include "runtime/partition/Partitioner.h"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace irh::bench {

using Matrix = rt::matrix::HermitianMatrix<rt::matrix::Complex>;

inline double secondsOf(const std::function<void()> &work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  return seconds.count();
}

/// `preferential` attachment, 8 edges a node; else geometric, 4 axes, mean degree 16, in random
/// order.
inline rt::graph::Network makeNetwork(std::string_view kind, std::int64_t numNodes) {
  if (kind == "preferential")
    return rt::graph::makeBarabasiAlbert({.numNodes = numNodes,
                                          .attach = 8,
                                          .direction = rt::graph::Direction::Undirected,
                                          .seed = 1},
                                         rt::alone());
  return rt::graph::makeGeometric({.numNodes = numNodes,
                                   .numAxes = 4,
                                   .extentKind = irh::abi::GeometricExtent::MeanDegree,
                                   .extent = 16,
                                   .wrap = rt::graph::Wrap::Periodic,
                                   .seed = 1});
}

enum class Diagonal { Constant, SumOfSizes };

/// Minus a weight of size 0.5 to 1 and any phase at each edge. On the diagonal 20, or the sum of
/// the sizes of the weights of a node.
inline void fillMatrix(rt::partition::LocalNetwork &local, Diagonal kind,
                       rt::field::Field &diagonal, rt::field::Field &weights) {
  double *const sums = diagonal.values<double>();
  for (std::int64_t edge = 0; edge < local.edges.numLocal; ++edge) {
    const auto id = static_cast<double>(local.edges.globalIds[static_cast<std::size_t>(edge)]);
    weights.values<rt::matrix::Complex>()[edge] =
        -std::polar(0.5 + 0.5 * std::abs(std::sin(id)), 2.5 * id);
  }
  for (std::int64_t node = 0; node < local.nodes.numOwned; ++node)
    sums[node] = 20;
  if (kind == Diagonal::Constant)
    return;
  const Matrix rows({&local, nullptr}, nullptr, &weights);
  for (std::int64_t node = 0; node < local.nodes.numOwned; ++node) {
    sums[node] = 0;
    rows.visitRow(node, [&](std::int64_t, rt::matrix::Complex w) { sums[node] += std::abs(w); });
  }
}

/// Calls `measure(rows, seconds to order the nodes, workers)` for the matrix of such a network.
inline void withMatrix(
    std::string_view network, std::int64_t numNodes, Diagonal kind, int numThreads,
    const std::function<void(const Matrix &, double, const rt::matrix::Workers &)> &measure) {
  const rt::graph::Network made = makeNetwork(network, numNodes);
  rt::runLocalWorld(1, [&](rt::Communicator &comm) {
    const std::vector<std::int32_t> degrees = rt::graph::countDegrees(made);
    rt::partition::Ownership ownership;
    const double seconds = secondsOf([&] {
      ownership = rt::partition::partitionNetwork(made, rt::partition::Method::Auto, degrees, comm);
    });
    rt::partition::LocalNetwork local(made, ownership, comm.rank());
    local.listEdges();
    rt::halo::Exchanger exchanger(local);
    rt::ThreadTeam team(numThreads, rt::WaitPolicy::Sleep);
    rt::field::Field diagonal = rt::field::makeField(local.nodes, irh::abi::Element::Real);
    rt::field::Field weights = rt::field::makeField(local.edges, irh::abi::Element::Complex);
    fillMatrix(local, kind, diagonal, weights);
    measure(Matrix({&local, &exchanger}, &diagonal, &weights), seconds, {comm, team});
  });
}

} // namespace irh::bench

#endif // IRH_BENCH_MATRICES_H
