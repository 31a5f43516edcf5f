//===- Device.h - what runs kernels beside the processor --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_DEVICE_DEVICE_H
#define IRH_RUNTIME_DEVICE_DEVICE_H

#include <cstddef>
#include <cstdint>
#include <span>

namespace irh::rt::device {

/// A kernel's threads and what they are given.
struct Launch {
  std::int32_t kernel;               ///< An abi::DeviceHelper, or kNumDeviceHelpers and its number.
  std::int64_t numThreads;           ///< At least so many are started, from 0.
  std::span<void *const> parameters; ///< The address of each argument, which has 8 bytes.
};

/// A device, with memory of its own. What one rank asks of it is done in order; only `download`
/// waits for it. What is uploaded may be written again on return. An address in its memory means
/// nothing to the processor.
///
/// Errors  OutOfMemory where its memory is spent, Internal where it fails.
class Device {
public:
  virtual ~Device() = default;

  virtual std::byte *allocate(std::size_t numBytes) = 0;
  virtual void release(std::byte *memory) noexcept = 0;
  virtual void upload(std::span<const std::byte> from, std::byte *to) = 0;
  virtual void download(const std::byte *from, std::span<std::byte> to) = 0;
  virtual void clear(std::byte *memory, std::size_t numBytes) = 0;
  virtual void launch(const Launch &launch) = 0;
};

/// Memory of a device, not cleared; in builds with assertions it is all ones, which as a number is
/// NaN. It must not outlive the device.
class DeviceMemory {
public:
  DeviceMemory() = default;
  DeviceMemory(Device &device, std::size_t numBytes);
  DeviceMemory(DeviceMemory &&other) noexcept { swap(other); }
  DeviceMemory &operator=(DeviceMemory &&other) noexcept {
    swap(other);
    return *this;
  }
  ~DeviceMemory();

  Device *owner() const { return device; } ///< Null of no memory.
  std::byte *data() const { return memory; }
  std::size_t size() const { return numBytes; }

  /// Makes room for so many bytes; what was there is lost if it grows.
  void grow(Device &into, std::size_t toBytes);
  void upload(std::span<const std::byte> from) { device->upload(from, memory); }
  void download(std::span<std::byte> to) const { device->download(memory, to); }

private:
  void swap(DeviceMemory &other) noexcept;

  Device *device = nullptr;
  std::byte *memory = nullptr;
  std::size_t numBytes = 0;
};

} // namespace irh::rt::device

#endif // IRH_RUNTIME_DEVICE_DEVICE_H
