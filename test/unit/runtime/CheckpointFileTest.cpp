//===- CheckpointFileTest.cpp - checkpoints on disk, whole or refused -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/CheckpointFile.h"
#include "runtime/core/Checksum.h"
#include "test/unit/runtime/ExpectError.h"
#include "test/unit/runtime/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

using namespace irh::rt::checkpoint;
using irh::abi::Element;
using irh::rt::Checksum;
using irh::rt::ErrorCode;
using irh::rt::test::expectError;
using irh::rt::test::expectInvalid;
using irh::rt::test::TemporaryFolder;
using namespace std::string_view_literals;

static std::span<const std::byte> bytesOf(std::string_view text) {
  return std::as_bytes(std::span(text));
}

static std::uint64_t sumOf(std::string_view text) {
  Checksum checksum;
  checksum.add(bytesOf(text));
  return checksum.value();
}

// The answers of the reference implementation, xxhsum -H1.
TEST(ChecksumTest, IsXxh64) {
  EXPECT_EQ(sumOf(""), 0xef46db3751d8e999u);
  EXPECT_EQ(sumOf("a"), 0xd24ec4f1a98c6e5bu);
  EXPECT_EQ(sumOf("abc"), 0x44bc2cf5ad770999u);
  EXPECT_EQ(sumOf("Nobody inspects the spammish repetition"), 0xfbcea83c8a378bf1u);
}

TEST(ChecksumTest, PiecesDoNotMatter) {
  std::string text;
  for (int i = 0; i < 200; ++i)
    text += static_cast<char>(7 * i);
  for (const std::size_t size : {1u, 3u, 31u, 32u, 33u, 64u, 199u}) {
    Checksum checksum;
    for (std::size_t i = 0; i < text.size(); i += size)
      checksum.add(bytesOf(std::string_view(text).substr(i, size)));
    EXPECT_EQ(checksum.value(), sumOf(text)) << "pieces of " << size;
  }
}

namespace {

Contents someContents() {
  const SavedEvolve ended{.standing = {.state = {10, 1.0}}, .fields = {{Element::Bool, 3}}};
  const SavedEvolve last{
      .standing = {.state = {7, 0.7}, .from = 0.1, .previousT = 0.6, .dt = 0.125},
      .fields = {{Element::Real, 2}, {Element::Complex, 0}},
      .scalars = {42, 0x7ff8000000000000u}};
  return {.identity = {.model = "ring",
                       .hash = "abc",
                       .params = {{"N", "10"}},
                       .seed = "-3",
                       .tableFormat = ""},
          .inputs = {{"edges.csv", 99}},
          .evolves = {ended, last},
          .files = {{"rows.csv", 123}}};
}

constexpr std::string_view kValues = "\1\0\1abcdefghABCDEFGH"sv; // 3 bytes, 2 reals, no complexes
static_assert(kValues.size() == 3 + 16);

std::string writeIn(const TemporaryFolder &folder) {
  const std::string path = folder / "ring.checkpoint";
  Writer writer(path, someContents());
  writer.addValues(bytesOf(kValues.substr(0, 5)));
  writer.addValues(bytesOf(kValues.substr(5)));
  writer.finish({});
  return path;
}

std::string textOf(const std::vector<std::byte> &bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

} // namespace

TEST(CheckpointFileTest, WhatIsWrittenReadsBack) {
  const TemporaryFolder folder;
  const auto reader = Reader::open(writeIn(folder));
  ASSERT_NE(reader, nullptr);
  const Contents &contents = reader->contents();
  EXPECT_EQ(encode(contents), encode(someContents()));
  EXPECT_EQ(contents.identity.params[0].value, "10");
  EXPECT_EQ(contents.evolves[1].standing.dt, 0.125);
  EXPECT_EQ(contents.evolves[1].scalars, someContents().evolves[1].scalars);
  EXPECT_EQ(contents.files[0].position, 123);
  EXPECT_EQ(textOf(reader->readField(0, 0)), kValues.substr(0, 3));
  EXPECT_EQ(textOf(reader->readField(1, 0)), kValues.substr(3));
  EXPECT_EQ(textOf(reader->readField(1, 1)), "");
}

TEST(CheckpointFileTest, WhereThereIsNoFileThereIsNoReader) {
  EXPECT_EQ(Reader::open(TemporaryFolder() / "ring.checkpoint"), nullptr);
}

TEST(CheckpointFileTest, OneThatIsNotFinishedLeavesTheOldOne) {
  const TemporaryFolder folder;
  const std::string path = writeIn(folder);
  const std::string before = folder.read("ring.checkpoint");
  {
    Writer writer(path, someContents());
    writer.addValues(bytesOf("abc"));
  }
  EXPECT_EQ(folder.read("ring.checkpoint"), before);
  remove(path);
  EXPECT_TRUE(std::filesystem::is_empty(folder.name())) << "nothing else is left behind";
}

TEST(CheckpointFileTest, EveryTruncationIsRefused) {
  const TemporaryFolder folder;
  const std::string path = writeIn(folder);
  const std::string whole = folder.read("ring.checkpoint");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    folder.write("ring.checkpoint", whole.substr(0, size));
    expectInvalid([&] { Reader::open(path); }, size < 8 ? "it is not a checkpoint" : "cut off");
  }
  folder.write("ring.checkpoint", whole + "x");
  expectInvalid([&] { Reader::open(path); }, "it is longer than it says");
}

