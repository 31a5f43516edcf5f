//===- Hdf5FileTest.cpp - arrays that grow along time -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is written is read back with HDF5's own functions.

#include "runtime/io/Hdf5File.h"
#include "test/unit/runtime/ExpectError.h"
#include "test/unit/runtime/ReadHdf5.h"
#include "test/unit/runtime/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <complex>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

using namespace irh::rt::io;
using irh::abi::Element;
using irh::rt::ErrorCode;
using irh::rt::test::expectError;
using irh::rt::test::Hdf5Reader;
using irh::rt::test::TemporaryFolder;
using Shape = Hdf5Dataset::Shape;

namespace {

const Hdf5Dataset kIds{"/nodes/id", Element::Int, Shape::Points, 3};
const Hdf5Dataset kTimes{"/t", Element::Real, Shape::Times, 1};
const Hdf5Dataset kValues{"/u", Element::Real, Shape::TimesAndPoints, 3};

void append(const std::string &path, std::int64_t time) {
  Hdf5File file = Hdf5File::open(path);
  const std::vector<double> values(3, static_cast<double>(10 * time));
  const double t = 0.5 * static_cast<double>(time);
  file.write(kValues, {.time = time, .numPoints = 3, .values = values.data()});
  file.write(kTimes, {.time = time, .values = &t});
  file.close();
}

std::string writeTimes(const TemporaryFolder &folder, std::int64_t numTimes) {
  const std::string path = folder / "a.h5";
  const std::int64_t ids[] = {7, 8, 9};
  {
    Hdf5File file = Hdf5File::create(path, std::vector{kIds, kTimes, kValues});
    file.write(kIds, {.numPoints = 3, .values = ids});
    file.close();
  }
  for (std::int64_t time = 0; time < numTimes; ++time)
    append(path, time);
  return path;
}

} // namespace

TEST(Hdf5FileTest, ArraysGrowAlongTime) {
  const TemporaryFolder folder;
  const Hdf5Reader reader(writeTimes(folder, 3));
  EXPECT_EQ(reader.sizes("/nodes/id"), (std::vector<std::uint64_t>{3}));
  EXPECT_EQ(reader.ints("/nodes/id"), (std::vector<std::int64_t>{7, 8, 9}));
  EXPECT_EQ(reader.sizes("/t"), (std::vector<std::uint64_t>{3}));
  EXPECT_EQ(reader.reals("/t"), (std::vector<double>{0, 0.5, 1}));
  EXPECT_EQ(reader.sizes("/u"), (std::vector<std::uint64_t>{3, 3}));
  EXPECT_EQ(reader.reals("/u"), (std::vector<double>{0, 0, 0, 10, 10, 10, 20, 20, 20}));
}

TEST(Hdf5FileTest, NothingInAFileSaysWhenItWasMade) {
  const TemporaryFolder folder;
  const Hdf5Reader reader(writeTimes(folder, 1));
  for (const char *object : {"/", "/nodes", "/nodes/id", "/u"})
    EXPECT_EQ(reader.birthOf(object), 0) << object;
}

TEST(Hdf5FileTest, ANewFileReplacesTheOldOne) {
  const TemporaryFolder folder;
  writeTimes(folder, 3);
  EXPECT_EQ(Hdf5Reader(writeTimes(folder, 1)).reals("/t"), (std::vector<double>{0}));
}

TEST(Hdf5FileTest, PointsAreWrittenInParts) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.h5";
  const std::int64_t numPoints = 100'000; // more than a chunk
  const Hdf5Dataset values{"/z", Element::Complex, Shape::TimesAndPoints, numPoints};
  std::vector<std::complex<double>> z;
  for (std::int64_t i = 0; i < numPoints; ++i)
    z.emplace_back(static_cast<double>(i), -1);
  Hdf5File file = Hdf5File::create(path, std::vector{values});
  file.write(values, {.numPoints = 70'000, .values = z.data()});
  file.write(values, {.firstPoint = 70'000, .numPoints = 30'000, .values = z.data() + 70'000});
  file.close();
  EXPECT_EQ(Hdf5Reader(path).complexes("/z"), z);
}

TEST(Hdf5FileTest, BoolsAndSetsWithoutPointsAreKept) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.h5";
  const Hdf5Dataset flags{"/flag", Element::Bool, Shape::Points, 2};
  const Hdf5Dataset nothing{"/w", Element::Real, Shape::TimesAndPoints, 0};
  const std::uint8_t truths[] = {1, 0};
  Hdf5File file = Hdf5File::create(path, std::vector{flags, nothing});
  file.write(flags, {.numPoints = 2, .values = truths});
  file.write(nothing, {.time = 0, .numPoints = 0});
  file.close();
  const Hdf5Reader reader(path);
  EXPECT_EQ(reader.bools("/flag"), (std::vector<std::int8_t>{1, 0}));
  EXPECT_EQ(reader.sizes("/w"), (std::vector<std::uint64_t>{1, 0}));
}

TEST(Hdf5FileTest, AFileIsCutWhereARunGoesOn) {
  const TemporaryFolder folder;
  const std::string path = writeTimes(folder, 5);
  const std::vector datasets{kIds, kTimes, kValues};
  cutHdf5File(path, datasets, 2);
  append(path, 2);
  EXPECT_EQ(Hdf5Reader(path).reals("/t"), (std::vector<double>{0, 0.5, 1}));
  expectError(
      ErrorCode::OutputFailed, [&] { cutHdf5File(path, datasets, 4); },
      "has fewer times than when the checkpoint was written");
}

/// A writer that is killed leaves its mark in the file, which others refuse then.
TEST(Hdf5FileTest, AFileWhoseWriterWasKilledGoesOn) {
  const TemporaryFolder folder;
  const std::string path = writeTimes(folder, 2);
  const std::string copy = folder / "copy.h5";
  {
    const Hdf5File file = Hdf5File::open(path);
    std::filesystem::copy_file(path, copy);
  }
  expectError(ErrorCode::OutputFailed, [&] { Hdf5File::open(copy); }, "HDF5 says: ");
  cutHdf5File(copy, std::vector{kIds, kTimes, kValues}, 2);
  append(copy, 2);
  EXPECT_EQ(Hdf5Reader(copy).reals("/t"), (std::vector<double>{0, 0.5, 1}));
}

TEST(Hdf5FileTest, WhatCannotBeWrittenIsAnErrorWithARemedy) {
  const TemporaryFolder folder;
  const std::vector datasets{kTimes, kValues};
  expectError(
      ErrorCode::OutputFailed, [&] { Hdf5File::create(folder / "no/a.h5", datasets); },
      "/no/a.h5`: No such file or directory; make its folder first");
  expectError(
      ErrorCode::OutputFailed, [&] { Hdf5File::create(folder / "", datasets); },
      "Is a directory; choose another name");
  std::filesystem::create_symlink("/dev/full", folder / "full.h5");
  expectError(
      ErrorCode::OutputFailed, [&] { Hdf5File::create(folder / "full.h5", datasets).close(); },
      "No space left on device; free some space");
}
