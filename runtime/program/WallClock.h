//===- WallClock.h - what is due every so many seconds, on all ranks --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PROGRAM_WALLCLOCK_H
#define IRH_RUNTIME_PROGRAM_WALLCLOCK_H

#include "runtime/core/Communicator.h"

#include <chrono>
#include <cstdint>

namespace irh::rt::program {

/// Rank 0 looks at its clock, and tells the others; it does so only every few steps, as many as
/// take about a twentieth of the interval, and no more than 50 ms.
class WallClock {
public:
  /// The interval starts anew.
  void reset() { start = Clock::now(); }

  /// Steps are counted from here.
  void beginEvolve(std::int64_t firstStep);

  /// Whether the interval is over. Collective: with the same steps, in rising order.
  bool isOver(std::int64_t step, double seconds, Communicator &comm);

private:
  using Clock = std::chrono::steady_clock;

  std::int64_t nextLook(std::int64_t step, double seconds) const;

  Clock::time_point start = Clock::now();
  Clock::time_point evolveStart = start;
  std::int64_t evolveFirst = 0;
  std::int64_t next = 0; ///< Step at which to look.
};

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_WALLCLOCK_H
