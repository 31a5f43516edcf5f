//===- TimeCalls.cpp - evolve -----------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/step/TimeLoop.h"

#include <cstdint>

using irh::abi::guard;
using irh::rt::program::Context;
using irh::rt::step::State;
using irh::rt::step::TimeSpan;

namespace {

/// Keeps the context's position, rows and progress in step with the loop.
class ContextHost final : public irh::rt::step::LoopHost {
public:
  ContextHost(Context &context, std::int64_t numSteps) : context(context), numSteps(numSteps) {
    context.report.progressLine().begin();
  }
  ~ContextHost() override {
    context.report.progressLine().hide();
    context.position.reset();
  }
  ContextHost(const ContextHost &) = delete;
  ContextHost &operator=(const ContextHost &) = delete;

  void stateBegins(const State &state, const State &next) override {
    context.position = {state, next};
  }

  // The row goes out even if the step that it began has failed: it comes before the failure.
  void stateEnds(const State &state) override {
    context.report.endRow({{state.number, state.t, context.evolve.timeName}});
    context.report.progressLine().update(
        {.step = state.number, .numSteps = numSteps, .t = state.t});
    if (context.failedCheck) {
      context.location = context.failedCheck->location;
      throw irh::rt::Error(context.failedCheck->code, context.failedCheck->message);
    }
  }

  bool mustStop() override { return context.hasFailed() || context.comm.isAborted(); }

private:
  Context &context;
  std::int64_t numSteps;
};

} // namespace

static void evolve(Context &context, void *baseStep, void *fullStep, const TimeSpan &span) {
  context.evolve.baseStep = reinterpret_cast<irh_step>(baseStep);
  context.evolve.fullStep = reinterpret_cast<irh_step>(fullStep);
  ContextHost host(context, span.numSteps);
  irh::rt::step::runLoop(context.evolve, span, host);
}

extern "C" {

void irh_rt_evolve_begin(void *handle, void *timeName, void *frame) {
  guard(handle, [&](Context &context) {
    context.evolve = {};
    context.evolve.timeName = timeName ? static_cast<const char *>(timeName) : "t";
    context.evolve.context = handle;
    context.evolve.frame = frame;
  });
}

void irh_rt_evolve_event(void *handle, void *event, std::int64_t everySteps) {
  guard(handle, [&](Context &context) {
    if (everySteps < 1)
      throw irh::rt::invalid("`every` must be at least 1 step, but is " +
                             std::to_string(everySteps));
    context.evolve.events.push_back({reinterpret_cast<irh_event>(event), everySteps});
  });
}

void irh_rt_evolve_each_step(void *handle, void *event) {
  guard(handle, [&](Context &context) {
    context.evolve.events.push_back({reinterpret_cast<irh_event>(event), 0});
  });
}

void irh_rt_evolve_span(void *handle, void *baseStep, void *fullStep, double from, double to,
                        double dt) {
  guard(handle, [&](Context &context) {
    evolve(context, baseStep, fullStep,
           irh::rt::step::spanBetween({.from = from, .to = to, .dt = dt}));
  });
}

void irh_rt_evolve_steps(void *handle, void *baseStep, void *fullStep, std::int64_t numSteps,
                         double dt) {
  guard(handle, [&](Context &context) {
    evolve(context, baseStep, fullStep, irh::rt::step::spanOfSteps(numSteps, dt));
  });
}

} // extern "C"
