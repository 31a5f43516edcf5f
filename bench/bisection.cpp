//===- bisection.cpp - seconds to cut positions into parts ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Generators.h"
#include "runtime/partition/Partitioner.h"

#include <chrono>
#include <cstdio>

using namespace irh::rt;

int main() {
  const graph::Network network =
      graph::makeGeometric({.numNodes = 1'000'000,
                            .numAxes = 4,
                            .extentKind = irh::abi::GeometricExtent::MeanDegree,
                            .extent = 0, // A cut by positions asks for no edges.
                            .wrap = graph::Wrap::Periodic,
                            .seed = 1});
  const auto begin = std::chrono::steady_clock::now();
  const partition::Ownership parts = partition::byBisection(network, 8);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::printf("%.6f\n", seconds.count());
  return parts.numRanks() == 8 ? 0 : 1;
}
