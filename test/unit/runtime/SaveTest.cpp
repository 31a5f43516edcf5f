//===- SaveTest.cpp - fields in files ---------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Programs written by hand against the call table, on one rank and on several.

#include "runtime/abi/Abi.h"
#include "runtime/abi/RuntimeCalls.h"
#include "test/unit/runtime/ReadHdf5.h"
#include "test/unit/runtime/RunProgram.h"
#include "test/unit/runtime/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

using namespace irh::abi;
using namespace irh::abi::calls;
using irh::rt::program::Program;
using irh::rt::test::Hdf5Reader;
using irh::rt::test::Outcome;
using irh::rt::test::runProgram;
using irh::rt::test::TemporaryFolder;

namespace {

void *text(const char *literal) { return const_cast<char *>(literal); }
void *address(auto *function) { return reinterpret_cast<void *>(function); }

/// On nodes u = half the id plus t and flag = id is odd; on edges w = src + i dst, k = 10 src +
/// dst.
struct Model {
  void *context;
  void *network;
  void *nodes, *edges;
  void *u, *flag, *w, *k;
};

void fillNodes(const irh_range *range, void *const *slots, irh_accumulator *) {
  const auto *ids = static_cast<const std::int64_t *>(slots[0]);
  double t = 0;
  std::memcpy(&t, &slots[3], sizeof t);
  for (std::int64_t i = range->begin; i < range->end; ++i) {
    static_cast<double *>(slots[1])[i] = 0.5 * static_cast<double>(ids[i]) + t;
    static_cast<std::uint8_t *>(slots[2])[i] = ids[i] % 2 != 0;
  }
}

void fillEdges(const irh_range *range, void *const *slots, irh_accumulator *) {
  const auto *ids = static_cast<const std::int64_t *>(slots[0]);
  const auto *src = static_cast<const std::int32_t *>(slots[1]);
  const auto *dst = static_cast<const std::int32_t *>(slots[2]);
  for (std::int64_t i = range->begin; i < range->end; ++i) {
    static_cast<double *>(slots[3])[2 * i] = static_cast<double>(ids[src[i]]);
    static_cast<double *>(slots[3])[2 * i + 1] = static_cast<double>(ids[dst[i]]);
    static_cast<std::int64_t *>(slots[4])[i] = 10 * ids[src[i]] + ids[dst[i]];
  }
}

void *array(const Model &model, NetworkArray which) {
  return irh_rt_network_array(model.context, model.network, static_cast<std::int32_t>(which));
}

void fill(const Model &model, double t) {
  void *ids = array(model, NetworkArray::NodeIds);
  void *slots[] = {ids, irh_rt_field_data(model.context, model.u),
                   irh_rt_field_data(model.context, model.flag), nullptr};
  std::memcpy(&slots[3], &t, sizeof t);
  irh_rt_sweep(model.context, model.nodes, address(&fillNodes), slots, 0, nullptr, nullptr);
  void *edgeSlots[] = {
      ids, array(model, NetworkArray::EdgeSrc), array(model, NetworkArray::EdgeDst),
      irh_rt_field_data(model.context, model.w), irh_rt_field_data(model.context, model.k)};
  irh_rt_sweep(model.context, model.edges, address(&fillEdges), edgeSlots, 0, nullptr, nullptr);
}

Model makeModel(void *context, void *network) {
  const auto field = [&](void *set, Element element) {
    return irh_rt_field(context, set, static_cast<std::int32_t>(element));
  };
  Model model{};
  model.context = context;
  model.network = network;
  model.nodes = irh_rt_set(context, network, static_cast<std::int32_t>(SetKind::Nodes));
  model.edges = irh_rt_set(context, network, static_cast<std::int32_t>(SetKind::Edges));
  model.u = field(model.nodes, Element::Real);
  model.flag = field(model.nodes, Element::Bool);
  model.w = field(model.edges, Element::Complex);
  model.k = field(model.edges, Element::Int);
  fill(model, 0);
  irh_rt_at(context, 7, 3);
  return model;
}

Model ring(void *context) {
  return makeModel(context, irh_rt_network_ring(context, irh_rt_param_int(context, 0), 0));
}

/// Columns of a save: names and the fields they stand for.
struct Columns {
  std::vector<const char *> names;
  std::vector<void *> fields;
};

void save(void *context, const char *file, Columns columns, bool isInEvolve = false) {
  const bool isCsv = std::string(file).ends_with(".csv");
  irh_rt_save(
      context, text(file), static_cast<std::int32_t>(isCsv ? SaveFormat::Csv : SaveFormat::Hdf5),
      static_cast<std::int64_t>(columns.names.size()), static_cast<void *>(columns.names.data()),
      columns.fields.data(), columns.fields.data(), isInEvolve ? 1 : 0);
}

/// Runs a model on `ring` with files in the folder.
Outcome run(irh_main main, const TemporaryFolder &folder, std::vector<std::string> flags = {}) {
  const Program program{.name = "ring",
                        .doc = "",
                        .file = "ring.irh",
                        .params = {{.name = "N", .doc = "", .defaultValue = std::int64_t{4}}},
                        .main = main};
  flags.push_back("--out=" + folder.name());
  return runProgram(program, flags);
}

const std::vector<std::string> kRankFlags = {"--ranks=1", "--ranks=2", "--ranks=3", "--ranks=5"};

void expectRefused(irh_main main, const std::string &words) {
  for (const std::string &ranks : kRankFlags) {
    const TemporaryFolder folder;
    const Outcome outcome = run(main, folder, {ranks});
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_NE(outcome.messages.find(words), std::string::npos)
        << "message:  " << outcome.messages << "\nexpected: " << words;
  }
}

} // namespace

