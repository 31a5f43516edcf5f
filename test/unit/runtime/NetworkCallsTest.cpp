//===- NetworkCallsTest.cpp - networks as generated code makes them ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Abi.h"
#include "runtime/abi/RuntimeCalls.h"
#include "test/unit/runtime/RunProgram.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <string>

#include <unistd.h>

using namespace irh::abi;
using namespace irh::abi::calls;
using irh::rt::program::Program;
using irh::rt::test::Outcome;
using irh::rt::test::runProgram;

namespace {

std::int32_t code(auto value) { return static_cast<std::int32_t>(value); }

/// Makes a network; the second argument is the path of a file.
using MakeNetwork = void *(*)(void *context, void *path);

void *makeDirectedRing(void *context, void *) { return irh_rt_network_ring(context, 90, 1); }
void *makeGeometric(void *context, void *) {
  return irh_rt_network_geometric(context, 200, 2, 0.15, code(GeometricExtent::Radius), 1, 5);
}
void *makeErdosRenyi(void *context, void *) {
  return irh_rt_network_erdos_renyi(context, 90, 0.1, 1, 5);
}
void *makeBarabasiAlbert(void *context, void *) {
  return irh_rt_network_barabasi_albert(context, 90, 3, 1, 5);
}
void *makeLattice(void *context, void *) {
  std::array<std::int64_t, 3> shape = {4, 3, 5};
  return irh_rt_network_lattice(context, shape.data(), 3, 1);
}
void *makeComplete(void *context, void *) { return irh_rt_network_complete(context, 30, 1); }
void *makeStar(void *context, void *) { return irh_rt_network_star(context, 70); }
void *readFile(void *context, void *path) {
  return irh_rt_network_read(context, path, nullptr, 0, 0, code(Directed::Unsaid));
}

void *nodesOf(void *context, void *network) {
  return irh_rt_set(context, network, code(SetKind::Nodes));
}
void *edgesOf(void *context, void *network) {
  return irh_rt_set(context, network, code(SetKind::Edges));
}
const double *dataOf(void *context, void *field) {
  return static_cast<const double *>(irh_rt_field_data(context, field));
}
template <typename T> const T *arrayOf(void *context, void *network, NetworkArray which) {
  return static_cast<const T *>(irh_rt_network_array(context, network, code(which)));
}

Outcome runOn(irh_main main, const char *ranks, const std::string &path = "") {
  const Program program{.name = "p",
                        .doc = "",
                        .file = "p.irh",
                        .params = {{.name = "path", .doc = "", .defaultValue = path}},
                        .main = main};
  return runProgram(program, {"--format=jsonl", ranks});
}

constexpr const char *kRankFlags[] = {"--ranks=1", "--ranks=2", "--ranks=3", "--ranks=5"};

/// The products of the ids at both ends of each edge, by either kind of rows; and whether the
/// degree is the length of the row.
void sumRows(const irh_range *range, void *const *slots, irh_accumulator *accumulator) {
  const auto *degrees = static_cast<const std::int64_t *>(slots[0]);
  const auto *ids = static_cast<const std::int64_t *>(slots[1]);
  for (std::int64_t i = range->begin; i < range->end; ++i)
    for (const int kind : {0, 1}) {
      const auto *offsets = static_cast<const std::int64_t *>(slots[2 + 2 * kind]);
      const auto *columns = static_cast<const std::int32_t *>(slots[3 + 2 * kind]);
      if (kind == 0)
        EXPECT_EQ(degrees[i], offsets[i + 1] - offsets[i]);
      std::int64_t sum = 0;
      for (std::int64_t slot = offsets[i]; slot < offsets[i + 1]; ++slot)
        sum += (ids[i] + 1) * (ids[columns[slot]] + 1);
      irh_rt_accumulate(accumulator, kind, &sum, 1);
    }
}

template <MakeNetwork make> void rowsMain(void *context) {
  void *network = make(context, irh_rt_param_string(context, 0));
  void *slots[] = {irh_rt_network_array(context, network, code(NetworkArray::Degrees)),
                   irh_rt_network_array(context, network, code(NetworkArray::NodeIds)),
                   irh_rt_network_array(context, network, code(NetworkArray::RowOffsets)),
                   irh_rt_network_array(context, network, code(NetworkArray::Columns)),
                   irh_rt_network_array(context, network, code(NetworkArray::OutRowOffsets)),
                   irh_rt_network_array(context, network, code(NetworkArray::OutColumns))};
  std::int32_t kinds[] = {code(Reduction::SumInt), code(Reduction::SumInt)};
  std::int64_t sums[2] = {};
  irh_rt_sweep(context, nodesOf(context, network), reinterpret_cast<void *>(&sumRows), slots, 2,
               kinds, sums);
  EXPECT_EQ(sums[0], sums[1]) << "each edge is in one row of either kind";
  char name[] = "sum";
  irh_rt_table(context, 1);
  irh_rt_table_column(context, 0, name, code(Element::Int));
  irh_rt_cell_int(context, 0,
                  sums[0] + 1000003 * irh_rt_set_count(context, edgesOf(context, network)));
  irh_rt_row_end(context);
}

} // namespace

