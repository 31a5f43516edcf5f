//===- UserOrder.h - edges in the order that the user knows ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_USERORDER_H
#define IRH_RUNTIME_GRAPH_USERORDER_H

#include "runtime/graph/Network.h"

#include <cstdint>
#include <vector>

namespace irh::rt::graph {

/// The edges in the order of their first rows in the file; empty where that is their order here,
/// as it is without a file. Nodes are in the user's order already. Cost: sorts the edges.
std::vector<std::int64_t> edgesInUserOrder(const Network &network);

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_USERORDER_H
