//===- FieldCallsTest.cpp - first values of fields, on any ranks ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Abi.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/random/Draws.h"
#include "test/unit/runtime/RunProgram.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <string>

#include <unistd.h>

using namespace irh::abi;
using namespace irh::abi::calls;
using irh::rt::program::Program;
using irh::rt::test::Outcome;
using irh::rt::test::runProgram;
namespace draws = irh::rt::random;

namespace {

std::string writeFile(const std::string &name, const std::string &text) {
  const std::string path = ::testing::TempDir() + std::to_string(::getpid()) + "-" + name;
  std::ofstream(path) << text;
  return path;
}

/// 60 nodes with ids 1000, 1003, ...; node row i joined to i + 1 and i + 7; columns say who they
/// are.
struct Files {
  Files() {
    std::string nodeRows = "id,value,odd,whole\n";
    std::string edgeRows = "a,b,w\n";
    for (int row = 0; row < 60; ++row) {
      nodeRows += std::to_string(1000 + 3 * row) + "," + std::to_string(row) + ".25," +
                  std::to_string(row % 2) + "," + std::to_string(-row) + "\n";
      for (const int offset : {1, 7})
        if (row + offset < 60)
          edgeRows += std::to_string(1000 + 3 * (row + offset)) + "," +
                      std::to_string(1000 + 3 * row) + "," + std::to_string(100 * row + offset) +
                      "\n";
    }
    nodes = writeFile("irh-field-calls-nodes.csv", nodeRows);
    edges = writeFile("irh-field-calls-edges.csv", edgeRows);
  }
  std::string nodes;
  std::string edges;
};

/// What the kernels below look at.
struct View {
  void *network;
  void *nodes;
  void *edges;
};

template <typename T> T *arrayOf(void *context, const View &view, NetworkArray which) {
  return static_cast<T *>(
      irh_rt_network_array(context, view.network, static_cast<std::int32_t>(which)));
}

View openNetwork(void *context) {
  View view{};
  view.network = irh_rt_network_read(context, irh_rt_param_string(context, 0),
                                     irh_rt_param_string(context, 1), 0, 0, -1);
  view.nodes = irh_rt_set(context, view.network, static_cast<std::int32_t>(SetKind::Nodes));
  view.edges = irh_rt_set(context, view.network, static_cast<std::int32_t>(SetKind::Edges));
  EXPECT_EQ(irh_rt_set_count(context, view.nodes), 60);
  EXPECT_EQ(irh_rt_set_count(context, view.edges), 59 + 53);
  return view;
}

void *column(void *context, void *set, Element element, const char *name) {
  void *field = irh_rt_field_column(context, set, static_cast<std::int32_t>(element),
                                    const_cast<char *>(name), 0);
  return irh_rt_field_data(context, field);
}

/// Every row of this rank's nodes: all slots, ghosts and copies included, hold what the file says.
void checkNodes(const irh_range *range, void *const *slots, irh_accumulator *) {
  const auto *ids = static_cast<const std::int64_t *>(slots[0]);
  const auto *offsets = static_cast<const std::int64_t *>(slots[1]);
  const auto *columns = static_cast<const std::int32_t *>(slots[2]);
  const auto *slotEdges = static_cast<const std::int32_t *>(slots[3]);
  const auto *value = static_cast<const double *>(slots[4]);
  const auto *odd = static_cast<const std::uint8_t *>(slots[5]);
  const auto *whole = static_cast<const std::int64_t *>(slots[6]);
  const auto *complex = static_cast<const double *>(slots[7]);
  const auto *weight = static_cast<const double *>(slots[8]);
  for (std::int64_t i = range->begin; i < range->end; ++i)
    for (std::int64_t slot = offsets[i]; slot < offsets[i + 1]; ++slot) {
      const std::int32_t j = columns[slot];
      const std::int64_t mine = (ids[i] - 1000) / 3;
      const std::int64_t row = (ids[j] - 1000) / 3;
      ASSERT_EQ(value[j], static_cast<double>(row) + 0.25);
      ASSERT_EQ(odd[j], row % 2);
      ASSERT_EQ(whole[j], -row);
      ASSERT_EQ(complex[2 * j], static_cast<double>(row) + 0.25);
      ASSERT_EQ(complex[2 * j + 1], 0.0);
      ASSERT_EQ(weight[slotEdges[slot]],
                static_cast<double>(100 * std::min(mine, row) + std::abs(mine - row)));
    }
}

void columnsMain(void *context) {
  const View view = openNetwork(context);
  void *slots[] = {arrayOf<void>(context, view, NetworkArray::NodeIds),
                   arrayOf<void>(context, view, NetworkArray::RowOffsets),
                   arrayOf<void>(context, view, NetworkArray::Columns),
                   arrayOf<void>(context, view, NetworkArray::SlotEdges),
                   column(context, view.nodes, Element::Real, "value"),
                   column(context, view.nodes, Element::Bool, "odd"),
                   column(context, view.nodes, Element::Int, "whole"),
                   column(context, view.nodes, Element::Complex, "value"),
                   column(context, view.edges, Element::Real, "w")};
  irh_rt_sweep(context, view.nodes, reinterpret_cast<void *>(&checkNodes), slots, 0, nullptr,
               nullptr);
}

/// Draws are those of the keys, on owned points and copies alike.
void drawsMain(void *context) {
  const View view = openNetwork(context);
  const auto *ids = arrayOf<std::int64_t>(context, view, NetworkArray::NodeIds);
  const auto *src = arrayOf<std::int32_t>(context, view, NetworkArray::EdgeSrc);
  const auto *dst = arrayOf<std::int32_t>(context, view, NetworkArray::EdgeDst);
  const auto seed = static_cast<std::uint64_t>(irh_rt_run_seed(context));
  char nodeStream[] = "x.0";
  char edgeStream[] = "w.1";
  const auto *x = static_cast<double *>(irh_rt_field_data(
      context, irh_rt_field_draw(context, view.nodes, static_cast<std::int32_t>(Standard::Normal),
                                 nodeStream)));
  const auto *w = static_cast<double *>(irh_rt_field_data(
      context, irh_rt_field_draw(context, view.edges, static_cast<std::int32_t>(Standard::Uniform),
                                 edgeStream)));
  // Every rank has edge 0 of its own, or none at all.
  for (std::int64_t edge = 0; edge < 3; ++edge) {
    const auto a = static_cast<std::uint64_t>((ids[src[edge]] - 1000) / 3);
    const auto b = static_cast<std::uint64_t>((ids[dst[edge]] - 1000) / 3);
    EXPECT_EQ(x[dst[edge]], draws::normal(draws::draw(draws::makeStream(seed, "x.0"), {.a = b})));
    EXPECT_EQ(w[edge],
              draws::uniform(draws::draw(draws::makeStream(seed, "w.1"), {.a = a, .b = b})));
  }
}

/// Draws of a step are those of its word, in a field and for the whole model.
void drawsOfStepsMain(void *context) {
  const View view = openNetwork(context);
  const auto *ids = arrayOf<std::int64_t>(context, view, NetworkArray::NodeIds);
  const auto *columns = arrayOf<std::int32_t>(context, view, NetworkArray::Columns);
  const auto seed = static_cast<std::uint64_t>(irh_rt_run_seed(context));
  const draws::Stream stream = draws::makeStream(seed, "x.set.0");
  const auto kNormal = static_cast<std::int32_t>(Standard::Normal);
  char name[] = "x.set.0";
  void *field = irh_rt_field(context, view.nodes, static_cast<std::int32_t>(Element::Real));
  const void *memory = irh_rt_field_data(context, field);
  for (const std::int64_t step : {0, 1, 1000}) {
    irh_rt_field_fill(context, field, kNormal, name, step);
    const auto *x = static_cast<double *>(irh_rt_field_data(context, field));
    EXPECT_EQ(x, memory) << "the field keeps its memory";
    const auto word = static_cast<std::uint64_t>(step + 1);
    for (const std::int32_t node : {0, columns[0]}) { // one of them may be a copy
      const auto row = static_cast<std::uint64_t>((ids[node] - 1000) / 3);
      EXPECT_EQ(x[node], draws::normal(draws::draw(stream, {.a = row, .step = word})));
    }
    EXPECT_EQ(irh_rt_draw(context, kNormal, name, step),
              draws::normal(draws::draw(stream, {.step = word})));
  }
  EXPECT_EQ(irh_rt_draw(context, static_cast<std::int32_t>(Standard::Uniform), name, -1),
            draws::uniform(draws::draw(stream, {})));
}

template <const char *kColumn, Element kElement> void wrongColumnMain(void *context) {
  const View view = openNetwork(context);
  irh_rt_at(context, 4, 2);
  column(context, view.nodes, kElement, kColumn);
}

/// An edge equation, and a sum over the edges at each node; both must see the copies.
void edgeKernel(const irh_range *range, void *const *slots, irh_accumulator *accumulator) {
  auto *edge = static_cast<double *>(slots[0]);
  const auto *src = static_cast<const std::int32_t *>(slots[1]);
  const auto *dst = static_cast<const std::int32_t *>(slots[2]);
  const auto *ids = static_cast<const std::int64_t *>(slots[3]);
  for (std::int64_t i = range->begin; i < range->end; ++i)
    edge[i] = 1.0 / static_cast<double>(ids[src[i]]) + static_cast<double>(ids[dst[i]]);
  irh_rt_accumulate(accumulator, 0, edge + range->begin, range->end - range->begin);
}

void nodeKernel(const irh_range *range, void *const *slots, irh_accumulator *accumulator) {
  const auto *edge = static_cast<const double *>(slots[0]);
  const auto *offsets = static_cast<const std::int64_t *>(slots[4]);
  const auto *slotEdges = static_cast<const std::int32_t *>(slots[5]);
  for (std::int64_t i = range->begin; i < range->end; ++i) {
    double sum = 0;
    for (std::int64_t slot = offsets[i]; slot < offsets[i + 1]; ++slot)
      sum += edge[slotEdges[slot]];
    irh_rt_accumulate(accumulator, 0, &sum, 1);
  }
}

void edgesMain(void *context) {
  const View view = openNetwork(context);
  void *field = irh_rt_field(context, view.edges, static_cast<std::int32_t>(Element::Real));
  void *slots[] = {irh_rt_field_data(context, field),
                   arrayOf<void>(context, view, NetworkArray::EdgeSrc),
                   arrayOf<void>(context, view, NetworkArray::EdgeDst),
                   arrayOf<void>(context, view, NetworkArray::NodeIds),
                   arrayOf<void>(context, view, NetworkArray::RowOffsets),
                   arrayOf<void>(context, view, NetworkArray::SlotEdges)};
  Reduction reduction = Reduction::SumReal;
  double sums[2] = {};
  irh_rt_sweep(context, view.edges, reinterpret_cast<void *>(&edgeKernel), slots, 1, &reduction,
               &sums[0]);
  irh_rt_sweep(context, view.nodes, reinterpret_cast<void *>(&nodeKernel), slots, 1, &reduction,
               &sums[1]);
  irh_rt_table(context, 2);
  char names[2][2] = {"e", "n"};
  for (std::int64_t i = 0; i < 2; ++i) {
    irh_rt_table_column(context, i, names[i], static_cast<std::int32_t>(Element::Real));
    irh_rt_cell_real(context, i, sums[i]);
  }
  irh_rt_row_end(context);
  irh_rt_field_release(context, field);
}

Outcome runOn(irh_main main, const char *ranks, const char *seed = "--seed=0") {
  static const Files files;
  const Program program{.name = "p",
                        .doc = "",
                        .file = "p.irh",
                        .params = {{.name = "edges", .doc = "", .defaultValue = files.edges},
                                   {.name = "nodes", .doc = "", .defaultValue = files.nodes}},
                        .main = main};
  return runProgram(program, {"--format=jsonl", "--threads=2", ranks, seed});
}

constexpr const char *kRankFlags[] = {"--ranks=1", "--ranks=2", "--ranks=3", "--ranks=5"};

constexpr char kNoColumn[] = "valu";
constexpr char kValue[] = "value";
constexpr char kWhole[] = "whole";

} // namespace

