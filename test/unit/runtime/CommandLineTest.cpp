//===- CommandLineTest.cpp - the flags of a compiled program ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/CommandLine.h"
#include "test/unit/runtime/ExpectError.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using namespace irh::rt::program;
using irh::rt::report::Format;
using irh::rt::test::expectInvalid;

namespace {

Program kuramoto() {
  return {.name = "kuramoto",
          .doc = "Oscillators.",
          .file = "k.irh",
          .params = {
              {.name = "N",
               .doc = "number of oscillators",
               .defaultValue = std::int64_t{1000},
               .lower = Bound{2},
               .location = {4, 9}},
              {.name = "dt", .doc = "", .defaultValue = 0.01, .lower = Bound{0, true}},
              {.name = "nodes_file", .doc = "", .defaultValue = std::string("n.csv")},
              {.name = "quiet", .doc = "", .defaultValue = false},
              {.name = "p", .doc = "", .defaultValue = 0.5, .lower = Bound{0}, .upper = Bound{1}},
              {.name = "seed", .doc = "", .defaultValue = std::int64_t{42}}}};
}

Settings parse(const std::vector<std::string> &arguments) {
  const Program program = kuramoto();
  return parseCommandLine(program, arguments);
}

void expectWrong(const std::vector<std::string> &arguments, const std::string &words) {
  expectInvalid([&] { parse(arguments); }, words);
}

} // namespace

TEST(CommandLineTest, DefaultsStand) {
  const Settings settings = parse({});
  EXPECT_EQ(settings.params[0], ParamValue(std::int64_t{1000}));
  EXPECT_EQ(settings.params[3], ParamValue(false));
  EXPECT_EQ(settings.ranks, 1);
  EXPECT_EQ(settings.seed, std::nullopt);
  EXPECT_EQ(settings.format, Format::Table);
}

TEST(CommandLineTest, ValuesFollowOrAreAttached) {
  const Settings settings = parse({"--N", "50", "--dt=1e-3", "--nodes-file=a=b.csv", "--p", "1"});
  EXPECT_EQ(settings.params[0], ParamValue(std::int64_t{50}));
  EXPECT_EQ(settings.params[1], ParamValue(1e-3));
  EXPECT_EQ(settings.params[2], ParamValue(std::string("a=b.csv")));
  EXPECT_EQ(settings.params[4], ParamValue(1.0));
  EXPECT_EQ(parse({"--nodes_file", "-"}).params[2], ParamValue(std::string("-")));
  EXPECT_EQ(parse({"--nodes_file="}).params[2], ParamValue(std::string()));
  EXPECT_EQ(parse({"--N=2", "--N=3"}).params[0], ParamValue(std::int64_t{3})) << "the last counts";
}

TEST(CommandLineTest, IntsMayBeWrittenAsPeopleDo) {
  EXPECT_EQ(parse({"--N=1_000_000"}).params[0], ParamValue(std::int64_t{1000000}));
  EXPECT_EQ(parse({"--N=1e6"}).params[0], ParamValue(std::int64_t{1000000}));
  EXPECT_EQ(parse({"--seed", "-7"}).params[5], ParamValue(std::int64_t{-7}));
  EXPECT_EQ(parse({"--seed=9007199254740993"}).params[5],
            ParamValue(std::int64_t{9007199254740993}));
}

TEST(CommandLineTest, ABoolMayStandAlone) {
  EXPECT_EQ(parse({"--quiet"}).params[3], ParamValue(true));
  EXPECT_EQ(parse({"--quiet", "--N=5"}).params[3], ParamValue(true));
  EXPECT_EQ(parse({"--quiet", "false"}).params[3], ParamValue(false));
  EXPECT_EQ(parse({"--quiet=off"}).params[3], ParamValue(false));
}

TEST(CommandLineTest, CommonFlagsAreReadWithAndWithoutTheirPrefix) {
  const Settings settings =
      parse({"--threads=3", "--irh-ranks", "2", "--format=jsonl", "--watchdog=off"});
  EXPECT_EQ(settings.threads, 3);
  EXPECT_EQ(settings.ranks, 2);
  EXPECT_EQ(settings.format, Format::Jsonl);
  EXPECT_EQ(settings.watchdog, Watchdog::Off);
  EXPECT_EQ(parse({"--format=csv"}).format, Format::Csv);
  EXPECT_TRUE(parse({"--help"}).wantsHelp && parse({"-h"}).wantsHelp);
  EXPECT_TRUE(parse({"--resume"}).resume && parse({"--irh-resume"}).resume);
  EXPECT_FALSE(parse({}).resume);
}

