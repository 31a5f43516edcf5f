//===- Storage.cpp - the memory of a field, wherever it is ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/field/Storage.h"

#include <span>

namespace irh::rt::field {

const std::byte *Storage::read() const {
  if (isCurrentOn == Side::Device) {
    mirror.download({host.data(), host.size()});
    isCurrentOn = Side::Both;
  }
  return host.data();
}

std::byte *Storage::write() {
  read();
  return overwrite();
}

std::byte *Storage::overwrite() {
  if (isCurrentOn != Side::Host)
    isCurrentOn = Side::Host;
  return host.data();
}

std::byte *Storage::onDevice(device::Device &device, abi::Access access) {
  mirror.grow(device, host.size());
  if (access != abi::Access::Write && isCurrentOn == Side::Host) {
    mirror.upload({host.data(), host.size()});
    isCurrentOn = Side::Both;
  }
  if (access != abi::Access::Read)
    isCurrentOn = Side::Device;
  return mirror.data();
}

} // namespace irh::rt::field
