//===- ParseExprTest.cpp - precedence and the shapes of expressions ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/unit/compiler/ParseFixture.h"

#include "gtest/gtest.h"

using namespace irh;
using test::Parsed;
using test::treeOf;
using Strings = std::vector<std::string>;

/// The errors of an expression, which begins at column 11.
static Strings errorsOf(const std::string &expression) {
  return Parsed("const e = " + expression + "\n").errors();
}

TEST(ParseExprTest, SignsBindLooserThanPowers) {
  EXPECT_EQ(treeOf("-a^2"), "(- (^ a 2))");
  EXPECT_EQ(treeOf("2^-1"), "(^ 2 (- 1))");
  EXPECT_EQ(treeOf("a^b^c"), "(^ a (^ b c))");
  EXPECT_EQ(treeOf("a^-b^c"), "(^ a (- (^ b c)))");
  EXPECT_EQ(treeOf("a * -b"), "(* a (- b))");
  EXPECT_EQ(treeOf("-a * b"), "(* (- a) b)");
}

TEST(ParseExprTest, ProductsBindTighterThanSums) {
  EXPECT_EQ(treeOf("a + b * c - d / e"), "(- (+ a (* b c)) (/ d e))");
  EXPECT_EQ(treeOf("a / b / c"), "(/ (/ a b) c)");
  EXPECT_EQ(treeOf("(a + b) * c"), "(* (+ a b) c)");
}

TEST(ParseExprTest, LogicBindsLoosest) {
  EXPECT_EQ(treeOf("not a < b and c or d"), "(or (and (not (< a b)) c) d)");
  EXPECT_EQ(treeOf("a + 1 <= b"), "(<= (+ a 1) b)");
  EXPECT_EQ(treeOf("if a or b then c + 1 else d + 2"), "(if (or a b) (then: binary + c 1) "
                                                       "(else: binary + d 2))");
}

// The body of a reduction reaches as far as a product does.
TEST(ParseExprTest, ReductionsTakeTheRestOfTheProduct) {
  EXPECT_EQ(treeOf("a - sum(j in nbrs) w[j] * f + b"),
            "(+ (- a (reduce sum j in nbrs (* (index w at: name j) f))) b)");
  EXPECT_EQ(treeOf("K / n * sum(j in nbrs) a * b"), "(* (/ K n) (reduce sum j in nbrs (* a b)))");
  EXPECT_EQ(treeOf("-sum(j in nbrs) a / b"), "(- (reduce sum j in nbrs (/ a b)))");
  EXPECT_EQ(treeOf("count(j in nbrs) (a > b) > 3"), "(> (reduce count j in nbrs (> a b)) 3)");
}

TEST(ParseExprTest, OperandsNeedParentheses) {
  EXPECT_EQ(errorsOf("2^sum(j in nbrs) a * b"), Strings{"1:13 E0014"});
  EXPECT_EQ(errorsOf("1 + if a then b else c"), Strings{"1:15 E0014"});
  EXPECT_EQ(errorsOf("1 + (if a then b else c) * 2^(sum(j in nbrs) a)"), Strings{});
}

TEST(ParseExprTest, ComparisonsAreNotChained) {
  EXPECT_EQ(errorsOf("a < b < c"), Strings{"1:17 E0013"});
  EXPECT_EQ(errorsOf("a < b == c != d"), Strings{"1:17 E0013"}) << "one error for one chain";
  EXPECT_EQ(errorsOf("(a < b) == c"), Strings{});
}

TEST(ParseExprTest, PostfixesBindTightest) {
  EXPECT_EQ(treeOf("a'^2"), "(^ (prime 1 a) 2)");
  EXPECT_EQ(treeOf("v[a]''"), "(prime 2 (index v at: name a))");
  EXPECT_EQ(treeOf("v[j][x+1]"), "(index (index v at: name j) (at: binary + x 1))");
  EXPECT_EQ(treeOf("theta'[j]"), "(index (prime 1 theta) at: name j)");
  EXPECT_EQ(treeOf("lambda[0]"), "(index lambda at: int 0)");
  EXPECT_EQ(treeOf("G.nodes"), "member G.nodes");
  EXPECT_EQ(errorsOf("f(x)'"), Strings{"1:15 E0010"}) << "only names have rates";
}

