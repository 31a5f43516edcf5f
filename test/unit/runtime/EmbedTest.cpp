//===- EmbedTest.cpp - runs inside another program --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the compiler emits for a library, in C++: a ring whose node i starts at i and becomes
// `factor` times that in each of two rows.

#include "runtime/abi/ProgramTable.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/embed/EmbedCalls.h"
#include "runtime/embed/ParamStruct.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

using namespace irh::abi;
using namespace irh::abi::calls;
using namespace irh::rt::embed::calls;

namespace {

void *text(const char *literal) { return const_cast<char *>(literal); }

void setToId(const irh_range *range, void *const *slots, irh_accumulator *) {
  for (std::int64_t i = range->begin; i < range->end; ++i)
    static_cast<double *>(slots[0])[i] =
        static_cast<double>(static_cast<std::int64_t *>(slots[1])[i]);
}

void scale(const irh_range *range, void *const *slots, irh_accumulator *accumulator) {
  auto *x = static_cast<double *>(slots[0]);
  double factor = 0;
  std::memcpy(&factor, &slots[1], sizeof factor);
  for (std::int64_t i = range->begin; i < range->end; ++i)
    x[i] *= factor;
  irh_rt_accumulate(accumulator, 0, x + range->begin, range->end - range->begin);
}

void sweep(void *context, void *nodes, irh_kernel kernel, void **slots, double *sum) {
  auto kind = static_cast<std::int32_t>(Reduction::SumReal);
  double ignored = 0;
  irh_rt_sweep(context, nodes, reinterpret_cast<void *>(kernel), slots, sum ? 1 : 0, &kind,
               sum ? sum : &ignored);
}

void scaleRing(void *context) {
  void *network = irh_rt_network_ring(context, irh_rt_param_int(context, 1), 0);
  void *nodes = irh_rt_set(context, network, static_cast<std::int32_t>(SetKind::Nodes));
  void *x = irh_rt_field(context, nodes, static_cast<std::int32_t>(Element::Real));
  void *ids =
      irh_rt_network_array(context, network, static_cast<std::int32_t>(NetworkArray::NodeIds));
  void *slots[] = {irh_rt_field_data(context, x), ids};
  sweep(context, nodes, setToId, slots, nullptr);
  irh_rt_field_initial(context, x, text("x"));
  irh_rt_table(context, 2);
  irh_rt_table_column(context, 0, text("sum"), static_cast<std::int32_t>(Element::Real));
  irh_rt_table_column(context, 1, text("late"), static_cast<std::int32_t>(Element::Int));
  double factor = irh_rt_param_real(context, 2);
  std::memcpy(&slots[1], &factor, sizeof factor);
  for (int row = 0; row < 2; ++row) {
    double sum = 0;
    sweep(context, nodes, scale, slots, &sum);
    irh_rt_cell_real(context, 0, sum);
    if (row == 1)
      irh_rt_cell_int(context, 1, 7);
    irh_rt_row_end(context);
  }
  irh_rt_at(context, 9, 3);
  irh_rt_check(context, irh_rt_param_bool(context, 0), text("not allowed"));
  irh_rt_field_final(context, x, text("x"));
}

/// The weights of edges.
void keepWeights(void *context) {
  void *network = irh_rt_network_read(context, irh_rt_param_string(context, 0), nullptr, 0, 0, -1);
  void *edges = irh_rt_set(context, network, static_cast<std::int32_t>(SetKind::Edges));
  void *w =
      irh_rt_field_column(context, edges, static_cast<std::int32_t>(Element::Real), text("w"), 0);
  irh_rt_field_initial(context, w, text("w"));
  irh_rt_field_final(context, w, text("w"));
}

constexpr irh_param kFile[] = {{"file", "", "", 0, 0, 0, 0, 3, 0, 1, 1}};
constexpr irh_field kWeights[] = {{"w", "", 2, 1}};
const irh_program kWeighted = {"weighted", "", "weighted.irh", kFile, 1, kWeights, 1, nullptr, 0,
                               "",         0,  keepWeights};

constexpr irh_param kParams[] = {
    {"allowed", "", "", 1, 0, 0, 0, 0, 0, 1, 1},
    {"nodes", "", "", 5, 0, 3, 0, 1, kHasLower, 2, 1},
    {"factor", "", "", 0, 2.0, 0, 0, 2, 0, 3, 1},
    {"note", "", "none", 0, 0, 0, 0, 3, 0, 4, 1},
};
constexpr irh_field kFields[] = {{"x", "", 2, 0}};
const irh_program kProgram = {"scaled", "", "scaled.irh", kParams, 4,        kFields, 1,
                              nullptr,  0,  "",           0,       scaleRing};

/// What the header of this model's library would have.
struct Params {
  bool allowed;
  std::int64_t nodes;
  double factor;
  const char *note;
};

class EmbedTest : public testing::Test {
protected:
  EmbedTest() : session(irh_embed_open(const_cast<irh_program *>(&kProgram))) {
    irh_embed_default_params(const_cast<irh_program *>(&kProgram), &params);
  }
  ~EmbedTest() override { irh_embed_close(session); }