TEST(CommandLineTest, AParameterComesBeforeTheCommonFlagOfItsName) {
  const Settings settings = parse({"--seed=1", "--irh-seed=2"});
  EXPECT_EQ(settings.params[5], ParamValue(std::int64_t{1}));
  EXPECT_EQ(settings.seed, 2u);
}

TEST(CommandLineTest, FilesGoToTheFolderOfOut) {
  EXPECT_EQ(parse({}).outputPath("u.csv"), "u.csv");
  EXPECT_EQ(parse({"--out=runs/1"}).outputPath("u.csv"), "runs/1/u.csv");
  EXPECT_EQ(parse({"--out", "runs/"}).outputPath("./u.csv"), "runs/u.csv");
  EXPECT_EQ(parse({"--out=runs"}).outputPath("/data/u.csv"), "/data/u.csv");
}

TEST(CommandLineTest, WrongFlagsAreRefused) {
  expectWrong({"--thread=3"}, "unknown flag `--thread`; did you mean `--threads`?");
  expectWrong({"--node-file=x"}, "unknown flag `--node-file`; did you mean `--nodes_file`?");
  expectWrong({"--resume=yes"}, "`--resume` takes no value, but got `yes`");
  expectWrong({"--gravity=9.81"}, "unknown flag `--gravity`; `--help` lists the flags");
  expectWrong({"--irh-x=1"}, "unknown flag `--irh-x`");
  expectWrong({"model.irh"}, "`model.irh` is not a flag");
  expectWrong({"-N", "3"}, "`-N` is not a flag; flags are written `--name value`");
  expectWrong({"--"}, "`--` is not a flag");
  expectWrong({"--=3"}, "unknown flag `--`");
  expectWrong({""}, "`` is not a flag");
}

TEST(CommandLineTest, WrongValuesAreRefused) {
  expectWrong({"--N"}, "`--N` lacks its value; write `--N VALUE`");
  expectWrong({"--N", "--dt=1"}, "`--N` lacks its value");
  expectWrong({"--N=ten"}, "`--N` takes an int, but got `ten`");
  expectWrong({"--N=2.5"}, "`--N` takes an int, but got `2.5`");
  expectWrong({"--N=1e300"}, "`--N` takes an int");
  expectWrong({"--dt=nan"}, "`--dt` takes a real, but got `nan`");
  expectWrong({"--dt="}, "`--dt` takes a real, but got ``");
  expectWrong({"--quiet=maybe"}, "`--quiet` takes a bool, but got `maybe`");
  expectWrong({"--N=1"}, "`--N` must be in 2.., but is 1 (declared at k.irh:4:9)");
  expectWrong({"--dt=0"}, "`--dt` must be in >0, but is 0");
  expectWrong({"--p=1.5"}, "`--p` must be in 0..1, but is 1.5");
  expectWrong({"--ranks=0"}, "`--ranks` takes 1..1024, but got `0`");
  expectWrong({"--ranks=1025"}, "`--ranks` takes 1..1024");
  expectWrong({"--threads=-1"}, "`--threads` takes 1..1024");
  expectWrong({"--format=xml"}, "`--format` takes table|jsonl|csv, but got `xml`");
  expectWrong({"--out="}, "`--out` takes DIR, but got ``");
  expectWrong({"--set="}, "`--set` takes FILE.toml, but got ``");
  expectWrong({"--watchdog=no"}, "`--watchdog` takes on|off");
  expectWrong({"--irh-seed=x"}, "`--irh-seed` takes an integer");
}

TEST(CommandLineTest, HelpNamesEveryParameterWithDocTypeDefaultAndRange) {
  const std::string help = describeProgram(kuramoto());
  EXPECT_NE(help.find("kuramoto\n      Oscillators."), std::string::npos) << help;
  EXPECT_NE(help.find("--N : int = 1000 in 2..\n      number of oscillators\n"), std::string::npos);
  EXPECT_NE(help.find("--dt : real = 0.01 in >0\n"), std::string::npos);
  EXPECT_NE(help.find("--nodes_file : string = \"n.csv\"\n"), std::string::npos);
  EXPECT_NE(help.find("--p : real = 0.5 in 0..1\n"), std::string::npos);
  for (const char *flag :
       {"--threads=1..1024\n", "--set=FILE.toml\n", "--format=table|jsonl|csv\n", "--out=DIR\n"})
    EXPECT_NE(help.find(flag), std::string::npos) << flag;
}
