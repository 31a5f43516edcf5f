//===- ParseErrorTest.cpp - where syntax errors are reported, and how often ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/unit/compiler/ParseFixture.h"

#include "gtest/gtest.h"

using namespace irh;
using test::Parsed;
using Strings = std::vector<std::string>;

/// The errors of a model with the items of `body`, which begin on line 2.
static Strings errorsOf(const std::string &body) {
  return Parsed("model m {\n" + body + "\n}\n").errors();
}

// The place is the first token that cannot follow.
TEST(ParseErrorTest, PointsAtTheFirstTokenThatCannotFollow) {
  EXPECT_EQ(errorsOf("param N int = 1"), Strings{"2:9 E0010"});
  EXPECT_EQ(errorsOf("param N : int"), Strings{"2:14 E0010"}) << "the end of the line";
  EXPECT_EQ(errorsOf("let a = 1 +"), Strings{"3:1 E0010"}) << "an operator joins the lines";
  EXPECT_EQ(errorsOf("let a = b c"), Strings{"2:11 E0010"});
  EXPECT_EQ(errorsOf("let a = f(b c)"), Strings{"2:13 E0010"});
  EXPECT_EQ(errorsOf("let a = * b"), Strings{"2:9 E0010"});
  EXPECT_EQ(errorsOf("save u"), Strings{"2:7 E0010"});
  EXPECT_EQ(errorsOf("every 10 step5 { }"), Strings{"2:10 E0010"});
  EXPECT_EQ(errorsOf("network G = 3"), Strings{"2:13 E0010"});
  EXPECT_EQ(errorsOf("+ 1"), Strings{"2:1 E0010"});
  EXPECT_EQ(errorsOf("theta"), Strings{"2:6 E0010"});
}

TEST(ParseErrorTest, MessagesSayWhatWasExpectedAndFound) {
  EXPECT_NE(Parsed("const a = (1 + 2\n")
                .rendered()
                .find("1:17: error[E0010]: expected an operator or `)`, found the end of the file"),
            std::string::npos);
  EXPECT_NE(Parsed("const a = (1 + 2\n").rendered().find("1:11: note: `(` is opened here"),
            std::string::npos);
}

TEST(ParseErrorTest, MisspelledWordsAreNamed) {
  Parsed parsed("modle m {\n  paramm N : int = 1\n  obsreve r = 1\n}\n");
  EXPECT_EQ(parsed.errors(), (Strings{"1:1 E0011", "2:3 E0011", "3:3 E0011"}));
  EXPECT_NE(parsed.rendered().find("did you mean `model`?"), std::string::npos);
  EXPECT_NE(parsed.rendered().find("did you mean `param`?"), std::string::npos);
}

// Parsing goes on at the next line; the good items are kept.
TEST(ParseErrorTest, EveryIndependentErrorIsReported) {
  Parsed parsed("model m {\n  param a : = 1\n  param b : int = 1\n  let c = (1 + 2\n"
                "  field d on G.nodes : real = 0\n  let e = 3 4\n}\nconst f = ]\n");
  EXPECT_EQ(parsed.errors(), (Strings{"2:13 E0010", "5:3 E0010", "6:13 E0010", "8:11 E0010"}));
  EXPECT_EQ(llvm::cast<ast::ModelDecl>(parsed.file->items[0])->items.size(), 2u);
}

// A mistake in the header of a block does not hide those inside, nor cause new ones.
TEST(ParseErrorTest, BlocksAreReadDespiteTheirHeaders) {
  EXPECT_EQ(errorsOf("evolve t frm 0 to T by rk4(step: dt) {\n  u' = 1\n  v' = = 2\n}\nlet a = 1"),
            (Strings{"2:10 E0010", "4:8 E0010"}));
  EXPECT_EQ(errorsOf("evolve t from 0 to T by rk4(step: dt {\n  u' = 1\n}\nlet a = 1"),
            Strings{"2:38 E0010"});
  EXPECT_EQ(errorsOf("{\n  u' = 1\n}\nlet a = 1"), Strings{"2:1 E0010"});
}

TEST(ParseErrorTest, MissingAndSurplusBracesAreOneError) {
  EXPECT_EQ(Parsed("model m {\n  evolve for 1 steps by euler {\n    u' = 1\n").errors(),
            Strings{"3:11 E0010"});
  EXPECT_EQ(Parsed("model m {\n  when a {\n    u = 1\n}\nmodel n {\n}\n").errors(),
            Strings{"5:1 E0010"})
      << "a model cannot stand inside another";
  EXPECT_EQ(Parsed("model m {\n}\n}\nmodel n {\n}\n").errors(), Strings{"3:1 E0010"});
  EXPECT_EQ(Parsed("model m {\n}\n  let a = 1\n  let b = 1\n}\nmodel n {\n}\n").errors(),
            Strings{"3:3 E0016"});
}

TEST(ParseErrorTest, ItemsHaveTheirPlaces) {
  EXPECT_EQ(Parsed("param N : int = 1\nparam K : int = 1\n").errors(), Strings{"1:1 E0016"});
  EXPECT_EQ(errorsOf("import \"a.irh\""), Strings{"2:1 E0016"});
  EXPECT_EQ(errorsOf("when a {\n  let b = 1\n  c = 1\n  param d : int = 1\n}"),
            (Strings{"3:3 E0016", "5:3 E0016"}));
}

TEST(ParseErrorTest, DeepBlocksAreOneError) {
  std::string text;
  for (int i = 0; i < 100'000; ++i)
    text += "when a { ";
  Strings errors = errorsOf(text);
  ASSERT_GE(errors.size(), 1u);
  EXPECT_NE(errors[0].find("E0015"), std::string::npos);
  EXPECT_LE(errors.size(), 2u) << "the braces are missing, too";
}
