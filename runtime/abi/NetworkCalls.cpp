//===- NetworkCalls.cpp - networks and their sets ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/graph/Generators.h"
#include "runtime/graph/ReadNetwork.h"

#include <cstdint>
#include <string>
#include <utility>

using irh::abi::GeometricExtent;
using irh::abi::guard;
using irh::abi::guardLocal;
using irh::abi::NetworkArray;
using irh::abi::SetKind;
using irh::rt::program::Context;
using irh::rt::program::NetworkPart;
using irh::rt::program::SetHandle;
namespace graph = irh::rt::graph;

static void *keep(Context &context, graph::Network network) {
  context.checkpoints.addNetwork(network);
  if (context.notes)
    context.notes->networks.push_back(context.location);
  return &context.networks.emplace_back(std::move(network), context.settings.partition,
                                        context.comm);
}

static graph::Direction directionOf(std::int32_t isDirected) {
  return isDirected != 0 ? graph::Direction::Directed : graph::Direction::Undirected;
}

static graph::Wrap wrapOf(std::int32_t isPeriodic) {
  return isPeriodic != 0 ? graph::Wrap::Periodic : graph::Wrap::Open;
}

extern "C" {

void *irh_rt_network_ring(void *handle, std::int64_t numNodes, std::int32_t isDirected) {
  return guard(handle, [&](Context &context) {
    return keep(context, graph::makeRing(numNodes, directionOf(isDirected), context.comm));
  });
}

void *irh_rt_network_watts_strogatz(void *handle, std::int64_t numNodes, std::int64_t numNeighbors,
                                    double rewire, std::int64_t seed) {
  return guard(handle, [&](Context &context) {
    return keep(context, graph::makeSmallWorld({.numNodes = numNodes,
                                                .numNeighbors = numNeighbors,
                                                .rewire = rewire,
                                                .seed = static_cast<std::uint64_t>(seed)},
                                               context.comm));
  });
}

void *irh_rt_network_geometric(void *handle, std::int64_t numNodes, std::int64_t numAxes,
                               double extent, std::int32_t extentKind, std::int32_t isTorus,
                               std::int64_t seed) {
  return guard(handle, [&](Context &context) {
    return keep(context,
                graph::makeGeometric({.numNodes = numNodes,
                                      .numAxes = numAxes,
                                      .extentKind = static_cast<GeometricExtent>(extentKind),
                                      .extent = extent,
                                      .wrap = wrapOf(isTorus),
                                      .seed = static_cast<std::uint64_t>(seed)},
                                     context.comm));
  });
}

void *irh_rt_network_erdos_renyi(void *handle, std::int64_t numNodes, double p,
                                 std::int32_t isDirected, std::int64_t seed) {
  return guard(handle, [&](Context &context) {
    return keep(context, graph::makeErdosRenyi({.numNodes = numNodes,
                                                .p = p,
                                                .direction = directionOf(isDirected),
                                                .seed = static_cast<std::uint64_t>(seed)},
                                               context.comm));
  });
}

void *irh_rt_network_barabasi_albert(void *handle, std::int64_t numNodes, std::int64_t attach,
                                     std::int32_t isDirected, std::int64_t seed) {
  return guard(handle, [&](Context &context) {
    return keep(context, graph::makeBarabasiAlbert({.numNodes = numNodes,
                                                    .attach = attach,
                                                    .direction = directionOf(isDirected),
                                                    .seed = static_cast<std::uint64_t>(seed)},
                                                   context.comm));
  });
}

void *irh_rt_network_lattice(void *handle, void *shape, std::int64_t numAxes,
                             std::int32_t isPeriodic) {
  return guard(handle, [&](Context &context) {
    const auto *extents = static_cast<const std::int64_t *>(shape);
    return keep(context, graph::makeLattice(
                             graph::Lattice({extents, extents + numAxes}, wrapOf(isPeriodic))));
  });
}

void *irh_rt_network_complete(void *handle, std::int64_t numNodes, std::int32_t isDirected) {
  return guard(handle, [&](Context &context) {
    return keep(context, graph::makeComplete(numNodes, directionOf(isDirected), context.comm));
  });
}

void *irh_rt_network_star(void *handle, std::int64_t numNodes) {
  return guard(handle, [&](Context &context) {
    return keep(context, graph::makeStar(numNodes, context.comm));
  });
}

void *irh_rt_network_read(void *handle, void *edgesFile, void *nodesFile, std::int32_t duplicates,
                          std::int32_t loops, std::int32_t directed) {
  return guard(handle, [&](Context &context) {
    graph::NetworkFiles files{.edges = static_cast<const char *>(edgesFile), .nodes = std::nullopt};
    if (nodesFile)
      files.nodes = static_cast<const char *>(nodesFile);
    return keep(context, graph::readNetwork(
                             files, {.duplicates = static_cast<irh::abi::Duplicates>(duplicates),
                                     .loops = static_cast<irh::abi::Loops>(loops),
                                     .directed = static_cast<irh::abi::Directed>(directed)}));
  });
}

void irh_rt_undirected(void *handle, void *network, void *fieldName) {
  guard(handle, [&](Context &) {
    if (static_cast<NetworkPart *>(network)->whole.isDirected)
      throw irh::rt::invalid("`" + std::string(static_cast<const char *>(fieldName)) +
                             "` is hermitian or antisymmetric, and the network is directed: each "
                             "of its edges is seen from one end alone; declare the field without "
                             "that, or make the network undirected");
  });
}

void *irh_rt_network_array(void *handle, void *network, std::int32_t which) {
  return guardLocal(handle, [&](Context &context) -> void * {
    if (context.notes)
      return nullptr;
    auto &part = *static_cast<NetworkPart *>(network);
    return const_cast<std::byte *>(part.local.array(static_cast<NetworkArray>(which)).data());
  });
}

void *irh_rt_set(void *handle, void *network, std::int32_t kind) {
  return guardLocal(handle, [&](Context &) -> void * {
    auto *part = static_cast<NetworkPart *>(network);
    return static_cast<SetKind>(kind) == SetKind::Nodes ? &part->nodes : &part->edges;
  });
}

std::int64_t irh_rt_set_count(void *handle, void *set) {
  return guardLocal(handle,
                    [&](Context &) { return static_cast<SetHandle *>(set)->points->numGlobal; });
}

} // extern "C"