TEST(NetworkCallsTest, NetworksAreTheSameOnAnyRanks) {
  for (const irh_main main : {rowsMain<makeDirectedRing>, rowsMain<makeGeometric>,
                              rowsMain<makeErdosRenyi>, rowsMain<makeBarabasiAlbert>,
                              rowsMain<makeLattice>, rowsMain<makeComplete>, rowsMain<makeStar>}) {
    const Outcome one = runOn(main, "--ranks=1");
    EXPECT_EQ(one.exitCode, 0) << one.messages;
    for (const char *ranks : kRankFlags)
      EXPECT_EQ(runOn(main, ranks).rows, one.rows) << ranks;
  }
}

namespace {

void latticePositions(void *context) {
  void *network = makeLattice(context, nullptr);
  const auto *ids = arrayOf<std::int64_t>(context, network, NetworkArray::NodeIds);
  const double *first =
      dataOf(context, irh_rt_field_position(context, nodesOf(context, network), 0));
  const double *last =
      dataOf(context, irh_rt_field_position(context, nodesOf(context, network), 2));
  // Every rank has nodes; the first ones and a ghost or two.
  for (int i = 0; i < 9; ++i) {
    EXPECT_EQ(first[i], static_cast<double>(ids[i] / 15));
    EXPECT_EQ(last[i], static_cast<double>(ids[i] % 5));
  }
}

template <MakeNetwork make, std::int64_t axis> void positionMain(void *context) {
  void *network = make(context, nullptr);
  irh_rt_at(context, 3, 4);
  irh_rt_field_position(context, nodesOf(context, network), axis);
}

void *makeUndirectedRing(void *context, void *) { return irh_rt_network_ring(context, 90, 0); }

template <MakeNetwork make> void undirectedMain(void *context) {
  void *network = make(context, nullptr);
  irh_rt_at(context, 3, 4);
  char name[] = "w";
  irh_rt_undirected(context, network, name);
}

} // namespace

TEST(NetworkCallsTest, PositionsAreThoseOfTheNodes) {
  for (const char *ranks : kRankFlags)
    EXPECT_EQ(runOn(latticePositions, ranks).exitCode, 0);
  EXPECT_EQ(runOn(positionMain<makeGeometric, 1>, "--ranks=2").exitCode, 0);
}

TEST(NetworkCallsTest, PositionsThatAreNotThereAreErrorsOfTheStatement) {
  for (const char *ranks : kRankFlags) {
    EXPECT_EQ(runOn(positionMain<makeStar, 0>, ranks).messages,
              "p.irh:3:4: error: the nodes of this network have no positions; those of `geometric` "
              "and `lattice` networks do\n");
    EXPECT_EQ(runOn(positionMain<makeGeometric, 2>, ranks).messages,
              "p.irh:3:4: error: there is no component 2 of the positions: the network has 2 "
              "dimensions, counted from 0\n");
  }
}

TEST(NetworkCallsTest, TheOtherEndOfADirectedEdgeSeesNothing) {
  EXPECT_EQ(runOn(undirectedMain<makeUndirectedRing>, "--ranks=1").exitCode, 0);
  const Outcome outcome = runOn(undirectedMain<makeDirectedRing>, "--ranks=3");
  EXPECT_EQ(outcome.exitCode, 1);
  EXPECT_EQ(outcome.messages.find("p.irh:3:4: error: `w` is hermitian or antisymmetric, and the "
                                  "network is directed"),
            0u)
      << outcome.messages;
}

