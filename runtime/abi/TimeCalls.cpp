//===- TimeCalls.cpp - evolve -----------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/core/Text.h"
#include "runtime/step/TimeLoop.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

using irh::abi::guard;
using irh::abi::guardEffect;
using irh::abi::SlotKind;
using irh::rt::program::Context;
using irh::rt::program::Resumption;
using irh::rt::step::AdaptiveEnd;
using irh::rt::step::AdaptiveSpan;
using irh::rt::step::Standing;
using irh::rt::step::State;
using irh::rt::step::TimeSpan;

namespace {

/// How far an evolve goes.
struct Way {
  std::int64_t numSteps = 0; ///< 0: not known before its end.
  double to = 0;
};

/// Keeps the context's position, rows and progress in step with the loop.
class ContextHost final : public irh::rt::step::LoopHost {
public:
  ContextHost(Context &context, const Standing &first, const Way &way)
      : context(context), last(first), way(way) {
    context.checkpoints.startLoop(first);
    context.report.progressLine().begin(describe(first.state));
  }
  ~ContextHost() override {
    context.report.progressLine().hide();
    context.position.reset();
  }
  ContextHost(const ContextHost &) = delete;
  ContextHost &operator=(const ContextHost &) = delete;

  void stateBegins(const Standing &standing) override {
    context.finishExchanges();
    last = standing;
    context.position = {standing.state, standing.state};
    context.checkpoints.reachState(standing, context.report.files());
  }
  void stepBegins(const State &next) override { context.position->next = next; }
  bool isConditionMet() override { return context.answers.isConditionMet; }
  double stepError() override { return context.answers.stepError; }

  // The row goes out even if the step that it began has failed: it comes before the failure.
  void stateEnds(const State &state) override {
    context.finishExchanges();
    context.report.endRow({{state.number, state.t, context.evolve.timeName}});
    context.report.progressLine().update(describe(state));
    if (context.failedCheck) {
      context.location = context.failedCheck->location;
      throw irh::rt::Error(context.failedCheck->code, context.failedCheck->message);
    }
  }

  bool mustStop() override { return context.hasFailed() || context.comm.isAborted(); }

  /// The loop has returned.
  void end() {
    if (!mustStop())
      context.checkpoints.endLoop(last);
  }

private:
  irh::rt::report::Position describe(const State &state) const {
    return {.step = state.number, .numSteps = way.numSteps, .t = state.t, .to = way.to};
  }

  Context &context;
  Standing last;
  Way way;
};

} // namespace

/// Where the loop starts; nothing if the checkpoint that the run goes on from is past it.
static std::optional<Standing> startingPoint(Context &context, const Standing &first) {
  const std::optional<Resumption> resumption = context.checkpoints.resume();
  context.report.mute(context.checkpoints.isReplaying());
  if (!resumption)
    return first;
  return resumption->isPast ? std::nullopt : std::optional(resumption->standing);
}

/// Notes what a step sends, by a step that does nothing else.
static void noteStep(Context &context, void *step) {
  const irh::rt::halo::Volume before = context.sent;
  const irh::rt::program::Location place = context.location;
  reinterpret_cast<irh_step>(step)(&context, context.evolve.frame, 0, 0, 0);
  context.notes->steps.push_back(
      {place,
       {context.sent.numMessages - before.numMessages, context.sent.numBytes - before.numBytes}});
}

static void evolve(Context &context, void *baseStep, void *fullStep, const TimeSpan &span) {
  context.evolve.baseStep = reinterpret_cast<irh_step>(baseStep);
  context.evolve.fullStep = reinterpret_cast<irh_step>(fullStep);
  const std::optional<Standing> first = startingPoint(context, span.standingAt(0));
  if (!first)
    return;
  ContextHost host(context, *first, {.numSteps = span.numSteps, .to = span.to});
  irh::rt::step::runLoop(context.evolve, span, first->state.number, host);
  host.end();
}

