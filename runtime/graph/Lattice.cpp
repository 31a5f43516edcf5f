//===- Lattice.cpp - nodes on a rectangular lattice, joined along the axes --===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Lattice.h"

#include "runtime/core/Error.h"
#include "runtime/graph/Limits.h"

#include <algorithm>
#include <string>

namespace irh::rt::graph {

static void checkShape(const std::vector<std::int64_t> &shape, Wrap wrap) {
  if (shape.empty())
    throw invalid("`shape` of a lattice has no extent; it needs one for each axis");
  if (shape.size() > Lattice::kMostAxes)
    throw invalid("a lattice has at most " + std::to_string(Lattice::kMostAxes) +
                  " axes, but `shape` has " + std::to_string(shape.size()));
  for (const std::int64_t extent : shape) {
    if (extent < 1)
      throw invalid("an extent of a lattice must be at least 1, but `shape` holds " +
                    std::to_string(extent));
    if (extent == 2 && wrap == Wrap::Periodic)
      throw invalid("a periodic lattice of extent 2 would join two nodes twice; make the extent 3 "
                    "or more, or the lattice `periodic: false`");
  }
}

Lattice::Lattice(std::vector<std::int64_t> shape, Wrap wrap) : wrap(wrap) {
  checkShape(shape, wrap);
  for (auto extent = shape.rbegin(); extent != shape.rend(); ++extent) {
    axes.push_back({.extent = *extent, .stride = nodes});
    if (*extent > kMostPoints / nodes)
      throw invalid("a lattice of more than " + std::to_string(kMostPoints) +
                    " nodes is too large; make `shape` smaller");
    nodes *= *extent;
  }
  std::reverse(axes.begin(), axes.end());
  if (edgesBefore(nodes) > kMostPoints)
    throw tooManyEdges(edgesBefore(nodes));
}

// A node is the smaller end of an edge to the next along an axis unless it is the last there, and
// of the one that closes the axis if it is the first.
std::int64_t Lattice::edgesBefore(std::int64_t node) const {
  std::int64_t count = 0;
  for (const Axis &axis : axes) {
    const std::int64_t period = axis.extent * axis.stride;
    const std::int64_t whole = node / period;
    const std::int64_t rest = node % period;
    const std::int64_t open = period - axis.stride;
    count += whole * open + std::min(rest, open);
    if (isPeriodic() && axis.extent > 1)
      count += whole * axis.stride + std::min(rest, axis.stride);
  }
  return count;
}

} // namespace irh::rt::graph