TEST(FieldCallsTest, ColumnsFillOwnedPointsAndCopies) {
  for (const char *ranks : kRankFlags) {
    const Outcome outcome = runOn(columnsMain, ranks);
    EXPECT_EQ(outcome.exitCode, 0) << outcome.messages;
  }
}

TEST(FieldCallsTest, DrawsAreThoseOfTheirKeys) {
  for (const char *ranks : kRankFlags)
    EXPECT_EQ(runOn(drawsMain, ranks, "--seed=-5").exitCode, 0);
}

TEST(FieldCallsTest, DrawsOfAStepAreThoseOfItsWord) {
  for (const char *ranks : kRankFlags) {
    const Outcome outcome = runOn(drawsOfStepsMain, ranks, "--seed=-5");
    EXPECT_EQ(outcome.exitCode, 0) << outcome.messages;
  }
}

TEST(FieldCallsTest, WrongColumnsAreErrorsOfTheStatement) {
  for (const char *ranks : kRankFlags) {
    const Outcome outcome = runOn(wrongColumnMain<kNoColumn, Element::Real>, ranks);
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_EQ(outcome.messages.substr(0, 18), "p.irh:4:2: error: ");
    EXPECT_NE(outcome.messages.find("did you mean `value`?"), std::string::npos);
  }
  EXPECT_NE(runOn(wrongColumnMain<kValue, Element::Int>, "--ranks=1")
                .messages.find("nodes.csv:2: `0.25` in column `value` is not an integer"),
            std::string::npos);
  EXPECT_NE(runOn(wrongColumnMain<kWhole, Element::Bool>, "--ranks=1")
                .messages.find("`-1` in column `whole` is not a bool: true, false, 1 or 0"),
            std::string::npos);
}

TEST(FieldCallsTest, EdgeSweepsFillCopiesButCountThemOnce) {
  const std::string one = runOn(edgesMain, "--ranks=1").rows;
  EXPECT_NE(one, "");
  for (const char *ranks : kRankFlags)
    EXPECT_EQ(runOn(edgesMain, ranks).rows, one);
}
