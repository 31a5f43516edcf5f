//===- Progress.h - one line on the terminal that says how far a run is -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REPORT_PROGRESS_H
#define IRH_RUNTIME_REPORT_PROGRESS_H

#include <chrono>
#include <cstdint>
#include <string>

namespace irh::rt::report {

/// How far an evolve is.
struct Position {
  std::int64_t step = 0;
  std::int64_t numSteps = 0; ///< 0 where steps follow their error; `t` is then the measure.
  double t = 0;
  double to = 0; ///< The t of the end.
};

/// The text of the line: step, t, steps/s, time left. `first`: where the time began to run.
std::string describeProgress(const Position &position, const Position &first, double secondsSoFar);

/// Rewrites its line a few times a second, and takes it away before anything else is printed.
class Progress {
public:
  /// Shows nothing where `descriptor` is negative.
  explicit Progress(int descriptor) : descriptor(descriptor) {}

  void begin(const Position &position);
  /// Cost: reads a clock; writes at most five times a second.
  void update(const Position &position);
  void hide();

private:
  using Clock = std::chrono::steady_clock;

  int descriptor;
  bool isShown = false;
  Position first;
  Clock::time_point start;
  Clock::time_point lastShown;
};

} // namespace irh::rt::report

#endif // IRH_RUNTIME_REPORT_PROGRESS_H
