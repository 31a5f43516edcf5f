//===- ResumeTest.cpp - a killed run goes on, to the same bits --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A program written by hand, with what checkpoints must keep: fields, a state with draws, two
// evolves, one of them adaptive, rows between and after them, and a value that is made between the
// evolves and used after both.

#include "runtime/abi/RuntimeCalls.h"
#include "test/unit/runtime/ReadHdf5.h"
#include "test/unit/runtime/RunProgram.h"
#include "test/unit/runtime/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

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
std::int32_t number(auto value) { return static_cast<std::int32_t>(value); }

/// The frame: 8 bytes each.
struct Frame {
  void *x;
  double s = 1;
  void *candidate;
  void *nodes;
  std::int64_t *offsets;
  std::int32_t *columns;
  std::int64_t *ids;
  std::int64_t numNodes;
};
constexpr SlotKind kKinds[] = {SlotKind::Field, SlotKind::Scalar};

/// Steps that rank 0 takes before the process is killed; far away unless a test says so. Its first
/// node is 0, or 1 where 0 has a neighbor elsewhere.
std::atomic<std::int64_t> stepsToLive{INT64_MAX};

void live(const Frame &frame) {
  if (frame.ids[0] <= 1 && --stepsToLive == 0)
    ::kill(::getpid(), SIGKILL);
}

/// candidate = x + dt * (mean of neighbors - x) * (1 + x^2); reduces the squares of the changes.
void relax(const irh_range *range, void *const *slots, irh_accumulator *accumulator) {
  const auto *x = static_cast<const double *>(slots[0]);
  auto *candidate = static_cast<double *>(slots[1]);
  const auto *offsets = static_cast<const std::int64_t *>(slots[2]);
  const auto *columns = static_cast<const std::int32_t *>(slots[3]);
  double dt = 0;
  std::memcpy(&dt, &slots[4], sizeof dt);
  for (std::int64_t i = range->begin; i < range->end; ++i) {
    double sum = 0;
    for (std::int64_t slot = offsets[i]; slot < offsets[i + 1]; ++slot)
      sum += x[columns[slot]];
    const double change = dt * (sum / 2 - x[i]) * (1 + x[i] * x[i]);
    candidate[i] = x[i] + change;
    const double square = change * change;
    irh_rt_accumulate(accumulator, 0, const_cast<double *>(&square), 1);
  }
}

void sumValues(const irh_range *range, void *const *slots, irh_accumulator *accumulator) {
  irh_rt_accumulate(accumulator, 0, static_cast<double *>(slots[0]) + range->begin,
                    range->end - range->begin);
}

double total(void *context, const Frame &frame) {
  void *slots[] = {irh_rt_field_data(context, frame.x)};
  Reduction reduction = Reduction::SumReal;
  double result = 0;
  irh_rt_sweep(context, frame.nodes, address(&sumValues), slots, 1, &reduction, &result);
  return result;
}

double sweepChanges(void *context, Frame &frame, double dt) {
  irh_rt_exchange(context, &frame.x, 1);
  void *slots[] = {irh_rt_field_data(context, frame.x), irh_rt_field_data(context, frame.candidate),
                   frame.offsets, frame.columns, nullptr};
  std::memcpy(&slots[4], &dt, sizeof dt);
  Reduction reduction = Reduction::SumReal;
  double squares = 0;
  irh_rt_sweep(context, frame.nodes, address(&relax), slots, 1, &reduction, &squares);
  return squares;
}

void addDraw(void *context, Frame &frame, std::int64_t step) {
  frame.s += 0.1 * irh_rt_draw(context, number(Standard::Normal), text("s.set.0"), step);
}

void fixedStep(void *context, void *handle, double, double dt, std::int64_t step) {
  Frame &frame = *static_cast<Frame *>(handle);
  live(frame);
  sweepChanges(context, frame, dt);
  irh_rt_field_swap(context, frame.x, frame.candidate);
  addDraw(context, frame, step);
}

