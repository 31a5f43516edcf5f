//===- SemaModelTest.cpp - what declarations and statements become ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/unit/compiler/SemaFixture.h"

#include "gtest/gtest.h"

namespace irh::sema {
namespace {

TEST(SemaModelTest, ParametersKeepDefaultRangeAndDoc) {
  Analyzed analyzed = analyzeText(R"(
    /// What it is for.
    model m {
      /// how many
      /// there are
      param n : int = 2 * 5 in 2..
      param x : real = 3 in >0
      param y : real = 0.5 in -1..2 * pi
      param z : int = -4 in <=0
      param s : string = "a\"b"
      param b : bool = not true
    })");
  EXPECT_EQ(analyzed.diagnostics, "");
  ASSERT_TRUE(analyzed.model);
  EXPECT_EQ(analyzed.model->doc, "What it is for.");
  EXPECT_EQ(analyzed.model->params[0].doc, "how many\nthere are");
  EXPECT_EQ(analyzed.text, "model m\n"
                           "  param n : int = 10 >=2\n"
                           "  param x : real = 3r >0\n"
                           "  param y : real = 0.5r >=-1 <=6.2831853071795862\n"
                           "  param z : int = -4 <=0\n"
                           "  param s : string = \"a\\\"b\"\n"
                           "  param b : bool = false\n");
}

TEST(SemaModelTest, TheSeedIsTheIntParameterOfThatName) {
  EXPECT_TRUE(analyzeText("model m {\n param seed : int = 4\n}").model->seed);
  EXPECT_FALSE(analyzeText("model m {\n param seed : real = 4\n}").model->seed);
  EXPECT_FALSE(analyzeText("model m {\n param sed : int = 4\n}").model->seed);
}

TEST(SemaModelTest, NetworksTakeParametersAndGlobalLets) {
  std::string text = dumpOf(R"(
    network A = ring(nodes: n)
    network B = watts_strogatz(rewire: 0, neighbours: half, nodes: n, seed: 3)
    network C = read("e.csv")
    network D = read(file, loops: keep, nodes: "n.csv", duplicates: first)
    let half = quotient(n, 2)
    param n : int = 10
    param file : string = "x.csv")");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "network A = ring nodes=n\n", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "network B = watts_strogatz nodes=n neighbours=half rewire=0r "
                      "seed=3\n",
                      text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "network C = read edges_file=\"e.csv\"\n", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "network D = read edges_file=file nodes=\"n.csv\" "
                      "duplicates=first loops=keep\n",
                      text);
}

// Each initial value needs only fields before it, whatever the order in the source.
TEST(SemaModelTest, FieldsStandInTheOrderOfTheirInitialValues) {
  Analyzed analyzed = analyzeText(R"(model m {
    field a on G.nodes : real = b + through
    field b on G.nodes : real = sum(j in nbrs) c[j]
    field c on G.edges : real = d[src] - d[dst]
    field d on G.nodes : int = id
    field e on G.nodes : real = 0
    let through = e * 2
    network G = ring(nodes: 5)
  })");
  ASSERT_TRUE(analyzed.model) << analyzed.diagnostics;
  std::string order;
  for (const Field &field : analyzed.model->fields)
    order += field.name;
  EXPECT_EQ(order, "dcbea");
}

TEST(SemaModelTest, DrawsAreNumberedInTheOrderOfTheSource) {
  std::string text =
      dumpOf("network G = ring(nodes: 5)\n"
             "field f on G.nodes : real = uniform(0, normal(0, 1)) + lognormal(0, 1)\n"
             "field g on G.nodes : int = choice(4) + (if bernoulli(0.5) then 1 else 0)\n"
             "field h on G.edges : real = exponential(2)");
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "(uniform<f.0>(0r, normal<f.1>(0r, 1r)) + lognormal<f.2>(0r, 1r))", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "(choice<g.0>(4) + if(bernoulli<g.1>(0.5r), 1, 0))",
                      text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "field h on G.edges : real = exponential<h.0>(2r)",
                      text);
}

TEST(SemaModelTest, ASecondOrderEquationIsTwoRates) {
  std::string text = dumpOf(R"(
    network G = ring(nodes: 5)
    field u on G.nodes : complex = 1
    evolve t from 0 to 1 by euler(step: 1) {
      u'' = -u - u'
      observe k = norm(u'), a = norm(u'', inf)
    })");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "field u' on G.nodes : complex = (0, 0)\n", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "    d/dt u = u'\n"
                      "    d/dt u' = (-(u) - u')\n",
                      text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "let u'' on G.nodes : complex = (-(u) - u')\n", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "observe k=norm(u' on G.nodes) a=norm_inf(u'' on G.nodes)\n", text);
}

