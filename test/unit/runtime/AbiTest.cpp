//===- AbiTest.cpp - a program written by hand against the call table -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the compiler emits, in C++: a ring whose value relaxes to its neighbors', and programs that
// fail in every way a program can.

#include "runtime/abi/Abi.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/abi/Symbols.h"
#include "test/unit/runtime/RunProgram.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <set>
#include <string>

#include <unistd.h>

using namespace irh::abi;
using namespace irh::abi::calls;
using irh::rt::program::ParamSpec;
using irh::rt::program::Program;
using irh::rt::test::Outcome;
using irh::rt::test::runProgram;

static std::atomic<std::int64_t> numNews{0};

// Counts what goes through operator new, on any thread. Sanitizers bring an operator of their own.
#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
static constexpr bool kCountsNews = true;

void *operator new(std::size_t size) {
  ++numNews;
  if (void *memory = std::malloc(size == 0 ? 1 : size))
    return memory;
  throw std::bad_alloc();
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
#else
static constexpr bool kCountsNews = false;
#endif

namespace {

void *text(const char *literal) { return const_cast<char *>(literal); }
void *address(auto *function) { return reinterpret_cast<void *>(function); }

/// State of the relaxing ring; its frame.
struct Ring {
  void *network;
  void *nodes;
  void *x;
  void *next;
  std::int64_t *offsets;
  std::int32_t *columns;
  std::int64_t *ids;
  std::int64_t numOwned = 0; ///< As the sweeps see it.
};

void countOwned(const irh_range *range, void *const *slots, irh_accumulator *) {
  static_cast<std::atomic<std::int64_t> *>(slots[0])->fetch_add(range->end - range->begin);
}

/// next = x + dt * (mean of neighbors - x), and whether any is not finite.
void relax(const irh_range *range, void *const *slots, irh_accumulator *accumulator) {
  const auto *x = static_cast<const double *>(slots[0]);
  auto *next = static_cast<double *>(slots[1]);
  const auto *offsets = static_cast<const std::int64_t *>(slots[2]);
  const auto *columns = static_cast<const std::int32_t *>(slots[3]);
  double dt = 0;
  std::memcpy(&dt, &slots[4], sizeof dt);
  for (std::int64_t i = range->begin; i < range->end; ++i) {
    double sum = 0;
    for (std::int64_t slot = offsets[i]; slot < offsets[i + 1]; ++slot)
      sum += x[columns[slot]];
    next[i] = x[i] + dt * (sum / 2 - x[i]);
  }
  irh_rt_accumulate(accumulator, 0, next + range->begin, range->end - range->begin);
}

void total(const irh_range *range, void *const *slots, irh_accumulator *accumulator) {
  auto *x = static_cast<double *>(slots[0]);
  for (std::int64_t reduction = 0; reduction < 3; ++reduction)
    irh_rt_accumulate(accumulator, reduction, x + range->begin, range->end - range->begin);
}

void observe(void *context, void *frame, double, std::int64_t) {
  const Ring &ring = *static_cast<Ring *>(frame);
  void *slots[] = {irh_rt_field_data(context, ring.x)};
  const Reduction reductions[] = {Reduction::SumReal, Reduction::MinReal, Reduction::MaxReal};
  double results[3];
  irh_rt_sweep(context, ring.nodes, address(&total), slots, 3, const_cast<Reduction *>(reductions),
               results);
  irh_rt_cell_real(context, 0, results[0]);
  irh_rt_cell_real(context, 1, results[1]);
  irh_rt_cell_real(context, 2, results[2]);
}

void step(void *context, void *frame, double, double dt, std::int64_t) {
  Ring &ring = *static_cast<Ring *>(frame);
  irh_rt_exchange(context, &ring.x, 1);
  void *slots[] = {irh_rt_field_data(context, ring.x), irh_rt_field_data(context, ring.next),
                   ring.offsets, ring.columns, nullptr};
  std::memcpy(&slots[4], &dt, sizeof dt);
  Reduction reduction = Reduction::NotFinite;
  std::int64_t isBad = 0;
  irh_rt_sweep(context, ring.nodes, address(&relax), slots, 1, &reduction, &isBad);
  irh_rt_field_swap(context, ring.x, ring.next);
  irh_rt_watch(context, ring.x, isBad);
}

void fullStep(void *context, void *frame, double t, double dt, std::int64_t number) {
  observe(context, frame, t, number);
  step(context, frame, t, dt, number);
}

Ring makeRing(void *context) {
  irh_rt_at(context, 5, 3);
  void *network = irh_rt_network_ring(context, irh_rt_param_int(context, 0), 0);
  const auto array = [&](NetworkArray which) {
    return irh_rt_network_array(context, network, static_cast<std::int32_t>(which));
  };
  Ring ring{};
  ring.network = network;
  ring.nodes = irh_rt_set(context, network, static_cast<std::int32_t>(SetKind::Nodes));
  ring.x = irh_rt_field_draw(context, ring.nodes, static_cast<std::int32_t>(Standard::Normal),
                             text("x.0"));
  ring.next = irh_rt_field(context, ring.nodes, static_cast<std::int32_t>(Element::Real));
  irh_rt_field_name(context, ring.x, text("x"));
  ring.offsets = static_cast<std::int64_t *>(array(NetworkArray::RowOffsets));
  ring.columns = static_cast<std::int32_t *>(array(NetworkArray::Columns));
  ring.ids = static_cast<std::int64_t *>(array(NetworkArray::NodeIds));
  std::atomic<std::int64_t> numOwned{0};
  void *slots[] = {&numOwned};
  irh_rt_sweep(context, ring.nodes, address(&countOwned), slots, 0, nullptr, nullptr);
  ring.numOwned = numOwned.load();
  return ring;
}

void relaxingRing(void *context) {
  Ring ring = makeRing(context);
  irh_rt_at(context, 9, 3);
  irh_rt_table(context, 3);
  irh_rt_table_column(context, 0, text("total"), static_cast<std::int32_t>(Element::Real));
  irh_rt_table_column(context, 1, text("least"), static_cast<std::int32_t>(Element::Real));
  irh_rt_table_column(context, 2, text("most"), static_cast<std::int32_t>(Element::Real));
  irh_rt_evolve_begin(context, text("t"), &ring, 0, nullptr);
  irh_rt_evolve_event(context, address(&observe), 4, 0, nullptr, 1);
  irh_rt_evolve_span(context, address(&step), address(&fullStep), 0, irh_rt_param_real(context, 1),
                     0.1);
}

Program ringProgram() {
  return {.name = "ring",
          .doc = "",
          .file = "ring.irh",
          .params = {{.name = "N", .doc = "", .defaultValue = std::int64_t{1000}},
                     {.name = "T", .doc = "", .defaultValue = 1.05}},
          .main = relaxingRing};
}

} // namespace

/// The ring program with another main.
static Program programOf(irh_main main) {
  Program program = ringProgram();
  program.main = main;
  return program;
}

static constexpr const char *kRankFlags[] = {"--ranks=1", "--ranks=2", "--ranks=3", "--ranks=5"};

TEST(AbiTest, RowsHaveTheSameBitsForAnyRanksAndThreads) {
  for (const char *size : {"3", "64", "1000", "5001"}) {
    const Outcome one = runProgram(ringProgram(), {"--format=jsonl", "--threads=1", "--N", size});
    ASSERT_EQ(one.exitCode, 0) << one.messages;
    EXPECT_NE(one.rows.find("{\"step\": 11, \"t\": 1.05, \"total\": "), std::string::npos);
    for (const char *ranks : kRankFlags)
      for (const char *threads : {"--threads=1", "--threads=3"}) {
        const Outcome other =
            runProgram(ringProgram(), {"--format=jsonl", ranks, threads, "--N", size});
        EXPECT_EQ(one.rows, other.rows) << size << " nodes, " << ranks << ", " << threads;
      }
  }
}

namespace {

/// Filled by steps that count allocations.
std::array<std::int64_t, 100> newsAfterStep;

void countedStep(void *context, void *frame, double t, double dt, std::int64_t number) {
  step(context, frame, t, dt, number);
  newsAfterStep[static_cast<std::size_t>(number)] = numNews.load();
}

void countedMain(void *context) {
  Ring ring = makeRing(context);
  irh_rt_evolve_begin(context, text("t"), &ring, 0, nullptr);
  irh_rt_evolve_steps(context, address(&countedStep), address(&countedStep), 100, 0.01);
}

} // namespace

TEST(AbiTest, AStepAllocatesNothing) {
  if (!kCountsNews)
    GTEST_SKIP() << "a sanitizer owns operator new";
  for (const char *threads : {"--threads=1", "--threads=3"}) {
    const Outcome outcome = runProgram(programOf(countedMain), {threads, "--N=5000"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.messages;
    EXPECT_EQ(newsAfterStep[1], newsAfterStep[99]) << threads;
  }
}

namespace {

/// Puts a value that is not finite on the node with id 17 in step 11.
void breakingStep(void *context, void *frame, double t, double dt, std::int64_t number) {
  Ring &ring = *static_cast<Ring *>(frame);
  const auto *ids = static_cast<std::int64_t *>(irh_rt_network_array(
      context, ring.network, static_cast<std::int32_t>(NetworkArray::NodeIds)));
  auto *x = static_cast<double *>(irh_rt_field_data(context, ring.x));
  for (std::int64_t i = 0; number == 11 && x && i < ring.numOwned; ++i)
    if (ids[i] == 17 || ids[i] == 60)
      x[i] = -std::numeric_limits<double>::infinity();
  if (number == 11)
    irh_rt_watch(context, ring.x, 1);
  else
    step(context, frame, t, dt, number);
}

void breakingMain(void *context) {
  Ring ring = makeRing(context);
  irh_rt_at(context, 9, 3);
  irh_rt_evolve_begin(context, text("t"), &ring, 0, nullptr);
  irh_rt_evolve_steps(context, address(&breakingStep), address(&breakingStep), 20, 0.01);
}

} // namespace

TEST(AbiTest, AValueThatIsNotFiniteStopsTheRun) {
  for (const char *ranks : kRankFlags) {
    const Outcome outcome = runProgram(programOf(breakingMain), {ranks, "--N=64"});
    EXPECT_EQ(outcome.exitCode, 2);
    EXPECT_EQ(outcome.messages,
              "ring.irh:9:3: error: `x` is not finite at node 17 after step 12 (t = 0.12)\n");
    const Outcome unwatched =
        runProgram(programOf(breakingMain), {ranks, "--N=64", "--watchdog=off"});
    EXPECT_EQ(unwatched.exitCode, 0);
    EXPECT_EQ(unwatched.messages, "");
  }
}

namespace {

void checkedStep(void *context, void *frame, double t, double dt, std::int64_t number) {
  irh_rt_cell_int(context, 0, 10 * number);
  irh_rt_at(context, 12, 5);
  irh_rt_check(context, number < 2, text("the ring has broken"));
  step(context, frame, t, dt, number);
}

void checkedMain(void *context) {
  Ring ring = makeRing(context);
  irh_rt_evolve_begin(context, text("t"), &ring, 0, nullptr);
  irh_rt_table(context, 1);
  irh_rt_table_column(context, 0, text("ten"), static_cast<std::int32_t>(Element::Int));
  irh_rt_evolve_steps(context, address(&checkedStep), address(&checkedStep), 9, 0.5);
}

} // namespace

TEST(AbiTest, TheRowOfAFailedCheckIsPrintedBeforeIt) {
  for (const char *ranks : kRankFlags) {
    const Outcome outcome = runProgram(programOf(checkedMain), {ranks, "--format=jsonl"});
    EXPECT_EQ(outcome.exitCode, 2);
    EXPECT_EQ(outcome.rows, "{\"step\": 0, \"t\": 0.0, \"ten\": 0}\n"
                            "{\"step\": 1, \"t\": 0.5, \"ten\": 10}\n"
                            "{\"step\": 2, \"t\": 1.0, \"ten\": 20}\n");
    EXPECT_EQ(outcome.messages, "ring.irh:12:5: error: the ring has broken (at step 2, t = 1)\n");
  }
}

namespace {

/// Only the rank that owns the node fails; the others wait for its ghosts.
template <std::int64_t node> void lonelyFailure(void *context) {
  Ring ring = makeRing(context);
  irh_rt_at(context, 7, 1);
  bool isMine = false;
  for (std::int64_t i = 0; i < ring.numOwned; ++i)
    isMine |= ring.ids[i] == node;
  irh_rt_check(context, !isMine, text("one rank fails"));
  for (int i = 0; i < 3; ++i)
    step(context, &ring, 0, 0.1, i);
}

} // namespace

TEST(AbiTest, AFailureOfOneRankEndsAll) {
  for (const auto main : {lonelyFailure<0>, lonelyFailure<500>, lonelyFailure<999>})
    for (const char *ranks : kRankFlags) {
      const Outcome outcome = runProgram(programOf(main), {ranks});
      EXPECT_EQ(outcome.exitCode, 2);
      EXPECT_EQ(outcome.messages, "ring.irh:7:1: error: one rank fails\n");
    }
}

namespace {

void afterFailure(void *context) {
  irh_rt_at(context, 3, 4);
  irh_rt_check(context, 0, text("first"));
  irh_rt_at(context, 5, 6);
  irh_rt_check(context, 0, text("second"));
  EXPECT_EQ(irh_rt_network_ring(context, 10, 0), nullptr);
  EXPECT_EQ(irh_rt_set_count(context, nullptr), 0);
  EXPECT_EQ(irh_rt_param_int(context, 0), 0);
  EXPECT_EQ(irh_rt_param_real(context, 1), 0.0);
  EXPECT_EQ(irh_rt_field_data(context, nullptr), nullptr);
  double result = 7;
  const std::int32_t reduction = 0;
  irh_rt_sweep(context, nullptr, nullptr, nullptr, 1, const_cast<std::int32_t *>(&reduction),
               &result);
  EXPECT_EQ(result, 0.0);
  irh_rt_evolve_steps(context, nullptr, nullptr, 3, 0.1);
  irh_rt_row_end(context);
}

/// A program whose ranks disagree: one of them leaves while the others wait.
void wronglyLeft(void *context) {
  Ring ring = makeRing(context);
  bool isMine = false;
  for (std::int64_t i = 0; i < ring.numOwned; ++i)
    isMine |= ring.ids[i] == 0;
  if (!isMine)
    step(context, &ring, 0, 0.1, 0);
}

void wrongParam(void *context) { irh_rt_param_string(context, 0); }

void wrongSpan(void *context) {
  irh_rt_at(context, 8, 2);
  irh_rt_evolve_begin(context, text("t"), nullptr, 0, nullptr);
  irh_rt_evolve_span(context, nullptr, nullptr, 1, 0, 0.1);
}

void smallRing(void *context) {
  irh_rt_at(context, 8, 2);
  irh_rt_network_ring(context, 2, 0);
}

} // namespace

TEST(AbiTest, CallsAfterAFailureDoNothingAndGiveZero) {
  const Outcome outcome = runProgram(programOf(afterFailure), {});
  EXPECT_EQ(outcome.exitCode, 2);
  EXPECT_EQ(outcome.messages, "ring.irh:3:4: error: first\n") << "the first failure is reported";
}

TEST(AbiTest, ExitCodesSayWhoseFaultItIs) {
  EXPECT_EQ(runProgram(programOf(wrongSpan), {}).exitCode, 1);
  EXPECT_EQ(runProgram(programOf(wrongSpan), {}).messages,
            "ring.irh:8:2: error: `evolve` runs from 1 to 0, which is earlier; exchange the two\n");
  EXPECT_EQ(runProgram(programOf(smallRing), {"--ranks=3"}).messages,
            "ring.irh:8:2: error: a ring needs at least 3 nodes, but `nodes` is 2\n");
  const Outcome ours = runProgram(programOf(wrongParam), {});
  EXPECT_EQ(ours.exitCode, 3);
  EXPECT_EQ(ours.messages.substr(0, 31), "ring.irh: error: internal error");
  const Outcome flag = runProgram(ringProgram(), {"--M=3"});
  EXPECT_EQ(flag.exitCode, 1);
  EXPECT_EQ(flag.messages, "error: unknown flag `--M`; `--help` lists the flags\n");
}

TEST(AbiTest, RanksThatDisagreeAreAFaultOfOurs) {
  const Outcome outcome = runProgram(programOf(wronglyLeft), {"--ranks=2"});
  EXPECT_EQ(outcome.exitCode, 3);
  EXPECT_EQ(outcome.messages, "ring.irh:5:3: error: internal error: another rank ended while this "
                              "one waits for it\n");
}

TEST(AbiTest, HelpIsPrintedAndNothingIsRun) {
  const Outcome outcome = runProgram(programOf(afterFailure), {"--help"});
  EXPECT_EQ(outcome.exitCode, 0);
  EXPECT_NE(outcome.rows.find("--N : int = 1000"), std::string::npos);
}

TEST(AbiTest, AClosedOutputEndsTheRunQuietly) {
  for (const char *ranks : kRankFlags) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ::close(ends[0]);
    const irh::rt::test::Scratch messages;
    EXPECT_EQ(irh::rt::program::run(
                  ringProgram(),
                  {.arguments = {ranks}, .output = ends[1], .messages = messages.descriptor()}),
              1);
    EXPECT_EQ(messages.read(), "");
    ::close(ends[1]);
  }
}

TEST(AbiTest, EveryCallHasAnAddressAndANameOfItsOwn) {
  std::set<std::string> names;
  for (const Symbol &symbol : symbols()) {
    EXPECT_NE(symbol.address, nullptr);
    EXPECT_TRUE(names.insert(symbol.name).second) << symbol.name;
  }
  EXPECT_TRUE(names.contains("irh_rt_sweep"));
}
