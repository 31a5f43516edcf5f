//===- ThreadTeam.h - threads that share the chunks of a loop ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CORE_THREADTEAM_H
#define IRH_RUNTIME_CORE_THREADTEAM_H

#include <atomic>
#include <cstdint>
#include <thread>
#include <type_traits>
#include <vector>

namespace irh::rt {

/// How idle threads wait. Spinning is quick to start, and harmful where threads outnumber cores.
enum class WaitPolicy { SpinThenSleep, Sleep };

/// The calling thread and `numThreads - 1` workers that live as long as the team. Each begins with
/// the chunks of a share of its own, the same in each loop of as many chunks: what it wrote in one
/// loop is in its core's caches in the next. Then it helps with the shares of others.
class ThreadTeam {
public:
  explicit ThreadTeam(int numThreads, WaitPolicy policy = WaitPolicy::SpinThenSleep);
  ~ThreadTeam();
  ThreadTeam(const ThreadTeam &) = delete;
  ThreadTeam &operator=(const ThreadTeam &) = delete;

  int size() const { return static_cast<int>(workers.size()) + 1; }

  /// Calls `body(chunk, thread)` once for each chunk in [0, numChunks), on any thread of the
  /// team, and returns when all calls have. `thread` is in [0, size()).
  ///
  /// Collective   no; one parallelFor at a time, always from the thread that made the team.
  /// Cost         an atomic increment for each chunk; allocates nothing. One chunk, or a team
  ///              of one, runs on the caller alone. A worker that wakes late is not waited for.
  /// Determinism  which thread runs which chunk, and when, is not promised.
  /// Errors       `body` must not throw.
  template <typename Body> void parallelFor(std::int64_t numChunks, Body &&body) {
    using Plain = std::remove_reference_t<Body>;
    run(
        numChunks,
        [](void *state, std::int64_t chunk, int thread) {
          (*static_cast<Plain *>(state))(chunk, thread);
        },
        const_cast<std::remove_const_t<Plain> *>(&body));
  }

private:
  using Call = void (*)(void *state, std::int64_t chunk, int thread);

  void run(std::int64_t numChunks, Call call, void *state) noexcept;
  void work(int thread) noexcept;
  void share(std::int64_t numChunks);
  void serve(int thread);
  bool enter();
  void leave();
  void closeAndWait();
  void awaitChange(std::atomic<int> &value, int old) const;

  struct Job {
    Call call = nullptr;
    void *state = nullptr;
  };
  struct alignas(64) Share { ///< Chunks [next, end) have not been begun.
    std::atomic<std::int64_t> next{0};
    std::int64_t end = 0;
  };

  // A worker reads the job only between `enter` and `leave`, and enters only while the door is
  // open; the caller changes the job only when it has closed the door and nobody is inside.
  static constexpr int kDoorOpen = 1 << 30;

  Job job;
  int numSpins;
  std::atomic<bool> stopping{false};
  std::vector<Share> shares; ///< Of each thread.
  alignas(64) std::atomic<int> generation{0}; ///< Counts jobs; workers wait for it to change.
  alignas(64) std::atomic<int> door{0};       ///< kDoorOpen, and the number of workers inside.
  std::vector<std::jthread> workers;
};

} // namespace irh::rt

#endif // IRH_RUNTIME_CORE_THREADTEAM_H