void adaptiveStep(void *context, void *handle, double, double dt, std::int64_t step) {
  Frame &frame = *static_cast<Frame *>(handle);
  live(frame);
  constexpr double kTolerance = 0.02;
  const double squares = sweepChanges(context, frame, dt) / (kTolerance * kTolerance);
  const std::int32_t isAccepted = irh_rt_step_error(context, squares, frame.numNodes);
  irh_rt_field_swap_if(context, frame.x, frame.candidate, isAccepted);
  if (isAccepted)
    addDraw(context, frame, step);
}

void observe(void *context, void *handle, double, std::int64_t) {
  const Frame &frame = *static_cast<Frame *>(handle);
  irh_rt_cell_real(context, 0, total(context, frame));
  irh_rt_cell_real(context, 1, frame.s);
}

void save(void *context, const Frame &frame, const char *file, SaveFormat format) {
  void *names[] = {text("x")};
  void *fields[] = {frame.x};
  irh_rt_save(context, text(file), number(format), 1, names, fields, fields, 1);
}

void saveState(void *context, void *handle, double, std::int64_t) {
  save(context, *static_cast<Frame *>(handle), "x.csv", SaveFormat::Csv);
  save(context, *static_cast<Frame *>(handle), "x.h5", SaveFormat::Hdf5);
}

void declareTable(void *context) {
  irh_rt_table(context, 2);
  irh_rt_table_column(context, 0, text("total"), number(Element::Real));
  irh_rt_table_column(context, 1, text("s"), number(Element::Real));
}

void writeRow(void *context, double a, double b) {
  declareTable(context);
  irh_rt_cell_real(context, 0, a);
  irh_rt_cell_real(context, 1, b);
  irh_rt_row_end(context);
}

void begin(void *context, Frame &frame) {
  declareTable(context);
  irh_rt_evolve_begin(context, text("t"), &frame, 2, const_cast<SlotKind *>(kKinds));
}

Frame makeFrame(void *context) {
  Frame frame{};
  frame.s = 1;
  frame.numNodes = irh_rt_param_int(context, 0);
  void *network = irh_rt_network_ring(context, frame.numNodes, 0);
  const auto array = [&](NetworkArray which) {
    return irh_rt_network_array(context, network, number(which));
  };
  frame.nodes = irh_rt_set(context, network, number(SetKind::Nodes));
  frame.x = irh_rt_field_draw(context, frame.nodes, number(Standard::Normal), text("x.0"));
  frame.candidate = irh_rt_field(context, frame.nodes, number(Element::Real));
  frame.offsets = static_cast<std::int64_t *>(array(NetworkArray::RowOffsets));
  frame.columns = static_cast<std::int32_t *>(array(NetworkArray::Columns));
  frame.ids = static_cast<std::int64_t *>(array(NetworkArray::NodeIds));
  return frame;
}

void mainOfModel(void *context) {
  Frame frame = makeFrame(context);
  if (!frame.ids)
    return;
  writeRow(context, total(context, frame), frame.s);
  begin(context, frame);
  irh_rt_evolve_event(context, address(&observe), 4, 0, nullptr, 0);
  irh_rt_evolve_event(context, address(&saveState), 2, 0, nullptr, 0);
  irh_rt_checkpoint(context, 3, 0, 0);
  irh_rt_evolve_span(context, address(&fixedStep), address(&fixedStep), 0, 1.05, 0.1);
  const double between = total(context, frame) * frame.s;
  writeRow(context, between, frame.s);
  begin(context, frame);
  irh_rt_evolve_event(context, address(&observe), 0, 0.1, nullptr, 0);
  irh_rt_checkpoint(context, 4, 0.15, 0);
  irh_rt_evolve_adaptive(context, address(&adaptiveStep), 0, 1, 0.001, 0.02);
  writeRow(context, between, frame.s);
}

Program model(const char *hash = "v1") {
  return {.name = "ring",
          .doc = "",
          .file = "ring.irh",
          .params = {{.name = "N", .doc = "", .defaultValue = std::int64_t{300}}},
          .fields = {},
          .main = mainOfModel,
          .hash = hash,
          .lastKeptEvolve = 2};
}

std::vector<std::string> flags(const TemporaryFolder &folder, const char *ranks) {
  return {"--format=jsonl", "--threads=1", ranks, "--out", folder.name()};
}

