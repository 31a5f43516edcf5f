//===- Lattice.h - nodes on a rectangular lattice, joined along the axes ----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_LATTICE_H
#define IRH_RUNTIME_GRAPH_LATTICE_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace irh::rt::graph {

/// Whether the ends of an axis are joined.
enum class Wrap { Open, Periodic };

/// A lattice of any dimension, described, not stored. The last axis varies fastest; a node is
/// joined to the next one along each axis. An axis of extent 1 joins nothing.
class Lattice {
public:
  /// Errors: InvalidArgument if there is no axis or more than kMostAxes, an extent is below 1, a
  /// periodic one is 2 (each of its edges would be there twice), or there are more nodes or edges
  /// than 32-bit indices can name.
  Lattice(std::vector<std::int64_t> shape, Wrap wrap);

  std::int64_t numAxes() const { return static_cast<std::int64_t>(axes.size()); }
  std::int64_t numNodes() const { return nodes; }
  std::int64_t extent(std::int64_t axis) const { return at(axis).extent; }
  bool isPeriodic() const { return wrap == Wrap::Periodic; }

  /// From 0, along an axis.
  std::int64_t coordinate(std::int64_t node, std::int64_t axis) const {
    return node / at(axis).stride % at(axis).extent;
  }

  /// Number of edges whose smaller end is less than `node`.
  std::int64_t edgesBefore(std::int64_t node) const;

  /// Calls `visit(end)` for each neighbor of `node` that is larger, ascending.
  template <typename Visit> void visitLarger(std::int64_t node, Visit visit) const {
    for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
      const std::int64_t here = node / axis->stride % axis->extent;
      if (here + 1 < axis->extent)
        visit(node + axis->stride);
      if (here == 0 && axis->extent > 1 && isPeriodic())
        visit(node + (axis->extent - 1) * axis->stride);
    }
  }

  static constexpr std::size_t kMostAxes = 32;

private:
  friend class LatticeWalker;

  struct Axis {
    std::int64_t extent;
    std::int64_t stride; ///< Nodes from one to the next along the axis.
  };

  const Axis &at(std::int64_t axis) const { return axes[static_cast<std::size_t>(axis)]; }

  std::vector<Axis> axes;
  Wrap wrap;
  std::int64_t nodes = 1;
};

/// Goes from node to node of a lattice. A step to the next node costs no division.
class LatticeWalker {
public:
  LatticeWalker(const Lattice &lattice, std::int64_t first) : lattice(lattice) { jumpTo(first); }

  void moveTo(std::int64_t target) {
    if (target == node + 1)
      stepOn();
    else if (target != node)
      jumpTo(target);
  }

  /// Calls `visit(end)` for each neighbor of the node at hand, ascending.
  template <typename Visit> void visitNeighbors(Visit visit) const {
    for (std::size_t i = 0; i < lattice.axes.size(); ++i) {
      const Lattice::Axis &axis = lattice.axes[i];
      if (coordinates[i] + 1 == axis.extent && axis.extent > 1 && lattice.isPeriodic())
        visit(node - coordinates[i] * axis.stride);
      if (coordinates[i] > 0)
        visit(node - axis.stride);
    }
    for (std::size_t i = lattice.axes.size(); i-- > 0;) {
      const Lattice::Axis &axis = lattice.axes[i];
      if (coordinates[i] + 1 < axis.extent)
        visit(node + axis.stride);
      if (coordinates[i] == 0 && axis.extent > 1 && lattice.isPeriodic())
        visit(node + (axis.extent - 1) * axis.stride);
    }
  }

private:
  void jumpTo(std::int64_t target) {
    node = target;
    for (std::size_t i = 0; i < lattice.axes.size(); ++i)
      coordinates[i] = node / lattice.axes[i].stride % lattice.axes[i].extent;
  }
  void stepOn() {
    ++node;
    for (std::size_t i = lattice.axes.size(); i-- > 0;) {
      if (++coordinates[i] < lattice.axes[i].extent)
        return;
      coordinates[i] = 0;
    }
  }

  const Lattice &lattice;
  std::int64_t node = 0;
  std::array<std::int64_t, Lattice::kMostAxes> coordinates{};
};

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_LATTICE_H
