//===- NetworkCalls.cpp - networks and their sets ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/core/Array.h"
#include "runtime/graph/Generators.h"
#include "runtime/graph/ReadNetwork.h"

#include <complex>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

using irh::abi::Element;
using irh::abi::GeometricExtent;
using irh::abi::guard;
using irh::abi::guardEffect;
using irh::abi::guardLocal;
using irh::abi::NetworkArray;
using irh::abi::SetKind;
using irh::rt::UncountedAllocations;
using irh::rt::partition::Cycles;
using irh::rt::program::Context;
using irh::rt::program::FieldHandle;
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

/// The product around each cycle that this rank has of what the nodes on the way see; values are
/// those of all edges, as `src` and as `dst` sees them.
template <typename T>
static void multiplyAround(const Cycles &cycles, const std::vector<std::byte> (&values)[2],
                           irh::rt::field::Field &around) {
  T *const products = around.values<T>();
  for (std::int64_t i = 0; i < cycles.set.numOwned; ++i) {
    T product = 1;
    for (std::int64_t at = cycles.offsets[static_cast<std::size_t>(i)];
         at < cycles.offsets[static_cast<std::size_t>(i) + 1]; ++at) {
      const Cycles::Step &step = cycles.steps[static_cast<std::size_t>(at)];
      T value;
      std::memcpy(&value,
                  values[step.isSeenFromDst ? 1 : 0].data() +
                      static_cast<std::size_t>(step.edge) * sizeof(T),
                  sizeof(T));
      product *= value;
    }
    products[i] = product;
  }
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
  auto *const part = static_cast<NetworkPart *>(network);
  const auto wanted = static_cast<SetKind>(kind);
  if (wanted == SetKind::Nodes || wanted == SetKind::Edges)
    return guardLocal(handle, [&](Context &) -> void * {
      return wanted == SetKind::Nodes ? &part->nodes : &part->edges;
    });
  return guard(handle, [&](Context &context) -> void * {
    const UncountedAllocations uncounted;
    return &part->cyclesOf(wanted, context.comm).handle;
  });
}

void irh_rt_holonomy(void *handle, void *forth, void *back, void *result) {
  guardEffect(handle, [&](Context &context) {
    const UncountedAllocations uncounted;
    const auto &ofDst = *static_cast<FieldHandle *>(forth);
    const auto &ofSrc = *static_cast<FieldHandle *>(back);
    auto &around = static_cast<FieldHandle *>(result)->field;
    const Cycles &cycles = ofDst.set.network->cyclesOf(around.set->kind, context.comm).cycles;
    const std::vector<std::byte> values[] = {irh::rt::field::gather(ofSrc.field, context.comm),
                                             irh::rt::field::gather(ofDst.field, context.comm)};
    if (around.element == Element::Complex)
      multiplyAround<std::complex<double>>(cycles, values, around);
    else
      multiplyAround<double>(cycles, values, around);
  });
}

std::int64_t irh_rt_set_count(void *handle, void *set) {
  return guardLocal(handle,
                    [&](Context &) { return static_cast<SetHandle *>(set)->points->numGlobal; });
}

} // extern "C"
