//===- AdaptiveSpan.cpp - steps whose length follows their error ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/step/AdaptiveSpan.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/step/TimeSpan.h"

#include <algorithm>
#include <cmath>

namespace irh::rt::step {

AdaptiveSpan adaptiveSpan(const AdaptiveRequest &request) {
  const auto [from, to, firstDt, tolerance] = request;
  checkTimes(from, to);
  if (firstDt != 0)
    checkStep(firstDt);
  if (!(std::isfinite(tolerance) && tolerance > 0))
    throw invalid("the tolerance of `evolve` must be positive and finite, but is " +
                  shortest(tolerance));
  constexpr double kDefaultSteps = 1000;
  return {from, to, firstDt != 0 ? firstDt : (to - from) / kDefaultSteps};
}

double rootMean(double sumOfSquares, std::int64_t count) {
  return count == 0 ? 0 : std::sqrt(sumOfSquares / static_cast<double>(count));
}

double nextStep(const Attempt &attempt) {
  constexpr double kLeast = 0.2;
  constexpr double kMost = 5;
  const double wanted = 0.9 * std::pow(attempt.error, -1.0 / 5);
  const double factor = std::isnan(wanted) ? kLeast : std::clamp(wanted, kLeast, kMost);
  return attempt.dt * (attempt.isRetry ? std::min(factor, 1.0) : factor);
}

} // namespace irh::rt::step
