//===- Communicator.cpp - collectives built from messages -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Communicator.h"

#include "runtime/core/Error.h"

#include <algorithm>
#include <cstring>

namespace irh::rt {

// A binomial tree: at distance d = 1, 2, 4, ... a rank that is an odd multiple of d hands its
// part to rank - d and is done; the way back is the same walk in reverse.
void Communicator::allreduce(std::span<std::byte> data, Combine combine) {
  const int me = rank();
  const int numRanks = size();
  if (incoming.size() < data.size())
    incoming.resize(data.size());
  const std::span<std::byte> partial(incoming.data(), data.size());

  int distance = 1;
  for (; distance < numRanks && me % (2 * distance) == 0; distance *= 2)
    if (me + distance < numRanks) {
      receive(me + distance, partial);
      combine(data.data(), partial.data(), data.size());
    }
  if (me != 0) {
    send(me - distance, data);
    receive(me - distance, data);
  }
  for (distance /= 2; distance >= 1; distance /= 2)
    if (me + distance < numRanks)
      send(me + distance, data);
}

void Communicator::barrier() {
  allreduce({}, [](std::byte *, const std::byte *, std::size_t) {});
}

std::int64_t Communicator::least(std::int64_t value) {
  allreduce(std::as_writable_bytes(std::span(&value, 1)),
            [](std::byte *into, const std::byte *from, std::size_t) {
              std::int64_t a = 0;
              std::int64_t b = 0;
              std::memcpy(&a, into, sizeof a);
              std::memcpy(&b, from, sizeof b);
              a = std::min(a, b);
              std::memcpy(into, &a, sizeof a);
            });
  return value;
}

void SerialCommunicator::send(int, std::span<const std::byte>) {
  throw Error(ErrorCode::Internal, "a message was sent in a run with one rank");
}

void SerialCommunicator::receive(int, std::span<std::byte>) {
  throw Error(ErrorCode::Internal, "a message was awaited in a run with one rank");
}

} // namespace irh::rt
