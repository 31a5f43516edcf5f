//===- ThreadTeam.cpp - threads that share the chunks of a loop -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/ThreadTeam.h"

#include <algorithm>

namespace irh::rt {

// About 20 microseconds: longer than the gap between two sweeps of a step, far shorter than
// what anyone would notice as a core kept busy for nothing.
static constexpr int kNumSpins = 1000;

static void pauseBriefly() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  std::this_thread::yield();
#endif
}

ThreadTeam::ThreadTeam(int numThreads, WaitPolicy policy)
    : numSpins(policy == WaitPolicy::SpinThenSleep ? kNumSpins : 0),
      shares(static_cast<std::size_t>(std::max(1, numThreads))) {
  for (int thread = 1; thread < numThreads; ++thread)
    workers.emplace_back([this, thread] { serve(thread); });
}

ThreadTeam::~ThreadTeam() {
  stopping = true;
  generation.fetch_add(1, std::memory_order_release);
  generation.notify_all();
}

void ThreadTeam::awaitChange(std::atomic<int> &value, int old) const {
  for (int spin = 0; spin < numSpins; ++spin) {
    if (value.load(std::memory_order_acquire) != old)
      return;
    pauseBriefly();
  }
  value.wait(old, std::memory_order_acquire);
}

void ThreadTeam::share(std::int64_t numChunks) {
  const auto numShares = static_cast<std::int64_t>(shares.size());
  for (std::int64_t i = 0; i < numShares; ++i) {
    Share &share = shares[static_cast<std::size_t>(i)];
    share.next.store(numChunks / numShares * i + std::min(i, numChunks % numShares),
                     std::memory_order_relaxed);
    share.end = numChunks / numShares * (i + 1) + std::min(i + 1, numChunks % numShares);
  }
}

void ThreadTeam::work(int thread) noexcept {
  for (std::size_t i = 0; i < shares.size(); ++i) {
    Share &share = shares[(static_cast<std::size_t>(thread) + i) % shares.size()];
    for (;;) {
      const std::int64_t chunk = share.next.fetch_add(1, std::memory_order_relaxed);
      if (chunk >= share.end)
        break;
      job.call(job.state, chunk, thread);
    }
  }
}

bool ThreadTeam::enter() {
  int state = door.load(std::memory_order_relaxed);
  while ((state & kDoorOpen) != 0)
    if (door.compare_exchange_weak(state, state + 1, std::memory_order_acquire))
      return true;
  return false;
}

void ThreadTeam::leave() {
  if (door.fetch_sub(1, std::memory_order_release) == 1) // closed, and this was the last inside
    door.notify_one();
}

void ThreadTeam::closeAndWait() {
  int inside = door.fetch_and(~kDoorOpen, std::memory_order_acquire) & ~kDoorOpen;
  for (; inside != 0; inside = door.load(std::memory_order_acquire))
    awaitChange(door, inside);
}

void ThreadTeam::serve(int thread) {
  for (int seen = 0;;) {
    awaitChange(generation, seen);
    seen = generation.load(std::memory_order_acquire);
    if (stopping)
      return;
    if (enter()) {
      work(thread);
      leave();
    }
  }
}

void ThreadTeam::run(std::int64_t numChunks, Call call, void *state) noexcept {
  if (workers.empty() || numChunks <= 1) {
    for (std::int64_t chunk = 0; chunk < numChunks; ++chunk)
      call(state, chunk, 0);
    return;
  }
  job = {call, state};
  share(numChunks);
  door.store(kDoorOpen, std::memory_order_release);
  generation.fetch_add(1, std::memory_order_release);
  generation.notify_all();
  work(0);
  closeAndWait();
}

} // namespace irh::rt
