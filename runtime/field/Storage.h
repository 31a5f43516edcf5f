//===- Storage.h - the memory of a field, wherever it is --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_FIELD_STORAGE_H
#define IRH_RUNTIME_FIELD_STORAGE_H

#include "runtime/abi/Abi.h"
#include "runtime/core/Array.h"
#include "runtime/device/Device.h"

#include <cstddef>

namespace irh::rt::field {

/// Bytes that the processor and a device both work on, each in its own memory. Whoever asks for
/// them says what for, and gets them as they are now: they are copied where the other side wrote
/// last. An address is good until the other side asks.
class Storage {
public:
  Storage() = default;
  explicit Storage(std::size_t numBytes) : host(numBytes) {} ///< Zeros.

  std::size_t size() const { return host.size(); }

  /// For the processor: to read; to read and write; to write every byte that is ever read. Once one
  /// thread has asked, others may ask the same at once.
  const std::byte *read() const;
  std::byte *write();
  std::byte *overwrite();

  /// For kernels of a device. One that only writes leaves the bytes that it does not write as they
  /// are on the device. Errors: as of `Device`.
  std::byte *onDevice(device::Device &device, abi::Access access);

  /// The device whose copy is as the bytes are now; null if the processor has written last.
  device::Device *currentDevice() const {
    return isCurrentOn == Side::Host ? nullptr : mirror.owner();
  }

private:
  enum class Side { Both, Host, Device };

  // Reading may have to copy first.
  mutable Array<std::byte> host;
  device::DeviceMemory mirror;
  mutable Side isCurrentOn = Side::Host;
};

} // namespace irh::rt::field

#endif // IRH_RUNTIME_FIELD_STORAGE_H
