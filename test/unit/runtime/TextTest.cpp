//===- TextTest.cpp - numbers and names in what a user typed ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

using namespace irh::rt;

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
