//===- TimeSpan.cpp - the times at which a run's states stand ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/step/TimeSpan.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace irh::rt::step {

static constexpr double kWholeWithin = 1e-9;
static constexpr double kMostSteps = 0x1p53; // beyond, step * dt no longer tells steps apart

Standing TimeSpan::standingAt(std::int64_t step) const {
  return {.state = {step, timeOf(step)},
          .from = from,
          .previousT = timeOf(std::max<std::int64_t>(step - 1, 0)),
          .dt = stepFrom(step)};
}

void checkStep(double dt) {
  if (!(std::isfinite(dt) && dt > 0))
    throw invalid("the step of `evolve` must be positive and finite, but is " + shortest(dt));
}

void checkTimes(double from, double to) {
  if (!std::isfinite(from) || !std::isfinite(to))
    throw invalid("`evolve` must run between finite times, but runs from " + shortest(from) +
                  " to " + shortest(to));
  if (to < from)
    throw invalid("`evolve` runs from " + shortest(from) + " to " + shortest(to) +
                  ", which is earlier; exchange the two");
}

TimeSpan spanBetween(const SpanRequest &request) {
  const auto [from, to, dt] = request;
  checkStep(dt);
  checkTimes(from, to);
  const double exact = (to - from) / dt;
  if (!(exact < kMostSteps))
    throw invalid("a step of " + shortest(dt) + " is too small to reach " + shortest(to) +
                  " from " + shortest(from) + "; use a larger step");
  const double nearest = std::round(exact);
  if (std::abs(exact - nearest) <= kWholeWithin * std::max(1.0, exact))
    return {from, to, dt, dt, static_cast<std::int64_t>(nearest)};
  const double numWhole = std::floor(exact);
  return {from, to, dt, to - (from + numWhole * dt), static_cast<std::int64_t>(numWhole) + 1};
}

TimeSpan spanOfSteps(std::int64_t numSteps, double dt) {
  checkStep(dt);
  if (numSteps < 0)
    throw invalid("`evolve` must run for 0 steps or more, but is asked for " +
                  std::to_string(numSteps));
  const double end = static_cast<double>(numSteps) * dt;
  if (!(static_cast<double>(numSteps) < kMostSteps && std::isfinite(end)))
    throw invalid("`evolve` is asked for too many steps: " + std::to_string(numSteps) + " of " +
                  shortest(dt));
  return {0, end, dt, dt, numSteps};
}

} // namespace irh::rt::step
