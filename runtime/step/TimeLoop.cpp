//===- TimeLoop.cpp - calls a model's step and events in their order --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/step/TimeLoop.h"

#include "runtime/core/Array.h"

#include <algorithm>
#include <cassert>

namespace irh::rt::step {
namespace {

class Loop {
public:
  Loop(const Evolve &evolve, const TimeSpan &span, LoopHost &host)
      : evolve(evolve), span(span), host(host),
        hasSeparateEvents(std::any_of(evolve.events.begin(), evolve.events.end(), isSeparate)) {}

  void run() {
    for (std::int64_t step = 0; step <= span.numSteps; ++step) {
      if (host.mustStop())
        return;
      const State state{step, span.timeOf(step)};
      const std::int64_t next = std::min(step + 1, span.numSteps);
      host.stateBegins(state, {next, span.timeOf(next)});
      if (step < span.numSteps)
        advance(state);
      else
        callEvents(state, [](const Event &) { return true; });
      host.stateEnds(state);
    }
  }

private:
  static bool isSeparate(const Event &event) { return event.everySteps != 0; }

  template <typename Choose> void callEvents(const State &state, Choose isChosen) {
    for (const Event &event : evolve.events)
      if (isChosen(event))
        event.call(evolve.context, evolve.frame, state.t, state.number);
  }

  void advance(const State &state) {
    const double dt = span.stepFrom(state.number);
    const bool areAllDue = std::all_of(evolve.events.begin(), evolve.events.end(),
                                       [&](const Event &e) { return e.isDueAt(state.number); });
    if (hasSeparateEvents && areAllDue) {
      evolve.fullStep(evolve.context, evolve.frame, state.t, dt, state.number);
      return;
    }
    callEvents(state, [&](const Event &e) { return isSeparate(e) && e.isDueAt(state.number); });
    callBaseStep(state, dt);
  }

  void callBaseStep(const State &state, double dt) {
    [[maybe_unused]] const std::int64_t numBefore = allocationCount();
    evolve.baseStep(evolve.context, evolve.frame, state.t, dt, state.number);
    // Two calls warm buffers up: two fields that swap memory each meet them once.
    constexpr int kWarmUp = 2;
    assert((numBaseSteps < kWarmUp || allocationCount() == numBefore) &&
           "a warm step allocates nothing");
    numBaseSteps = std::min(numBaseSteps + 1, kWarmUp);
  }

  const Evolve &evolve;
  const TimeSpan &span;
  LoopHost &host;
  bool hasSeparateEvents;
  int numBaseSteps = 0;
};

} // namespace

void runLoop(const Evolve &evolve, const TimeSpan &span, LoopHost &host) {
  Loop(evolve, span, host).run();
}

} // namespace irh::rt::step
