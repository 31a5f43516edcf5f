//===- Communicator.cpp - collectives built from messages -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Communicator.h"

#include "runtime/core/Error.h"

#include <algorithm>
#include <utility>

namespace irh::rt {

namespace {

/// Channels of single messages, of a communicator that copies them anyway.
class CopiedSend final : public Channel {
public:
  CopiedSend(Communicator &comm, int peer, std::size_t size)
      : comm(comm), peer(peer), bytes(size) {}
  std::span<std::byte> memory() override { return bytes; }
  void start() override { comm.send(peer, bytes); }
  void finish() override {}

private:
  Communicator &comm;
  int peer;
  std::vector<std::byte> bytes;
};

class CopiedReceive final : public Channel {
public:
  CopiedReceive(Communicator &comm, int peer, std::size_t size)
      : comm(comm), peer(peer), bytes(size) {}
  std::span<std::byte> memory() override { return bytes; }
  void start() override { isStarted = true; }
  void finish() override {
    if (std::exchange(isStarted, false))
      comm.receive(peer, bytes);
  }

private:
  Communicator &comm;
  int peer;
  std::vector<std::byte> bytes;
  bool isStarted = false;
};

} // namespace

std::unique_ptr<Channel> Communicator::openSend(int peer, std::size_t size) {
  return std::make_unique<CopiedSend>(*this, peer, size);
}

std::unique_ptr<Channel> Communicator::openReceive(int peer, std::size_t size) {
  return std::make_unique<CopiedReceive>(*this, peer, size);
}

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

template <typename T> static T leastOf(T a, T b) { return std::min(a, b); }
template <typename T> static T sumOf(T a, T b) { return a + b; }

std::int64_t Communicator::least(std::int64_t value) {
  allreduce(std::as_writable_bytes(std::span(&value, 1)),
            combineEach<std::int64_t, leastOf<std::int64_t>>);
  return value;
}

std::vector<std::int64_t> Communicator::gather(std::int64_t value) {
  std::vector<std::int64_t> values(static_cast<std::size_t>(size()));
  values[static_cast<std::size_t>(rank())] = value;
  allreduce(std::as_writable_bytes(std::span(values)),
            combineEach<std::int64_t, sumOf<std::int64_t>>);
  return values;
}

void Communicator::addUp(std::span<std::int32_t> values) {
  constexpr std::size_t kPiece = std::size_t{1} << 18;
  for (std::size_t at = 0; at < values.size(); at += kPiece) {
    const auto piece = values.subspan(at, std::min(kPiece, values.size() - at));
    allreduce(std::as_writable_bytes(piece), combineEach<std::int32_t, sumOf<std::int32_t>>);
  }
}

Communicator &alone() {
  static thread_local SerialCommunicator only;
  return only;
}

void SerialCommunicator::send(int, std::span<const std::byte>) {
  throw Error(ErrorCode::Internal, "a message was sent in a run with one rank");
}

void SerialCommunicator::receive(int, std::span<std::byte>) {
  throw Error(ErrorCode::Internal, "a message was awaited in a run with one rank");
}

} // namespace irh::rt
