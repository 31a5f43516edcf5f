//===- Array.cpp - aligned, padded, zeroed memory ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Array.h"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>

namespace irh::rt {

static constexpr std::size_t kHugePage = std::size_t{2} << 20;

static thread_local std::int64_t numAllocations = 0;

std::int64_t allocationCount() { return numAllocations; }

UncountedAllocations::UncountedAllocations() : before(numAllocations) {}
UncountedAllocations::~UncountedAllocations() { numAllocations = before; }

void FreeMemory::operator()(std::byte *memory) const {
  if (numMapped != 0)
    ::munmap(memory, numMapped);
  else
    std::free(memory);
}

/// Whole huge pages, from the kernel, which hands out zeros.
static Memory mapZeroed(std::size_t numBytes) {
  const std::size_t size = (numBytes + kHugePage - 1) / kHugePage * kHugePage;
  void *const mapped =
      ::mmap(nullptr, size + kHugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED)
    throw std::bad_alloc();
  // What lies before the first huge page, and behind the last, goes back.
  auto *const begin = static_cast<std::byte *>(mapped);
  const std::size_t before =
      (kHugePage - reinterpret_cast<std::uintptr_t>(begin) % kHugePage) % kHugePage;
  if (before != 0)
    ::munmap(begin, before);
  ::munmap(begin + before + size, kHugePage - before);
  // Advice only: a kernel without huge pages refuses, and nothing is lost.
  ::madvise(begin + before, size, MADV_HUGEPAGE);
  return Memory(begin + before, FreeMemory{size});
}

Memory allocateZeroed(std::size_t numBytes) {
  if (numBytes > std::numeric_limits<std::size_t>::max() / 2)
    throw std::bad_alloc();
  ++numAllocations;
  if (numBytes >= 2 * kHugePage)
    return mapZeroed(numBytes + kPadding);
  const std::size_t size = (numBytes + kPadding + kAlignment - 1) / kAlignment * kAlignment;
  Memory memory(static_cast<std::byte *>(std::aligned_alloc(kAlignment, size)));
  if (!memory)
    throw std::bad_alloc();
  std::memset(memory.get(), 0, size);
  return memory;
}

} // namespace irh::rt
