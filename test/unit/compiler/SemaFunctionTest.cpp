//===- SemaFunctionTest.cpp - what calls of fns become ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/unit/compiler/SemaFixture.h"

#include "gtest/gtest.h"

namespace irh::sema {
namespace {

/// The dump of a model with these items, after `file`, what stands outside of it.
std::string dumpWith(const std::string &file, const std::string &items) {
  Analyzed analyzed = analyzeText(file + R"(
    model test {
      param K : real = 2
      network G = ring(nodes: 5)
      field f on G.nodes : real = 0
      field g on G.nodes : real = 0
      field w on G.edges : real = 0
      state s : real = 1
)" + items + "\n}\n");
  return analyzed.model ? analyzed.text : analyzed.diagnostics;
}

void expectPart(const std::string &text, const std::string &part) {
  EXPECT_PRED_FORMAT2(testing::IsSubstring, part, text);
}

TEST(SemaFunctionTest, ABodyStandsInThePlaceOfTheCall) {
  std::string text = dumpWith("fn square(a) = a * a\nfn nothing() = 0", R"(
    fn scaled(a, b) = K * square(a) - b
    let it = scaled(f + 1, s)
    let other = square(s) + square(2) + nothing())");
  expectPart(text, "let it on G.nodes : real = ((K * ((f + 1r) * (f + 1r))) - s)\n");
  expectPart(text, "let other on . : real = (((s * s) + real((2 * 2))) + 0r)\n");
}

// The same `fn` takes ints, reals and complex numbers, one value or fields.
TEST(SemaFunctionTest, ACallHasTheTypeOfItsArguments) {
  std::string text = dumpWith("fn twice(a) = 2 * a", "let a = twice(3)\n"
                                                     "let b = twice(0.5)\n"
                                                     "let c = twice(1i)\n"
                                                     "let d = twice(f)\n"
                                                     "let e = twice(w)\n");
  expectPart(text, "let a on . : int = (2 * 3)\n");
  expectPart(text, "let b on . : real = (2r * 0.5r)\n");
  expectPart(text, "let c on . : complex = ((2, 0) * (0, 1))\n");
  expectPart(text, "let d on G.nodes : real = (2r * f)\n");
  expectPart(text, "let e on G.edges : real = (2r * w)\n");
}

TEST(SemaFunctionTest, AParameterIsReadAtOtherPoints) {
  std::string text = dumpWith("fn lap(a) = sum(j in nbrs) (a[j] - a)\n"
                              "fn jump(a) = a[dst] - a[src]\n"
                              "fn both(a) = lap(a) + lap(2 * a)",
                              "let d = f * g\n"
                              "let one = lap(f)\n"
                              "let two = jump(d)\n"
                              "let three = lap(f * g)\n"
                              "let four = lap(degree)\n"
                              "let five = both(g)\n");
  expectPart(text, "let one on G.nodes : real = sum(j in G) ((f[j] - f))\n");
  expectPart(text, "let two on G.edges : real = (d[dst] - d[src])\n");
  expectPart(text, "let lap.a on G.nodes : real = (f * g)\n"
                   "  let three on G.nodes : real = sum(j in G) ((lap.a[j] - (f * g)))\n");
  expectPart(text, "let four on G.nodes : int = sum(j in G) ((G.degree[j] - G.degree))\n");
  expectPart(text, "let lap.a on G.nodes : real = (2r * g)\n"
                   "  let five on G.nodes : real = (sum(j in G) ((g[j] - g)) + "
                   "sum(j in G) ((lap.a[j] - (2r * g))))\n");
}

// Neither the names of the body reach the argument nor those of the argument the body.
TEST(SemaFunctionTest, NoNameIsCaptured) {
  std::string text = dumpWith("fn near(a, f) = sum(j in nbrs) (a[j] * f)\n"
                              "fn mixed(K) = K * 3",
                              "fn local(g) = near(g, K)\n"
                              "let one = near(g, f)\n"
                              "let two = mixed(s + K)\n"
                              "let three = local(f)\n"
                              "let four = sum(i in nbrs) mixed(f[i])\n"
                              "let j = 3\n"
                              "let five = near(f, j)\n");
  expectPart(text, "let one on G.nodes : real = sum(j in G) ((g[j] * f))\n");
  expectPart(text, "let two on . : real = ((s + K) * 3r)\n");
  expectPart(text, "let three on G.nodes : real = sum(j in G) ((f[j] * K))\n");
  expectPart(text, "let five on G.nodes : real = sum(j in G) ((f[j] * real(j)))\n");
}

TEST(SemaFunctionTest, ANeighbourAnEndOrANetworkMayBeAnArgument) {
  std::string text = dumpWith("fn at(a, k) = a[k]\n"
                              "fn mean_degree(N) = mean(degree(N)) + count(N.edges)",
                              "let one = sum(j in nbrs) at(f, j)\n"
                              "let two = at(g, src)\n"
                              "let three = mean_degree(G)\n");
  expectPart(text, "let one on G.nodes : real = sum(j in G) (f[j])\n");
  expectPart(text, "let two on G.edges : real = g[src]\n");
  expectPart(text, "let three on . : real = (mean(real(G.degree) on G.nodes) + "
                   "real(count(G.edges)))\n");
}

// A parameter is one value, however often the body reads it: a draw in its argument is one draw.
TEST(SemaFunctionTest, AnArgumentIsDrawnOnce) {
  std::string text = dumpWith("fn square(a) = a * a",
                              "field h on G.nodes : real = square(normal(0, 1)) + uniform(0, 1)\n"
                              "evolve t from 0 to 1 by euler_maruyama(step: 1) {\n"
                              "  f' = square(noise)\n"
                              "}");
  expectPart(text, "((normal<h.0>(0r, 1r) * normal<h.0>(0r, 1r)) + uniform<h.1>(0r, 1r))\n");
  expectPart(text, "d/dt f = (noise<f.noise.0> * noise<f.noise.0>)\n");
}

TEST(SemaFunctionTest, ConstsAndNetworksMayCall) {
  std::string text = dumpWith("fn half(n) = quotient(n, 2)\nconst four = half(9)",
                              "param n : int = half(20) in four..\n"
                              "network H = ring(nodes: half(n))");
  expectPart(text, "param n : int = 10 >=4\n");
  expectPart(text, "network H = ring nodes=quotient(n, 2)\n");
}

// In an evolve `u'` is the rate of that evolve, for a `fn` as well.
TEST(SemaFunctionTest, ABodySeesTheEvolveOfTheCall) {
  std::string text = dumpWith("", "fn speed(a) = a * max(f') + t\n"
                                  "evolve t from 0 to 1 by euler(step: 1) {\n"
                                  "  f' = 2\n"
                                  "  g' = speed(g)\n"
                                  "}\n"
                                  "evolve t from 0 to 1 by euler(step: 1) {\n"
                                  "  f' = 3\n"
                                  "  observe v = speed(2)\n"
                                  "}");
  expectPart(text, "let f' on G.nodes : real = 2r\n");
  expectPart(text, "let f' on G.nodes : real = 3r\n");
  expectPart(text, "d/dt g = ((g * max(f' on G.nodes)) + time)\n");
}

// With several networks the argument says which one the body's `nbrs` and `degree` are of.
TEST(SemaFunctionTest, TheArgumentDecidesTheNetwork) {
  std::string text = dumpWith("fn lap(a) = (sum(j in nbrs) a[j]) / degree\n"
                              "fn weighted(a) = mean(a * degree)",
                              "network H = ring(nodes: 7)\n"
                              "field h on H.nodes : real = 0\n"
                              "fn lap_h() = sum(j in nbrs) h[j]\n"
                              "let one = lap(h)\n"
                              "let two = weighted(f)\n"
                              "let three = lap_h()\n");
  expectPart(text, "let one on H.nodes : real = (sum(j in H) (h[j]) / real(H.degree))\n");
  expectPart(text, "let two on . : real = mean((f * real(G.degree)) on G.nodes)\n");
  expectPart(text, "let three on H.nodes : real = sum(j in H) (h[j])\n");
}

// A library of functions asks nothing of a model that does not call them.
TEST(SemaFunctionTest, AnUncalledFunctionAsksForNoNetwork) {
  Analyzed analyzed = analyzeText("fn lap(a) = sum(j in nbrs) (a[j] - a) * degree\n"
                                  "model m {\n}\n");
  EXPECT_EQ(analyzed.diagnostics, "");
  EXPECT_TRUE(analyzed.model);
}

TEST(SemaFunctionTest, AFunctionMayHideABuiltinOne) {
  Analyzed analyzed = analyzeText("fn sin(a) = 2 * a\nmodel m {\n let b = sin(3)\n}\n");
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "model.irh:1:4: warning[W0102]: `sin` hides the built-in function",
                      analyzed.diagnostics);
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "let b on . : int = (2 * 3)\n", analyzed.text);
}

