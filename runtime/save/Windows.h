//===- Windows.h - the values of a set, a part at a time, on rank 0 ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_SAVE_WINDOWS_H
#define IRH_RUNTIME_SAVE_WINDOWS_H

#include "runtime/abi/Abi.h"
#include "runtime/core/Communicator.h"
#include "runtime/partition/LocalNetwork.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace irh::rt::save {

/// A value for each local point.
struct Column {
  std::string name;
  abi::Element element = abi::Element::Real;
  const std::byte *values = nullptr;
  const std::int32_t *places = nullptr; ///< Of each point's value; null: by local point.
};

/// Consecutive points of a set, by global id.
struct Window {
  std::int64_t firstPoint = 0;
  std::int64_t numPoints = 0;
  std::vector<std::vector<std::byte>> columns; ///< As they were asked for.
};

/// Brings a set's values to rank 0 in the order of global ids.
class Windows {
public:
  /// Cost: sorts the owned points; keeps 4 bytes each unless they are sorted already.
  explicit Windows(const partition::LocalSet &set);

  /// Calls `body` on rank 0 for each window of the set, in order; of no points, for an empty one.
  ///
  /// Collective   over `comm`, with the same columns on every rank.
  /// Cost         one window in memory on rank 0; every value is copied once or twice.
  /// Determinism  windows and values do not depend on the ranks.
  /// Errors       Aborted; what `body` throws.
  void forEach(std::span<const Column> columns, Communicator &comm,
               const std::function<void(const Window &)> &body);

private:
  struct Parcel;

  std::int32_t pointAt(std::size_t i) const {
    return order.empty() ? static_cast<std::int32_t>(i) : order[i];
  }
  Parcel pack(std::span<const Column> columns, std::int64_t lastPoint);

  const partition::LocalSet &set;
  std::vector<std::int32_t> order; ///< Owned points by global id; empty if that is their order.
  std::size_t next = 0;            ///< The first that is not packed yet.
};

} // namespace irh::rt::save

#endif // IRH_RUNTIME_SAVE_WINDOWS_H