  std::string error() const { return static_cast<const char *>(irh_embed_error(session)); }

  std::vector<double> finalX() {
    std::vector<double> x(static_cast<std::size_t>(irh_embed_field_count(session, text("x"))));
    EXPECT_EQ(
        irh_embed_get_field(session, text("x"), x.data(), static_cast<std::int64_t>(x.size())), 0);
    return x;
  }

  std::vector<double> column(std::int64_t number) {
    const auto *values = static_cast<const double *>(irh_embed_column_values(session, 0, number));
    return {values, values + irh_embed_row_count(session, 0)};
  }

  Params params;
  void *session;
};

} // namespace

TEST_F(EmbedTest, DefaultsAreTheModelsAndLieWhereCPutsThem) {
  EXPECT_TRUE(params.allowed);
  EXPECT_EQ(params.nodes, 5);
  EXPECT_EQ(params.factor, 2.0);
  EXPECT_STREQ(params.note, "none");
}

TEST_F(EmbedTest, RowsAndLastValuesAreKept) {
  ASSERT_EQ(irh_embed_run(session), 0) << error();
  EXPECT_EQ(irh_embed_table_count(session), 1);
  EXPECT_EQ(irh_embed_column_count(session, 0), 2);
  EXPECT_STREQ(static_cast<const char *>(irh_embed_column_name(session, 0, 0)), "sum");
  EXPECT_EQ(irh_embed_column_type(session, 0, 1), static_cast<std::int32_t>(Element::Int));
  EXPECT_EQ(column(0), (std::vector{20.0, 40.0}));
  EXPECT_EQ(finalX(), (std::vector{0.0, 4.0, 8.0, 12.0, 16.0}));
}

TEST_F(EmbedTest, AValueThatARowLacksIsMarked) {
  ASSERT_EQ(irh_embed_run(session), 0) << error();
  const auto *late = static_cast<const std::int64_t *>(irh_embed_column_values(session, 0, 1));
  const auto *present = static_cast<const std::uint8_t *>(irh_embed_column_present(session, 0, 1));
  EXPECT_EQ(late[0], 0);
  EXPECT_EQ(late[1], 7);
  EXPECT_EQ(present[0], 0);
  EXPECT_EQ(present[1], 1);
}

TEST_F(EmbedTest, GivenFirstValuesReplaceTheModelsOnAnyNumberOfRanks) {
  const std::vector<double> x = {1, -1, 0.5, 0, 3};
  for (const std::int64_t ranks : {1, 2, 3}) {
    irh_embed_settings settings{};
    settings.ranks = ranks;
    ASSERT_EQ(irh_embed_set_settings(session, &settings), 0) << error();
    ASSERT_EQ(irh_embed_set_field(session, text("x"), const_cast<double *>(x.data()), 5), 0);
    ASSERT_EQ(irh_embed_run(session), 0) << error();
    EXPECT_EQ(finalX(), (std::vector{4.0, -4.0, 2.0, 0.0, 12.0}));
  }
  ASSERT_EQ(irh_embed_set_field(session, text("x"), nullptr, 0), 0);
  ASSERT_EQ(irh_embed_run(session), 0) << error();
  EXPECT_EQ(finalX()[4], 16.0) << "the model's own values are back";
}

TEST(EmbedEdgesTest, EdgesGoInTheOrderOfTheirFile) {
  const std::string path = testing::TempDir() + "irh-embed-" + std::to_string(::getpid()) + ".csv";
  std::ofstream(path) << "from,to,w\n3,4,0.5\n0,1,1.5\n2,1,2.5\n4,0,3.5\n";
  void *session = irh_embed_open(const_cast<irh_program *>(&kWeighted));
  ASSERT_EQ(irh_embed_set_param(session, text("file"), text(path.c_str())), 0);
  for (const std::int64_t ranks : {1, 3}) {
    irh_embed_settings settings{};
    settings.ranks = ranks;
    ASSERT_EQ(irh_embed_set_settings(session, &settings), 0);
    for (std::vector<double> given : {std::vector<double>{}, {9, 8, 7, 6}}) {
      ASSERT_EQ(irh_embed_set_field(session, text("w"), given.data(),
                                    static_cast<std::int64_t>(given.size())),
                0);
      EXPECT_EQ(irh_embed_run(session), 0) << static_cast<const char *>(irh_embed_error(session));
      std::vector<double> w(4);
      EXPECT_EQ(irh_embed_get_field(session, text("w"), w.data(), 4), 0);
      EXPECT_EQ(w, given.empty() ? (std::vector{0.5, 1.5, 2.5, 3.5}) : given);
    }
  }
  irh_embed_close(session);
  std::filesystem::remove(path);
}

