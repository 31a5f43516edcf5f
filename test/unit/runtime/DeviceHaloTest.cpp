//===- DeviceHaloTest.cpp - exchanges of values that are on a device --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/LocalWorld.h"
#include "runtime/device/Emulator.h"
#include "runtime/graph/Generators.h"
#include "runtime/halo/Exchange.h"
#include "runtime/partition/Partitioner.h"

#include <gtest/gtest.h>

#include <complex>
#include <vector>

namespace {

using namespace irh::rt;
using irh::abi::Access;
using irh::abi::Element;

/// What the compiler's kernels do: see abi::DeviceHelper.
struct Copy {
  explicit Copy(void *const *parameters)
      : values(*static_cast<std::int64_t *const *>(parameters[0])),
        points(*static_cast<const std::int32_t *const *>(parameters[1])),
        count(*static_cast<const std::int64_t *>(parameters[2])),
        units(*static_cast<const std::int64_t *>(parameters[3])),
        message(*static_cast<std::int64_t *const *>(parameters[4])) {}

  template <typename Move> void eachUnit(std::int64_t block, Move move) const {
    const std::int64_t first = block * irh::abi::kThreadsPerBlock;
    for (std::int64_t i = first; i < std::min(first + irh::abi::kThreadsPerBlock, count); ++i)
      for (std::int64_t unit = 0; unit < units; ++unit)
        move(values[points[i] * units + unit], message[i * units + unit]);
  }

  std::int64_t *values;
  const std::int32_t *points;
  std::int64_t count;
  std::int64_t units;
  std::int64_t *message;
};

void pack(void *const *parameters, std::int64_t block) {
  Copy(parameters).eachUnit(block, [](std::int64_t &value, std::int64_t &unit) { unit = value; });
}

void unpack(void *const *parameters, std::int64_t block) {
  Copy(parameters).eachUnit(block, [](std::int64_t &value, std::int64_t &unit) { value = unit; });
}

/// Counts the bytes that cross.
class CountingDevice : public device::Emulator {
public:
  CountingDevice() {
    add(pack);
    add(unpack);
  }
  void upload(std::span<const std::byte> from, std::byte *to) override {
    numUploaded += from.size();
    Emulator::upload(from, to);
  }
  void download(const std::byte *from, std::span<std::byte> to) override {
    numDownloaded += to.size();
    Emulator::download(from, to);
  }

  std::size_t numUploaded = 0;
  std::size_t numDownloaded = 0;
};

double valueAt(std::int64_t id, int round) { return 1000.0 * round + static_cast<double>(id); }

} // namespace

// Blocks of a ring: each of three ranks sends two nodes, and receives two.
TEST(DeviceHaloTest, MessagesAreAllThatCrosses) {
  runLocalWorld(3, [](Communicator &comm) {
    graph::Network ring = graph::makeRing(960);
    partition::LocalNetwork local = partition::takePart(ring, partition::Method::Blocks, comm);
    CountingDevice device;
    field::Field real = field::makeField(local.nodes, Element::Real);
    field::Field complex = field::makeField(local.nodes, Element::Complex);
    field::Field *const fields[] = {&real, &complex};
    halo::Exchanger exchanger(local);
    for (int round = 0; round < 3; ++round) {
      // As a kernel writes them.
      auto *reals = reinterpret_cast<double *>(real.memory.onDevice(device, Access::ReadWrite));
      auto *complexes = reinterpret_cast<std::complex<double> *>(
          complex.memory.onDevice(device, Access::ReadWrite));
      for (std::int64_t i = 0; i < local.nodes.numOwned; ++i) {
        const double value = valueAt(local.nodes.globalIds[static_cast<std::size_t>(i)], round);
        reals[i] = value;
        complexes[i] = {-value, 0.5};
      }
      device.numUploaded = device.numDownloaded = 0;
      exchanger.start(fields, comm);
      exchanger.finish();
      EXPECT_EQ(device.numDownloaded, 2u * (8 + 16));
      // The lists of points go first, and once; a build with assertions fills new memory, too.
      if (round > 0)
        EXPECT_EQ(device.numUploaded, 2u * (8 + 16));
      for (std::int64_t i = 0; i < local.nodes.numLocal; ++i) {
        const double value = valueAt(local.nodes.globalIds[static_cast<std::size_t>(i)], round);
        ASSERT_EQ(real.values<double>()[i], value);
        ASSERT_EQ(complex.values<std::complex<double>>()[i], std::complex<double>(-value, 0.5));
      }
    }
  });
}

// What the processor wrote last needs no device.
TEST(DeviceHaloTest, ValuesOfTheProcessorStayThere) {
  runLocalWorld(2, [](Communicator &comm) {
    graph::Network ring = graph::makeRing(64);
    partition::LocalNetwork local = partition::takePart(ring, partition::Method::Blocks, comm);
    CountingDevice device;
    field::Field real = field::makeField(local.nodes, Element::Real);
    real.memory.onDevice(device, Access::Read);
    for (std::int64_t i = 0; i < local.nodes.numOwned; ++i)
      real.values<double>()[i] = 7;
    device.numUploaded = device.numDownloaded = 0;
    field::Field *const fields[] = {&real};
    halo::Exchanger exchanger(local);
    exchanger.start(fields, comm);
    exchanger.finish();
    EXPECT_EQ(device.numUploaded + device.numDownloaded, 0u);
    for (std::int64_t i = 0; i < local.nodes.numLocal; ++i)
      ASSERT_EQ(real.values<double>()[i], 7);
  });
}