namespace {

void saveOnce(void *context) {
  const Model model = ring(context);
  save(context, "nodes.csv", {{"u", "odd"}, {model.u, model.flag}});
  save(context, "edges.csv", {{"w", "k"}, {model.w, model.k}});
  save(context, "nodes.h5", {{"u", "odd"}, {model.u, model.flag}});
}

} // namespace

TEST(SaveTest, CsvHasARowForEachPoint) {
  for (const std::string &ranks : kRankFlags) {
    const TemporaryFolder folder;
    const Outcome outcome = run(saveOnce, folder, {ranks});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.messages;
    EXPECT_EQ(folder.read("nodes.csv"), "id,u,odd\n0,0.0,false\n1,0.5,true\n2,1.0,false\n"
                                        "3,1.5,true\n");
    EXPECT_EQ(folder.read("edges.csv"), "src,dst,w_re,w_im,k\n0,1,0.0,1.0,1\n0,3,0.0,3.0,3\n"
                                        "1,2,1.0,2.0,12\n2,3,2.0,3.0,23\n");
  }
}

TEST(SaveTest, LargeSetsAreTheSameOnAnyRanks) {
  const TemporaryFolder one;
  ASSERT_EQ(run(saveOnce, one, {"--N=66001"}).exitCode, 0);
  const std::string nodes = one.read("nodes.csv");
  EXPECT_TRUE(nodes.ends_with("\n66000,33000.0,false\n"));
  for (const char *ranks : {"--ranks=2", "--ranks=3"}) {
    const TemporaryFolder several;
    ASSERT_EQ(run(saveOnce, several, {"--N=66001", ranks}).exitCode, 0);
    EXPECT_EQ(several.read("nodes.csv"), nodes);
    EXPECT_EQ(several.read("edges.csv"), one.read("edges.csv"));
    EXPECT_EQ(several.read("nodes.h5"), one.read("nodes.h5"));
  }
}

namespace {

void still(void *, void *, double, double, std::int64_t) {}

void saveEvent(void *context, void *frame, double t, std::int64_t) {
  const Model &model = *static_cast<Model *>(frame);
  fill(model, t);
  save(context, "u.csv", {{"u"}, {model.u}}, /*isInEvolve=*/true);
  save(context, "all.h5", {{"w", "u", "odd", "k"}, {model.w, model.u, model.flag, model.k}},
       /*isInEvolve=*/true);
}

/// Two steps of 0.25, and a save at each of the three states.
void evolveWith(void *context, Model &model, void *event) {
  irh_rt_evolve_begin(context, text("s"), &model, 0, nullptr);
  irh_rt_evolve_event(context, event, 1, 0, nullptr, 0);
  irh_rt_evolve_steps(context, address(&still), address(&still), 2, 0.25);
}

void saveInEvolve(void *context) {
  Model model = ring(context);
  evolveWith(context, model, address(&saveEvent));
}

} // namespace