// Each fn calls the one before it twice.
TEST(SemaFunctionTest, CallsThatDoubleAreRefused) {
  std::string text = "fn f0(a) = a + 1\n";
  for (int i = 1; i != 40; ++i)
    text += "fn f" + std::to_string(i) + "(a) = f" + std::to_string(i - 1) + "(a) * f" +
            std::to_string(i - 1) + "(a + 1)\n";
  Analyzed analyzed = analyzeText(text + "model m {\n let b = f39(1)\n let c = f2(3)\n}\n");
  EXPECT_PRED_FORMAT2(testing::IsSubstring,
                      "error[E0331]: the calls of `fn`s unfold to more than 100000 parts",
                      analyzed.diagnostics);
}

// The same by values that are shared: what counts is the tree that they unfold to.
TEST(SemaFunctionTest, SharedValuesThatDoubleAreRefused) {
  std::string text = "fn f0(a) = a + a\n";
  for (int i = 1; i != 40; ++i)
    text += "fn f" + std::to_string(i) + "(a) = f" + std::to_string(i - 1) + "(a + a)\n";
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "error[E0331]",
                      analyzeText(text + "model m {\n let b = f39(1)\n}\n").diagnostics);
}

TEST(SemaFunctionTest, CallsThatNestTooDeeplyAreRefused) {
  std::string text = "fn f0(a) = a + 1\n";
  for (int i = 1; i != 5000; ++i)
    text += "fn f" + std::to_string(i) + "(a) = f" + std::to_string(i - 1) + "(a)\n";
  EXPECT_PRED_FORMAT2(testing::IsSubstring, "error[E0015]: this is nested too deeply",
                      analyzeText(text + "model m {\n let b = f4999(1)\n}\n").diagnostics);
  EXPECT_TRUE(analyzeText(text + "model m {\n let b = f100(1)\n}\n").model);
}

} // namespace
} // namespace irh::sema