TEST_F(EmbedTest, ParametersComeAsAStructOrAsText) {
  params.nodes = 3;
  params.factor = 10;
  ASSERT_EQ(irh_embed_set_params(session, &params), 0) << error();
  ASSERT_EQ(irh_embed_set_param(session, text("nodes"), text("4")), 0) << error();
  ASSERT_EQ(irh_embed_run(session), 0) << error();
  EXPECT_EQ(finalX(), (std::vector{0.0, 100.0, 200.0, 300.0}));
}

TEST_F(EmbedTest, WrongArgumentsAreErrorsThatSayWhatIsRight) {
  EXPECT_EQ(irh_embed_set_param(session, text("node"), text("4")), 1);
  EXPECT_EQ(error(), "the model has no parameter `node`; did you mean `nodes`?");
  EXPECT_EQ(irh_embed_set_param(session, text("nodes"), text("many")), 1);
  EXPECT_EQ(error(), "`nodes` is of type int, and `many` is no such value");
  EXPECT_EQ(irh_embed_set_param(session, text("nodes"), nullptr), 1);
  params.nodes = 2;
  EXPECT_EQ(irh_embed_set_params(session, &params), 1);
  EXPECT_EQ(error(), "`nodes` must be in 3.., but is 2 (declared at scaled.irh:2:1)");
  EXPECT_EQ(irh_embed_set_params(session, nullptr), 1);
  double x = 0;
  EXPECT_EQ(irh_embed_set_field(session, text("y"), &x, 1), 1);
  EXPECT_EQ(irh_embed_set_field(session, text("x"), nullptr, 1), 1);
  EXPECT_EQ(irh_embed_set_field(session, text("x"), &x, -1), 1);
  irh_embed_settings settings{};
  settings.threads = -1;
  EXPECT_EQ(irh_embed_set_settings(session, &settings), 1);
  EXPECT_EQ(irh_embed_run(session), 0) << "nothing of that has been set";
}

TEST_F(EmbedTest, AWrongNumberOfValuesStopsTheRun) {
  double x[] = {1, 2};
  ASSERT_EQ(irh_embed_set_field(session, text("x"), x, 2), 0);
  EXPECT_EQ(irh_embed_run(session), 1);
  EXPECT_EQ(error(), "scaled.irh: error: `x` is given 2 values, and it has 5 points");
  EXPECT_EQ(irh_embed_field_count(session, text("x")), -1);
  EXPECT_EQ(irh_embed_get_field(session, text("x"), x, 2), 1);
}

TEST_F(EmbedTest, AFailedRunKeepsItsRowsAndSaysWhere) {
  ASSERT_EQ(irh_embed_set_param(session, text("allowed"), text("false")), 0);
  EXPECT_EQ(irh_embed_run(session), 2);
  EXPECT_EQ(error(), "scaled.irh:9:3: error: not allowed");
  EXPECT_EQ(irh_embed_row_count(session, 0), 2);
  EXPECT_EQ(irh_embed_field_count(session, text("x")), -1);
}

TEST_F(EmbedTest, TheCallbackSeesEachRowAndMayStopTheRun) {
  struct Seen {
    void *session;
    std::vector<double> sums;
    std::int32_t codeOfNestedRun = 0;
  } seen{session, {}};
  const irh_embed_row_callback stop = [](void *user, std::int64_t table, std::int64_t row) {
    auto &seen = *static_cast<Seen *>(user);
    seen.sums.push_back(
        static_cast<const double *>(irh_embed_column_values(seen.session, table, 0))[row]);
    seen.codeOfNestedRun = irh_embed_run(seen.session);
    return 1;
  };
  ASSERT_EQ(irh_embed_on_row(session, reinterpret_cast<void *>(stop), &seen), 0);
  for (const std::int64_t ranks : {1, 3}) {
    irh_embed_settings settings{};
    settings.ranks = ranks;
    ASSERT_EQ(irh_embed_set_settings(session, &settings), 0);
    seen.sums.clear();
    EXPECT_EQ(irh_embed_run(session), 2);
    EXPECT_EQ(error(), "scaled: stopped by the row callback");
    EXPECT_EQ(seen.sums, (std::vector{20.0}));
    EXPECT_EQ(seen.codeOfNestedRun, 1) << "a session runs once at a time";
  }
}

TEST_F(EmbedTest, WhatIsNotThereIsNull) {
  EXPECT_EQ(irh_embed_table_count(session), 0);
  EXPECT_EQ(irh_embed_row_count(session, 0), 0);
  EXPECT_EQ(irh_embed_column_count(session, -1), 0);
  EXPECT_EQ(irh_embed_column_name(session, 0, 0), nullptr);
  EXPECT_EQ(irh_embed_column_type(session, 0, 0), -1);
  EXPECT_EQ(irh_embed_column_values(session, 0, 0), nullptr);
  EXPECT_EQ(irh_embed_column_present(session, 0, 0), nullptr);
  irh_embed_close(nullptr);
}