TEST(SaveTest, ARepeatedSaveAppends) {
  for (const std::string &ranks : kRankFlags) {
    const TemporaryFolder folder;
    const Outcome outcome = run(saveInEvolve, folder, {ranks, "--N=3"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.messages;
    EXPECT_EQ(folder.read("u.csv"),
              "t,id,u\n0.0,0,0.0\n0.0,1,0.5\n0.0,2,1.0\n0.25,0,0.25\n0.25,1,0.75\n0.25,2,1.25\n"
              "0.5,0,0.5\n0.5,1,1.0\n0.5,2,1.5\n");
  }
}

TEST(SaveTest, Hdf5HoldsPointsTimesAndFields) {
  for (const std::string &ranks : kRankFlags) {
    const TemporaryFolder folder;
    const Outcome outcome = run(saveInEvolve, folder, {ranks, "--N=3"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.messages;
    const Hdf5Reader reader(folder / "all.h5");
    EXPECT_EQ(reader.ints("/nodes/id"), (std::vector<std::int64_t>{0, 1, 2}));
    EXPECT_EQ(reader.ints("/edges/src"), (std::vector<std::int64_t>{0, 0, 1}));
    EXPECT_EQ(reader.ints("/edges/dst"), (std::vector<std::int64_t>{1, 2, 2}));
    EXPECT_EQ(reader.ints("/step"), (std::vector<std::int64_t>{0, 1, 2}));
    EXPECT_EQ(reader.reals("/t"), (std::vector<double>{0, 0.25, 0.5}));
    EXPECT_EQ(reader.sizes("/u"), (std::vector<std::uint64_t>{3, 3}));
    EXPECT_EQ(reader.reals("/u"), (std::vector<double>{0, 0.5, 1, 0.25, 0.75, 1.25, 0.5, 1, 1.5}));
    EXPECT_EQ(reader.bools("/odd"), (std::vector<std::int8_t>{0, 1, 0, 0, 1, 0, 0, 1, 0}));
    EXPECT_EQ(reader.complexes("/w")[8], std::complex<double>(1, 2));
    EXPECT_EQ(reader.ints("/k"), (std::vector<std::int64_t>{1, 2, 12, 1, 2, 12, 1, 2, 12}));
  }
}

namespace {

void saveOnceToHdf5(void *context) {
  const Model model = ring(context);
  save(context, "u.h5", {{"u"}, {model.u}});
}

void readAndSave(void *context) {
  const Model model =
      makeModel(context, irh_rt_network_read(context, text("edges-of-save-test.csv"),
                                             text("nodes-of-save-test.csv"), 0, 0, 0));
  save(context, "u.csv", {{"u"}, {model.u}});
  save(context, "k.csv", {{"k"}, {model.k}});
}

} // namespace

TEST(SaveTest, OutsideAnEvolveHdf5HasNoTimes) {
  const TemporaryFolder folder;
  ASSERT_EQ(run(saveOnceToHdf5, folder).exitCode, 0);
  const Hdf5Reader reader(folder / "u.h5");
  EXPECT_EQ(reader.sizes("/u"), (std::vector<std::uint64_t>{4}));
  EXPECT_FALSE(reader.has("/t"));
  EXPECT_FALSE(reader.has("/edges"));
}

TEST(SaveTest, PointsBearTheIdsOfTheirFile) {
  const TemporaryFolder folder;
  const std::filesystem::path old = std::filesystem::current_path();
  std::filesystem::current_path(folder.name());
  folder.write("nodes-of-save-test.csv", "id\n30\n10\n20\n");
  folder.write("edges-of-save-test.csv", "a,b\n20,10\n10,30\n");
  for (const std::string &ranks : kRankFlags) {
    const Outcome outcome = run(readAndSave, folder, {ranks});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.messages;
    EXPECT_EQ(folder.read("u.csv"), "id,u\n30,15.0\n10,5.0\n20,10.0\n");
    EXPECT_EQ(folder.read("k.csv"), "src,dst,k\n30,10,310\n10,20,120\n");
  }
  std::filesystem::current_path(old);
}

namespace {

/// Saves, and then a check fails: what was saved is whole.
void failAfterSaves(void *context, void *frame, double t, std::int64_t step) {
  saveEvent(context, frame, t, step);
  irh_rt_check(context, step < 1, text("enough"));
}

void failingRun(void *context) {
  Model model = ring(context);
  evolveWith(context, model, address(&failAfterSaves));
}

void twoShapes(void *context) {
  const Model model = ring(context);
  save(context, "u.csv", {{"u"}, {model.u}});
  save(context, "./u.csv", {{"v"}, {model.u}});
}

void twiceOutside(void *context) {
  const Model model = ring(context);
  save(context, "u.csv", {{"u"}, {model.u}});
  save(context, "u.csv", {{"u"}, {model.u}});
}

void twoSets(void *context) {
  const Model model = ring(context);
  save(context, "x.csv", {{"u", "w"}, {model.u, model.w}});
}

void twoNetworks(void *context) {
  const Model model = ring(context);
  const Model other = ring(context);
  save(context, "x.h5", {{"u", "v"}, {model.u, other.u}});
}

void takenName(void *context) {
  const Model model = ring(context);
  save(context, "x.h5", {{"u", "nodes"}, {model.u, model.flag}});
}

void takenCell(void *context) {
  const Model model = ring(context);
  save(context, "x.csv", {{"w", "w_re"}, {model.w, model.k}});
}

void tableAndSave(void *context) {
  const Model model = ring(context);
  irh_rt_table(context, 1);
  save(context, "ring.csv", {{"u"}, {model.u}});
}

void noFolder(void *context) {
  const Model model = ring(context);
  save(context, "no/x.csv", {{"u"}, {model.u}});
}

void noFolderForHdf5(void *context) {
  const Model model = ring(context);
  save(context, "no/x.h5", {{"u"}, {model.u}});
}

void fullDisk(void *context) {
  const Model model = ring(context);
  save(context, "full.csv", {{"u"}, {model.u}});
}

void fullDiskForHdf5(void *context) {
  const Model model = ring(context);
  save(context, "full.h5", {{"u"}, {model.u}});
}

} // namespace

TEST(SaveTest, ARunThatFailsLeavesReadableFiles) {
  const TemporaryFolder folder;
  EXPECT_EQ(run(failingRun, folder, {"--N=3"}).exitCode, 2);
  EXPECT_EQ(Hdf5Reader(folder / "all.h5").reals("/t"), (std::vector<double>{0, 0.25}));
  EXPECT_EQ(folder.read("u.csv").size(),
            std::string("t,id,u\n0.0,0,0.0\n0.0,1,0.5\n0.0,2,1.0\n0.25,0,0.25\n0.25,1,0.75\n"
                        "0.25,2,1.25\n")
                .size());
}

TEST(SaveTest, WhatDoesNotFitInAFileIsRefused) {
  expectRefused(twoShapes, "ring.irh:7:3: error: two statements write");
  expectRefused(twoShapes, "u.csv` with different columns; give each a file of its own");
  expectRefused(twiceOutside, "which only one can outside an `evolve`");
  expectRefused(twoSets, "`u` and `w` live on different sets; save them to two .csv files");
  expectRefused(twoNetworks, "`u` and `v` live on different networks; save them to two files");
  expectRefused(takenName, "x.h5` has something else named `nodes`; save the field under another");
  expectRefused(takenCell, "x.csv` would have two columns named `w_re`");
  expectRefused(tableAndSave, "two statements write");
}

TEST(SaveTest, WhatCannotBeWrittenIsAnError) {
  expectRefused(noFolder, "no/x.csv`: No such file or directory; make its folder first");
  expectRefused(noFolderForHdf5, "no/x.h5`: No such file or directory; make its folder first");
  for (const std::string &ranks : kRankFlags)
    for (const auto &[main, file] :
         {std::pair<irh_main, const char *>(fullDisk, "full.csv"), {fullDiskForHdf5, "full.h5"}}) {
      const TemporaryFolder folder;
      std::filesystem::create_symlink("/dev/full", folder / file);
      const Outcome outcome = run(main, folder, {ranks});
      EXPECT_EQ(outcome.exitCode, 1);
      EXPECT_NE(outcome.messages.find("No space left on device; free some space"),
                std::string::npos)
          << outcome.messages;
    }
}

TEST(SaveTest, TheFolderOfOutIsMadeIfItCanBe) {
  const TemporaryFolder folder;
  const Program program{.name = "ring",
                        .doc = "",
                        .file = "ring.irh",
                        .params = {{.name = "N", .doc = "", .defaultValue = std::int64_t{4}}},
                        .main = saveOnceToHdf5};
  EXPECT_EQ(runProgram(program, {"--out", folder / "a/b"}).exitCode, 0);
  EXPECT_TRUE(std::filesystem::exists(folder / "a/b/u.h5"));
  const Outcome outcome = runProgram(program, {"--out", folder / "a/b/u.h5"});
  EXPECT_EQ(outcome.exitCode, 1);
  EXPECT_NE(outcome.messages.find("u.h5` of `--out`: Not a directory"), std::string::npos)
      << outcome.messages;
}
