//===- TimeLoopTest.cpp - the order of steps, events and rows ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/step/TimeLoop.h"
#include "test/unit/runtime/ExpectError.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace irh::rt::step;
using irh::rt::test::expectInvalid;

namespace {

/// Writes down every call, as `what@step`. It is context and host at once.
struct Recorder final : LoopHost {
  std::string calls;
  std::vector<double> times;
  std::int64_t stopAt = -1;
  bool isStopped = false;
  bool answer = false;

  void write(const char *what, std::int64_t step) {
    calls += (calls.empty() ? "" : " ") + std::string(what) + "@" + std::to_string(step);
  }
  void stateBegins(const Standing &standing) override { times.push_back(standing.state.t); }
  void stepBegins(const State &next) override { EXPECT_GT(next.t, times.back()); }
  bool isConditionMet() override { return answer; }
  double stepError() override { return 0; }
  void stateEnds(const State &state) override { write("row", state.number); }
  bool mustStop() override { return isStopped; }
};

Recorder &recorderOf(void *context) { return *static_cast<Recorder *>(context); }

void eventA(void *context, void *, double, std::int64_t step) {
  recorderOf(context).write("A", step);
}
void eventB(void *context, void *, double, std::int64_t step) {
  recorderOf(context).write("B", step);
}
void baseStep(void *context, void *, double, double, std::int64_t step) {
  Recorder &recorder = recorderOf(context);
  recorder.write("step", step);
  recorder.isStopped = step == recorder.stopAt;
}
void fullStep(void *context, void *, double, double, std::int64_t step) {
  recorderOf(context).write("full", step);
}

Event held(irh_event event, std::int64_t everySteps) {
  return {.call = event, .cadence = {.everySteps = everySteps}, .isHeld = true};
}

Event separate(irh_event event, const Cadence &cadence, irh_event condition = nullptr) {
  return {.call = event, .cadence = cadence, .condition = condition};
}

/// Holds at states 1 and 2.
void early(void *context, void *, double, std::int64_t step) {
  recorderOf(context).write("ask", step);
  recorderOf(context).answer = step == 1 || step == 2;
}

struct Run {
  std::int64_t stopAt = -1;
  std::int64_t first = 0;
};

std::string callsOf(std::vector<Event> events, const TimeSpan &span, const Run &run = {}) {
  Recorder recorder;
  recorder.stopAt = run.stopAt;
  const Evolve evolve{.timeName = "t",
                      .context = &recorder,
                      .frame = nullptr,
                      .events = std::move(events),
                      .baseStep = baseStep,
                      .fullStep = fullStep};
  runLoop(evolve, span, run.first, recorder);
  return recorder.calls;
}

} // namespace

TEST(TimeLoopTest, WithoutEventsOnlyStepsAreTaken) {
  EXPECT_EQ(callsOf({}, spanOfSteps(2, 0.1)), "step@0 row@0 step@1 row@1 row@2");
}

TEST(TimeLoopTest, TheFullStepHoldsTheEventsWhereAllAreDue) {
  EXPECT_EQ(callsOf({held(eventA, 2)}, spanOfSteps(3, 0.1)),
            "full@0 row@0 step@1 row@1 full@2 row@2 A@3 row@3");
}

TEST(TimeLoopTest, EventsThatAreDueAloneComeBeforeTheStep) {
  EXPECT_EQ(callsOf({held(eventA, 2), held(eventB, 3)}, spanOfSteps(4, 0.1)),
            "full@0 row@0 step@1 row@1 A@2 step@2 row@2 B@3 step@3 row@3 A@4 B@4 row@4");
}

TEST(TimeLoopTest, EventsOfEachStepAreInTheStepSaveAtTheEnd) {
  EXPECT_EQ(callsOf({held(eventA, 0)}, spanOfSteps(2, 0.1)), "step@0 row@0 step@1 row@1 A@2 row@2");
  EXPECT_EQ(callsOf({held(eventA, 0), held(eventB, 2)}, spanOfSteps(3, 0.1)),
            "full@0 row@0 step@1 row@1 full@2 row@2 A@3 B@3 row@3");
}

