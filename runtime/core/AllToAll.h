//===- AllToAll.h - each rank sends something to each other -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CORE_ALLTOALL_H
#define IRH_RUNTIME_CORE_ALLTOALL_H

#include "runtime/core/Communicator.h"

#include <cstdint>
#include <type_traits>
#include <vector>

namespace irh::rt {

/// Sends `outgoing[r]` to rank r and empties it; gives what came from each rank.
///
/// Collective  over `comm`; sizes may differ.
/// Cost        two messages to each other rank. What a rank sends itself is moved.
/// Errors      Aborted.
template <typename T>
std::vector<std::vector<T>> allToAll(std::vector<std::vector<T>> &outgoing, Communicator &comm) {
  static_assert(std::is_trivially_copyable_v<T>);
  std::vector<std::vector<T>> incoming(outgoing.size());
  const auto forOthers = [&](auto visit) {
    for (int distance = 1; distance < comm.size(); ++distance)
      visit((comm.rank() + distance) % comm.size());
  };
  forOthers([&](int peer) {
    std::vector<T> &message = outgoing[static_cast<std::size_t>(peer)];
    const auto count = static_cast<std::uint64_t>(message.size());
    comm.send(peer, std::as_bytes(std::span(&count, 1)));
    comm.send(peer, std::as_bytes(std::span(message)));
    message.clear();
  });
  const auto me = static_cast<std::size_t>(comm.rank());
  incoming[me].swap(outgoing[me]);
  forOthers([&](int peer) {
    std::uint64_t count = 0;
    comm.receive(peer, std::as_writable_bytes(std::span(&count, 1)));
    std::vector<T> &message = incoming[static_cast<std::size_t>(peer)];
    message.resize(count);
    comm.receive(peer, std::as_writable_bytes(std::span(message)));
  });
  return incoming;
}

} // namespace irh::rt

#endif // IRH_RUNTIME_CORE_ALLTOALL_H