TEST(ParseExprTest, CallsTakeNamesSetsAndLambdas) {
  EXPECT_EQ(treeOf("f(a, order: 2)"), "(f a order: int 2)");
  EXPECT_EQ(treeOf("f()"), "f");
  EXPECT_EQ(treeOf("max(abs(f) on G.edges)"), "(max on G.edges (abs f))");
  EXPECT_EQ(treeOf("linear(u -> -d(u, x))"), "(linear (lambda u (- (d u x))))");
  EXPECT_EQ(errorsOf("u -> u"), Strings{"1:13 E0010"}) << "a lambda is an argument";
}

TEST(ParseExprTest, ArraysNest) {
  EXPECT_EQ(treeOf("[[1, a], [0, 2]]"), "(array (array 1 a) (array 0 2))");
  EXPECT_EQ(errorsOf("[]"), Strings{"1:12 E0010"});
}

TEST(ParseExprTest, IndexEntriesShowNamesAndOffsets) {
  Parsed parsed("const e = u[x-k, y+2*k, 0, j]\n");
  auto *constant = llvm::cast<ast::ConstDecl>(parsed.file->items[0]);
  auto entries = llvm::cast<ast::IndexExpr>(constant->value)->entries;
  ASSERT_EQ(entries.size(), 4u);
  EXPECT_EQ(entries[0].name.text, "x");
  EXPECT_TRUE(llvm::isa<ast::NameExpr>(entries[0].offset));
  EXPECT_TRUE(entries[0].isOffsetNegative);
  EXPECT_TRUE(llvm::isa<ast::BinaryExpr>(entries[1].offset));
  EXPECT_FALSE(entries[1].isOffsetNegative);
  EXPECT_FALSE(entries[2].name);
  EXPECT_EQ(entries[3].name.text, "j");
  EXPECT_EQ(entries[3].offset, nullptr);
}

// Inside brackets a newline means nothing.
TEST(ParseExprTest, BracketsJoinLines) {
  EXPECT_EQ(treeOf("f(a\n,\nb\n)"), "(f a b)");
  EXPECT_EQ(treeOf("[a,\n b\n]"), "(array a b)");
  EXPECT_EQ(treeOf("sum(\nj in nbrs) a"), "(reduce sum j in nbrs a)");
  EXPECT_EQ(treeOf("a\n - b"), "(- a b)");
}

TEST(ParseExprTest, SpansIncludeParentheses) {
  Parsed parsed("const e = (a + b) * (c)\n");
  auto *constant = llvm::cast<ast::ConstDecl>(parsed.file->items[0]);
  EXPECT_EQ(parsed.source.text(constant->value->span), "(a + b) * (c)");
  EXPECT_EQ(parsed.source.text(constant->span), "const e = (a + b) * (c)");
}

// Neither the parser nor a walk over the tree may run out of stack.
TEST(ParseExprTest, DeepNestingIsOneError) {
  constexpr size_t kDepth = 100'000;
  for (const char *part : {"(", "[", "-", "f(", "2^", "a + ", "not ", "a[", "if ",
                           "sum(j in nbrs) ", "if a then b else ", "a^-", "f(x: "}) {
    std::string text;
    for (size_t i = 0; i < kDepth; ++i)
      text += part;
    Strings errors = errorsOf(text + "a");
    ASSERT_EQ(errors.size(), 1u) << part;
    EXPECT_NE(errors[0].find("E0015"), std::string::npos) << part;
  }
}

TEST(ParseExprTest, LongSumsAreFine) {
  std::string text = "a";
  for (int i = 0; i < 900; ++i)
    text += " + a";
  EXPECT_EQ(errorsOf(text), Strings{});
}
