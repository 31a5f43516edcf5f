//===- TimeSpan.h - the times at which a run's states stand -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_STEP_TIMESPAN_H
#define IRH_RUNTIME_STEP_TIMESPAN_H

#include "runtime/step/Cadence.h"

#include <cstdint>

namespace irh::rt::step {

/// States 0, 1, ..., numSteps. Times are computed from their number, never added up.
struct TimeSpan {
  double from = 0;
  double to = 0; ///< The last state's time, exactly.
  double dt = 0;
  double lastDt = 0; ///< Of the last step; less than `dt` where it is shortened.
  std::int64_t numSteps = 0;

  double timeOf(std::int64_t step) const {
    return step == numSteps ? to : from + static_cast<double>(step) * dt;
  }
  double stepFrom(std::int64_t step) const { return step + 1 == numSteps ? lastDt : dt; }
  Standing standingAt(std::int64_t step) const;
};

/// Errors: InvalidArgument unless dt is positive and finite.
void checkStep(double dt);

/// Errors: InvalidArgument for a time that is not finite, or to < from.
void checkTimes(double from, double to);

/// From `from` to `to` in steps of dt; the last is shortened to end there, unless their number is
/// within 1e-9 (relative to it, where it is above 1) of a whole one.
///
/// Errors  InvalidArgument: a value that is not finite, to < from, dt <= 0, or a dt so small that
///         steps cannot be counted.
struct SpanRequest {
  double from;
  double to;
  double dt;
};
TimeSpan spanBetween(const SpanRequest &request);

/// `numSteps` steps of dt from time 0. Errors: InvalidArgument as above, or numSteps < 0.
TimeSpan spanOfSteps(std::int64_t numSteps, double dt);

} // namespace irh::rt::step

#endif // IRH_RUNTIME_STEP_TIMESPAN_H