static std::string describeTooSmallStep(const Context &context) {
  const std::string t = irh::rt::shortest(context.position->state.t);
  if (!std::isfinite(context.answers.stepError))
    return "from t = " + t +
           " no step, however small, gives finite values: a rate is infinite or NaN there; mend "
           "its equation or the initial values, or end the evolve before";
  return "the step became too small at t = " + t +
         ", and its error is still above the tolerance; raise `tolerance:`, or end the evolve "
         "before its solution ceases to exist";
}

static void evolveAdaptively(Context &context, void *step, const AdaptiveSpan &span) {
  context.evolve.baseStep = reinterpret_cast<irh_step>(step);
  const std::optional<Standing> first = startingPoint(context, firstStanding(span));
  if (!first)
    return;
  const irh::rt::program::Location place = context.location;
  ContextHost host(context, *first, {.to = span.to});
  if (runAdaptiveLoop(context.evolve, span, *first, host) == AdaptiveEnd::Whole)
    return host.end();
  context.location = place;
  throw irh::rt::Error(irh::rt::ErrorCode::Stopped, describeTooSmallStep(context));
}

extern "C" {

void irh_rt_evolve_begin(void *handle, void *timeName, void *frame, std::int64_t numSlots,
                         void *slotKinds) {
  guard(handle, [&](Context &context) {
    context.checkpoints.beginEvolve(
        static_cast<std::byte *>(frame),
        {static_cast<const SlotKind *>(slotKinds), static_cast<std::size_t>(numSlots)});
    context.evolve = {};
    context.evolve.timeName = timeName ? static_cast<const char *>(timeName) : "t";
    context.evolve.context = handle;
    context.evolve.frame = frame;
  });
}

void irh_rt_evolve_event(void *handle, void *event, std::int64_t everySteps, double everyTime,
                         void *condition, std::int32_t isHeld) {
  guardEffect(handle, [&](Context &context) {
    context.evolve.events.push_back({.call = reinterpret_cast<irh_event>(event),
                                     .cadence = irh::rt::step::makeCadence(everySteps, everyTime),
                                     .condition = reinterpret_cast<irh_event>(condition),
                                     .isHeld = isHeld != 0});
  });
}

void irh_rt_checkpoint(void *handle, std::int64_t everySteps, double everyTime,
                       double everySeconds) {
  guardEffect(handle, [&](Context &context) {
    context.checkpoints.addCadence(irh::rt::step::makeCadence(everySteps, everyTime), everySeconds);
  });
}

void irh_rt_due(void *handle, std::int32_t isDue) {
  guard(handle, [&](Context &context) { context.answers.isConditionMet = isDue != 0; });
}

void irh_rt_evolve_span(void *handle, void *baseStep, void *fullStep, double from, double to,
                        double dt) {
  guard(handle, [&](Context &context) {
    if (context.notes)
      return noteStep(context, baseStep);
    evolve(context, baseStep, fullStep,
           irh::rt::step::spanBetween({.from = from, .to = to, .dt = dt}));
  });
}

void irh_rt_evolve_steps(void *handle, void *baseStep, void *fullStep, std::int64_t numSteps,
                         double dt) {
  guard(handle, [&](Context &context) {
    if (context.notes)
      return noteStep(context, baseStep);
    evolve(context, baseStep, fullStep, irh::rt::step::spanOfSteps(numSteps, dt));
  });
}

void irh_rt_evolve_adaptive(void *handle, void *step, double from, double to, double firstDt,
                            double tolerance) {
  guard(handle, [&](Context &context) {
    if (context.notes)
      return noteStep(context, step);
    evolveAdaptively(context, step,
                     irh::rt::step::adaptiveSpan(
                         {.from = from, .to = to, .firstDt = firstDt, .tolerance = tolerance}));
  });
}

std::int32_t irh_rt_step_error(void *handle, double sumOfSquares, std::int64_t count) {
  return guard(handle, [&](Context &context) -> std::int32_t {
    context.answers.stepError = irh::rt::step::rootMean(sumOfSquares, count);
    return irh::rt::step::isAccepted(context.answers.stepError);
  });
}

} // extern "C"