namespace {

/// A ring of 80 nodes along which a hermitian matrix turns by i at each step: of the vector whose
/// entry k is i^k it makes twice that.
std::string writeMatrix(bool isGeneral) {
  const std::string path = ::testing::TempDir() + std::to_string(::getpid()) + "-network-calls-" +
                           (isGeneral ? "general" : "hermitian") + ".mtx";
  std::ofstream file(path);
  file << "%%MatrixMarket matrix coordinate complex " << (isGeneral ? "general" : "hermitian")
       << "\n80 80 " << (isGeneral ? 160 : 80) << "\n";
  for (int node = 0; node < 80; ++node) {
    const int next = node == 79 ? 0 : node + 1;
    // psi[next] = i psi[node]; the row is the larger number, below the diagonal.
    const bool isBelow = next > node;
    file << (isBelow ? next : node) + 1 << " " << (isBelow ? node : next) + 1
         << (isBelow ? " 0 1\n" : " 0 -1\n");
    if (isGeneral)
      file << (isBelow ? node : next) + 1 << " " << (isBelow ? next : node) + 1
           << (isBelow ? " 0 -1\n" : " 0 1\n");
  }
  return path;
}

/// Powers of i.
constexpr double kRe[] = {1, 0, -1, 0};
constexpr double kIm[] = {0, 1, 0, -1};

void multiply(const irh_range *range, void *const *slots, irh_accumulator *) {
  const auto *ids = static_cast<const std::int64_t *>(slots[0]);
  const auto *offsets = static_cast<const std::int64_t *>(slots[1]);
  const auto *columns = static_cast<const std::int32_t *>(slots[2]);
  const auto *edges = static_cast<const std::int32_t *>(slots[3]);
  const auto *signs = static_cast<const std::int8_t *>(slots[4]);
  const auto *w = static_cast<const double *>(slots[5]);
  for (std::int64_t i = range->begin; i < range->end; ++i) {
    double re = 0;
    double im = 0;
    for (std::int64_t slot = offsets[i]; slot < offsets[i + 1]; ++slot) {
      const auto power = static_cast<std::size_t>(ids[columns[slot]] % 4);
      const double wRe = w[2 * edges[slot]];
      const double wIm = signs[slot] * w[2 * edges[slot] + 1];
      re += wRe * kRe[power] - wIm * kIm[power];
      im += wRe * kIm[power] + wIm * kRe[power];
    }
    EXPECT_EQ(re, 2 * kRe[ids[i] % 4]);
    EXPECT_EQ(im, 2 * kIm[ids[i] % 4]);
  }
}

void hermitianMain(void *context) {
  void *network = readFile(context, irh_rt_param_string(context, 0));
  char weight[] = "weight";
  char name[] = "w";
  irh_rt_undirected(context, network, name);
  void *w = irh_rt_field_column(context, edgesOf(context, network), code(Element::Complex), weight,
                                code(Symmetry::Hermitian));
  void *slots[] = {irh_rt_network_array(context, network, code(NetworkArray::NodeIds)),
                   irh_rt_network_array(context, network, code(NetworkArray::RowOffsets)),
                   irh_rt_network_array(context, network, code(NetworkArray::Columns)),
                   irh_rt_network_array(context, network, code(NetworkArray::SlotEdges)),
                   irh_rt_network_array(context, network, code(NetworkArray::SlotSigns)),
                   irh_rt_field_data(context, w)};
  irh_rt_sweep(context, nodesOf(context, network), reinterpret_cast<void *>(&multiply), slots, 0,
               nullptr, nullptr);
}

} // namespace

TEST(NetworkCallsTest, AHermitianMatrixMultipliesAsItStandsInTheFile) {
  for (const bool isGeneral : {false, true})
    for (const char *ranks : kRankFlags) {
      const Outcome outcome = runOn(hermitianMain, ranks, writeMatrix(isGeneral));
      EXPECT_EQ(outcome.exitCode, 0) << outcome.messages;
    }
}
