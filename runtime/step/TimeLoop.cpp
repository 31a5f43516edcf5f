//===- TimeLoop.cpp - calls a model's step and events in their order --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/step/TimeLoop.h"

#include "runtime/core/Array.h"

#include <algorithm>
#include <cassert>

namespace irh::rt::step {
namespace {

/// What both kinds of loop call at a state.
class Calls {
public:
  Calls(const Evolve &evolve, LoopHost &host)
      : evolve(evolve), host(host),
        hasSeparateEvents(std::any_of(evolve.events.begin(), evolve.events.end(), isSeparate)) {}

  /// Of the last state.
  void callLastEvents(const Standing &standing) {
    for (const Event &event : evolve.events)
      if (event.isOfEachStep() || !event.cadence.isEmpty() || isMet(event, standing))
        call(event, standing);
  }

  /// Of any other state, save those that the step called next holds; gives which step that is.
  irh_step callEvents(const Standing &standing) {
    const bool isFull = hasSeparateEvents && areHeldDue(standing);
    for (const Event &event : evolve.events)
      if ((!event.isHeld || (isSeparate(event) && !isFull)) && isDue(event, standing))
        call(event, standing);
    return isFull ? evolve.fullStep : evolve.baseStep;
  }

  void callStep(irh_step step, const Standing &standing) {
    [[maybe_unused]] const std::int64_t numBefore = allocationCount();
    step(evolve.context, evolve.frame, standing.state.t, standing.dt, standing.state.number);
    if (step != evolve.baseStep)
      return;
    // Two calls warm buffers up: two fields that swap memory each meet them once.
    constexpr int kWarmUp = 2;
    assert((numBaseSteps < kWarmUp || allocationCount() == numBefore) &&
           "a warm step allocates nothing");
    numBaseSteps = std::min(numBaseSteps + 1, kWarmUp);
  }

private:
  /// Held by the full step, but not by the base step.
  static bool isSeparate(const Event &event) { return event.isHeld && !event.cadence.isEmpty(); }

  bool areHeldDue(const Standing &standing) const {
    return std::all_of(evolve.events.begin(), evolve.events.end(), [&](const Event &event) {
      return !isSeparate(event) || event.cadence.isDueAt(standing);
    });
  }

  bool isDue(const Event &event, const Standing &standing) {
    return event.isOfEachStep() || event.cadence.isDueAt(standing) || isMet(event, standing);
  }

  bool isMet(const Event &event, const Standing &standing) {
    if (!event.condition)
      return false;
    event.condition(evolve.context, evolve.frame, standing.state.t, standing.state.number);
    return host.isConditionMet();
  }

  void call(const Event &event, const Standing &standing) {
    event.call(evolve.context, evolve.frame, standing.state.t, standing.state.number);
  }

  const Evolve &evolve;
  LoopHost &host;
  bool hasSeparateEvents;
  int numBaseSteps = 0;
};

/// From one state to the next in as many attempts as it takes.
class AdaptiveLoop {
public:
  AdaptiveLoop(const Evolve &evolve, const AdaptiveSpan &span, LoopHost &host)
      : span(span), host(host), calls(evolve, host) {}

  AdaptiveEnd run(Standing standing) {
    for (bool canGoOn = true; canGoOn && !host.mustStop();) {
      host.stateBegins(standing);
      const State state = standing.state;
      if (state.t >= span.to) {
        calls.callLastEvents(standing);
        canGoOn = false;
      } else {
        const irh_step step = calls.callEvents(standing);
        canGoOn = advance(standing, step);
      }
      host.stateEnds(state);
    }
    return end;
  }

private:
  /// Whether the state is another.
  bool advance(Standing &standing, irh_step step) {
    for (Attempt attempt;; attempt.isRetry = true) {
      const State next = shorten(standing);
      if (!(next.t > standing.state.t)) {
        end = AdaptiveEnd::StepTooSmall;
        return false;
      }
      host.stepBegins(next);
      calls.callStep(step, standing);
      if (host.mustStop())
        return false;
      attempt.dt = standing.dt;
      attempt.error = host.stepError();
      standing.dt = nextStep(attempt);
      if (isAccepted(attempt.error)) {
        standing.previousT = standing.state.t;
        standing.state = next;
        return true;
      }
    }
  }

  /// A step that reaches the end, or misses it by little, ends there.
  State shorten(Standing &standing) const {
    constexpr double kWithin = 1e-9;
    const State &state = standing.state;
    const double left = span.to - state.t;
    const bool isLast = standing.dt * (1 + kWithin) >= left;
    if (isLast)
      standing.dt = left;
    return {state.number + 1, isLast ? span.to : state.t + standing.dt};
  }

  const AdaptiveSpan &span;
  LoopHost &host;
  Calls calls;
  AdaptiveEnd end = AdaptiveEnd::Whole;
};

} // namespace

void runLoop(const Evolve &evolve, const TimeSpan &span, std::int64_t first, LoopHost &host) {
  Calls calls(evolve, host);
  for (std::int64_t number = first; number <= span.numSteps && !host.mustStop(); ++number) {
    const Standing standing = span.standingAt(number);
    host.stateBegins(standing);
    if (number == span.numSteps) {
      calls.callLastEvents(standing);
    } else {
      const irh_step step = calls.callEvents(standing);
      host.stepBegins({number + 1, span.timeOf(number + 1)});
      calls.callStep(step, standing);
    }
    host.stateEnds(standing.state);
  }
}

AdaptiveEnd runAdaptiveLoop(const Evolve &evolve, const AdaptiveSpan &span, const Standing &first,
                            LoopHost &host) {
  return AdaptiveLoop(evolve, span, host).run(first);
}

} // namespace irh::rt::step
