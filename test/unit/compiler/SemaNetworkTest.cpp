//===- SemaNetworkTest.cpp - networks, and what their nodes and edges see ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/unit/compiler/SemaFixture.h"

#include "gtest/gtest.h"

namespace irh::sema {
namespace {

TEST(SemaNetworkTest, EachGeneratorKeepsItsArguments) {
  std::string text = dumpOf(R"(
    param n : int = 10
    param both : bool = true
    param wide : real = 0.5
    network A = ring(nodes: n, directed: both)
    network B = geometric(nodes: n, dim: 3, radius: wide, torus: both, seed: 2)
    network C = geometric(degree: n, nodes: n, dim: 3)
    network D = erdos_renyi(nodes: n, p: wide, directed: true)
    network E = barabasi_albert(nodes: n, attach: 4, seed: n)
    network F = lattice(shape: [n, 2 * n, 3], periodic: both)
    network G = lattice(shape: [n])
    network H = complete(nodes: n, directed: false)
    network I = star(nodes: n)
    network J = read("e.mtx", nodes: "n.tsv", directed: both))");
  for (const char *line :
       {"network A = ring nodes=n directed=both\n",
        "network B = geometric nodes=n dim=3 radius=wide torus=both seed=2\n",
        "network C = geometric nodes=n dim=3 degree=real(n)\n",
        "network D = erdos_renyi nodes=n p=wide directed=true\n",
        "network E = barabasi_albert nodes=n attach=4 seed=n\n",
        "network F = lattice extent=n extent=(2 * n) extent=3 periodic=both\n",
        "network G = lattice extent=n\n", "network H = complete nodes=n directed=false\n",
        "network I = star nodes=n\n",
        "network J = read edges_file=\"e.mtx\" nodes=\"n.tsv\" directed=both\n"})
    EXPECT_PRED_FORMAT2(testing::IsSubstring, line, text);
}

TEST(SemaNetworkTest, EdgeFieldsKeepTheirSymmetry) {
  std::string text = dumpOf(R"(
    network G = ring(nodes: 5)
    field a on G.edges : complex hermitian = 1i
    field b on G.edges : int antisymmetric = 1
    field c on G.edges : bool symmetric = true
    evolve t from 0 to 1 by euler(step: 1) { a'' = -a })");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "field a on G.edges : complex hermitian = (0, 1)\n",
                      text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "field b on G.edges : int antisymmetric = 1\n", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "field c on G.edges : bool = true\n", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "field a' on G.edges : complex hermitian = (0, 0)\n",
                      text);
}

TEST(SemaNetworkTest, EdgesHaveEquations) {
  std::string text = dumpOf(R"(
    network G = ring(nodes: 5)
    field f on G.nodes : real = id
    field w on G.edges : real = f[dst] - f[src]
    let gap = f[dst] - f[src]
    evolve t from 0 to 1 by rk4(step: 1) {
      f' = sum(j in nbrs) w[j] * (w'[j] + gap[j])
      w' = cos(gap) * degree[src] - w
    })");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "field w on G.edges : real = (f[dst] - f[src])\n",
                      text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "d/dt f = sum(j in G) ((w[j] * (w'[j] + gap[j])))\n",
                      text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "d/dt w = ((cos(gap) * real(G.degree[src])) - w)\n",
                      text);
}

TEST(SemaNetworkTest, TargetsAreTheOtherNeighbours) {
  std::string text = dumpOf(R"(
    network G = ring(nodes: 5, directed: true)
    field f on G.nodes : real = 1
    field w on G.edges : real = 1
    let out = sum(j in targets) w[j] * f[j]
    let both = count(j in nbrs) (f[j] > 0) - count(j in targets) (degree[j] > 0))");
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "let out on G.nodes : real = sum(j in G.targets) ((w[j] * f[j]))\n", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "(count(j in G) ((f[j] > 0r)) - count(j in G.targets) ((G.degree[j] > 0)))",
                      text);
}

TEST(SemaNetworkTest, PositionsAreReadByAxis) {
  std::string text = dumpOf(R"(
    network G = geometric(nodes: 5, dim: 3, degree: 2)
    field f on G.nodes : real = position[z] + max(j in nbrs) (position[j][x] - position[0])
    field w on G.edges : real = position[dst][1] - position[src][y]
    let far = max(position[0]) + count(position[2] > 0.5))");
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "(G.position[2] + max(j in G) ((G.position[j][0] - G.position[0])))", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "(G.position[dst][1] - G.position[src][1])", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "max(G.position[0] on G.nodes)", text);
}

// The name of an axis is none that the model declares.
TEST(SemaNetworkTest, AxesAreNoNames) {
  std::string text = dumpOf(R"(
    network G = geometric(nodes: 5, dim: 3, degree: 2)
    let x = mean(j in nbrs) position[j][x]
    let y = position[y])");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "let x on G.nodes : real = mean(j in G)", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "let y on G.nodes : real = G.position[1]\n", text);
}

// A name that the model declares is no built-in one.
TEST(SemaNetworkTest, ADeclaredPositionIsAField) {
  Analyzed analyzed = analyzeText(R"(model m {
    network G = ring(nodes: 5)
    field position on G.nodes : real = 0
    let moved = sum(j in nbrs) position[j] - position
  })");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "(sum(j in G) (position[j]) - position)",
                      analyzed.text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "W0101", analyzed.diagnostics);
}

// A column that stands alone has the type of its field; in an expression it is real.
TEST(SemaNetworkTest, AColumnHasTheTypeOfTheFieldItFills) {
  Analyzed analyzed = analyzeText(R"(model m {
    network G = read("e.mtx", nodes: "n.csv")
    field a on G.edges : complex hermitian = (column("weight"))
    field b on G.nodes : int = column("b")
    field c on G.nodes : bool = column("c")
    field d on G.edges : complex = 2 * column("weight")
    field e on G.nodes : real = column("e")
  })");
  ASSERT_TRUE(analyzed.model) << analyzed.diagnostics;
  std::string types;
  for (const Field &field : analyzed.model->fields)
    types += std::holds_alternative<Column>(field.initial->node) ? "c" : "-";
  EXPECT_EQ(types, "ccc-c");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "= complex((2r * column(\"weight\")))", analyzed.text);
}

} // namespace
} // namespace irh::sema
