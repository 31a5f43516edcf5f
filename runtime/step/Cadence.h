//===- Cadence.h - at which states something is due -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_STEP_CADENCE_H
#define IRH_RUNTIME_STEP_CADENCE_H

#include <cstdint>

namespace irh::rt::step {

/// State number `number`, at time t.
struct State {
  std::int64_t number = 0;
  double t = 0;
};

/// Where a loop stands: all it needs to go on from here.
struct Standing {
  State state;
  double from = 0;      ///< Time of state 0.
  double previousT = 0; ///< Of the state before; of state 0 its own.
  double dt = 0;        ///< Of the next step. Adaptive: of its first attempt.
};

/// `every 10 steps`, `every 0.5 time`, both, or neither.
struct Cadence {
  std::int64_t everySteps = 0; ///< 0 where not given, else at least 1.
  double everyTime = 0;        ///< 0 where not given, else positive and finite.

  bool isEmpty() const { return everySteps == 0 && everyTime == 0; }

  /// Due at state 0; at each multiple of `everySteps`; at each state that is the first at or past
  /// a multiple of `everyTime` counted from state 0, within 1e-9 of it.
  bool isDueAt(const Standing &standing) const;
};

/// Errors  InvalidArgument unless each is 0 or positive and finite.
Cadence makeCadence(std::int64_t everySteps, double everyTime);

} // namespace irh::rt::step

#endif // IRH_RUNTIME_STEP_CADENCE_H
