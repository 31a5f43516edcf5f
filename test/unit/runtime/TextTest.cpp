//===- TextTest.cpp - numbers and names in what a user typed ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

using namespace irh::rt;

TEST(TextTest, WhatAFileHoldsIsShownInShort) {
  EXPECT_EQ(quote("1,5"), "`1,5`");
  EXPECT_EQ(quote(std::string("a\0b\x1b[m", 6)), "`a?b?[m`");
  EXPECT_EQ(quote("\xff\xce\xb8\xce"), "`?\xce\xb8?`") << "bytes that are not UTF-8";
  EXPECT_EQ(quote("\xc0\xaf\xed\xa0\x80\xc2\x85"), "`???????`") << "and those that seem so";
  EXPECT_EQ(quote(std::string(39, 'x') + "\xce\xb8"), "`" + std::string(39, 'x') + "\xce\xb8`");
  EXPECT_EQ(quote(std::string(41, 'x')), "`" + std::string(40, 'x') + "...`");
}

TEST(TextTest, IntsAreWholeTextsThatFit) {
  EXPECT_EQ(parseInt("-17"), -17);
  EXPECT_EQ(parseInt("+17"), 17);
  EXPECT_EQ(parseInt("9223372036854775807"), INT64_MAX);
  for (const char *wrong : {"", "+", "-", "+-1", "1.0", "1 ", " 1", "9223372036854775808", "0x10"})
    EXPECT_EQ(parseInt(wrong), std::nullopt) << wrong;
}

TEST(TextTest, RealsAreWholeTextsThatFit) {
  EXPECT_EQ(parseReal("1e3"), 1000.0);
  EXPECT_EQ(parseReal("+.5"), 0.5);
  EXPECT_EQ(parseReal("1e-400"), 0.0) << "too small is zero";
  EXPECT_TRUE(std::isnan(parseReal("nan").value()));
  for (const char *wrong : {"", "+", "1e", "1,5", "1e400", "-1e400", "0x10", "1 "})
    EXPECT_EQ(parseReal(wrong), std::nullopt) << wrong;
}

TEST(TextTest, ShortestDigitsReadBackTheSame) {
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(1e20), "1e+20");
  EXPECT_EQ(shortest(-0.0), "-0");
  EXPECT_EQ(parseReal(shortest(0.1 + 0.2)), 0.1 + 0.2);
}

TEST(TextTest, NearNamesAreSuggestedAndFarOnesAreNot) {
  const std::vector<std::string> names = {"threads", "ranks", "N"};
  EXPECT_EQ(nearestName("thread", names), "threads");
  EXPECT_EQ(nearestName("rnaks", names), std::nullopt) << "a third of a name of 5 is 1 change";
  EXPECT_EQ(nearestName("anks", names), "ranks");
  EXPECT_EQ(nearestName("x", names), std::nullopt) << "one letter for another is no misspelling";
  EXPECT_EQ(suggestion("thrads", names, "--"), "; did you mean `--threads`?");
  EXPECT_EQ(suggestion("gravity", names), "");
}
