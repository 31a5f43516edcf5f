//===- SemaExpressionTest.cpp - types, sets and conversions of expressions ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/unit/compiler/SemaFixture.h"

#include "gtest/gtest.h"

namespace irh::sema {
namespace {

/// The let `it`, dumped: "on SET : TYPE = VALUE", among declarations of everything it may read.
std::string letOf(const std::string &value) {
  std::string text = dumpOf(R"(
    param n : int = 3
    param x : real = 2
    param z : bool = true
    network G = ring(nodes: n)
    field f on G.nodes : real = 0
    field c on G.nodes : complex = 0
    field k on G.nodes : int = 0
    field w on G.edges : real = 0
    let global = 2 * x
    let here = 2 * f
    const two = 2
    let it = )" + value);
  size_t begin = text.find("let it on ");
  if (begin == std::string::npos)
    return text;
  begin += std::string("let it ").size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

TEST(SemaExpressionTest, NumbersWidenByExplicitConversions) {
  EXPECT_EQ(letOf("n + 1"), "on . : int = (n + 1)");
  EXPECT_EQ(letOf("n + x"), "on . : real = (real(n) + x)");
  EXPECT_EQ(letOf("x + 1"), "on . : real = (x + 1r)");
  EXPECT_EQ(letOf("x * 2i"), "on . : complex = (complex(x) * (0, 2))");
  EXPECT_EQ(letOf("n - 1i"), "on . : complex = (complex(n) - (0, 1))");
  EXPECT_EQ(letOf("if z then n else x"), "on . : real = if(z, real(n), x)");
  EXPECT_EQ(letOf("n < x"), "on . : bool = (real(n) < x)");
  EXPECT_EQ(letOf("1 == 1i"), "on . : bool = ((1, 0) == (0, 1))");
  EXPECT_EQ(letOf("z == (not z)"), "on . : bool = (z == not (z))");
}

TEST(SemaExpressionTest, DivisionOfIntsIsReal) {
  EXPECT_EQ(letOf("n / 2"), "on . : real = (real(n) / 2r)");
  EXPECT_EQ(letOf("quotient(n, 2) + mod(n, 2)"), "on . : int = (quotient(n, 2) + mod(n, 2))");
}

TEST(SemaExpressionTest, AnIntKeepsItsTypeUnderAPowerThatIsALiteral) {
  EXPECT_EQ(letOf("n^2"), "on . : int = (n ^ 2)");
  EXPECT_EQ(letOf("n^two"), "on . : int = (n ^ 2)");
  EXPECT_EQ(letOf("n^-1"), "on . : real = (real(n) ^ -1r)");
  EXPECT_EQ(letOf("n^n"), "on . : real = (real(n) ^ real(n))");
  EXPECT_EQ(letOf("x^2"), "on . : real = (x ^ 2r)");
  EXPECT_EQ(letOf("1i^2"), "on . : complex = ((0, 1) ^ (2, 0))");
  EXPECT_EQ(letOf("-2^2"), "on . : int = -4");
}

TEST(SemaExpressionTest, FunctionsTakeAndGiveWhatTheirSignatureSays) {
  EXPECT_EQ(letOf("sin(n)"), "on . : real = sin(real(n))");
  EXPECT_EQ(letOf("exp(1i)"), "on . : complex = exp((0, 1))");
  EXPECT_EQ(letOf("abs(1i)"), "on . : real = abs((0, 1))");
  EXPECT_EQ(letOf("abs(n)"), "on . : int = abs(n)");
  EXPECT_EQ(letOf("sign(n)"), "on . : int = sign(n)");
  EXPECT_EQ(letOf("max(n, 1, x)"), "on . : real = max(max(real(n), 1r), x)");
  EXPECT_EQ(letOf("min(n, 1)"), "on . : int = min(n, 1)");
  EXPECT_EQ(letOf("clamp(n, 0, 9)"), "on . : int = clamp(n, 0, 9)");
  EXPECT_EQ(letOf("wrap(n, 0, 9)"), "on . : real = wrap(real(n), 0r, 9r)");
  EXPECT_EQ(letOf("floor(x)"), "on . : real = floor(x)");
  EXPECT_EQ(letOf("round(n)"), "on . : int = n");
  EXPECT_EQ(letOf("polar(1, n)"), "on . : complex = polar(1r, real(n))");
  EXPECT_EQ(letOf("real(x)"), "on . : real = x");
  EXPECT_EQ(letOf("conj(n)"), "on . : int = n");
  EXPECT_EQ(letOf("imag(x)"), "on . : real = imag(complex(x))");
  EXPECT_EQ(letOf("arg(c)"), "on G.nodes : real = arg(c)");
}

TEST(SemaExpressionTest, ABareNameIsTheValueHere) {
  EXPECT_EQ(letOf("f + global"), "on G.nodes : real = (f + global)");
  EXPECT_EQ(letOf("degree + id"), "on G.nodes : int = (G.degree + G.id)");
  EXPECT_EQ(letOf("degree(G) * 2"), "on G.nodes : int = (G.degree * 2)");
  EXPECT_EQ(letOf("w * 2"), "on G.edges : real = (w * 2r)");
}

TEST(SemaExpressionTest, NeighboursAreReadInReductions) {
  EXPECT_EQ(letOf("sum(j in nbrs) w[j] * (f[j] - f)"),
            "on G.nodes : real = sum(j in G) ((w[j] * (f[j] - f)))");
  EXPECT_EQ(letOf("mean(j in nbrs) k[j]"), "on G.nodes : real = mean(j in G) (real(k[j]))");
  EXPECT_EQ(letOf("max(j in nbrs) degree[j] + id"),
            "on G.nodes : int = (max(j in G) (G.degree[j]) + G.id)");
  EXPECT_EQ(letOf("min(j in nbrs) id[j]"), "on G.nodes : int = min(j in G) (G.id[j])");
  EXPECT_EQ(letOf("prod(j in nbrs) c[j]"), "on G.nodes : complex = prod(j in G) (c[j])");
  EXPECT_EQ(letOf("count(j in nbrs) (f[j] > f)"), "on G.nodes : int = count(j in G) ((f[j] > f))");
  EXPECT_EQ(letOf("any(j in nbrs) (f[j] > f)"), "on G.nodes : bool = any(j in G) ((f[j] > f))");
  EXPECT_EQ(letOf("all(j in nbrs) z"), "on G.nodes : bool = all(j in G) (z)");
  EXPECT_EQ(letOf("sum(j in nbrs) here[j] * global"),
            "on G.nodes : real = sum(j in G) ((here[j] * global))");
  EXPECT_EQ(letOf("sum(j in nbrs) (sum(l in nbrs) f[l] - f)"),
            "on G.nodes : real = sum(j in G) ((sum(j in G) (f[j]) - f))");
}

TEST(SemaExpressionTest, EndsAreReadOnEdges) {
  EXPECT_EQ(letOf("w * (f[dst] - f[src])"), "on G.edges : real = (w * (f[dst] - f[src]))");
  EXPECT_EQ(letOf("degree[src] + id[dst]"), "on G.edges : int = (G.degree[src] + G.id[dst])");
  EXPECT_EQ(letOf("here[src]"), "on G.edges : real = here[src]");
}

TEST(SemaExpressionTest, GlobalReductionsRunOverTheSetOfTheirTerm) {
  EXPECT_EQ(letOf("sum(k)"), "on . : int = sum(k on G.nodes)");
  EXPECT_EQ(letOf("mean(k)"), "on . : real = mean(real(k) on G.nodes)");
  EXPECT_EQ(letOf("mean(c)"), "on . : complex = mean(c on G.nodes)");
  EXPECT_EQ(letOf("min(w)"), "on . : real = min(w on G.edges)");
  EXPECT_EQ(letOf("max(f[src] - f[dst])"), "on . : real = max((f[src] - f[dst]) on G.edges)");
  EXPECT_EQ(letOf("max(1 on G.edges)"), "on . : int = max(1 on G.edges)");
  EXPECT_EQ(letOf("norm(c)"), "on . : real = norm(c on G.nodes)");
  EXPECT_EQ(letOf("norm(k, inf)"), "on . : real = norm_inf(real(k) on G.nodes)");
  EXPECT_EQ(letOf("std(f)"), "on . : real = std(f on G.nodes)");
  EXPECT_EQ(letOf("count(f > 0)"), "on . : int = count((f > 0r) on G.nodes)");
  EXPECT_EQ(letOf("count(G.edges)"), "on . : int = count(G.edges)");
  EXPECT_EQ(letOf("f / max(f)"), "on G.nodes : real = (f / max(f on G.nodes))");
  EXPECT_EQ(letOf("max(degree)"), "on . : int = max(G.degree on G.nodes)");
  EXPECT_EQ(letOf("max(sum(j in nbrs) f[j])"), "on . : real = max(sum(j in G) (f[j]) on G.nodes)");
}

// With two networks, the equation, the set after `on`, or a field decides.
TEST(SemaExpressionTest, AFieldDecidesTheNetwork) {
  std::string text = dumpOf(R"(
    network G = ring(nodes: 3)
    network H = ring(nodes: 4)
    field g on G.nodes : real = degree
    field h on H.nodes : real = sum(j in nbrs) 1
    let a = g * degree
    let b = sum(j in nbrs) h[j]
    let c = max(degree on H.nodes) + max(degree * g)
    let d = a * degree)");
  EXPECT_NE(text.find("field g on G.nodes : real = real(G.degree)\n"), std::string::npos) << text;
  EXPECT_NE(text.find("= real(sum(j in H) (1))\n"), std::string::npos) << text;
  EXPECT_NE(text.find("let a on G.nodes : real = (g * real(G.degree))\n"), std::string::npos);
  EXPECT_NE(text.find("let b on H.nodes : real = sum(j in H) (h[j])\n"), std::string::npos);
  EXPECT_NE(text.find("(real(max(H.degree on H.nodes)) + max((real(G.degree) * g) on G.nodes))"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("let d on G.nodes : real = (a * real(G.degree))\n"), std::string::npos);
}

/// The value of a const, dumped as the let that reads it.
std::string constOf(const std::string &value) {
  return letOf("folded\n const base = 3\n const folded = " + value);
}

TEST(SemaExpressionTest, ConstsAreFolded) {
  EXPECT_EQ(constOf("2 * base^2 - 7"), "on . : int = 11");
  EXPECT_EQ(constOf("base / 2"), "on . : real = 1.5r");
  EXPECT_EQ(constOf("quotient(-7, 2) * 100 + mod(-7, 2)"), "on . : int = -399");
  EXPECT_EQ(constOf("quotient(7, -2) * 100 + mod(7, -2)"), "on . : int = -401");
  EXPECT_EQ(constOf("(-1)^1_000_000_000_001 + 0^0"), "on . : int = 0");
  EXPECT_EQ(constOf("abs(-base) + sign(-2) + min(1, 2) + max(1, 2) + clamp(9, 0, 5)"),
            "on . : int = 10");
  EXPECT_EQ(constOf("abs(3 + 4i)"), "on . : real = 5r");
  EXPECT_EQ(constOf("(1 + 2i) * (3 - 1i) / 1i"), "on . : complex = (5, -5)");
  EXPECT_EQ(constOf("real(1 + 2i) + imag(1 + 2i)"), "on . : real = 3r");
  EXPECT_EQ(constOf("-(1 + 2i)"), "on . : complex = (-1, -2)");
  EXPECT_EQ(constOf("if 1 < 2 and not (2 == 3) or false then 1 else 2"), "on . : int = 1");
  EXPECT_EQ(constOf("wrap(7, -1, 1)"), "on . : real = -1r");
  EXPECT_EQ(constOf("round(2.5) + floor(-0.5) + ceil(0.5)"), "on . : real = 2r");
  EXPECT_EQ(constOf("2^0.5 == sqrt(2) and 1i != 1"), "on . : bool = true");
  EXPECT_EQ(constOf("hypot(3, 4) + atan2(0, 1) + real(polar(1, 0)) + max(0.5, 2)"),
            "on . : real = 8r");
}

} // namespace
} // namespace irh::sema
