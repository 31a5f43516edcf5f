//===- UniformPoints.h - points scattered over the unit cube ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_UNIFORMPOINTS_H
#define IRH_RUNTIME_GRAPH_UNIFORMPOINTS_H

#include "runtime/random/Draws.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace irh::rt::graph {

/// Points drawn evenly from [0, 1)^numAxes. They are computed, never stored.
struct UniformPoints {
  std::int64_t numAxes;
  random::Stream stream;

  /// Coordinates 4 * group .. 4 * group + 3 of a point; those past the last axis mean nothing.
  std::array<double, 4> coordinates(std::int64_t node, std::int64_t group) const {
    const random::Words words = random::draw(
        stream, {.a = static_cast<std::uint64_t>(node), .slot = static_cast<std::uint32_t>(group)});
    std::array<double, 4> point;
    for (std::size_t i = 0; i < point.size(); ++i)
      point[i] = static_cast<double>(words[i] >> 11) * 0x1p-53;
    return point;
  }

  /// The first coordinates of a point, as many as `to` holds.
  template <typename T> void write(std::int64_t node, std::span<T> to) const {
    for (std::size_t axis = 0; axis < to.size(); axis += 4) {
      const std::array<double, 4> group = coordinates(node, static_cast<std::int64_t>(axis / 4));
      for (std::size_t i = axis; i < std::min(to.size(), axis + 4); ++i)
        to[i] = static_cast<T>(group[i - axis]);
    }
  }

  double coordinate(std::int64_t node, std::int64_t axis) const {
    return coordinates(node, axis / 4)[static_cast<std::size_t>(axis % 4)];
  }
};

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_UNIFORMPOINTS_H
