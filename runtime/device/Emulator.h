//===- Emulator.h - a device that is the processor --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// It runs the code of a device's kernels, thread by thread, and keeps memory apart from that of the
// host: whatever a run does with a device it does here too, on any machine.

#ifndef IRH_RUNTIME_DEVICE_EMULATOR_H
#define IRH_RUNTIME_DEVICE_EMULATOR_H

#include "runtime/abi/Abi.h"
#include "runtime/device/Device.h"

#include <vector>

namespace irh::rt::device {

class Emulator : public Device {
public:
  /// Gives the next kernel of the program: those that every program has come first.
  void add(irh_emulated_kernel kernel) { kernels.push_back(kernel); }

  std::byte *allocate(std::size_t numBytes) override;
  void release(std::byte *memory) noexcept override;
  void upload(std::span<const std::byte> from, std::byte *to) override;
  void download(const std::byte *from, std::span<std::byte> to) override;
  void clear(std::byte *memory, std::size_t numBytes) override;
  void launch(const Launch &launch) override;

private:
  std::vector<irh_emulated_kernel> kernels;
};

} // namespace irh::rt::device

#endif // IRH_RUNTIME_DEVICE_EMULATOR_H