TEST(CheckpointFileTest, EveryChangedByteIsRefused) {
  const TemporaryFolder folder;
  const std::string path = writeIn(folder);
  const std::string whole = folder.read("ring.checkpoint");
  for (std::size_t i = 0; i < whole.size(); ++i)
    for (const char change : {'\x01', '\x80'}) {
      std::string damaged = whole;
      damaged[i] = static_cast<char>(damaged[i] ^ change);
      folder.write("ring.checkpoint", damaged);
      expectInvalid([&] { Reader::open(path); }, "cannot resume from `" + path + "`: it ");
    }
}

TEST(CheckpointFileTest, AnotherVersionIsNamed) {
  const TemporaryFolder folder;
  const std::string path = writeIn(folder);
  std::string text = folder.read("ring.checkpoint");
  text[8] = 7;
  folder.write("ring.checkpoint", text);
  expectInvalid([&] { Reader::open(path); }, "it has version 7, and this program reads 2");
}

/// The file with these contents in place of its own, and a checksum that fits.
static std::string forge(std::string whole, const std::vector<std::byte> &contents) {
  const std::uint64_t numValueBytes = kValues.size();
  const std::uint64_t numContentBytes = contents.size();
  std::string text = whole.substr(0, 32);
  std::memcpy(text.data() + 16, &numContentBytes, 8);
  std::memcpy(text.data() + 24, &numValueBytes, 8);
  text += textOf(contents) + std::string(kValues);
  const std::uint64_t sum = sumOf(text);
  return text + std::string(reinterpret_cast<const char *>(&sum), 8);
}

TEST(CheckpointFileTest, ContentsThatMakeNoSenseAreRefused) {
  const TemporaryFolder folder;
  const std::string path = writeIn(folder);
  const std::string whole = folder.read("ring.checkpoint");
  const auto refuse = [&](const std::vector<std::byte> &contents) {
    folder.write("ring.checkpoint", forge(whole, contents));
    expectInvalid([&] { Reader::open(path); }, "its contents make no sense");
  };
  for (const std::int64_t numPoints : {-1l, 1l, 1l << 61, INT64_MAX}) {
    Contents contents = someContents();
    contents.evolves[1].fields[0].numPoints = numPoints;
    refuse(encode(contents));
  }
  Contents contents = someContents();
  contents.evolves[0].fields[0].element = static_cast<Element>(17);
  refuse(encode(contents));
  contents.evolves.clear();
  refuse(encode(contents));
  std::vector<std::byte> longer = encode(someContents());
  longer.push_back({});
  refuse(longer);
  for (std::size_t size = 0; size + 1 < longer.size(); ++size)
    EXPECT_EQ(decode(std::span(longer).first(size)), std::nullopt) << size;
}

TEST(CheckpointFileTest, OnlyTheSameRunGoesOn) {
  const Identity saved = someContents().identity;
  requireSameRun(saved, saved, "c");
  const auto refuse = [&](auto change, const std::string &words) {
    Identity mine = saved;
    change(mine);
    expectInvalid([&] { requireSameRun(saved, mine, "c"); },
                  "cannot resume from `c`: it was written " + words);
  };
  refuse([](Identity &mine) { mine.model = "star"; }, "by model `ring`, and this is `star`");
  refuse([](Identity &mine) { mine.hash = "abd"; }, "by another version of the model");
  refuse([](Identity &mine) { mine.params[0].value = "11"; }, "with `N` = 10, and now it is 11");
  refuse([](Identity &mine) { mine.seed = ""; },
         "with `--seed -3`, and this run is without `--seed`");
  refuse([](Identity &mine) { mine.tableFormat = "jsonl"; },
         "without `--out`, and this run is with `--out` and `--format=jsonl`");
}

TEST(CheckpointFileTest, FilesThatTheRunReadMustBeTheSame) {
  const std::vector<Input> saved = {{"a.csv", 1}, {"b.csv", 2}};
  requireSameInputs(saved, saved, "c");
  expectInvalid([&] { requireSameInputs(saved, {{"a.csv", 1}, {"b.csv", 3}}, "c"); },
                "cannot resume from `c`: `b.csv` is not as it was when that was written; put the "
                "file back, or run without `--resume`");
}

TEST(CheckpointFileTest, AFolderThatIsNotThereIsAnError) {
  const TemporaryFolder folder;
  expectError(
      ErrorCode::OutputFailed, [&] { Writer(folder / "none/x.checkpoint", someContents()); },
      "none/x.checkpoint");
  expectInvalid([&] { Reader::open(folder.name()); }, "Is a directory");
}
