//===- LocalWorld.cpp - ranks as threads of one process ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/LocalWorld.h"

#include "runtime/core/Error.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace irh::rt {
namespace {

struct Message {
  int source;
  std::vector<std::byte> data;
};

/// What waits for one rank, oldest first. Buffers go back to `spare`, so that a run whose
/// messages have a steady size soon allocates nothing.
struct Mailbox {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Message> waiting;
  std::vector<std::vector<std::byte>> spare;
};

struct World {
  explicit World(int numRanks)
      : boxes(static_cast<std::size_t>(numRanks)), hasEnded(boxes.size()) {}

  void abort() noexcept {
    aborted.store(true);
    wakeAll();
  }

  /// Nothing more comes from this rank.
  void leave(int rank) noexcept {
    hasEnded[static_cast<std::size_t>(rank)].store(true);
    wakeAll();
  }

  void wakeAll() noexcept {
    for (Mailbox &box : boxes) {
      // The lock makes sure that no rank is between looking at the flags and going to sleep.
      {
        std::lock_guard lock(box.mutex);
      }
      box.changed.notify_all();
    }
  }

  void recordFailure(std::exception_ptr failure) {
    std::lock_guard lock(failureMutex);
    if (!firstFailure)
      firstFailure = std::move(failure);
  }

  std::vector<Mailbox> boxes;
  std::vector<std::atomic<bool>> hasEnded; ///< By rank.
  std::atomic<bool> aborted{false};
  std::mutex failureMutex;
  std::exception_ptr firstFailure;
};

std::vector<std::byte> takeSpare(Mailbox &box, std::size_t size) {
  auto fitting = std::find_if(box.spare.begin(), box.spare.end(),
                              [size](const auto &buffer) { return buffer.capacity() >= size; });
  if (fitting == box.spare.end())
    return {};
  std::vector<std::byte> buffer = std::move(*fitting);
  box.spare.erase(fitting);
  return buffer;
}

class LocalCommunicator final : public Communicator {
public:
  LocalCommunicator(World &world, int me) : world(world), me(me) {}

  int rank() const override { return me; }
  int size() const override { return static_cast<int>(world.boxes.size()); }
  void abort() noexcept override { world.abort(); }
  bool isAborted() noexcept override { return world.aborted.load(); }

  void send(int peer, std::span<const std::byte> data) override {
    throwIfAborted();
    Mailbox &box = world.boxes[static_cast<std::size_t>(peer)];
    {
      std::lock_guard lock(box.mutex);
      std::vector<std::byte> buffer = takeSpare(box, data.size());
      buffer.assign(data.begin(), data.end());
      box.waiting.push_back({me, std::move(buffer)});
    }
    box.changed.notify_one();
  }

  void receive(int peer, std::span<std::byte> data) override {
    Mailbox &box = world.boxes[static_cast<std::size_t>(me)];
    std::unique_lock lock(box.mutex);
    auto message = box.waiting.end();
    box.changed.wait(lock, [&] {
      message = std::find_if(box.waiting.begin(), box.waiting.end(),
                             [peer](const Message &waiting) { return waiting.source == peer; });
      return message != box.waiting.end() || world.aborted.load() ||
             world.hasEnded[static_cast<std::size_t>(peer)].load();
    });
    throwIfAborted();
    if (message == box.waiting.end())
      throw Error(ErrorCode::Aborted, "another rank ended while this one waits for it");
    if (message->data.size() != data.size())
      throw Error(ErrorCode::Internal, "a message has another size than its receiver expects");
    std::copy(message->data.begin(), message->data.end(), data.begin());
    box.spare.push_back(std::move(message->data));
    box.waiting.erase(message);
  }

private:
  void throwIfAborted() {
    if (isAborted())
      throw Error(ErrorCode::Aborted, "another rank failed");
  }

  World &world;
  int me;
};

void runRank(World &world, int rank, const std::function<void(Communicator &)> &body) {
  LocalCommunicator comm(world, rank);
  try {
    body(comm);
  } catch (...) {
    // Recorded before the others are woken, so that the cause precedes its consequences.
    world.recordFailure(std::current_exception());
    world.abort();
  }
  world.leave(rank);
}

} // namespace

void runLocalWorld(int numRanks, const std::function<void(Communicator &)> &body) {
  World world(numRanks);
  std::vector<std::jthread> threads;
  try {
    for (int rank = 1; rank < numRanks; ++rank)
      threads.emplace_back([&world, rank, &body] { runRank(world, rank, body); });
  } catch (...) {
    world.abort(); // ranks that have started would wait for those that never will
    throw;
  }
  runRank(world, 0, body);
  threads.clear(); // joins
  if (world.firstFailure)
    std::rethrow_exception(world.firstFailure);
}

} // namespace irh::rt