TEST(SemaModelTest, ADeclaredRateKeepsItsInitialValue) {
  std::string text = dumpOf(R"(
    network G = ring(nodes: 5)
    field u on G.nodes : real = 1
    field u' on G.nodes : real = v
    field w' on G.nodes : real
    field w on G.nodes : real = 0
    field v on G.nodes : real = 2
    evolve t from 0 to 1 by euler(step: 1) {
      u'' = 0
      w'' = 0
    })");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "field u' on G.nodes : real = v\n", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "field w' on G.nodes : real = 0r\n", text);
}

TEST(SemaModelTest, TheRateOfAFirstOrderEquationIsALet) {
  std::string text = dumpOf(R"(
    network G = ring(nodes: 5)
    field u on G.nodes : real = 1
    evolve t from 0 to 1 by euler(step: 1) {
      u' = 2
      observe r = max(u')
    }
    let outside = sum(j in nbrs) u'[j])");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "let u' on G.nodes : real = 2r\n", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "observe r=max(u' on G.nodes)\n", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "sum(j in G) (u'[j])\n", text);
}

// A rate that nothing reads needs no let.
TEST(SemaModelTest, AnUnreadRateIsNoLet) {
  EXPECT_PRED_FORMAT2(testing::IsNotSubstring, "let", dumpOf(R"(
    network G = ring(nodes: 5)
    field u on G.nodes : real = 1
    evolve t from 0 to 1 by euler(step: 1) { u' = 2 })"));
}

TEST(SemaModelTest, TheRateOfAnEvolveIsItsOwn) {
  std::string text = dumpOf(R"(
    network G = ring(nodes: 5)
    field u on G.nodes : real = 1
    field v on G.nodes : real = 1
    evolve t from 0 to 1 by euler(step: 1) {
      u' = 2
      v' = u'
    }
    evolve t from 1 to 2 by euler(step: 1) {
      v' = 3
      u' = v'
    })");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "let u' on G.nodes : real = 2r\n", text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "let v' on G.nodes : real = 3r\n", text);
}

TEST(SemaModelTest, EvolveCountsTimeOrSteps) {
  std::string text = dumpOf(R"(
    param n : int = 3
    evolve s from 1 to 2.5 by rk4(step: 1) {
      observe a = s, b = step every n steps
      check s < 9, "too late"
    }
    evolve for 2 * n steps by euler(step: 0.5) {
      observe c = t
      check t < 9, "too late" every 2 steps
    }
    evolve for 3 steps by euler(step: 1) {
    }
    observe d = n, e = true, 2 * n
    check n > 1, "few")");
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "  evolve s by rk4 from=1r to=2.5r step=1r\n"
                      "    observe a=time b=step every=n\n"
                      "    check (time < 9r), \"too late\"\n"
                      "  evolve t by euler from=0r steps=(2 * n) step=0.5r\n"
                      "    observe c=time\n"
                      "    check (time < 9r), \"too late\" every=2\n"
                      "  evolve t by euler from=0r steps=3 step=1r\n"
                      "  observe d=n e=true 2 * n=(2 * n)\n"
                      "  check (n > 1), \"few\"\n",
                      text);
}

TEST(SemaModelTest, ColumnsAreNamedByLiteralsAndConsts) {
  std::string text =
      dumpOf("network G = read(\"e.csv\", nodes: \"n.csv\")\n"
             "const wanted = \"p\"\n"
             "field f on G.nodes : real = column(wanted) / max(column(\"p\"))\n"
             "field g on G.edges : real = column(\"k\") + max(column(\"q\") on G.nodes)");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "(column(\"p\") / max(column(\"p\") on G.nodes))",
                      text);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "(column(\"k\") + max(column(\"q\") on G.nodes))",
                      text);
}

// Which model.

TEST(SemaModelTest, TheOnlyModelNeedsNoName) {
  EXPECT_EQ(analyzeText("model a {\n}").model->name, "a");
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "error[E0301]", analyzeText("const c = 1").diagnostics);
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "model.irh:3:7: error[E0302]: the file has several models",
                      analyzeText("model a {\n}\nmodel b {\n}").diagnostics);
}

TEST(SemaModelTest, AModelIsChosenByName) {
  std::string text = "model a {\n let x = nowhere\n}\nmodel b {\n}";
  EXPECT_EQ(analyzeText(text, {.modelName = "b"}).model->name, "b");
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "error[E0303]: the file has no model `bb`; did you mean",
                      analyzeText(text, {.modelName = "bb"}).diagnostics);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "model.irh:3:7: error[E0103]: `a` is declared twice",
                      analyzeText("model a {\n}\nmodel a {\n}", {.modelName = "a"}).diagnostics);
}

} // namespace
} // namespace irh::sema
