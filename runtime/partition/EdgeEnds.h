//===- EdgeEnds.h - the ends of a rank's edges ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PARTITION_EDGEENDS_H
#define IRH_RUNTIME_PARTITION_EDGEENDS_H

#include "runtime/partition/LocalNetwork.h"

#include <cstdint>
#include <span>

namespace irh::rt::partition {

/// The global ends of local edges, which are best asked for one after the other. Each thread has
/// one of its own. A network without all its edges lists the ends of the local ones first.
class EdgeEnds {
public:
  /// Shape  the network's edges are listed, and stay.
  explicit EdgeEnds(LocalNetwork &network);

  graph::Edge at(std::int64_t edge);

private:
  std::span<const std::int64_t> edgeIds;
  std::span<const std::int64_t> nodeIds;
  // Of a network that has not all edges: its local ends.
  const std::int32_t *src = nullptr;
  const std::int32_t *dst = nullptr;
  // Of one that has.
  const graph::EdgeList *all;
  graph::EdgeList::Iterator next;
  std::int64_t idOfNext = 0;
};

} // namespace irh::rt::partition

#endif // IRH_RUNTIME_PARTITION_EDGEENDS_H
