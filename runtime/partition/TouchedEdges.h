//===- TouchedEdges.h - the edges that touch a rank's nodes -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PARTITION_TOUCHEDEDGES_H
#define IRH_RUNTIME_PARTITION_TOUCHEDEDGES_H

#include "runtime/core/Communicator.h"
#include "runtime/partition/EdgeStream.h"
#include "runtime/partition/Ownership.h"

#include <vector>

namespace irh::rt::partition {

/// The edges with an end that a rank owns, in the order of the whole network.
class TouchedEdges {
public:
  /// Takes them from the shares of all ranks.
  ///
  /// Collective  over `comm`.
  /// Cost        a pass over the share; 1 to 7 bytes for each edge that touches the rank, the fewer
  ///             the nearer its ends are. Messages come in rounds, each a small part
  ///             of the share.
  /// Errors      Aborted, std::bad_alloc.
  TouchedEdges(const graph::EdgeList &share, const Ownership &ownership, Communicator &comm);

  /// Calls `visit(TouchedEdge)` for each.
  template <typename Visit> void visit(Visit visit) const {
    for (const EdgeStream &stream : streams)
      stream.visit(visit);
  }

private:
  std::vector<EdgeStream> streams; ///< One from each rank, whose shares follow each other.
};

} // namespace irh::rt::partition

#endif // IRH_RUNTIME_PARTITION_TOUCHEDEDGES_H
