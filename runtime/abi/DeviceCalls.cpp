//===- DeviceCalls.cpp - kernels that run on a device -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/abi/SweepResults.h"
#include "runtime/device/Driver.h"
#include "runtime/device/Emulator.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>

using irh::abi::Access;
using irh::abi::DeviceKind;
using irh::abi::guard;
using irh::abi::guardLocal;
using irh::abi::NetworkArray;
using irh::abi::Reduction;
using irh::abi::SetKind;
using irh::rt::device::Device;
using irh::rt::device::DeviceMemory;
using irh::rt::device::Driver;
using irh::rt::device::Emulator;
using irh::rt::partition::LocalSet;
using irh::rt::program::Context;
using irh::rt::program::DeviceWork;
using irh::rt::program::FieldHandle;
using irh::rt::program::NetworkPart;
using irh::rt::program::SetHandle;
using irh::rt::reduce::Accumulator;

namespace {

/// A launch as generated code asks for it.
struct DeviceSweep {
  const LocalSet &set;
  std::int32_t kernel;
  std::span<void *> slots;
  std::span<const std::int32_t> reductions;
};

} // namespace

static void *copyOnDevice(Device &device, NetworkPart &network, NetworkArray which) {
  DeviceMemory &copy = network.onDevice[static_cast<std::size_t>(which)];
  if (!copy.data()) {
    const std::span<const std::byte> array = network.local.array(which);
    copy = DeviceMemory(device, array.size());
    copy.upload(array);
  }
  return copy.data();
}

/// The kernel's arguments: slots, first, end, owned, flags, values (see DeviceKernel.h of the
/// compiler).
static void launchKernel(DeviceWork &work, const DeviceSweep &sweep) {
  std::int64_t first = 0, numOwned = sweep.set.numOwned;
  // Copies of cut edges get the values their owners compute.
  std::int64_t end = sweep.set.kind == SetKind::Edges ? sweep.set.numLocal : numOwned;
  void *flags = work.flags.data();
  void *values = work.values.data();
  work.parameters.clear();
  for (void *&slot : sweep.slots)
    work.parameters.push_back(&slot);
  for (void *last :
       {static_cast<void *>(&first), static_cast<void *>(&end), static_cast<void *>(&numOwned),
        static_cast<void *>(&flags), static_cast<void *>(&values)})
    work.parameters.push_back(last);
  if (end > 0)
    work.device->launch({.kernel = irh::abi::kNumDeviceHelpers + sweep.kernel,
                         .numThreads = end,
                         .parameters = work.parameters});
}

static void makeRoomForResults(DeviceWork &work, const DeviceSweep &sweep) {
  const std::size_t numReductions = sweep.reductions.size();
  if (numReductions == 0)
    return;
  work.values.grow(*work.device, 8 * numReductions * static_cast<std::size_t>(sweep.set.numOwned));
  work.flags.grow(*work.device, 8 * numReductions);
  work.device->clear(work.flags.data(), 8 * numReductions);
}

/// Whether its flag is up is all there is to know of a NotFinite.
static void collectFlag(DeviceWork &work, std::size_t reduction, Accumulator &into) {
  std::int64_t flag = 0;
  work.device->download(work.flags.data() + 8 * reduction,
                        std::as_writable_bytes(std::span(&flag, 1)));
  const double value = flag != 0 ? std::numeric_limits<double>::quiet_NaN() : 0;
  into.addReals({&value, 1});
}

static void collectResults(Context &context, const DeviceSweep &sweep) {
  DeviceWork &work = context.work;
  const auto numOwned = static_cast<std::size_t>(sweep.set.numOwned);
  if (!sweep.reductions.empty())
    work.valuesHere.resize(std::max(work.valuesHere.size(), numOwned));
  for (std::size_t i = 0; i < sweep.reductions.size(); ++i) {
    Accumulator &into = context.accumulators[0].reductions[i];
    if (into.kind == Reduction::NotFinite) {
      collectFlag(work, i, into);
      continue;
    }
    const auto values = std::as_writable_bytes(std::span(work.valuesHere.data(), numOwned));
    work.device->download(work.values.data() + i * values.size(), values);
    irh::abi::addValues(into, values.data(), numOwned);
  }
}

extern "C" {

void irh_rt_device_image(void *handle, std::int32_t kind, void *image) {
  guardLocal(handle, [&](Context &context) {
    if (context.notes)
      return;
    if (!context.work.device)
      context.work.device =
          std::make_unique<Driver>(static_cast<DeviceKind>(kind), context.comm.rank());
    static_cast<Driver &>(*context.work.device).add(static_cast<const std::byte *>(image));
  });
}

void irh_rt_emulate(void *handle, void *kernel) {
  guardLocal(handle, [&](Context &context) {
    if (!context.work.device)
      context.work.device = std::make_unique<Emulator>();
    static_cast<Emulator &>(*context.work.device)
        .add(reinterpret_cast<irh_emulated_kernel>(kernel));
  });
}

void *irh_rt_field_device(void *handle, void *field, std::int32_t access) {
  return guard(handle, [&](Context &context) -> void * {
    if (context.notes)
      return nullptr;
    return static_cast<FieldHandle *>(field)->field.memory.onDevice(*context.work.device,
                                                                    static_cast<Access>(access));
  });
}

void *irh_rt_network_device(void *handle, void *network, std::int32_t which) {
  return guard(handle, [&](Context &context) -> void * {
    if (context.notes)
      return nullptr;
    return copyOnDevice(*context.work.device, *static_cast<NetworkPart *>(network),
                        static_cast<NetworkArray>(which));
  });
}

void irh_rt_launch(void *handle, void *set, std::int32_t kernel, void *slots, std::int64_t numSlots,
                   std::int64_t numReductions, void *reductions, void *results) {
  std::fill_n(static_cast<std::int64_t *>(results), numReductions, 0); // if nothing runs
  guard(handle, [&](Context &context) {
    if (context.notes)
      return;
    const DeviceSweep sweep{
        .set = *static_cast<SetHandle *>(set)->points,
        .kernel = kernel,
        .slots = {static_cast<void **>(slots), static_cast<std::size_t>(numSlots)},
        .reductions = {static_cast<const std::int32_t *>(reductions),
                       static_cast<std::size_t>(numReductions)}};
    irh::abi::startReductions(context, sweep.reductions);
    makeRoomForResults(context.work, sweep);
    launchKernel(context.work, sweep);
    collectResults(context, sweep);
    irh::abi::storeResults(context, sweep.reductions.size(), static_cast<std::byte *>(results));
  });
}

} // extern "C"
