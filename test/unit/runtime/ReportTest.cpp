//===- ReportTest.cpp - rows and the progress line --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Report.h"
#include "runtime/core/Error.h"
#include "test/unit/runtime/RunProgram.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <csignal>
#include <string>

#include <unistd.h>

using namespace irh::rt;
using namespace irh::rt::report;
using irh::abi::Element;
using irh::rt::test::Scratch;

TEST(ReportTest, JsonKeepsEveryBitAndIsValid) {
  EXPECT_EQ(toJson(true), "true");
  EXPECT_EQ(toJson(std::int64_t{-3}), "-3");
  EXPECT_EQ(toJson(1.0), "1.0");
  EXPECT_EQ(toJson(-0.0), "-0.0");
  EXPECT_EQ(toJson(0.1), "0.1");
  EXPECT_EQ(toJson(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(toJson(1e300), "1e+300");
  EXPECT_EQ(toJson(NAN), "null");
  EXPECT_EQ(toJson(-INFINITY), "null");
  EXPECT_EQ(toJson(std::complex<double>(1, NAN)), "[1.0, null]");
  EXPECT_EQ(quoteJson("a\"b\\c\n\x01θ"), "\"a\\\"b\\\\c\\u000a\\u0001θ\"");
}

TEST(ReportTest, PeopleReadSixDigits) {
  EXPECT_EQ(toReadable(1.0 / 3), "0.333333");
  EXPECT_EQ(toReadable(std::complex<double>(0.5, -1.25)), "0.5-1.25i");
  EXPECT_EQ(toReadable(std::complex<double>(0, 2)), "0+2i");
  EXPECT_EQ(toReadable(NAN), "nan");
  EXPECT_EQ(toReadable(false), "false");
}

static std::string twoRows(Format format) {
  const Scratch rows;
  Report report({.format = format, .rows = rows.descriptor()});
  report.beginTable(2);
  report.declare(0, {"r", Element::Real});
  report.declare(1, {"θ_max", Element::Int});
  report.set(1, std::int64_t{7});
  report.set(0, 0.5);
  report.endRow({{.step = 0, .t = 0}});
  report.set(1, std::int64_t{8});
  report.endRow({{.step = 10, .t = 0.1}});
  report.endRow({{.step = 11, .t = 0.11}});
  return rows.read();
}

TEST(ReportTest, JsonRowsLeaveOutCellsThatAreNotSet) {
  EXPECT_EQ(twoRows(Format::Jsonl), "{\"step\": 0, \"t\": 0.0, \"r\": 0.5, \"θ_max\": 7}\n"
                                    "{\"step\": 10, \"t\": 0.1, \"θ_max\": 8}\n");
}

TEST(ReportTest, TableRowsAreAlignedUnderTheirNames) {
  EXPECT_EQ(twoRows(Format::Table), "    step             t             r     θ_max\n"
                                    "       0             0           0.5         7\n"
                                    "      10           0.1                       8\n");
}

TEST(ReportTest, RowsOutsideAnEvolveHaveNoTime) {
  for (const Format format : {Format::Table, Format::Jsonl}) {
    const Scratch rows;
    Report report({.format = format, .rows = rows.descriptor()});
    for (int table = 0; table < 2; ++table) {
      report.beginTable(1);
      report.declare(0, {"flag", Element::Bool});
      report.set(0, table == 0);
      report.endRow(std::nullopt);
    }
    EXPECT_EQ(rows.read(), format == Format::Jsonl ? "{\"flag\": true}\n{\"flag\": false}\n"
                                                   : " flag\n true\n\n flag\nfalse\n");
  }
}

TEST(ReportTest, OtherRanksPrintNothing) {
  Report report({});
  report.beginTable(1);
  report.set(0, 1.0);
  report.endRow(std::nullopt);
}

TEST(ReportTest, AClosedPipeIsAnError) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  const auto old = std::signal(SIGPIPE, SIG_IGN);
  Report report({.format = Format::Table, .rows = ends[1]});
  report.beginTable(1);
  report.declare(0, {"r", Element::Real});
  report.set(0, 1.0);
  try {
    report.endRow(std::nullopt);
    ADD_FAILURE() << "no error";
  } catch (const Error &error) {
    EXPECT_EQ(error.code, ErrorCode::OutputClosed);
  }
  std::signal(SIGPIPE, old);
  ::close(ends[1]);
}

TEST(ProgressTest, SaysStepTimeRateAndTimeLeft) {
  EXPECT_EQ(describeProgress({.step = 500, .numSteps = 5000, .t = 5}, 2),
            "step 500 of 5000, t = 5, 250 steps/s, 18 s left");
  EXPECT_EQ(describeProgress({.step = 1, .numSteps = 10000, .t = 0.5}, 1),
            "step 1 of 10000, t = 0.5, 1 steps/s, 2 h 46 min left");
  EXPECT_EQ(describeProgress({.step = 0, .numSteps = 10, .t = 0}, 1), "step 0 of 10, t = 0");
}

TEST(ProgressTest, ShowsNothingWithoutATerminal) {
  Progress progress(-1);
  progress.begin();
  progress.update({.step = 1, .numSteps = 2, .t = 0});
  progress.hide();
}
