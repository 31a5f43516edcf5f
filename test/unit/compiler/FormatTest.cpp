//===- FormatTest.cpp - the canonical text of a model ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Format/Format.h"

#include "compiler/Format/Pieces.h"
#include "test/unit/compiler/ParseFixture.h"

#include "gtest/gtest.h"

#include <random>

using namespace irh;
using test::kWholeLanguage;
using test::Parsed;

/// Tokens and comments in their order, without what is between them.
static std::vector<std::string> piecesOf(const Parsed &parsed) {
  std::vector<std::string> texts;
  for (const format::Piece &piece : format::cutPieces(parsed.source, *parsed.file).pieces)
    texts.push_back(piece.text);
  return texts;
}

/// Formats a text, and holds it to all that is promised of any.
static std::string formatText(const std::string &text) {
  Parsed before(text);
  EXPECT_FALSE(before.diags.hasErrors()) << before.rendered();
  Parsed after(format::format(before.source, *before.file));
  EXPECT_FALSE(after.diags.hasErrors()) << after.rendered();
  std::string formatted = after.source.text().str();
  EXPECT_EQ(format::format(after.source, *after.file), formatted) << "formatting " << text;
  EXPECT_EQ(before.dumped(), after.dumped());
  EXPECT_EQ(piecesOf(before), piecesOf(after));
  return formatted;
}

/// The line between the braces of a model, without its indent.
static std::string formatLine(const std::string &line) {
  std::string text = formatText("model m {\n" + line + "\n}\n");
  return llvm::StringRef(text).drop_front(10).drop_back(2).trim().str();
}

TEST(FormatTest, BlocksAreIndentedByTwo) {
  EXPECT_EQ(
      formatText("model m {\nevolve for 1 step by euler\n{\nafter step {\nx = 1\n}}}\n"),
      "model m {\n  evolve for 1 step by euler\n  {\n    after step {\n      x = 1\n    } } }\n");
}

TEST(FormatTest, OneEmptyLineSeparates) {
  EXPECT_EQ(formatText("\n\nconst a = 1\n\n\n\nconst b = 2\nmodel m {\n\n  const c = 1\n\n}\n\n"),
            "const a = 1\n\nconst b = 2\nmodel m {\n  const c = 1\n}\n");
  EXPECT_EQ(formatText("\n \n"), "");
}

TEST(FormatTest, BlanksAroundSignsAreCanonical) {
  EXPECT_EQ(formatLine("param  N:int=5   in 2 .."), "param N : int = 5 in 2..");
  EXPECT_EQ(formatLine("param p : real = .5 in 0 .. 1"), "param p : real = .5 in 0..1");
  EXPECT_EQ(formatLine("network G=ring( nodes :N,seed: 3 )"),
            "network G = ring(nodes: N, seed: 3)");
  EXPECT_EQ(formatLine("let a=f [ j ] - - b ^ - 2"), "let a = f[j] - -b^-2");
  EXPECT_EQ(formatLine("let a = if(b)then c else(d)"), "let a = if (b) then c else (d)");
  EXPECT_EQ(formatLine("let s = sum (j in nbrs)(x[j])"), "let s = sum(j in nbrs) (x[j])");
  EXPECT_EQ(formatLine("field u ' on G . nodes:real=0"), "field u' on G.nodes : real = 0");
  EXPECT_EQ(formatLine("let b = a>0 and not(c<1)"), "let b = a > 0 and not (c < 1)");
}

// Products and sums are grouped by the author, brackets of indices as well.
TEST(FormatTest, OperatorsAreApartOnBothSidesOrOnNone) {
  EXPECT_EQ(formatLine("let a = 2*pi*x + 3 *y"), "let a = 2*pi*x + 3 * y");
  EXPECT_EQ(formatLine("let a = g[a,b] + h[c, d]"), "let a = g[a,b] + h[c, d]");
}

// Words are names where they stand as such, and introduce what follows where they do not.
TEST(FormatTest, WordsKeepWhatFollows) {
  EXPECT_EQ(formatLine("evolve t from -1 to (2) by euler(step: 1) {}"),
            "evolve t from -1 to (2) by euler(step: 1) {}");
  EXPECT_EQ(formatLine("param p : real = 1 in >0"), "param p : real = 1 in >0");
  EXPECT_EQ(formatLine("observe -x"), "observe -x");
}

