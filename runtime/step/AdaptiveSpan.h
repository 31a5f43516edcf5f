//===- AdaptiveSpan.h - steps whose length follows their error --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_STEP_ADAPTIVESPAN_H
#define IRH_RUNTIME_STEP_ADAPTIVESPAN_H

#include "runtime/step/Cadence.h"

#include <cstdint>

namespace irh::rt::step {

/// From `from` to `to`; the first attempt is a step of `firstDt`.
struct AdaptiveSpan {
  double from = 0;
  double to = 0;
  double firstDt = 0;
};

/// The span as a model asks for it: `firstDt` 0 means a thousandth of the way. The step functions
/// divide by the tolerance; here it is only looked at.
///
/// Errors  InvalidArgument: a value that is not finite, to < from, a first step or a tolerance
///         that is not positive.
struct AdaptiveRequest {
  double from;
  double to;
  double firstDt;
  double tolerance;
};
AdaptiveSpan adaptiveSpan(const AdaptiveRequest &request);

/// State 0.
constexpr Standing firstStanding(const AdaptiveSpan &span) {
  return {.state = {0, span.from}, .from = span.from, .previousT = span.from, .dt = span.firstDt};
}

/// The root of the mean of squares; 0 where there are none.
double rootMean(double sumOfSquares, std::int64_t count);

/// Whether a step with this error, in units of the tolerance, is kept.
constexpr bool isAccepted(double error) { return error <= 1; }

/// What came of an attempt.
struct Attempt {
  double dt = 0;
  double error = 0;     ///< In units of the tolerance.
  bool isRetry = false; ///< The attempt before it, from the same state, was not accepted.
};

/// Length of the attempt after this one: dt clamp(0.9 error^(-1/5), 0.2, 5), and no longer than dt
/// after a retry. An error that is not a number shortens as much as any.
///
/// Source  E. Hairer, S. Norsett, G. Wanner, "Solving Ordinary Differential Equations I", 2nd ed.,
///         1993, II.4, eq. 4.13 with fac 0.9, facmin 0.2, facmax 5, for an error of order 5.
double nextStep(const Attempt &attempt);

} // namespace irh::rt::step

#endif // IRH_RUNTIME_STEP_ADAPTIVESPAN_H
