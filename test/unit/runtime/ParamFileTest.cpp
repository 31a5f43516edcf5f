//===- ParamFileTest.cpp - parameters from a TOML file ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/ParamFile.h"
#include "runtime/program/CommandLine.h"
#include "test/unit/runtime/ExpectError.h"
#include "test/unit/runtime/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using namespace irh::rt::program;
using irh::rt::test::expectInvalid;
using irh::rt::test::TemporaryFolder;

namespace {

Program swing() {
  return {.name = "swing",
          .doc = "",
          .file = "swing.irh",
          .params = {{.name = "N",
                      .doc = "",
                      .defaultValue = std::int64_t{10},
                      .lower = Bound{2},
                      .location = {4, 9}},
                     {.name = "step_size", .doc = "", .defaultValue = 0.5},
                     {.name = "edges", .doc = "", .defaultValue = std::string("e.csv")},
                     {.name = "quiet", .doc = "", .defaultValue = false}}};
}

std::vector<std::optional<ParamValue>> read(std::string_view text) {
  const TemporaryFolder folder;
  folder.write("p.toml", text);
  return readParamFile(folder / "p.toml", swing());
}

void expectWrong(std::string_view text, const std::string &words) {
  expectInvalid([&] { read(text); }, words);
}

} // namespace

TEST(ParamFileTest, ValuesHaveTheTypesOfTheirParameters) {
  const auto values = read("N = 1_000\n\"step-size\" = 2\nedges = \"a b.csv\"\nquiet = true\n");
  EXPECT_EQ(values[0], ParamValue(std::int64_t{1000}));
  EXPECT_EQ(values[1], ParamValue(2.0));
  EXPECT_EQ(values[2], ParamValue(std::string("a b.csv")));
  EXPECT_EQ(values[3], ParamValue(true));
  EXPECT_EQ(read("N = 1e6")[0], ParamValue(std::int64_t{1000000}));
}

TEST(ParamFileTest, WhatIsNotThereIsNotSet) {
  EXPECT_EQ(read(""), std::vector<std::optional<ParamValue>>(4));
  EXPECT_EQ(read("# a comment\n[swing]\n"), std::vector<std::optional<ParamValue>>(4));
}

TEST(ParamFileTest, ATableMayBearTheModelsName) {
  const auto values = read("quiet = true\n[swing]\nN = 7\n");
  EXPECT_EQ(values[0], ParamValue(std::int64_t{7}));
  EXPECT_EQ(values[3], ParamValue(true));
}

TEST(ParamFileTest, WrongFilesAreRefusedAtTheirLineAndColumn) {
  expectWrong("N = 5\n  step_sise = 1\n",
              "/p.toml:2:3: `step_sise` is no parameter of `swing`; did you mean `step_size`?");
  expectWrong("gravity = 1\n", ":1:1: `gravity` is no parameter of `swing`; `--help` lists them");
  expectWrong("[kuramoto]\nN = 1\n", ":1:2: `kuramoto` is no parameter of `swing`");
  expectWrong("[swing.swing]\nN = 5\n", ":1:8: `swing` is no parameter of `swing`");
  expectWrong("N = 2.5\n", ":1:5: `N` takes an int, but this is 2.5");
  expectWrong("N = \"5\"\n", ":1:5: `N` takes an int, but this is the string \"5\"");
  expectWrong("step_size = nan\n", ":1:13: `step_size` takes a real, but this is nan");
  expectWrong("step_size = [1]\n", "takes a real, but this is an array");
  expectWrong("quiet = 1\n", "`quiet` takes a bool, but this is 1");
  expectWrong("edges = true\n", "`edges` takes a string, but this is true");
  expectWrong("edges = 2020-01-01\n", "`edges` takes a string, but this is a date or a time");
  expectWrong("quiet = {a = 1}\n", "`quiet` takes a bool, but this is a table");
  expectWrong("N = 1\n", ":1:1: `N` must be in 2.., but is 1 (declared at swing.irh:4:9)");
  expectWrong("step_size = 1\nstep-size = 2\n", ":2:1: `step-size` is set twice");
  expectWrong("N = 5\n[swing]\nN = 6\n", ":3:1: `N` is set twice; keep one of the two");
  expectWrong("N = \n", "/p.toml:1:5: this is no TOML: ");
  expectWrong("N = 5\nN = 6\n", "/p.toml:2:");
  expectWrong("edges = \"a\n", "/p.toml:1:");
  expectWrong("\xff\xfe", "/p.toml:1:");
  expectWrong("N = 5\n\n[.swing]\nN = 6\n", "/p.toml:3: this line is no TOML");
  expectWrong("N = 5\nx\xEF\xBB\xB7 = 1\n", "/p.toml:2:");
  expectWrong("N = 5\nn = 41x1'\xEF\xBB\xBE\n", "/p.toml:2:");
  expectWrong("# \xC3\xA9\n\xC3\xA9 = 1\n", "/p.toml:2:");
  expectWrong("a = \"\\\"\xC3\xA9\"\n", "/p.toml:1:1: ");
  expectWrong("a = '''\n\xC3\xA9'''\n\xC3\xA9 = 1\n", "/p.toml:3:");
  expectInvalid([] { readParamFile("no/p.toml", swing()); },
                "cannot read `no/p.toml`: No such file or directory");
  expectInvalid([] { readParamFile("/", swing()); }, "cannot read `/`: Is a directory");
}

TEST(ParamFileTest, TheCommandLineWinsAndThenTheLastFile) {
  const TemporaryFolder folder;
  folder.write("a.toml", "N = 5\nstep_size = 0.25\nquiet = true\n");
  folder.write("b.toml", "N = 6\nstep_size = 0.125\n");
  const Program program = swing();
  const Settings settings =
      parseCommandLine(program, std::vector<std::string>{"--N=7", "--set", folder / "a.toml",
                                                         "--set=" + folder / "b.toml"});
  EXPECT_EQ(settings.params[0], ParamValue(std::int64_t{7}));
  EXPECT_EQ(settings.params[1], ParamValue(0.125));
  EXPECT_EQ(settings.params[2], ParamValue(std::string("e.csv")));
  EXPECT_EQ(settings.params[3], ParamValue(true));
}
