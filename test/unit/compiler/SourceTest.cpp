//===- SourceTest.cpp - places in a text and in those it imports ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Source/SourceFile.h"

#include "gtest/gtest.h"

using irh::source::SourceFile;

TEST(SourceTest, OffsetsSayTheirFile) {
  SourceFile main("main.irh", "ab\ncd");
  const SourceFile *first = main.addImport("first.irh", "");
  const SourceFile *second = main.addImport("second.irh", "ef\ngh");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(main.fileAt(0).path(), "main.irh");
  EXPECT_EQ(main.fileAt(5).path(), "main.irh") << "behind the last byte";
  EXPECT_EQ(main.fileAt(first->begin()).path(), "first.irh");
  EXPECT_EQ(main.fileAt(second->begin()).path(), "second.irh");
  EXPECT_EQ(main.fileAt(~0u).path(), "second.irh");
}

TEST(SourceTest, PlacesCountFromTheBeginningOfTheirFile) {
  SourceFile main("main.irh", "ab\ncd");
  const SourceFile &import = *main.addImport("import.irh", "ef\ngh");
  uint32_t g = import.begin() + 3;
  EXPECT_EQ(import.position(g).line, 2u);
  EXPECT_EQ(import.position(g).column, 1u);
  EXPECT_EQ(import.lineStart(2), g);
  EXPECT_EQ(import.lineText(2), "gh");
  EXPECT_EQ(import.text({g, g + 2}), "gh");
}

TEST(SourceTest, FilesBeyondTheLastOffsetAreRefused) {
  SourceFile main("main.irh", "", ~0u - 100);
  EXPECT_NE(main.addImport("a.irh", std::string(40, ' ')), nullptr);
  EXPECT_EQ(main.addImport("b.irh", std::string(100, ' ')), nullptr);
}
