//===- NetworkCalls.cpp - networks and their sets ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/graph/Generators.h"
#include "runtime/graph/ReadNetwork.h"

#include <cstdint>
#include <utility>

using irh::abi::guard;
using irh::abi::NetworkArray;
using irh::abi::SetKind;
using irh::rt::program::Context;
using irh::rt::program::NetworkPart;
using irh::rt::program::SetHandle;
namespace graph = irh::rt::graph;

static void *keep(Context &context, graph::Network network) {
  const irh::rt::partition::Part part{context.comm.rank(), context.comm.size()};
  return &context.networks.emplace_back(std::move(network), part);
}

extern "C" {

void *irh_rt_network_ring(void *handle, std::int64_t numNodes) {
  return guard(handle, [&](Context &context) { return keep(context, graph::makeRing(numNodes)); });
}

void *irh_rt_network_watts_strogatz(void *handle, std::int64_t numNodes, std::int64_t numNeighbors,
                                    double rewire, std::int64_t seed) {
  return guard(handle, [&](Context &context) {
    return keep(context, graph::makeSmallWorld({.numNodes = numNodes,
                                                .numNeighbors = numNeighbors,
                                                .rewire = rewire,
                                                .seed = static_cast<std::uint64_t>(seed)}));
  });
}

void *irh_rt_network_read(void *handle, void *edgesFile, void *nodesFile, std::int32_t duplicates,
                          std::int32_t loops) {
  return guard(handle, [&](Context &context) {
    graph::NetworkFiles files{.edges = static_cast<const char *>(edgesFile), .nodes = std::nullopt};
    if (nodesFile)
      files.nodes = static_cast<const char *>(nodesFile);
    return keep(context, graph::readNetwork(
                             files, {.duplicates = static_cast<irh::abi::Duplicates>(duplicates),
                                     .loops = static_cast<irh::abi::Loops>(loops)}));
  });
}

void *irh_rt_network_array(void *handle, void *network, std::int32_t which) {
  return guard(handle, [&](Context &) -> void * {
    const NetworkPart &part = *static_cast<NetworkPart *>(network);
    return const_cast<void *>(part.local.array(static_cast<NetworkArray>(which)));
  });
}

void *irh_rt_set(void *handle, void *network, std::int32_t kind) {
  return guard(handle, [&](Context &) -> void * {
    auto *part = static_cast<NetworkPart *>(network);
    return static_cast<SetKind>(kind) == SetKind::Nodes ? &part->nodes : &part->edges;
  });
}

std::int64_t irh_rt_set_count(void *handle, void *set) {
  return guard(handle, [&](Context &) { return static_cast<SetHandle *>(set)->points->numGlobal; });
}

} // extern "C"