std::vector<std::string> resuming(std::vector<std::string> flags) {
  flags.push_back("--resume");
  return flags;
}

/// Runs the model in a process that dies after so many steps. False if it came to its end.
bool runUntilKilled(const std::vector<std::string> &arguments, std::int64_t numSteps) {
  const pid_t child = ::fork();
  if (child == 0) {
    stepsToLive = numSteps;
    ::_exit(runProgram(model(), arguments).exitCode);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
  return WIFSIGNALED(status);
}

/// What the run writes, file after file.
std::string outputOf(const TemporaryFolder &folder) {
  std::string all;
  for (const char *file :
       {"ring.jsonl", "ring-2.jsonl", "ring-3.jsonl", "ring-4.jsonl", "ring-5.jsonl", "x.csv"})
    all += file + ("\n" + folder.read(file));
  const Hdf5Reader hdf5(folder / "x.h5");
  for (const std::int64_t step : hdf5.ints("/step"))
    all += std::to_string(step) + "\n";
  const std::vector<double> values = hdf5.reals("/x");
  return all.append(reinterpret_cast<const char *>(values.data()), 8 * values.size());
}

std::string uninterrupted() {
  const TemporaryFolder folder;
  const Outcome outcome = runProgram(model(), flags(folder, "--ranks=1"));
  EXPECT_EQ(outcome.exitCode, 0) << outcome.messages;
  EXPECT_FALSE(std::filesystem::exists(folder / "ring.checkpoint")) << "the run is over";
  return outputOf(folder);
}

} // namespace

TEST(ResumeTest, ARunThatIsKilledAnywhereGoesOnToTheSameBits) {
  const std::string whole = uninterrupted();
  EXPECT_NE(whole.find("{\"step\": 11, \"t\": 1.05, \"total\": "), std::string::npos);
  for (const char *ranks : {"--ranks=1", "--ranks=3"})
    for (const std::int64_t numSteps : {1, 2, 4, 6, 11, 12, 15, 19, 30}) {
      const TemporaryFolder folder;
      ASSERT_TRUE(runUntilKilled(flags(folder, ranks), numSteps)) << numSteps;
      const Outcome outcome = runProgram(model(), resuming(flags(folder, ranks)));
      EXPECT_EQ(outcome.exitCode, 0) << outcome.messages;
      EXPECT_TRUE(outputOf(folder) == whole) << "killed after " << numSteps << " steps, " << ranks;
      EXPECT_FALSE(std::filesystem::exists(folder / "ring.checkpoint"));
    }
}

TEST(ResumeTest, ItMayBeKilledAgainAndChangeItsRanks) {
  const std::string whole = uninterrupted();
  const char *const ranks[] = {"--ranks=1", "--ranks=3", "--ranks=2"};
  for (const std::int64_t numSteps : {6, 7, 9}) {
    const TemporaryFolder folder;
    int numKills = 0;
    bool isKilled = runUntilKilled(flags(folder, ranks[0]), numSteps);
    for (; isKilled && numKills < 100; ++numKills)
      isKilled = runUntilKilled(resuming(flags(folder, ranks[numKills % 3])), numSteps);
    EXPECT_GE(numKills, 2);
    EXPECT_FALSE(isKilled) << "each run takes the next a checkpoint further";
    EXPECT_TRUE(outputOf(folder) == whole) << numSteps << " steps each";
  }
}

TEST(ResumeTest, OnlyRowsFromTheCheckpointOnArePrinted) {
  const TemporaryFolder whole;
  const std::string rows = runProgram(model(), flags(whole, "--ranks=1")).rows;
  const TemporaryFolder folder;
  ASSERT_TRUE(runUntilKilled(flags(folder, "--ranks=1"), 8));
  const Outcome outcome = runProgram(model(), resuming(flags(folder, "--ranks=1")));
  EXPECT_EQ(outcome.messages, "");
  EXPECT_EQ(outcome.rows, rows.substr(rows.find("{\"step\": 8,")));
}

