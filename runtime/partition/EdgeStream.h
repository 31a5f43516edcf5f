//===- EdgeStream.h - edges as bytes, to send and to keep -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PARTITION_EDGESTREAM_H
#define IRH_RUNTIME_PARTITION_EDGESTREAM_H

#include "runtime/graph/EdgeList.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace irh::rt::partition {

/// An edge of a network as a rank that touches it knows it.
struct TouchedEdge {
  std::int64_t global; ///< Its number in the whole network.
  graph::Edge ends;
  bool isCopy; ///< Another rank owns it.

  friend bool operator==(const TouchedEdge &, const TouchedEdge &) = default;
};

/// Edges in the order of the whole network, written as differences, each a number of 7 bits a byte:
/// one to five bytes for an edge, and three or more for each that does not follow the one before.
class EdgeStream {
public:
  void add(const TouchedEdge &edge) {
    const bool goesOn = edge.global == last.global + 1 && edge.ends.src == last.ends.src &&
                        edge.isCopy == last.isCopy;
    if (goesOn) {
      put(static_cast<std::uint64_t>(edge.ends.dst - last.ends.dst) << 1);
    } else {
      const std::int64_t ahead = edge.ends.dst - edge.ends.src;
      put(static_cast<std::uint64_t>(ahead < 0 ? -2 * ahead - 1 : 2 * ahead) << 1 | 1);
      put(static_cast<std::uint64_t>(edge.ends.src - last.ends.src) << 1 | (edge.isCopy ? 1 : 0));
      put(static_cast<std::uint64_t>(edge.global - last.global - 1));
    }
    last = edge;
  }

  /// What has been added and not been taken. Bytes go to another stream, where they follow those
  /// that were taken before.
  std::vector<std::uint8_t> take() { return std::exchange(bytes, {}); }
  void append(std::span<const std::uint8_t> more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
  }
  /// No more will be appended.
  void trim() { bytes.shrink_to_fit(); }

  /// Calls `visit(TouchedEdge)` for each edge, in order.
  template <typename Visit> void visit(Visit visit) const {
    TouchedEdge edge = kBeforeFirst;
    for (const std::uint8_t *next = bytes.data(); next != bytes.data() + bytes.size();) {
      const std::uint64_t code = get(next);
      const auto step = static_cast<std::int64_t>(code >> 1);
      if ((code & 1) == 0) {
        ++edge.global;
        edge.ends.dst += step;
      } else {
        const std::uint64_t source = get(next);
        edge.ends.src += static_cast<std::int64_t>(source >> 1);
        edge.isCopy = (source & 1) != 0;
        edge.global += 1 + static_cast<std::int64_t>(get(next));
        edge.ends.dst = edge.ends.src + ((step & 1) != 0 ? -(step + 1) / 2 : step / 2);
      }
      visit(std::as_const(edge));
    }
  }

private:
  static constexpr TouchedEdge kBeforeFirst = {.global = -1, .ends = {0, 0}, .isCopy = false};

  void put(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7)
      bytes.push_back(static_cast<std::uint8_t>(number | 0x80));
    bytes.push_back(static_cast<std::uint8_t>(number));
  }
  static std::uint64_t get(const std::uint8_t *&next) {
    std::uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
      number |= static_cast<std::uint64_t>(*next & 0x7f) << shift;
      if ((*next++ & 0x80) == 0)
        return number;
    }
  }

  std::vector<std::uint8_t> bytes;
  TouchedEdge last = kBeforeFirst; ///< Of those added.
};

} // namespace irh::rt::partition

#endif // IRH_RUNTIME_PARTITION_EDGESTREAM_H