// The text of an observed expression is the name of its column.
TEST(FormatTest, NamesOfColumnsStay) {
  EXPECT_EQ(formatLine("observe best(  lnS ),a+b,r=c+ d"), "observe best( lnS ), a+b, r = c + d");
}

TEST(FormatTest, RealsAreNotJoinedWithRanges) {
  EXPECT_EQ(formatLine("param p : real = 1 in 1. .. 5"), "param p : real = 1 in 1. ..5");
}

TEST(FormatTest, WhatIsAlignedMovesTogether) {
  EXPECT_EQ(formatText("model m {\n  param N    : int  = 5\n  param long_name : real = 1\n"
                       "  param K    : real = 2\n}\n"),
            "model m {\n  param N : int  = 5\n  param long_name : real = 1\n"
            "  param K : real = 2\n}\n");
  EXPECT_EQ(formatText("model m {\nconst a   =  1\nconst bb  =  2\n}\n"),
            "model m {\n  const a  = 1\n  const bb = 2\n}\n");
  EXPECT_EQ(formatText("const a = 1     // one\nconst bb = 2    // two\n"),
            "const a = 1  // one\nconst bb = 2 // two\n");
}

TEST(FormatTest, ContinuationsStandUnderWhatTheyStoodUnder) {
  EXPECT_EQ(formatText("model m {\n    let a  =  b\n             + c\n}\n"),
            "model m {\n  let a = b\n           + c\n}\n");
  EXPECT_EQ(formatText("model m {\nobserve a = 1,\n        b = 2\n}\n"),
            "model m {\n  observe a = 1,\n          b = 2\n}\n");
  EXPECT_EQ(formatText("const a = f(\nb,\n  // why\n  c)\n"),
            "const a = f(\n  b,\n  // why\n  c)\n");
  EXPECT_EQ(formatText("model m {\n  one of { a()\n           b() }\n}\n"),
            "model m {\n  one of { a()\n           b() }\n}\n");
}

TEST(FormatTest, CommentsStayWhereTheyAre) {
  EXPECT_EQ(formatText("  // one\nmodel m { // two  \n/* three\n four */ const a = 1 /*5*/\n"
                       "// six\n}\n//// seven"),
            "// one\nmodel m { // two\n  /* three\n four */ const a = 1 /*5*/\n  // six\n}\n"
            "//// seven\n");
}

TEST(FormatTest, LineBreaksAndTabsAreCanonical) {
  EXPECT_EQ(formatText("\xEF\xBB\xBFmodel m {\r\n\tconst a = 1 /* x\r\n y */\r\n}\r\n"),
            "model m {\n  const a = 1 /* x\n y */\n}\n");
}

TEST(FormatTest, ACarriageReturnWithinALineIsPartOfIt) {
  EXPECT_EQ(formatText("model m {\n  /// a \rb\r\n  param n : int = 1\n}\n"),
            "model m {\n  /// a \rb\n  param n : int = 1\n}\n");
}

TEST(FormatTest, TheWholeLanguageIsFormatted) { formatText(kWholeLanguage); }

// Blanks, line breaks and comments anywhere that leaves the text a model.
TEST(FormatTest, AnyBlanksAreFormatted) {
  static const char *const kBlanks[] = {
      " ", "   ", "\t", "\n", "\n\n\n", " // c\n", "/* d */", "/* e\n\t f */ ", "\r\n"};
  std::mt19937 random(1);
  unsigned numFormatted = 0;
  for (int round = 0; round < 600; ++round) {
    std::string text = kWholeLanguage;
    for (unsigned count = 1 + random() % 6; count > 0; --count)
      text.insert(random() % text.size(), kBlanks[random() % std::size(kBlanks)]);
    if (Parsed(text).diags.hasErrors())
      continue;
    formatText(text);
    ++numFormatted;
    ASSERT_FALSE(HasFailure()) << text;
  }
  EXPECT_GT(numFormatted, 40u);
}
