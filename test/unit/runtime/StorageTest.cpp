//===- StorageTest.cpp - memory that the processor and a device share ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/Emulator.h"
#include "runtime/field/Field.h"

#include <gtest/gtest.h>

#include <cstring>
#include <utility>
#include <vector>

namespace {

using irh::abi::Access;
using irh::rt::device::Device;
using irh::rt::device::DeviceMemory;
using irh::rt::device::Emulator;
using irh::rt::field::Storage;

/// Counts what crosses between the two memories.
class CountingDevice : public Emulator {
public:
  void upload(std::span<const std::byte> from, std::byte *to) override {
    ++numUploads;
    Emulator::upload(from, to);
  }
  void download(const std::byte *from, std::span<std::byte> to) override {
    ++numDownloads;
    Emulator::download(from, to);
  }

  int numUploads = 0;
  int numDownloads = 0;
};

double &first(std::byte *memory) { return *reinterpret_cast<double *>(memory); }
double first(const std::byte *memory) { return *reinterpret_cast<const double *>(memory); }

TEST(StorageTest, EachSideSeesWhatTheOtherWroteLast) {
  Emulator device;
  Storage storage(sizeof(double));
  EXPECT_EQ(first(storage.read()), 0);
  first(storage.write()) = 3;
  std::byte *there = storage.onDevice(device, Access::ReadWrite);
  EXPECT_EQ(first(there), 3);
  first(there) = 4;
  EXPECT_EQ(first(std::as_const(storage).read()), 4);
  first(storage.write()) = 5;
  EXPECT_EQ(first(storage.onDevice(device, Access::Read)), 5);
}

TEST(StorageTest, NothingIsCopiedTwiceOrInVain) {
  CountingDevice device;
  Storage storage(sizeof(double));
  // As a build with assertions fills new memory.
  storage.onDevice(device, Access::Write);
  device.numUploads = 0;
  storage.onDevice(device, Access::ReadWrite);
  EXPECT_EQ(device.numUploads, 0) << "a kernel reads what a kernel wrote";
  storage.read();
  storage.read();
  EXPECT_EQ(device.numDownloads, 1);
  storage.onDevice(device, Access::Read);
  EXPECT_EQ(device.numUploads, 0) << "the processor only read";
  storage.onDevice(device, Access::Write);
  storage.overwrite();
  EXPECT_EQ(device.numDownloads, 1) << "nobody reads what is overwritten";
  storage.onDevice(device, Access::Write);
  EXPECT_EQ(device.numUploads, 0) << "nor what a kernel overwrites";
}

TEST(StorageTest, FieldsThatSwapTakeTheirDeviceMemoryAlong) {
  Emulator device;
  const irh::rt::partition::LocalSet set{.kind = irh::abi::SetKind::Nodes,
                                         .numOwned = 1,
                                         .numLocal = 1,
                                         .numGlobal = 1,
                                         .globalIds = {0}};
  auto a = irh::rt::field::makeField(set, irh::abi::Element::Real);
  auto b = irh::rt::field::makeField(set, irh::abi::Element::Real);
  first(a.memory.onDevice(device, Access::Write)) = 1;
  first(b.memory.onDevice(device, Access::Write)) = 2;
  irh::rt::field::swapMemory(a, b);
  EXPECT_EQ(a.values<double>()[0], 2);
  EXPECT_EQ(b.values<double>()[0], 1);
}

TEST(StorageTest, EmptyMemoryIsNoTrouble) {
  Emulator device;
  Storage storage(0);
  EXPECT_NE(storage.onDevice(device, Access::ReadWrite), nullptr);
  storage.read();
  EXPECT_EQ(storage.size(), 0u);
}

/// Writes each thread's number into the array that is its argument.
void numberThreads(void *const *parameters, std::int64_t block) {
  auto *numbers = *static_cast<std::int64_t *const *>(parameters[0]);
  for (std::int64_t thread = 0; thread < irh::abi::kThreadsPerBlock; ++thread)
    numbers[block * irh::abi::kThreadsPerBlock + thread] =
        block * irh::abi::kThreadsPerBlock + thread;
}

TEST(EmulatorTest, EnoughBlocksAreStartedForAllThreads) {
  Emulator device;
  device.add(numberThreads);
  for (const std::int64_t numThreads : {1, 256, 257, 1000}) {
    const std::int64_t numStarted = (numThreads + 255) / 256 * 256;
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(numStarted) + 1, -1);
    std::int64_t *array = numbers.data();
    void *parameters[] = {&array};
    device.launch({.kernel = 0, .numThreads = numThreads, .parameters = parameters});
    EXPECT_EQ(numbers[static_cast<std::size_t>(numStarted - 1)], numStarted - 1);
    EXPECT_EQ(numbers.back(), -1);
  }
}

TEST(DeviceMemoryTest, GrowsAndMovesWithWhatItHolds) {
  Emulator device;
  DeviceMemory memory;
  memory.grow(device, 16);
  std::byte *const place = memory.data();
  memory.grow(device, 8);
  EXPECT_EQ(memory.data(), place);
  DeviceMemory other(std::move(memory));
  EXPECT_EQ(other.data(), place);
  EXPECT_EQ(memory.data(), nullptr); // NOLINT: moved from, on purpose
  const std::vector<std::byte> bytes(16, std::byte{7});
  other.upload(bytes);
  std::vector<std::byte> back(16);
  other.download(back);
  EXPECT_EQ(back, bytes);
}

} // namespace
