//===- EdgeList.cpp - the edges of a network, sorted ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/EdgeList.h"

namespace irh::rt::graph {

void EdgeList::makeShare(std::int64_t numBefore, std::int64_t numOfAll) {
  for (std::int64_t &start : starts)
    start += numBefore;
  numEdges = numOfAll;
  isPart = true;
}

void EdgeList::forget() {
  starts = std::vector<std::int64_t>(); // `{}` would keep the memory.
  ends = std::vector<std::int32_t>();
}

/// The node whose edges reach past this one; the end of the nodes at the end.
std::int64_t EdgeList::srcOf(std::int64_t edge) const {
  std::int64_t first = sources().begin;
  std::int64_t count = sources().size();
  while (count > 0) {
    const std::int64_t half = count / 2;
    if (before(first + half + 1) <= edge) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first;
}

std::int64_t EdgeList::dstOf(std::int64_t src, std::int64_t edge) const {
  if (!lattice)
    return endAt(edge);
  std::int64_t place = edge - before(src);
  std::int64_t dst = src;
  lattice->visitLarger(src, [&](std::int64_t end) {
    if (place-- == 0)
      dst = end;
  });
  return dst;
}

Edge EdgeList::operator[](std::size_t edge) const { return *from(edge); }

} // namespace irh::rt::graph
