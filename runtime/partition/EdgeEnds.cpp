//===- EdgeEnds.cpp - the ends of a rank's edges ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/EdgeEnds.h"

namespace irh::rt::partition {

EdgeEnds::EdgeEnds(LocalNetwork &network)
    : edgeIds(network.edges.globalIds), nodeIds(network.nodes.globalIds),
      all(&network.whole().edges), next(all->begin()) {
  if (network.hasAllEdges())
    return;
  const auto ends = [&](abi::NetworkArray which) {
    return reinterpret_cast<const std::int32_t *>(network.array(which).data());
  };
  src = ends(abi::NetworkArray::EdgeSrc);
  dst = ends(abi::NetworkArray::EdgeDst);
}

graph::Edge EdgeEnds::at(std::int64_t edge) {
  const auto i = static_cast<std::size_t>(edge);
  if (src)
    return {nodeIds[static_cast<std::size_t>(src[i])], nodeIds[static_cast<std::size_t>(dst[i])]};
  if (edgeIds[i] != idOfNext)
    next = all->from(static_cast<std::size_t>(edgeIds[i]));
  idOfNext = edgeIds[i] + 1;
  return *next++;
}

} // namespace irh::rt::partition
