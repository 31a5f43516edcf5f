//===- Emulator.cpp - a device that is the processor ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/Emulator.h"

#include "runtime/core/Error.h"

#include <cstdlib>
#include <cstring>
#include <string>

namespace irh::rt::device {

std::byte *Emulator::allocate(std::size_t numBytes) {
  void *memory = std::malloc(numBytes == 0 ? 1 : numBytes);
  if (!memory)
    throw Error(ErrorCode::OutOfMemory, "not enough memory for the device");
  return static_cast<std::byte *>(memory);
}

void Emulator::release(std::byte *memory) noexcept { std::free(memory); }

void Emulator::upload(std::span<const std::byte> from, std::byte *to) {
  if (!from.empty())
    std::memcpy(to, from.data(), from.size());
}

void Emulator::download(const std::byte *from, std::span<std::byte> to) {
  if (!to.empty())
    std::memcpy(to.data(), from, to.size());
}

void Emulator::clear(std::byte *memory, std::size_t numBytes) {
  if (numBytes != 0)
    std::memset(memory, 0, numBytes);
}

void Emulator::launch(const Launch &launch) {
  const irh_emulated_kernel kernel = kernels.at(static_cast<std::size_t>(launch.kernel));
  for (std::int64_t first = 0; first < launch.numThreads; first += abi::kThreadsPerBlock)
    kernel(launch.parameters.data(), first / abi::kThreadsPerBlock);
}

} // namespace irh::rt::device
