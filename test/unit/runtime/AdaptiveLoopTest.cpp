//===- AdaptiveLoopTest.cpp - steps whose length follows their error --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/step/TimeLoop.h"
#include "test/unit/runtime/ExpectError.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

using namespace irh::rt::step;
using irh::rt::test::expectInvalid;

namespace {

struct Call {
  char what; ///< 's' a step, 'e' an event, 'r' the end of a state.
  std::int64_t number;
  double t;
  double dt = 0;
};

/// Context and host at once; `errorOf` stands for the model.
struct Recorder final : LoopHost {
  std::function<double(double t, double dt)> errorOf;
  std::vector<Call> calls;
  double error = 0;
  bool isStopped = false;

  void stateBegins(const Standing &standing) override { last = standing; }
  void stepBegins(const State &next) override { EXPECT_GT(next.t, last.state.t); }
  void stateEnds(const State &state) override { calls.push_back({'r', state.number, state.t}); }
  bool isConditionMet() override { return false; }
  double stepError() override { return error; }
  bool mustStop() override { return isStopped; }

  std::vector<Call> only(char what) const {
    std::vector<Call> found;
    std::copy_if(calls.begin(), calls.end(), std::back_inserter(found),
                 [what](const Call &call) { return call.what == what; });
    return found;
  }

  Standing last;
};

void step(void *context, void *, double t, double dt, std::int64_t number) {
  auto &recorder = *static_cast<Recorder *>(context);
  recorder.calls.push_back({'s', number, t, dt});
  recorder.error = recorder.errorOf(t, dt);
}

void event(void *context, void *, double t, std::int64_t number) {
  static_cast<Recorder *>(context)->calls.push_back({'e', number, t});
}

Evolve evolveOf(Recorder &recorder, const Cadence &cadence = {}) {
  return {.timeName = "t",
          .context = &recorder,
          .frame = nullptr,
          .events = {{.call = event, .cadence = cadence}},
          .baseStep = step};
}

AdaptiveEnd run(Recorder &recorder, const AdaptiveSpan &span, const Cadence &cadence = {}) {
  return runAdaptiveLoop(evolveOf(recorder, cadence), span, firstStanding(span), recorder);
}

} // namespace

// With error = (dt / 0.01)^5 the best step is 0.01 * 0.9 for good.
TEST(AdaptiveLoopTest, TheStepSettlesWhereTheErrorIsTolerated) {
  Recorder recorder;
  recorder.errorOf = [](double, double dt) { return std::pow(dt / 0.01, 5); };
  EXPECT_EQ(run(recorder, {.from = 0, .to = 1, .firstDt = 1e-4}), AdaptiveEnd::Whole);
  const std::vector<Call> steps = recorder.only('s');
  EXPECT_EQ(steps[1].dt, 5e-4) << "no step grows more than fivefold";
  EXPECT_NEAR(steps[10].dt, 0.009, 1e-12);
  EXPECT_EQ(recorder.only('e').size(), recorder.only('r').size());
  EXPECT_EQ(recorder.only('r').back().t, 1.0) << "the last step ends where the evolve does";
  EXPECT_EQ(recorder.only('r').back().number, static_cast<std::int64_t>(steps.size()))
      << "none was refused";
}

TEST(AdaptiveLoopTest, ARefusedStepIsTriedAgainAndDoesNotGrowAtOnce) {
  Recorder recorder;
  // 32 = 2^5: the second attempt is 0.45 as long, and then no error at all.
  recorder.errorOf = [](double, double dt) { return dt == 0.1 ? 32.0 : 0.0; };
  run(recorder, {.from = 0, .to = 1, .firstDt = 0.1});
  const std::vector<Call> steps = recorder.only('s');
  EXPECT_EQ(steps[0].number, 0);
  EXPECT_EQ(steps[1].number, 0) << "steps are counted as they are accepted";
  EXPECT_NEAR(steps[1].dt, 0.045, 1e-15);
  EXPECT_EQ(steps[2].dt, steps[1].dt) << "not right after a refusal";
  EXPECT_NEAR(steps[3].dt, 5 * steps[2].dt, 1e-15);
  EXPECT_EQ(std::count_if(recorder.calls.begin(), recorder.calls.end(),
                          [](const Call &call) { return call.what == 'e' && call.number == 0; }),
            1)
      << "events see each state once";
}

