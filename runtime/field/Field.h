//===- Field.h - stored values on the points of a set -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_FIELD_FIELD_H
#define IRH_RUNTIME_FIELD_FIELD_H

#include "runtime/abi/Abi.h"
#include "runtime/core/Communicator.h"
#include "runtime/field/Storage.h"
#include "runtime/partition/LocalNetwork.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace irh::rt::field {

/// Bytes of a value: a Bool is one byte, 0 or 1; a Complex two doubles.
constexpr std::size_t sizeOf(abi::Element element) {
  switch (element) {
  case abi::Element::Bool:
    return 1;
  case abi::Element::Int:
  case abi::Element::Real:
    return 8;
  case abi::Element::Complex:
    return 16;
  }
  return 0;
}

/// A value for each local point of a set, owned ones first. Of several columns, those of a point
/// stand together; such fields are exchanged, and that is all that is done with them here.
struct Field {
  const partition::LocalSet *set = nullptr;
  abi::Element element = abi::Element::Real;
  Storage memory = {};
  std::int32_t numColumns = 1;

  std::size_t bytesOfPoint() const {
    return sizeOf(element) * static_cast<std::size_t>(numColumns);
  }

  /// On the processor, to read and write; of a const field, to read.
  template <typename T> T *values() { return reinterpret_cast<T *>(memory.write()); }
  template <typename T> const T *values() const {
    return reinterpret_cast<const T *>(memory.read());
  }
};

/// A field of zeros. In builds with assertions the copies of Real and Complex points are NaN, so
/// that a read before the first exchange shows. Errors: std::bad_alloc.
Field makeField(const partition::LocalSet &set, abi::Element element, std::int32_t numColumns = 1);

/// Two fields of one set and element change memory, in O(1).
void swapMemory(Field &a, Field &b);

/// The values of all points by global id, on rank 0; empty on others.
///
/// Collective   over `comm`.
/// Cost         all values pass through rank 0; for tests and output.
/// Errors       Aborted, std::bad_alloc.
std::vector<std::byte> gather(const Field &field, Communicator &comm);

/// Gives each local point, copies too, its value out of `all`, which holds those of all points by
/// global id on rank 0, and nothing on others.
///
/// Collective   over `comm`.
/// Cost         as `gather`.
/// Errors       Aborted, std::bad_alloc.
void scatter(std::span<const std::byte> all, Field &field, Communicator &comm);

/// The least global id of an owned point whose value is infinite or NaN; Real and Complex only.
/// Not collective. Cost: a pass over the owned points.
std::optional<std::int64_t> findNotFinite(const Field &field);

} // namespace irh::rt::field

#endif // IRH_RUNTIME_FIELD_FIELD_H