TEST(ResumeTest, WithoutACheckpointTheRunStartsFromItsBeginning) {
  const std::string whole = uninterrupted();
  const TemporaryFolder folder;
  const Outcome outcome = runProgram(model(), resuming(flags(folder, "--ranks=2")));
  EXPECT_EQ(outcome.exitCode, 0);
  EXPECT_EQ(outcome.messages, "no checkpoint `" + (folder / "ring.checkpoint") +
                                  "`: the run starts from the beginning\n");
  EXPECT_TRUE(outputOf(folder) == whole);
}

TEST(ResumeTest, AnotherRunIsRefused) {
  const TemporaryFolder folder;
  ASSERT_TRUE(runUntilKilled(flags(folder, "--ranks=1"), 8));
  const std::vector<std::string> again = resuming(flags(folder, "--ranks=1"));
  const auto expectRefused = [&](const Program &program, const char *flag,
                                 const std::string &words) {
    std::vector<std::string> arguments = again;
    arguments.push_back(flag);
    const Outcome outcome = runProgram(program, arguments);
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_NE(outcome.messages.find(words), std::string::npos) << outcome.messages;
    EXPECT_EQ(outcome.rows, "");
  };
  expectRefused(model(), "--N=301", "with `N` = 300, and now it is 301");
  expectRefused(model(), "--seed=5", "without `--seed`, and this run is with `--seed 5`");
  expectRefused(model("v2"), "--ranks=1", "by another version of the model");
  Program silent = model();
  silent.lastKeptEvolve = 0;
  expectRefused(silent, "--ranks=1", "add `checkpoint every 10 minutes` to its `evolve`");
  folder.write("ring.jsonl", "");
  expectRefused(model(), "--ranks=1", "it is shorter than when the checkpoint was written");
}

TEST(ResumeTest, ADamagedCheckpointIsRefused) {
  const TemporaryFolder folder;
  ASSERT_TRUE(runUntilKilled(flags(folder, "--ranks=1"), 8));
  std::string bytes = folder.read("ring.checkpoint");
  bytes[bytes.size() / 2] ^= 1;
  folder.write("ring.checkpoint", bytes);
  const Outcome outcome = runProgram(model(), resuming(flags(folder, "--ranks=3")));
  EXPECT_EQ(outcome.exitCode, 1);
  EXPECT_EQ(outcome.messages, "error: cannot resume from `" + (folder / "ring.checkpoint") +
                                  "`: it has been damaged: its checksum does not match; run "
                                  "without `--resume`\n");
}

namespace {

void byTheClock(void *context) {
  Frame frame = makeFrame(context);
  begin(context, frame);
  irh_rt_evolve_event(context, address(&observe), 1000, 0, nullptr, 0);
  irh_rt_checkpoint(context, 0, 0, 0.01);
  irh_rt_evolve_steps(context, address(&fixedStep), address(&fixedStep), 600, 1e-4);
}

void wrongInterval(void *context) {
  Frame frame = makeFrame(context);
  begin(context, frame);
  irh_rt_at(context, 4, 5);
  irh_rt_checkpoint(context, 0, 0, -2);
}

} // namespace

TEST(ResumeTest, CheckpointsByTheClockAreAgreedOnByAllRanks) {
  Program program = model();
  program.main = byTheClock;
  program.lastKeptEvolve = 1;
  const TemporaryFolder whole;
  ASSERT_EQ(runProgram(program, flags(whole, "--ranks=1")).exitCode, 0);
  for (const char *ranks : {"--ranks=1", "--ranks=3"}) {
    const TemporaryFolder folder;
    EXPECT_EQ(runProgram(program, flags(folder, ranks)).exitCode, 0);
    EXPECT_EQ(folder.read("ring.jsonl"), whole.read("ring.jsonl"));
  }
}

TEST(ResumeTest, AWrongIntervalIsAnErrorOfItsStatement) {
  Program program = model();
  program.main = wrongInterval;
  const TemporaryFolder folder;
  const Outcome outcome = runProgram(program, flags(folder, "--ranks=1"));
  EXPECT_EQ(outcome.exitCode, 1);
  EXPECT_EQ(outcome.messages, "ring.irh:4:5: error: `checkpoint` must be written every so many "
                              "seconds, but not every -2\n");
}
