//===- ParseItemTest.cpp - declarations and statements ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/unit/compiler/ParseFixture.h"

#include "gtest/gtest.h"

using namespace irh;
using llvm::cast;
using test::Parsed;
using Strings = std::vector<std::string>;

/// A model with the items of `body`, which begin on line 2.
static Parsed inModel(const std::string &body) { return Parsed("model m {\n" + body + "\n}\n"); }

template <typename Node> static const Node *itemOf(const Parsed &parsed, size_t index = 0) {
  return cast<Node>(cast<ast::ModelDecl>(parsed.file->items[0])->items[index]);
}

TEST(ParseItemTest, ParametersHaveRanges) {
  Parsed parsed = inModel("param a : int = 1 in 2..\n param b : int = 1 in ..5\n"
                          "param c : real = 1 in >0\n param d : real = 1 in >=0\n"
                          "param e : real = 1 in 0..0.5\n static param f : int = 1");
  ASSERT_EQ(parsed.rendered(), "");
  auto range = [&](size_t i) { return itemOf<ast::ParamDecl>(parsed, i)->range; };
  EXPECT_TRUE(range(0).low && !range(0).high);
  EXPECT_TRUE(!range(1).low && range(1).high);
  EXPECT_TRUE(range(2).low && range(2).isLowExcluded);
  EXPECT_TRUE(range(3).low && !range(3).isLowExcluded);
  EXPECT_TRUE(range(4).low && range(4).high);
  EXPECT_FALSE(range(5));
  EXPECT_EQ(parsed.source.text(range(4).span), "0..0.5");
  EXPECT_TRUE(itemOf<ast::ParamDecl>(parsed, 5)->isStatic);
}

TEST(ParseItemTest, DocsBelongToTheNextItem) {
  Parsed parsed("/// of the model\nmodel m {\n  /// first\n  ///   second\n  param N : int = 1\n"
                "  param K : int = 1\n}\n");
  EXPECT_EQ(parsed.file->items[0]->doc, "of the model");
  EXPECT_EQ(itemOf<ast::ParamDecl>(parsed, 0)->doc, "first\n  second");
  EXPECT_EQ(itemOf<ast::ParamDecl>(parsed, 1)->doc, "");
}

// A word is a keyword only where it is expected.
TEST(ParseItemTest, WordsAreNamesElsewhere) {
  Parsed parsed = inModel("param rate : real = 1\n param step : real = step + every\n"
                          "field field on G.nodes : real = to\n"
                          "evolve by from from to to by rk4(step: step) {\n"
                          "step' = time * by\n save = 1\n observe[a] = 2\n"
                          "observe every every every steps\n}\n"
                          "evolve for steps steps by euler { }");
  EXPECT_EQ(parsed.rendered(), "");
  EXPECT_EQ(itemOf<ast::EvolveStmt>(parsed, 3)->time.text, "by");
  EXPECT_EQ(itemOf<ast::EvolveStmt>(parsed, 3)->body.size(), 4u);
}

TEST(ParseItemTest, ReservedWordsAreNoNames) {
  EXPECT_EQ(inModel("param if : int = 1\nlet and = 2\nfn f(true) = 1").errors(),
            (Strings{"2:7 E0012", "3:5 E0012", "4:6 E0012"}));
}

TEST(ParseItemTest, LetsTakeTuplesAndIndices) {
  Parsed parsed = inModel("let (a, b) = eigs(M)\nlet G[c, d] = 1\nlet e = 2");
  EXPECT_EQ(itemOf<ast::LetDecl>(parsed, 0)->names.size(), 2u);
  EXPECT_TRUE(itemOf<ast::LetDecl>(parsed, 0)->isTuple);
  EXPECT_EQ(itemOf<ast::LetDecl>(parsed, 1)->indices.size(), 2u);
  EXPECT_FALSE(itemOf<ast::LetDecl>(parsed, 2)->isTuple);
}

TEST(ParseItemTest, FieldsHaveTypesAndSymmetries) {
  Parsed parsed = inModel("field u'' on X : sym[3] of complex\n"
                          "field w on G.edges : complex antisymmetric = 1i");
  const auto *hidden = itemOf<ast::FieldDecl>(parsed, 0);
  EXPECT_EQ(hidden->name.numPrimes, 2u);
  EXPECT_EQ(parsed.source.text(hidden->name.span), "u''");
  EXPECT_EQ(hidden->type.element.text, "complex");
  EXPECT_EQ(hidden->initial, nullptr);
  EXPECT_EQ(itemOf<ast::FieldDecl>(parsed, 1)->symmetry, ast::EdgeSymmetry::Antisymmetric);
}

TEST(ParseItemTest, TargetsCarryPrimesAndComponents) {
  Parsed parsed = inModel("v[a]' = 1\nu'' = 2\nw = 3");
  EXPECT_EQ(itemOf<ast::AssignStmt>(parsed, 0)->target.numPrimes, 1u);
  EXPECT_EQ(itemOf<ast::AssignStmt>(parsed, 0)->target.entries.size(), 1u);
  EXPECT_EQ(itemOf<ast::AssignStmt>(parsed, 1)->target.numPrimes, 2u);
  EXPECT_EQ(itemOf<ast::AssignStmt>(parsed, 2)->target.numPrimes, 0u);
}

TEST(ParseItemTest, ObservedExpressionsAreTheirOwnLabels) {
  Parsed parsed = inModel("observe lnS, best( lnS ), r = 1,\n f(a,\nb) every 10 steps");
  const auto *observe = itemOf<ast::ObserveStmt>(parsed);
  ASSERT_EQ(observe->items.size(), 4u);
  EXPECT_EQ(observe->items[1].label, "best( lnS )");
  EXPECT_EQ(observe->items[2].label, "r");
  EXPECT_EQ(observe->items[3].label, "f(a, b)") << "on one line";
  EXPECT_EQ(observe->cadence.unit, ast::CadenceUnit::Steps);
}

TEST(ParseItemTest, BracesMayStandOnTheNextLine) {
  EXPECT_EQ(Parsed("model m\n{\n  evolve for 1 step by euler\n  {\n  }\n}\n").errors(), Strings{});
}

TEST(ParseItemTest, AnEmptyFileHasNoItems) {
  EXPECT_EQ(Parsed("").errors(), Strings{});
  EXPECT_EQ(Parsed("// nothing\n").file->items.size(), 0u);
}
