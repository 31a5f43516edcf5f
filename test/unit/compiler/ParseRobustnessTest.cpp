//===- ParseRobustnessTest.cpp - no text crashes the front end ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/unit/compiler/ParseFixture.h"

#include "llvm/ADT/StringRef.h"
#include "gtest/gtest.h"

#include <random>

using namespace irh;
using test::kWholeLanguage;
using test::Parsed;

/// Parses, renders and dumps; a text that is refused must be refused with a message.
static void expectSurvives(const std::string &text) {
  Parsed parsed(text);
  EXPECT_EQ(parsed.diags.hasErrors(), !parsed.rendered().empty());
  parsed.dumped();
}

TEST(ParseRobustnessTest, EveryPrefixIsSurvived) {
  llvm::StringRef whole = kWholeLanguage;
  for (size_t length = 0; length < whole.size(); ++length)
    expectSurvives(whole.take_front(length).str());
}

TEST(ParseRobustnessTest, EverySuffixIsSurvived) {
  llvm::StringRef whole = kWholeLanguage;
  for (size_t start = 0; start < whole.size(); ++start)
    expectSurvives(whole.drop_front(start).str());
}

TEST(ParseRobustnessTest, DeletedBytesAreSurvived) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string text = kWholeLanguage;
    for (unsigned count = 1 + random() % 8; count > 0; --count)
      text.erase(random() % text.size(), 1 + random() % 4);
    expectSurvives(text);
  }
}

TEST(ParseRobustnessTest, ReplacedBytesAreSurvived) {
  static constexpr llvm::StringLiteral kBytes = "(){}[]'\"\\/*.,:=-+^<>!&#\n\t 0i\xFF\xCE\xB8";
  std::mt19937 random(2);
  for (int round = 0; round < 2000; ++round) {
    std::string text = kWholeLanguage;
    for (unsigned count = 1 + random() % 8; count > 0; --count)
      text[random() % text.size()] = kBytes[random() % kBytes.size()];
    expectSurvives(text);
  }
}

// Lines in any order: every statement in every place.
TEST(ParseRobustnessTest, ShuffledLinesAreSurvived) {
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(kWholeLanguage).split(lines, '\n');
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    std::shuffle(lines.begin(), lines.end(), random);
    std::string text;
    for (llvm::StringRef line : lines)
      text += (line + "\n").str();
    expectSurvives(text);
  }
}

TEST(ParseRobustnessTest, RandomBytesAreSurvived) {
  std::mt19937 random(4);
  for (int round = 0; round < 500; ++round) {
    std::string text(random() % 300, ' ');
    for (char &byte : text)
      byte = static_cast<char>(random() % 128);
    expectSurvives(text);
  }
}
