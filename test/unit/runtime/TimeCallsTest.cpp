//===- TimeCallsTest.cpp - evolves as generated code asks for them ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Abi.h"
#include "runtime/abi/RuntimeCalls.h"
#include "test/unit/runtime/RunProgram.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

using namespace irh::abi;
using namespace irh::abi::calls;
using irh::rt::test::Outcome;
using irh::rt::test::runProgram;

namespace {

void *text(const char *literal) { return const_cast<char *>(literal); }
void *address(auto *function) { return reinterpret_cast<void *>(function); }

/// The frame: a state that doubles, and what the step does besides.
struct Frame {
  double x = 1;
  double error = 0; ///< Of an adaptive step, whatever its length.
};

Frame &frameOf(void *frame) { return *static_cast<Frame *>(frame); }

void doubleState(void *context, void *frame, double, double, std::int64_t) {
  frameOf(frame).x *= 2;
  irh_rt_watch_scalar(context, text("x"), frameOf(frame).x);
}

void attempt(void *context, void *frame, double, double, std::int64_t) {
  const double error = frameOf(frame).error;
  if (irh_rt_step_error(context, 4 * error * error, 4))
    frameOf(frame).x *= 2;
}

void observe(void *context, void *frame, double, std::int64_t) {
  irh_rt_cell_real(context, 0, frameOf(frame).x);
}

/// Assigns, so that what comes after it sees another state.
void negate(void *, void *frame, double, std::int64_t) { frameOf(frame).x *= -1; }

void isAboveThree(void *context, void *frame, double, std::int64_t) {
  irh_rt_due(context, frameOf(frame).x > 3);
}

void begin(void *context, Frame &frame) {
  irh_rt_at(context, 3, 1);
  irh_rt_table(context, 1);
  irh_rt_table_column(context, 0, text("x"), static_cast<std::int32_t>(Element::Real));
  irh_rt_evolve_begin(context, text("t"), &frame, 0, nullptr);
  irh_rt_at(context, 4, 5);
}

Outcome run(irh_main main) {
  return runProgram(
      {.name = "p", .doc = "", .file = "p.irh", .params = {}, .fields = {}, .main = main},
      {"--format=jsonl", "--threads=1"});
}

void conditionsMain(void *context) {
  Frame frame;
  begin(context, frame);
  irh_rt_evolve_event(context, address(&negate), 0, 0, address(&isAboveThree), 0);
  irh_rt_evolve_event(context, address(&observe), 0, 0, nullptr, 0);
  irh_rt_evolve_steps(context, address(&doubleState), address(&doubleState), 4, 0.5);
}

void adaptiveMain(void *context) {
  Frame frame;
  begin(context, frame);
  irh_rt_evolve_event(context, address(&observe), 0, 0.5, nullptr, 0);
  irh_rt_evolve_adaptive(context, address(&attempt), 0, 1, 0.25, 1e-3);
}

template <int error> void endlessMain(void *context) {
  Frame frame{.error = error == 0 ? std::nan("") : error};
  begin(context, frame);
  irh_rt_evolve_event(context, address(&observe), 1, 0, nullptr, 0);
  irh_rt_at(context, 3, 1);
  irh_rt_evolve_adaptive(context, address(&attempt), 1, 2, 0.25, 1e-3);
}

void overflowMain(void *context) {
  Frame frame{.x = std::numeric_limits<double>::max() / 2};
  begin(context, frame);
  irh_rt_evolve_event(context, address(&observe), 2, 0, nullptr, 0);
  irh_rt_evolve_steps(context, address(&doubleState), address(&doubleState), 9, 0.5);
}

template <int everySteps, int halfTimes> void cadenceMain(void *context) {
  Frame frame;
  begin(context, frame);
  irh_rt_evolve_event(context, address(&observe), everySteps, 0.5 * halfTimes, nullptr, 0);
}

void requireMain(void *context) {
  irh_rt_at(context, 2, 3);
  irh_rt_require(context, 1, text("holds"));
  irh_rt_require(context, 0, text("N must be even"));
  irh_rt_require(context, 0, text("the first counts"));
}

} // namespace

TEST(TimeCallsTest, AConditionSeesWhatTheEventsBeforeItHaveDone) {
  const Outcome outcome = run(conditionsMain);
  EXPECT_EQ(outcome.exitCode, 0) << outcome.messages;
  EXPECT_EQ(outcome.rows, "{\"step\": 0, \"t\": 0.0, \"x\": 1.0}\n"
                          "{\"step\": 1, \"t\": 0.5, \"x\": 2.0}\n"
                          "{\"step\": 2, \"t\": 1.0, \"x\": -4.0}\n"
                          "{\"step\": 3, \"t\": 1.5, \"x\": -8.0}\n"
                          "{\"step\": 4, \"t\": 2.0, \"x\": -16.0}\n");
}

TEST(TimeCallsTest, AcceptedStepsMoveTheState) {
  const Outcome outcome = run(adaptiveMain);
  EXPECT_EQ(outcome.exitCode, 0) << outcome.messages;
  EXPECT_EQ(outcome.rows, "{\"step\": 0, \"t\": 0.0, \"x\": 1.0}\n"
                          "{\"step\": 2, \"t\": 1.0, \"x\": 4.0}\n")
      << "a quarter, then the rest: no error lets the step grow fivefold";
}

TEST(TimeCallsTest, AnErrorThatStaysAboveTheToleranceStopsTheRun) {
  const Outcome outcome = run(endlessMain<7>);
  EXPECT_EQ(outcome.exitCode, 2);
  EXPECT_EQ(outcome.rows, "{\"step\": 0, \"t\": 1.0, \"x\": 1.0}\n");
  EXPECT_EQ(outcome.messages.substr(0, 49), "p.irh:3:1: error: the step became too small at t ");
  EXPECT_NE(outcome.messages.find("raise `tolerance:`"), std::string::npos);
}

TEST(TimeCallsTest, AnErrorThatIsNoNumberStopsTheRunWithItsReason) {
  EXPECT_EQ(run(endlessMain<0>).messages,
            "p.irh:3:1: error: from t = 1 no step, however small, gives finite values: a rate is "
            "infinite or NaN there; mend its equation or the initial values, or end the evolve "
            "before\n");
}

TEST(TimeCallsTest, AStateThatIsNotFiniteStopsTheRun) {
  const Outcome outcome = run(overflowMain);
  EXPECT_EQ(outcome.exitCode, 2);
  EXPECT_EQ(outcome.messages, "p.irh:4:5: error: `x` is not finite after step 2 (t = 1)\n");
}

TEST(TimeCallsTest, WrongCadencesAreErrorsOfTheirStatement) {
  EXPECT_EQ(run(cadenceMain<-2, 0>).messages,
            "p.irh:4:5: error: `every` must be at least 1 step, but is -2\n");
  EXPECT_EQ(run(cadenceMain<0, -1>).messages,
            "p.irh:4:5: error: `every` must be a positive time, but is -0.5\n");
  EXPECT_EQ(run(cadenceMain<0, -1>).exitCode, 1);
}

TEST(TimeCallsTest, WhatIsRequiredAndDoesNotHoldRefusesTheRun) {
  const Outcome outcome = run(requireMain);
  EXPECT_EQ(outcome.exitCode, 1);
  EXPECT_EQ(outcome.messages, "p.irh:2:3: error: N must be even\n");
}
