//===- Driver.h - a device of NVIDIA's or AMD's ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The vendor's driver is loaded when a program that has kernels for it starts. Nothing of a
// vendor's is needed to build or link a program.

#ifndef IRH_RUNTIME_DEVICE_DRIVER_H
#define IRH_RUNTIME_DEVICE_DRIVER_H

#include "runtime/abi/Abi.h"
#include "runtime/device/Device.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace irh::rt::device {

/// Why no kernel can run on such a device here, with the remedy; empty if one can.
std::string whyNoDevice(abi::DeviceKind kind) noexcept;

struct DriverCalls;

/// One device, of one rank. Ranks take the devices of a machine in turn.
class Driver : public Device {
public:
  /// Errors  InvalidArgument, as `whyNoDevice` says.
  Driver(abi::DeviceKind kind, int rank);
  ~Driver() override;

  /// The program's kernels, for one generation of devices, or for all (PTX). The first image that
  /// the driver takes is used. It must outlive this.
  void add(const std::byte *image) { images.push_back(image); }

  std::byte *allocate(std::size_t numBytes) override;
  void release(std::byte *memory) noexcept override;
  void upload(std::span<const std::byte> from, std::byte *to) override;
  void download(const std::byte *from, std::span<std::byte> to) override;
  void clear(std::byte *memory, std::size_t numBytes) override;
  void launch(const Launch &launch) override;

private:
  void loadImages();
  void *kernelNumbered(std::int32_t number);

  const DriverCalls &calls;
  std::vector<const std::byte *> images;
  void *module = nullptr;
  std::vector<void *> kernels; ///< By number; null until it is first launched.
};

} // namespace irh::rt::device

#endif // IRH_RUNTIME_DEVICE_DRIVER_H
