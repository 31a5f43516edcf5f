//===- Array.h - aligned, padded, zeroed memory -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CORE_ARRAY_H
#define IRH_RUNTIME_CORE_ARRAY_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>

namespace irh::rt {

/// How many blocks of memory this thread has allocated through `Array`, ever. The time loop
/// asserts that a step leaves it as it was.
std::int64_t allocationCount();

/// While it lives, allocations of this thread are not counted: those of an analysis, say, that is
/// made now and then, and needs as much memory as it needs.
class UncountedAllocations {
public:
  UncountedAllocations();
  ~UncountedAllocations();
  UncountedAllocations(const UncountedAllocations &) = delete;
  UncountedAllocations &operator=(const UncountedAllocations &) = delete;

private:
  std::int64_t before;
};

inline constexpr std::size_t kAlignment = 64;
inline constexpr std::size_t kPadding = 128; ///< Bytes past the end that may be read; zero.

struct FreeMemory {
  std::size_t numMapped = 0; ///< Bytes that came from the kernel; 0: from malloc.
  void operator()(std::byte *memory) const;
};
using Memory = std::unique_ptr<std::byte, FreeMemory>;

/// Zeroed memory, 64-byte aligned, with `kPadding` bytes past its end. Large blocks ask the kernel
/// for huge pages, and take a page when it is first written. Errors: std::bad_alloc.
Memory allocateZeroed(std::size_t numBytes);

/// A fixed number of plain values that kernels read and write. Moves, never copies.
template <typename T> class Array {
  static_assert(std::is_trivially_copyable_v<T>);

public:
  Array() = default;
  explicit Array(std::size_t size) : memory(allocateZeroed(size * sizeof(T))), count(size) {}

  std::size_t size() const { return count; }
  T *data() { return reinterpret_cast<T *>(memory.get()); }
  const T *data() const { return reinterpret_cast<const T *>(memory.get()); }
  T *begin() { return data(); }
  T *end() { return data() + count; }
  const T *begin() const { return data(); }
  const T *end() const { return data() + count; }
  T &operator[](std::size_t i) { return data()[i]; }
  const T &operator[](std::size_t i) const { return data()[i]; }

private:
  Memory memory;
  std::size_t count = 0;
};

} // namespace irh::rt

#endif // IRH_RUNTIME_CORE_ARRAY_H
