//===- LexTest.cpp - the lexical section of the language ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lex/Lexer.h"
#include "test/unit/compiler/ParseFixture.h"

#include "gtest/gtest.h"

using namespace irh;
using lex::Token;
using lex::TokenKind;
using lex::TokenList;
using source::SourceFile;
using test::Parsed;
using Strings = std::vector<std::string>;

/// The texts of the tokens; a `|` stands before each that begins a line.
static std::string cut(const std::string &text) {
  SourceFile source("test.irh", text);
  diag::Engine diags;
  std::string pieces;
  for (const Token &token : lex::tokenize(source, diags).tokens)
    if (token.kind != TokenKind::EndOfFile)
      pieces += (token.startsLine ? " |" : " ") + source.text(token.span).str();
  return diags.hasErrors() ? "error" : pieces;
}

static Token first(const std::string &text) {
  SourceFile source("test.irh", text);
  diag::Engine diags;
  return lex::tokenize(source, diags).tokens.front();
}

/// The errors of an expression, which begins at column 11.
static Strings errorsOf(const std::string &expression) {
  return Parsed("const e = " + expression + "\n").errors();
}

// The points of a range are not the point of a number.
TEST(LexTest, RangesAndNumbersShareTheirPoints) {
  EXPECT_EQ(cut("2.."), " |2 ..");
  EXPECT_EQ(cut("..5"), " |.. 5");
  EXPECT_EQ(cut("0..0.5"), " |0 .. 0.5");
  EXPECT_EQ(cut("1.0..2"), " |1.0 .. 2");
  EXPECT_EQ(cut("1. .5 G.nodes"), " |1. .5 G . nodes");
}

TEST(LexTest, NumbersHaveTheirValues) {
  EXPECT_EQ(first("1_000").integer, 1000);
  EXPECT_EQ(first("9223372036854775807").integer, INT64_MAX);
  EXPECT_EQ(first("1.5e-3").real, 1.5e-3);
  EXPECT_EQ(first("1e3").real, 1000.0);
  EXPECT_EQ(first("2i").kind, TokenKind::Imaginary);
  EXPECT_EQ(first("0.5i").real, 0.5);
  EXPECT_EQ(first("5e-324").real, 5e-324);
  EXPECT_EQ(first("0e5").real, 0.0);
}

TEST(LexTest, MalformedNumbersAreOneError) {
  for (const char *number : {"1_", "1__0", "2x", "1e", "0x10", "2in"})
    EXPECT_EQ(errorsOf(number), Strings{"1:11 E0007"}) << number;
}

TEST(LexTest, NumbersOutOfRangeAreErrors) {
  EXPECT_EQ(errorsOf("9223372036854775808"), Strings{"1:11 E0008"});
  EXPECT_EQ(errorsOf("1e309"), Strings{"1:11 E0009"});
  EXPECT_EQ(errorsOf("1e-400"), Strings{"1:11 E0009"});
}

// Letters of any script, digits and marks; columns count characters, not bytes.
TEST(LexTest, IdentifiersAreUnicode) {
  EXPECT_EQ(cut("θ_1 + T₀ - größe * 変数"), " |θ_1 + T₀ - größe * 変数");
  EXPECT_EQ(Parsed("const θθ = ∂\n").errors(), Strings{"1:12 E0003"});
}

TEST(LexTest, SignsAreAsLongAsPossible) {
  EXPECT_EQ(cut("a<=b->c==d!=e''"), " |a <= b -> c == d != e ' '");
}

// A newline ends a statement, except after an operator, a comma, `=`, `->`, `:`, and before an
// operator, `then`, `else`. Brackets are the parser's.
TEST(LexTest, LinesJoinAroundOperators) {
  EXPECT_EQ(cut("a\nb"), " |a |b");
  for (const char *joint : {"+", "-", "*", "/", "^", "<", ">=", "==", "and", "or"}) {
    std::string sign = joint;
    EXPECT_EQ(cut("a " + sign + "\nb"), " |a " + sign + " b") << joint;
    EXPECT_EQ(cut("a\n " + sign + " b"), " |a " + sign + " b") << joint;
  }
  EXPECT_EQ(cut("a =\nb,\nc ->\nd :\ne"), " |a = b , c -> d : e");
  EXPECT_EQ(cut("if a\nthen b\nelse c"), " |if a then b else c");
}

TEST(LexTest, LinesDoNotJoinElsewhere) {
  EXPECT_EQ(cut("2..\nb"), " |2 .. |b");
  EXPECT_EQ(cut("a\n(b)"), " |a |( b )");
  EXPECT_EQ(cut("a\n[b]"), " |a |[ b ]");
  EXPECT_EQ(cut("a'\nnot b"), " |a ' |not b");
}

// A comment is a blank; one that holds a newline is a newline.
TEST(LexTest, CommentsAreBlanks) {
  EXPECT_EQ(cut("a /* b */ + // c\n d"), " |a + d");
  EXPECT_EQ(cut("a /* \n */ b"), " |a |b");
  EXPECT_EQ(cut("\xEF\xBB\xBF"
                "a\r\nb"),
            " |a |b")
      << "byte order mark, CRLF";
}

TEST(LexTest, DocLinesAreKept) {
  SourceFile source("test.irh", "/// one\n///two  \n//// ruler\n// none\na /// three\nb");
  diag::Engine diags;
  TokenList list = lex::tokenize(source, diags);
  ASSERT_EQ(list.docLines.size(), 3u);
  EXPECT_EQ(list.docLines[0].text, "one");
  EXPECT_EQ(list.docLines[1].text, "two");
  EXPECT_EQ(list.docLines[1].token, 0u);
  EXPECT_EQ(list.docLines[2].token, 1u);
}

TEST(LexTest, StringsKnowFourEscapes) {
  EXPECT_EQ(lex::unescape(R"("a\"b\\c\nd\te")"), "a\"b\\c\nd\te");
  EXPECT_EQ(errorsOf(R"("a\qb" + "\θ")"), (Strings{"1:13 E0006", "1:21 E0006"}));
}

TEST(LexTest, OpenStringsEndWithTheirLine) {
  EXPECT_EQ(Parsed("const a = \"b\nconst c = \"d\\\n").errors(),
            (Strings{"1:11 E0004", "2:11 E0004"}));
}

// What an open comment swallows is not missed.
TEST(LexTest, AnOpenCommentIsTheOnlyError) {
  EXPECT_EQ(Parsed("model m {\n  const a = 1 /* b\n}\n").errors(), Strings{"2:15 E0005"});
}

// One error for each stray character or run of them; the parser adds none.
TEST(LexTest, StrayCharactersAreReportedOnce) {
  EXPECT_EQ(errorsOf("a && b"), Strings{"1:13 E0003"});
  EXPECT_EQ(Parsed("const a = 1 $ 2\nconst b = @\n").errors(),
            (Strings{"1:13 E0003", "2:11 E0003"}));
  EXPECT_NE(Parsed("const e = a ≤ b\n").rendered().find("replace with `<=`"), std::string::npos);
}

TEST(LexTest, TextThatIsNotUtf8IsRefused) {
  EXPECT_EQ(errorsOf("1 // caf\xE9"), Strings{"1:19 E0002"});
  EXPECT_EQ(errorsOf("\xC3"), Strings{"1:11 E0002"});
}

TEST(LexTest, AFileThatIsTooLargeIsRefused) {
  Parsed parsed(std::string(SourceFile::kMaxBytes + 1, '\n'));
  EXPECT_EQ(parsed.errors(), Strings{"1:1 E0001"});
}