TEST(TimeLoopTest, NoStepsStillMeanOneState) {
  EXPECT_EQ(callsOf({held(eventA, 0), held(eventB, 5)}, spanOfSteps(0, 0.1)), "A@0 B@0 row@0");
  EXPECT_EQ(callsOf({held(eventA, 1)}, spanBetween({.from = 2, .to = 2, .dt = 1})), "A@0 row@0");
}

TEST(TimeLoopTest, TheRowOfAStepThatFailedIsTheLastThing) {
  EXPECT_EQ(callsOf({held(eventA, 0)}, spanOfSteps(9, 0.1), {.stopAt = 1}),
            "step@0 row@0 step@1 row@1");
}

TEST(TimeLoopTest, EventsThatAreNotHeldComeInTheirOrder) {
  EXPECT_EQ(
      callsOf({separate(eventA, {.everySteps = 2}), separate(eventB, {})}, spanOfSteps(2, 0.1)),
      "A@0 B@0 step@0 row@0 B@1 step@1 row@1 A@2 B@2 row@2");
  EXPECT_EQ(callsOf({separate(eventB, {}), held(eventA, 2)}, spanOfSteps(3, 0.1)),
            "B@0 full@0 row@0 B@1 step@1 row@1 B@2 full@2 row@2 B@3 A@3 row@3");
}

TEST(TimeLoopTest, ConditionsAreAskedAtEveryStateAndDecideAtTheLast) {
  EXPECT_EQ(callsOf({separate(eventA, {}, early), separate(eventB, {})}, spanOfSteps(3, 0.1)),
            "ask@0 B@0 step@0 row@0 ask@1 A@1 B@1 step@1 row@1 ask@2 A@2 B@2 step@2 row@2 "
            "ask@3 B@3 row@3");
  EXPECT_EQ(callsOf({separate(eventA, {}, early)}, spanOfSteps(2, 0.1)),
            "ask@0 step@0 row@0 ask@1 A@1 step@1 row@1 ask@2 A@2 row@2");
}

TEST(TimeLoopTest, AnEventWithCadenceAndConditionIsDueWhereEitherSaysSo) {
  EXPECT_EQ(callsOf({separate(eventA, {.everySteps = 3}, early)}, spanOfSteps(5, 0.1)),
            "A@0 step@0 row@0 ask@1 A@1 step@1 row@1 ask@2 A@2 step@2 row@2 A@3 step@3 row@3 "
            "ask@4 step@4 row@4 A@5 row@5");
}

TEST(TimeLoopTest, ALoopGoesOnFromAnyState) {
  EXPECT_EQ(callsOf({held(eventA, 2)}, spanOfSteps(4, 0.1), {.first = 3}),
            "step@3 row@3 A@4 row@4");
  EXPECT_EQ(callsOf({separate(eventA, {.everyTime = 0.2})}, spanOfSteps(4, 0.1), {.first = 2}),
            "A@2 step@2 row@2 step@3 row@3 A@4 row@4");
  EXPECT_EQ(callsOf({held(eventA, 2)}, spanOfSteps(4, 0.1), {.first = 4}), "A@4 row@4");
}

/// The states at which a cadence is due, without the last's exception.
static std::vector<std::int64_t> dueStates(const Cadence &cadence, const TimeSpan &span) {
  std::vector<std::int64_t> states;
  for (std::int64_t step = 0; step <= span.numSteps; ++step)
    if (cadence.isDueAt(span.standingAt(step)))
      states.push_back(step);
  return states;
}

TEST(CadenceTest, TimeMeansTheFirstStateAtOrPastEachMultiple) {
  using States = std::vector<std::int64_t>;
  EXPECT_EQ(dueStates({.everyTime = 0.5}, spanBetween({.from = 0, .to = 2, .dt = 0.1})),
            (States{0, 5, 10, 15, 20}));
  EXPECT_EQ(dueStates({.everyTime = 0.25}, spanBetween({.from = 1, .to = 2, .dt = 0.1})),
            (States{0, 3, 5, 8, 10}))
      << "counted from the first time";
  EXPECT_EQ(dueStates({.everyTime = 0.03}, spanBetween({.from = 0, .to = 0.3, .dt = 0.1})),
            (States{0, 1, 2, 3}))
      << "several multiples in a step are one";
  EXPECT_EQ(dueStates({.everySteps = 4, .everyTime = 0.3}, spanOfSteps(9, 0.1)),
            (States{0, 3, 4, 6, 8, 9}));
  EXPECT_EQ(dueStates({}, spanOfSteps(2, 0.1)), States{}) << "neither";
}

