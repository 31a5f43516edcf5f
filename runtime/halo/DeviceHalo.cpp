//===- DeviceHalo.cpp - messages from and to a device's memory --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/halo/DeviceHalo.h"

#include <array>

namespace irh::rt::halo {

using device::Device;
using device::DeviceMemory;
using field::Field;

static constexpr std::size_t kUnit = sizeof(std::int64_t);

bool DeviceHalo::has(const Field &field) {
  return field.memory.currentDevice() && field.bytesOfPoint() % kUnit == 0;
}

const DeviceMemory &DeviceHalo::listOf(const Points &points, Device &device) {
  DeviceMemory &list = lists[&points];
  if (!list.data()) {
    list = DeviceMemory(device, points.size() * sizeof(std::int32_t));
    list.upload(std::as_bytes(std::span(points)));
  }
  return list;
}

void DeviceHalo::launch(abi::DeviceHelper helper, Field &field, const Points &points,
                        abi::Access access) {
  Device &device = *field.memory.currentDevice();
  void *values = field.memory.onDevice(device, access);
  void *list = listOf(points, device).data();
  auto count = static_cast<std::int64_t>(points.size());
  auto units = static_cast<std::int64_t>(field.bytesOfPoint() / kUnit);
  void *message = staging.data();
  const std::array<void *, 5> parameters = {&values, &list, &count, &units, &message};
  device.launch(
      {.kernel = static_cast<std::int32_t>(helper), .numThreads = count, .parameters = parameters});
}

void DeviceHalo::pack(Field &field, const Points &points, std::span<std::byte> message) {
  if (message.empty())
    return;
  staging.grow(*field.memory.currentDevice(), message.size());
  launch(abi::DeviceHelper::Pack, field, points, abi::Access::Read);
  staging.download(message);
}

void DeviceHalo::unpack(Field &field, const Points &points, std::span<const std::byte> message) {
  if (message.empty())
    return;
  staging.grow(*field.memory.currentDevice(), message.size());
  staging.upload(message);
  launch(abi::DeviceHelper::Unpack, field, points, abi::Access::ReadWrite);
}

} // namespace irh::rt::halo
