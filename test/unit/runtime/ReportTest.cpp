//===- ReportTest.cpp - rows and the progress line --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Report.h"
#include "runtime/core/Error.h"
#include "test/unit/runtime/ExpectError.h"
#include "test/unit/runtime/RunProgram.h"
#include "test/unit/runtime/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <csignal>
#include <string>

#include <unistd.h>

using namespace irh::rt;
using namespace irh::rt::report;
using irh::abi::Element;
using irh::rt::test::expectError;
using irh::rt::test::expectInvalid;
using irh::rt::test::Scratch;
using irh::rt::test::TemporaryFolder;

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

TEST(ReportTest, CsvKeepsEveryBit) {
  EXPECT_EQ(toCsv(true), "true");
  EXPECT_EQ(toCsv(std::int64_t{-3}), "-3");
  EXPECT_EQ(toCsv(-1.0), "-1.0");
  EXPECT_EQ(toCsv(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(toCsv(1e300), "1e+300");
  EXPECT_EQ(toCsv(NAN), "nan");
  EXPECT_EQ(toCsv(-INFINITY), "-inf");
  EXPECT_EQ(toCsv(std::complex<double>(1, -0.5)), "1.0,-0.5");
  EXPECT_EQ(csvNames("z", Element::Complex), "z_re,z_im");
  EXPECT_EQ(csvNames("norm(f, inf)", Element::Real), "\"norm(f, inf)\"");
  EXPECT_EQ(quoteCsv("a\"b\nc"), "\"a\"\"b\nc\"");
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

TEST(ReportTest, CsvCellsThatAreNotSetAreEmpty) {
  EXPECT_EQ(twoRows(Format::Csv), "step,t,r,θ_max\n0,0.0,0.5,7\n10,0.1,,8\n");
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

/// A table with one row of one complex and one real column.
static void addTable(Report &report, const char *name, const std::optional<RowState> &state) {
  report.beginTable(2);
  report.declare(0, {name, Element::Complex});
  report.declare(1, {"x", Element::Real});
  report.set(1, 0.5);
  report.endRow(state);
}

TEST(ReportTest, CsvNamesColumnsAnewWhereTheyChange) {
  const Scratch rows;
  Report report({.format = Format::Csv, .rows = rows.descriptor()});
  addTable(report, "z", std::nullopt);
  addTable(report, "z", std::nullopt);
  addTable(report, "w", RowState{.step = 1, .t = 2, .timeName = "s"});
  EXPECT_EQ(rows.read(), "z_re,z_im,x\n,,0.5\n,,0.5\n\nstep,s,w_re,w_im,x\n1,2.0,,,0.5\n");
}

TEST(ReportTest, EachTableHasAFileOfItsOwn) {
  const TemporaryFolder folder;
  const Scratch rows;
  for (const Format format : {Format::Table, Format::Csv, Format::Jsonl}) {
    Report report({.format = format, .rows = rows.descriptor(), .tables = folder / "ring"});
    addTable(report, "z", RowState{});
    report.beginTable(0); // of an evolve that observes nothing
    report.endRow(RowState{});
    addTable(report, "w", std::nullopt);
  }
  EXPECT_EQ(folder.read("ring.csv"), "step,t,z_re,z_im,x\n0,0.0,,,0.5\n");
  EXPECT_EQ(folder.read("ring-2.csv"), "w_re,w_im,x\n,,0.5\n");
  EXPECT_EQ(folder.read("ring.jsonl"), "{\"step\": 0, \"t\": 0.0, \"x\": 0.5}\n");
  EXPECT_EQ(folder.read("ring-2.jsonl"), "{\"x\": 0.5}\n");
}

TEST(ReportTest, AResumedRunCutsItsFilesAndGoesOn) {
  const TemporaryFolder folder;
  const Scratch rows;
  const ReportOptions options{
      .format = Format::Csv, .rows = rows.descriptor(), .tables = folder / "ring"};
  std::vector<Mark> marks;
  {
    Report report(options);
    addTable(report, "z", RowState{.step = 0});
    marks = report.files().marks();
    report.set(1, 0.75);
    report.endRow(RowState{.step = 1}); // after the checkpoint
  }
  ASSERT_EQ(marks.size(), 1u);
  EXPECT_EQ(marks[0].path, folder / "ring.csv");
  Report resumed(options);
  resumed.files().resumeAt(marks);
  addTable(resumed, "z", RowState{.step = 5});
  EXPECT_EQ(folder.read("ring.csv"), "step,t,z_re,z_im,x\n0,0.0,,,0.5\n5,0.0,,,0.5\n");
  EXPECT_GT(resumed.files().marks()[0].position, marks[0].position);

  folder.write("ring.csv", "short");
  Report cutTooFar(options);
  cutTooFar.files().resumeAt(marks);
  expectError(
      ErrorCode::OutputFailed, [&] { cutTooFar.beginTable(1); },
      "it is shorter than when the checkpoint was written");
}

TEST(ReportTest, AFileHasOneWriter) {
  OutputFiles files;
  files.claim("a/b.csv");
  files.claim("a/c.csv");
  expectInvalid([&] { files.claim("a/./b.csv"); },
                "two statements write `a/b.csv`; give each a file of its own");
}

TEST(ReportTest, AFileThatCannotBeWrittenIsAnErrorWithItsName) {
  const TemporaryFolder folder;
  const Scratch rows;
  std::filesystem::create_symlink("/dev/full", folder / "full.csv");
  Report full({.format = Format::Csv, .rows = rows.descriptor(), .tables = folder / "full"});
  expectError(
      ErrorCode::OutputFailed, [&] { addTable(full, "z", std::nullopt); },
      "/full.csv`: No space left on device; free some space");
  Report lost({.format = Format::Csv, .rows = rows.descriptor(), .tables = folder / "no/ring"});
  expectError(
      ErrorCode::OutputFailed, [&] { lost.beginTable(1); },
      "/no/ring.csv`: No such file or directory; make its folder first");
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
  EXPECT_EQ(describeProgress({.step = 500, .numSteps = 5000, .t = 5}, {.numSteps = 5000}, 2),
            "step 500 of 5000, t = 5, 250 steps/s, 18 s left");
  EXPECT_EQ(describeProgress({.step = 1, .numSteps = 10000, .t = 0.5}, {.numSteps = 10000}, 1),
            "step 1 of 10000, t = 0.5, 1 steps/s, 2 h 46 min left");
  EXPECT_EQ(describeProgress({.step = 0, .numSteps = 10, .t = 0}, {.numSteps = 10}, 1),
            "step 0 of 10, t = 0");
}

TEST(ProgressTest, ARunThatGoesOnCountsFromThere) {
  EXPECT_EQ(
      describeProgress({.step = 60, .numSteps = 100, .t = 6}, {.step = 50, .numSteps = 100}, 5),
      "step 60 of 100, t = 6, 2 steps/s, 20 s left");
}

TEST(ProgressTest, StepsThatFollowTheirErrorAreMeasuredByTheirTime) {
  EXPECT_EQ(describeProgress({.step = 60, .t = 3, .to = 5}, {.t = 1, .to = 5}, 10),
            "step 60, t = 3 of 5, 6 steps/s, 10 s left");
}

TEST(ProgressTest, ShowsNothingWithoutATerminal) {
  Progress progress(-1);
  progress.begin({.numSteps = 2});
  progress.update({.step = 1, .numSteps = 2, .t = 0});
  progress.hide();
}