TEST(CadenceTest, WrongCadencesAreRefused) {
  expectInvalid([] { makeCadence(-1, 0); }, "`every` must be at least 1 step, but is -1");
  expectInvalid([] { makeCadence(0, -0.5); }, "`every` must be a positive time, but is -0.5");
  expectInvalid([] { makeCadence(0, std::nan("")); }, "but is nan");
  expectInvalid([] { makeCadence(0, INFINITY); }, "but is inf");
}

TEST(TimeSpanTest, AWholeNumberOfStepsIsRecognised) {
  const TimeSpan span = spanBetween({.from = 0, .to = 50, .dt = 0.01});
  EXPECT_EQ(span.numSteps, 5000);
  EXPECT_EQ(span.lastDt, 0.01);
  EXPECT_EQ(span.timeOf(5000), 50.0);
  EXPECT_EQ(span.timeOf(3), 3 * 0.01) << "times are not added up";
  EXPECT_EQ(spanBetween({.from = 0, .to = 1, .dt = 0.1}).numSteps, 10);
  EXPECT_EQ(spanBetween({.from = 0, .to = 1, .dt = (1 + 1e-10) / 3}).lastDt, (1 + 1e-10) / 3);
  EXPECT_EQ(spanBetween({.from = 0, .to = 1e-10, .dt = 1}).numSteps, 0);
  EXPECT_EQ(spanBetween({.from = 0, .to = 1e6 + 1e-4, .dt = 1}).lastDt, 1) << "relative";
  EXPECT_EQ(spanBetween({.from = 0, .to = 1e9, .dt = 0.1}).numSteps, 10000000000);
}

TEST(TimeSpanTest, TheLastStepIsShortened) {
  const TimeSpan span = spanBetween({.from = 1, .to = 2.05, .dt = 0.1});
  EXPECT_EQ(span.numSteps, 11);
  EXPECT_EQ(span.stepFrom(9), 0.1);
  EXPECT_EQ(span.stepFrom(10), 2.05 - (1 + 10 * 0.1));
  EXPECT_EQ(span.timeOf(11), 2.05);
  EXPECT_EQ(spanBetween({.from = 0, .to = 0.3, .dt = 1}).numSteps, 1);
  EXPECT_EQ(spanBetween({.from = 0, .to = 0.3, .dt = 1}).lastDt, 0.3);
}

TEST(TimeSpanTest, WrongSpansAreRefused) {
  const double nan = std::nan("");
  const double infinity = std::numeric_limits<double>::infinity();
  expectInvalid([] { spanBetween({.from = 1, .to = 0, .dt = 0.1}); },
                "runs from 1 to 0, which is earlier");
  expectInvalid([] { spanBetween({.from = 0, .to = 1, .dt = 0}); }, "must be positive and finite");
  expectInvalid([] { spanBetween({.from = 0, .to = 1, .dt = -1}); }, "must be positive and finite");
  expectInvalid([&] { spanBetween({.from = 0, .to = 1, .dt = nan}); }, "but is nan");
  expectInvalid([&] { spanBetween({.from = 0, .to = infinity, .dt = 1}); }, "between finite times");
  expectInvalid([&] { spanBetween({.from = nan, .to = 1, .dt = 1}); }, "between finite times");
  expectInvalid([] { spanBetween({.from = 0, .to = 1, .dt = 1e-300}); }, "too small to reach 1");
  expectInvalid([] { spanBetween({.from = -1e308, .to = 1e308, .dt = 1}); }, "too small to reach");
  expectInvalid([] { spanOfSteps(-1, 0.1); }, "0 steps or more, but is asked for -1");
  expectInvalid([] { spanOfSteps(1, 0); }, "must be positive");
  expectInvalid([] { spanOfSteps(INT64_MAX, 1); }, "too many steps");
  expectInvalid([] { spanOfSteps(100, 1e308); }, "too many steps");
}
