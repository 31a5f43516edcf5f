//===- Cadence.cpp - at which states something is due -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/step/Cadence.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"

#include <cmath>
#include <string>

namespace irh::rt::step {

/// Intervals that have passed `from` at time t.
static double numPassed(double t, double from, double interval) {
  constexpr double kWithin = 1e-9;
  return std::floor((t - from) / interval + kWithin);
}

bool Cadence::isDueAt(const Standing &standing) const {
  const State &state = standing.state;
  if (isEmpty())
    return false;
  if (state.number == 0 || (everySteps != 0 && state.number % everySteps == 0))
    return true;
  return everyTime != 0 && numPassed(state.t, standing.from, everyTime) >
                               numPassed(standing.previousT, standing.from, everyTime);
}

Cadence makeCadence(std::int64_t everySteps, double everyTime) {
  if (everySteps < 0)
    throw invalid("`every` must be at least 1 step, but is " + std::to_string(everySteps));
  if (!(std::isfinite(everyTime) && everyTime >= 0))
    throw invalid("`every` must be a positive time, but is " + shortest(everyTime));
  return {everySteps, everyTime};
}

} // namespace irh::rt::step
