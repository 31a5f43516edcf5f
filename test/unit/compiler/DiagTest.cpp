//===- DiagTest.cpp - collecting and rendering diagnostics ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Diag/Diagnostic.h"

#include "gtest/gtest.h"

using namespace irh;
using diag::Engine;
using source::SourceFile;
using source::Span;

static std::string render(const Engine &engine, const SourceFile &source) {
  std::string text;
  llvm::raw_string_ostream os(text);
  diag::render(os, engine, source);
  return text;
}

/// The span of the first `word` in the text.
static Span find(const SourceFile &source, llvm::StringRef word) {
  auto begin = static_cast<uint32_t>(source.text().find(word));
  return {begin, begin + static_cast<uint32_t>(word.size())};
}

TEST(DiagTest, ShowsSpanNoteAndFix) {
  SourceFile source("ring.irh", "param omega\nstep = omgea\n");
  Engine engine;
  engine.report(diag::UnexpectedToken, find(source, "omgea"), "a name", "`omgea`")
      .note(find(source, "omega"), "declared here")
      .fix(find(source, "omgea"), "omega");
  EXPECT_EQ(render(engine, source), "ring.irh:2:8: error[E0010]: expected a name, found `omgea`\n"
                                    "    2 | step = omgea\n"
                                    "      |        ^^^^^\n"
                                    "ring.irh:1:7: note: declared here\n"
                                    "    1 | param omega\n"
                                    "      |       -----\n"
                                    "      = help: replace with `omega`\n");
}

// Columns count characters; marks count terminal columns: a tab stays a tab, a wide character
// takes two, a combining mark none.
TEST(DiagTest, MarksStandUnderTheirCharacters) {
  SourceFile source("t.irh", "\tθ = 変 + e\u0301 + bad\n");
  Engine engine;
  engine.report(diag::ReservedWord, find(source, "変"), "`変`");
  engine.report(diag::ReservedWord, find(source, "bad"), "`bad`");
  std::string text = render(engine, source);
  EXPECT_NE(text.find("t.irh:1:6: "), std::string::npos) << text;
  EXPECT_NE(text.find("\n      | \t    ^^\n"), std::string::npos) << text;
  EXPECT_NE(text.find("t.irh:1:15: "), std::string::npos) << text;
  EXPECT_NE(text.find("\n      | \t             ^^^\n"), std::string::npos) << text;
}

TEST(DiagTest, PlacesAtTheEndOfALineGetOneMark) {
  SourceFile source("t.irh", "ab\r\nc");
  Engine engine;
  engine.report(diag::ReservedWord, {2, 2}, "x");
  engine.report(diag::ReservedWord, {5, 5}, "y").fix({5, 5}, "}");
  EXPECT_EQ(render(engine, source),
            "t.irh:1:3: error[E0012]: x is a word of the language and cannot be a name\n"
            "    1 | ab\n"
            "      |   ^\n"
            "t.irh:2:2: error[E0012]: y is a word of the language and cannot be a name\n"
            "    2 | c\n"
            "      |  ^\n"
            "      = help: insert `}`\n");
}

TEST(DiagTest, SpansOverLinesAreMarkedOnTheFirst) {
  SourceFile source("t.irh", "ab cd\nef\n");
  Engine engine;
  engine.report(diag::ReservedWord, {3, 8}, "x");
  EXPECT_NE(render(engine, source).find("    1 | ab cd\n      |    ^^\n"), std::string::npos);
}

// Bytes that a terminal would obey or choke on are replaced.
TEST(DiagTest, ControlCharactersAreNotPrinted) {
  SourceFile source("t.irh", std::string("a\x1B[2J\0\xFF", 7));
  Engine engine;
  engine.report(diag::StrayCharacter, {1, 2}, diag::quote("\x1B"));
  std::string text = render(engine, source);
  EXPECT_NE(text.find("a\uFFFD[2J\uFFFD\uFFFD\n      |  ^\n"), std::string::npos) << text;
  EXPECT_EQ(text.find('\x1B'), std::string::npos);
}

TEST(DiagTest, LongLinesAreCutAroundTheSpan) {
  SourceFile source("t.irh", std::string(5000, 'a') + "B" + std::string(5000, 'a'));
  Engine engine;
  engine.report(diag::ReservedWord, {5000, 5001}, "x");
  std::string text = render(engine, source);
  EXPECT_NE(text.find("t.irh:1:5001: "), std::string::npos);
  EXPECT_NE(text.find("      | " + std::string(100, ' ') + "^\n"), std::string::npos);
  EXPECT_LT(text.size(), 1000u);
}

TEST(DiagTest, ReportsAreRenderedInTheOrderOfTheText) {
  SourceFile source("t.irh", "a b\n");
  Engine engine;
  engine.report(diag::ReservedWord, {2, 3}, "second");
  engine.report(diag::ReservedWord, {0, 1}, "first");
  std::string text = render(engine, source);
  EXPECT_LT(text.find("first"), text.find("second"));
}

TEST(DiagTest, FloodsAreCountedAndCut) {
  SourceFile source("t.irh", "a\n");
  Engine engine;
  for (int i = 0; i < 5000; ++i)
    engine.report(diag::ReservedWord, {0, 1}, "x");
  EXPECT_EQ(engine.numErrors(), 5000u);
  EXPECT_EQ(engine.diagnostics().size(), Engine::kMaxKept);
  EXPECT_TRUE(llvm::StringRef(render(engine, source)).ends_with("t.irh: and 4900 more\n"));
}

TEST(DiagTest, NearestNameIsAPlausibleMisspelling) {
  EXPECT_EQ(diag::nearestName("thta", {"omega", "theta", "beta"}), "theta");
  EXPECT_EQ(diag::nearestName("Theta", {"heta", "theta"}), "theta") << "case alone comes first";
  EXPECT_EQ(diag::nearestName("xyz", {"omega", "theta"}), "");
  EXPECT_EQ(diag::nearestName("k", {"K", "j"}), "K");
  EXPECT_EQ(diag::nearestName("k", {"j"}), "") << "any letter is one letter away";
  EXPECT_EQ(diag::nearestName("", {"a"}), "");
  EXPECT_EQ(diag::nearestName("abc", {}), "");
}

TEST(DiagTest, QuotesAreShort) {
  EXPECT_EQ(diag::quote("theta"), "`theta`");
  EXPECT_EQ(diag::quote(std::string(41, 'a')), "`" + std::string(40, 'a') + "…`");
}
