//===- CountAllocations.cpp - says how often a process asked for memory ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Preloaded before the C library (LD_PRELOAD): writes the number of calls to the file that
// IRH_ALLOCATIONS names when the process ends.

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

extern "C" {
void *__libc_malloc(std::size_t);
void *__libc_calloc(std::size_t, std::size_t);
void *__libc_realloc(void *, std::size_t);
void *__libc_memalign(std::size_t, std::size_t);
}

static std::atomic<long> numCalls;

extern "C" {

void *malloc(std::size_t size) noexcept {
  ++numCalls;
  return __libc_malloc(size);
}

void *calloc(std::size_t count, std::size_t size) noexcept {
  ++numCalls;
  return __libc_calloc(count, size);
}

void *realloc(void *memory, std::size_t size) noexcept {
  ++numCalls;
  return __libc_realloc(memory, size);
}

void *aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  ++numCalls;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, std::size_t alignment, std::size_t size) noexcept {
  ++numCalls;
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : ENOMEM;
}

} // extern "C"

__attribute__((destructor)) static void writeCount() {
  const long count = numCalls;
  const char *path = std::getenv("IRH_ALLOCATIONS");
  if (std::FILE *file = path ? std::fopen(path, "w") : nullptr) {
    std::fprintf(file, "%ld\n", count);
    std::fclose(file);
  }
}
