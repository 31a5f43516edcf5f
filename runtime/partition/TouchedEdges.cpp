//===- TouchedEdges.cpp - the edges that touch a rank's nodes ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/TouchedEdges.h"

#include "runtime/core/AllToAll.h"
#include "runtime/graph/Shares.h"

#include <cstddef>

namespace irh::rt::partition {

static void addToOwners(std::vector<EdgeStream> &streams, const graph::EdgeList &share,
                        graph::NodeRange nodes, const Ownership &ownership) {
  const auto streamOf = [&](int rank) -> EdgeStream & {
    return streams[static_cast<std::size_t>(rank)];
  };
  std::int64_t global = share.before(nodes.begin);
  share.visitFrom(nodes, [&](std::int64_t src, std::int64_t dst) {
    const int owner = ownership.ownerOf(src);
    const int other = ownership.ownerOf(dst);
    streamOf(owner).add({.global = global, .ends = {src, dst}, .isCopy = false});
    if (other != owner)
      streamOf(other).add({.global = global, .ends = {src, dst}, .isCopy = true});
    ++global;
  });
}

TouchedEdges::TouchedEdges(const graph::EdgeList &share, const Ownership &ownership,
                           Communicator &comm)
    : streams(static_cast<std::size_t>(comm.size())) {
  constexpr int kRounds = 64;
  std::vector<EdgeStream> outgoing(streams.size());
  std::vector<std::vector<std::uint8_t>> messages(streams.size());
  for (int round = 0; round < kRounds; ++round) {
    addToOwners(outgoing, share, graph::pieceOf(share.sources(), round, kRounds), ownership);
    for (std::size_t rank = 0; rank < streams.size(); ++rank)
      messages[rank] = outgoing[rank].take();
    const auto incoming = allToAll(messages, comm);
    for (std::size_t rank = 0; rank < streams.size(); ++rank)
      streams[rank].append(incoming[rank]);
  }
  for (EdgeStream &stream : streams)
    stream.trim();
}

} // namespace irh::rt::partition