TEST(AdaptiveLoopTest, AnErrorThatIsNoNumberShortensTheStep) {
  Recorder recorder;
  recorder.errorOf = [](double, double dt) { return dt > 0.05 ? std::nan("") : 0.5; };
  EXPECT_EQ(run(recorder, {.from = 0, .to = 0.1, .firstDt = 0.1}), AdaptiveEnd::Whole);
  EXPECT_NEAR(recorder.only('s')[1].dt, 0.02, 1e-15);
  recorder.errorOf = [](double, double) { return std::numeric_limits<double>::infinity(); };
  EXPECT_EQ(run(recorder, {.from = 0, .to = 0.1, .firstDt = 0.1}), AdaptiveEnd::StepTooSmall);
}

TEST(AdaptiveLoopTest, AStepThatNoLongerMovesTimeEndsTheLoop) {
  Recorder recorder;
  recorder.errorOf = [](double t, double) { return t < 0.5 ? 0.5 : 2.0; };
  EXPECT_EQ(run(recorder, {.from = 0, .to = 1, .firstDt = 0.1}), AdaptiveEnd::StepTooSmall);
  EXPECT_EQ(recorder.calls.back().what, 'r') << "the row of the state is written";
  EXPECT_LT(recorder.only('s').back().dt, 1e-15);
}

TEST(AdaptiveLoopTest, CadencesHoldAtTheStatesThereAre) {
  Recorder recorder;
  recorder.errorOf = [](double, double dt) { return std::pow(dt / 0.03, 5); };
  run(recorder, {.from = 0, .to = 1, .firstDt = 0.02}, {.everyTime = 0.25});
  const std::vector<Call> events = recorder.only('e');
  ASSERT_EQ(events.size(), 5u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_GE(events[i].t, 0.25 * static_cast<double>(i));
    EXPECT_LT(events[i].t, 0.25 * static_cast<double>(i) + 0.03);
  }
  EXPECT_EQ(events[4].t, 1.0);
}

TEST(AdaptiveLoopTest, ALoopGoesOnFromAnyState) {
  const AdaptiveSpan span{.from = 0, .to = 2, .firstDt = 0.01};
  const auto errorOf = [](double t, double dt) { return std::pow(dt * (2 + std::sin(9 * t)), 5); };
  Recorder whole;
  whole.errorOf = [&](double t, double dt) { return 1e6 * errorOf(t, dt); };
  const Cadence cadence{.everyTime = 0.3};
  run(whole, span, cadence);
  Recorder begun;
  begun.errorOf = [&](double t, double dt) {
    begun.isStopped = t > 1;
    return whole.errorOf(t, dt);
  };
  run(begun, span, cadence);
  Recorder resumed;
  resumed.errorOf = whole.errorOf;
  runAdaptiveLoop(evolveOf(resumed, cadence), span, begun.last, resumed);
  const auto same = [](const Call &a, const Call &b) {
    return a.what == b.what && a.number == b.number && a.t == b.t && a.dt == b.dt;
  };
  ASSERT_LT(resumed.calls.size(), whole.calls.size());
  EXPECT_TRUE(std::equal(resumed.calls.rbegin(), resumed.calls.rend(), whole.calls.rbegin(), same));
}

TEST(AdaptiveLoopTest, NoWayToGoIsOneState) {
  Recorder recorder;
  EXPECT_EQ(run(recorder, adaptiveSpan({.from = 3, .to = 3, .firstDt = 0, .tolerance = 1e-6})),
            AdaptiveEnd::Whole);
  EXPECT_EQ(recorder.only('s').size(), 0u);
  EXPECT_EQ(recorder.only('e').size(), 1u);
}

TEST(AdaptiveSpanTest, WrongSpansAreRefused) {
  EXPECT_EQ(adaptiveSpan({.from = 1, .to = 3, .firstDt = 0, .tolerance = 1e-6}).firstDt, 0.002);
  EXPECT_EQ(adaptiveSpan({.from = 1, .to = 3, .firstDt = 0.5, .tolerance = 1e-6}).firstDt, 0.5);
  expectInvalid([] { adaptiveSpan({.from = 1, .to = 0, .firstDt = 0, .tolerance = 1}); },
                "which is earlier");
  expectInvalid([] { adaptiveSpan({.from = 0, .to = 1, .firstDt = -1, .tolerance = 1}); },
                "the step of `evolve` must be positive");
  expectInvalid([] { adaptiveSpan({.from = 0, .to = 1, .firstDt = 0, .tolerance = 0}); },
                "the tolerance of `evolve` must be positive and finite, but is 0");
  expectInvalid([] { adaptiveSpan({.from = 0, .to = INFINITY, .firstDt = 0, .tolerance = 1}); },
                "between finite times");
}

TEST(AdaptiveSpanTest, TheErrorIsTheRootOfTheMean) {
  EXPECT_EQ(rootMean(36, 4), 3.0);
  EXPECT_EQ(rootMean(0, 0), 0.0) << "no components, no error";
}
