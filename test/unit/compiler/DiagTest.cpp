//===- DiagTest.cpp - collecting and rendering diagnostics ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Diag/Diagnostic.h"

#include "llvm/Support/JSON.h"
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

TEST(DiagTest, SpansOverLinesAreMarkedOnEach) {
  SourceFile source("t.irh", "ab cd\n  ef\ngh ij\n");
  Engine engine;
  engine.report(diag::ReservedWord, {3, 13}, "x");
  EXPECT_NE(render(engine, source)
                .find("    1 | ab cd\n      |    ^^\n"
                      "    2 |   ef\n      |   ^^\n"
                      "    3 | gh ij\n      | ^^\n"),
            std::string::npos)
      << render(engine, source);
}

TEST(DiagTest, LongSpansShowTheirEnds) {
  SourceFile source("t.irh", "a\nb\nc\nd\n");
  Engine engine;
  engine.report(diag::ReservedWord, {0, 7}, "x");
  EXPECT_NE(render(engine, source).find("    1 | a\n      | ^\n  ... |\n    4 | d\n      | ^\n"),
            std::string::npos)
      << render(engine, source);
}

TEST(DiagTest, AFixElsewhereSaysWhere) {
  SourceFile source("t.irh", "ab cd\nef\n");
  Engine engine;
  engine.report(diag::ReservedWord, {0, 2}, "x").fix({3, 5}, "CD").fix({6, 6}, "E").fix({3, 5}, "");
  std::string text = render(engine, source);
  EXPECT_NE(text.find("      = help: replace `cd` with `CD` at 1:4\n"
                      "      = help: insert `E` at 2:1\n"
                      "      = help: remove `cd` at 1:4\n"),
            std::string::npos)
      << text;
}

TEST(DiagTest, PlacesInImportsNameTheirFile) {
  SourceFile source("main.irh", "ab\n");
  const SourceFile *import = source.addImport("part.irh", "cd\nθ ef\n");
  ASSERT_NE(import, nullptr);
  Engine engine;
  uint32_t begin = import->begin() + 6;
  engine.report(diag::ReservedWord, {begin, begin + 2}, "x").note({0, 2}, "here");
  EXPECT_EQ(render(engine, source),
            "part.irh:2:3: error[E0012]: x is a word of the language and cannot be a name\n"
            "    2 | θ ef\n"
            "      |   ^^\n"
            "main.irh:1:1: note: here\n"
            "    1 | ab\n"
            "      | --\n");
}

TEST(DiagTest, ColorsAreWrittenWhereTheyAreEnabled) {
  SourceFile source("t.irh", "ab\n");
  Engine engine;
  engine.report(diag::ReservedWord, {0, 2}, "x");
  std::string text;
  llvm::raw_string_ostream os(text);
  os.enable_colors(true);
  diag::render(os, engine, source);
  EXPECT_NE(text.find("\x1B[0;1;31merror[E0012]\x1B[0m: x is"), std::string::npos) << text;
}

// Whatever the bytes, the JSON can be read.
TEST(DiagTest, JsonIsUtf8) {
  SourceFile source("\xFF.irh", "a\xFF\n");
  Engine engine;
  engine.report(diag::StrayCharacter, {1, 2}, diag::quote("\xFF"), "").fix({1, 2}, "\xFF");
  std::string text;
  llvm::raw_string_ostream os(text);
  diag::renderJson(os, engine, source);
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  ASSERT_TRUE(bool(value)) << llvm::toString(value.takeError());
  const llvm::json::Object &object = *value->getAsObject();
  EXPECT_EQ(object.getString("code"), "E0003");
  EXPECT_EQ(object.getObject("range")->getObject("start")->getInteger("column"), 2);
}

// Bytes that a terminal would obey or choke on are replaced.
TEST(DiagTest, ControlCharactersAreNotPrinted) {
  SourceFile source("t.irh", std::string("a\x1B[2J\0\xFF", 7));
  Engine engine;
  engine.report(diag::StrayCharacter, {1, 2}, diag::quote("\x1B"), "");
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
