//===- Device.cpp - what runs kernels beside the processor ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/Device.h"

#include <utility>
#include <vector>

namespace irh::rt::device {

static void poison([[maybe_unused]] DeviceMemory &memory) {
#ifndef NDEBUG
  memory.upload(std::vector<std::byte>(memory.size(), std::byte{0xff}));
#endif
}

DeviceMemory::DeviceMemory(Device &device, std::size_t numBytes)
    : device(&device), memory(device.allocate(numBytes)), numBytes(numBytes) {
  poison(*this);
}

DeviceMemory::~DeviceMemory() {
  if (memory)
    device->release(memory);
}

void DeviceMemory::swap(DeviceMemory &other) noexcept {
  std::swap(device, other.device);
  std::swap(memory, other.memory);
  std::swap(numBytes, other.numBytes);
}

void DeviceMemory::grow(Device &into, std::size_t toBytes) {
  if (memory && toBytes <= numBytes)
    return;
  *this = DeviceMemory(); // Before the new is asked for.
  *this = DeviceMemory(into, toBytes);
}

} // namespace irh::rt::device
