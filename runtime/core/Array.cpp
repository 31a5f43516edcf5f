//===- Array.cpp - aligned, padded, zeroed memory ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Array.h"

#include <sys/mman.h>

#include <cstring>
#include <limits>
#include <new>

namespace irh::rt {

static constexpr std::size_t kHugePage = std::size_t{2} << 20;

static thread_local std::int64_t numAllocations = 0;

std::int64_t allocationCount() { return numAllocations; }

Memory allocateZeroed(std::size_t numBytes) {
  if (numBytes > std::numeric_limits<std::size_t>::max() / 2)
    throw std::bad_alloc();
  const bool isLarge = numBytes >= 2 * kHugePage;
  const std::size_t alignment = isLarge ? kHugePage : kAlignment;
  const std::size_t size = (numBytes + kPadding + alignment - 1) / alignment * alignment;
  Memory memory(static_cast<std::byte *>(std::aligned_alloc(alignment, size)));
  if (!memory)
    throw std::bad_alloc();
  ++numAllocations;
  // Advice only: a kernel without huge pages refuses, and nothing is lost.
  if (isLarge)
    ::madvise(memory.get(), size, MADV_HUGEPAGE);
  std::memset(memory.get(), 0, size);
  return memory;
}

} // namespace irh::rt
