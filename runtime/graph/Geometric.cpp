//===- Geometric.cpp - nodes at places, joined to those nearby --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/graph/Generators.h"
#include "runtime/graph/Limits.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace irh::rt::graph {
namespace {

using abi::GeometricExtent;

constexpr std::int64_t kMostAxes = 64;

void checkGeometric(const Geometric &wanted) {
  if (wanted.numNodes < 1)
    throw invalid("a geometric network needs at least 1 node, but `nodes` is " +
                  std::to_string(wanted.numNodes));
  if (wanted.numNodes > kMostPoints)
    throw invalid("a network of " + std::to_string(wanted.numNodes) +
                  " nodes is too large: at most " + std::to_string(kMostPoints) + " nodes fit");
  if (wanted.numAxes < 1 || wanted.numAxes > kMostAxes)
    throw invalid("`dim` must be in 1.." + std::to_string(kMostAxes) + ", but is " +
                  std::to_string(wanted.numAxes));
  if (wanted.extentKind == GeometricExtent::Radius &&
      !(wanted.extent >= 0 && std::isfinite(wanted.extent)))
    throw invalid("`radius` must be at least 0 and finite, but is " + shortest(wanted.extent));
  const double most = static_cast<double>(wanted.numNodes) - 1;
  if (wanted.extentKind == GeometricExtent::MeanDegree &&
      !(wanted.extent >= 0 && wanted.extent <= most))
    throw invalid("`degree` must be at least 0 and less than `nodes`, but is " +
                  shortest(wanted.extent) + " of " + std::to_string(wanted.numNodes) + " nodes");
}

/// The logarithm of the volume of the unit ball: V(n) = 2 pi / n V(n - 2), V(0) = 1, V(1) = 2.
/// std::lgamma writes to a variable that all ranks share.
double logBallVolume(std::int64_t numAxes) {
  double sum = numAxes % 2 == 0 ? 0 : std::log(2.0);
  for (std::int64_t n = numAxes; n >= 2; n -= 2)
    sum += std::log(2 * std::numbers::pi / static_cast<double>(n));
  return sum;
}

/// Negative if no two nodes are neighbors, wherever they are.
double radiusOf(const Geometric &wanted) {
  if (wanted.extentKind == GeometricExtent::Radius)
    return wanted.extent;
  if (wanted.extent == 0)
    return -1;
  const auto dim = static_cast<double>(wanted.numAxes);
  const double perNode = wanted.extent / (static_cast<double>(wanted.numNodes) - 1);
  return std::exp((std::log(perNode) - logBallVolume(wanted.numAxes)) / dim);
}

/// Cells of equal size along the first axes; the nodes' cells order them.
struct CellGrid {
  std::int64_t numAxes = 0; ///< That are divided; none if cells would not help.
  std::int64_t perAxis = 1; ///< At least 3.
  std::int64_t numCells = 1;

  std::int64_t along(double coordinate) const {
    return std::min(static_cast<std::int64_t>(coordinate * static_cast<double>(perAxis)),
                    perAxis - 1);
  }
};

/// The grid that leaves the fewest nodes to look at: no cell is narrower than the radius, and there
/// are about as many cells as nodes, at most.
CellGrid chooseGrid(const Geometric &wanted, double radius) {
  const auto numNodes = static_cast<double>(wanted.numNodes);
  CellGrid best;
  double leastWork = numNodes;
  for (std::int64_t axes = 1; axes <= wanted.numAxes; ++axes) {
    const double fitting = std::floor(std::pow(numNodes, 1 / static_cast<double>(axes)));
    const double perAxis = std::min(fitting, radius > 0 ? std::floor(1 / radius) : fitting);
    // Visiting a cell costs about as much as looking at a node in it.
    const double numNear = std::pow(3.0, static_cast<double>(axes));
    const double work = numNear * (1 + numNodes / std::pow(perAxis, static_cast<double>(axes)));
    if (perAxis < 3 || work >= leastWork)
      continue;
    leastWork = work;
    best = {.numAxes = axes, .perAxis = static_cast<std::int64_t>(perAxis), .numCells = 1};
    for (std::int64_t axis = 0; axis < axes; ++axis)
      best.numCells *= best.perAxis;
  }
  return best;
}

struct Pair {
  std::int32_t src;
  std::int32_t dst;
};

/// Finds all pairs of nodes within a radius.
class PairSearch {
public:
  PairSearch(const Geometric &wanted, const UniformPoints &points, double radius)
      : numNodes(wanted.numNodes), numAxes(wanted.numAxes), isTorus(wanted.wrap == Wrap::Periodic),
        radius(radius), reach(radius * radius * (1 + 1e-9)), grid(chooseGrid(wanted, radius)) {
    sortIntoCells(points);
  }

  std::vector<Pair> run() {
    if (radius < 0)
      return {};
    place.resize(static_cast<std::size_t>(numAxes));
    for (self = 0; self < numNodes; ++self) {
      for (std::int64_t axis = 0; axis < numAxes; ++axis)
        place[static_cast<std::size_t>(axis)] = at(axis, self);
      if (grid.numAxes == 0)
        compareWith(self + 1, numNodes, 0);
      else
        visitCells(0, 0, 0, 0);
    }
    return std::move(pairs);
  }

private:
  static constexpr std::int64_t kBlock = 8;

  double &at(std::int64_t axis, std::int64_t position) {
    return coordinates[static_cast<std::size_t>(axis * numNodes + position)];
  }

  std::int64_t cellOf(const std::vector<double> &point) const {
    std::int64_t cell = 0;
    for (std::int64_t axis = 0; axis < grid.numAxes; ++axis)
      cell = cell * grid.perAxis + grid.along(point[static_cast<std::size_t>(axis)]);
    return cell;
  }

  static void readPoint(const UniformPoints &points, std::int64_t node,
                        std::vector<double> &point) {
    for (std::size_t axis = 0; axis < point.size(); axis += 4) {
      const auto four = points.coordinates(node, static_cast<std::int64_t>(axis / 4));
      std::copy_n(four.begin(), std::min<std::size_t>(4, point.size() - axis),
                  point.begin() + static_cast<std::ptrdiff_t>(axis));
    }
  }

  void sortIntoCells(const UniformPoints &points) {
    std::vector<double> point(static_cast<std::size_t>(numAxes));
    std::vector<std::int32_t> cells(static_cast<std::size_t>(numNodes));
    firstOfCell.resize(static_cast<std::size_t>(grid.numCells) + 1);
    for (std::int64_t node = 0; node < numNodes; ++node) {
      readPoint(points, node, point);
      const std::int64_t cell = cellOf(point);
      cells[static_cast<std::size_t>(node)] = static_cast<std::int32_t>(cell);
      ++firstOfCell[static_cast<std::size_t>(cell) + 1];
    }
    for (std::size_t cell = 1; cell < firstOfCell.size(); ++cell)
      firstOfCell[cell] += firstOfCell[cell - 1];
    // Blocks reach past the end.
    coordinates.resize(static_cast<std::size_t>(numAxes * numNodes + kBlock));
    nodes.resize(static_cast<std::size_t>(numNodes));
    std::vector<std::int64_t> next = firstOfCell;
    for (std::int64_t node = 0; node < numNodes; ++node) {
      readPoint(points, node, point);
      const std::int64_t position =
          next[static_cast<std::size_t>(cells[static_cast<std::size_t>(node)])]++;
      nodes[static_cast<std::size_t>(position)] = static_cast<std::int32_t>(node);
      for (std::int64_t axis = 0; axis < numAxes; ++axis)
        at(axis, position) = point[static_cast<std::size_t>(axis)];
    }
  }

  /// Goes through the cells next to the node's own, axis by axis, but for those that are farther
  /// than the radius. `gap` is the square of the distance so far. On a torus the node moves with
  /// the cells that lie across a face. Along the last axis, cells are neighbors in memory, too.
  /// Cells before the node's own, `ownCell` so far, hold nodes that have been compared with it.
  void visitCells(std::int64_t axis, std::int64_t cell, std::int64_t ownCell, double gap) {
    double &here = place[static_cast<std::size_t>(axis)];
    const double before = here;
    const std::int64_t own = grid.along(before);
    const bool isLast = axis + 1 == grid.numAxes;
    std::int64_t begin = 0; // of the run of cells to compare with, if any
    std::int64_t end = 0;
    for (std::int64_t index = own - 1; index <= own + 1; ++index) {
      const std::int64_t turns = index < 0 ? -1 : index >= grid.perAxis ? 1 : 0;
      const double toCell = distanceToCell(before, own, index);
      if ((turns != 0 && !isTorus) || gap + toCell * toCell > reach)
        continue;
      const std::int64_t inside = cell * grid.perAxis + index - turns * grid.perAxis;
      if (inside < ownCell * grid.perAxis + own)
        continue;
      if (isLast && turns == 0) {
        begin = begin == end ? inside : begin;
        end = inside + 1;
        continue;
      }
      here = before - static_cast<double>(turns);
      if (isLast)
        compareWithCells(inside, inside + 1);
      else
        visitCells(axis + 1, inside, ownCell * grid.perAxis + own, gap + toCell * toCell);
    }
    here = before;
    if (begin < end)
      compareWithCells(begin, end);
  }

  void compareWithCells(std::int64_t begin, std::int64_t end) {
    compareWith(std::max(firstOfCell[static_cast<std::size_t>(begin)], self + 1),
                firstOfCell[static_cast<std::size_t>(end)], grid.numAxes);
  }

  double distanceToCell(double coordinate, std::int64_t own, std::int64_t index) const {
    const auto perAxis = static_cast<double>(grid.perAxis);
    if (index < own)
      return std::max(coordinate - static_cast<double>(own) / perAxis, 0.0);
    return index > own ? std::max(static_cast<double>(index) / perAxis - coordinate, 0.0) : 0.0;
  }

  /// Compares the node with those at positions [begin, end), in blocks that fit vector registers.
  /// Along the axes from `firstWrapped` on it has not been moved, so that the shorter way round
  /// must be found here.
  void compareWith(std::int64_t begin, std::int64_t end, std::int64_t firstWrapped) {
    for (std::int64_t block = begin; block < end; block += kBlock) {
      double squares[kBlock] = {};
      for (std::int64_t axis = 0; axis < numAxes; ++axis) {
        const double *others = &at(axis, block);
        const double mine = place[static_cast<std::size_t>(axis)];
        if (isTorus && axis >= firstWrapped)
          addSquares(squares, others, [mine](double other) {
            const double distance = std::abs(mine - other);
            return std::min(distance, 1 - distance);
          });
        else
          addSquares(squares, others, [mine](double other) { return mine - other; });
      }
      for (std::int64_t i = 0; i < std::min(kBlock, end - block); ++i)
        if (squares[i] <= radius * radius)
          add(nodes[static_cast<std::size_t>(self)], nodes[static_cast<std::size_t>(block + i)]);
    }
  }

  template <typename Distance>
  static void addSquares(double (&squares)[kBlock], const double *others, Distance distanceTo) {
    for (std::int64_t i = 0; i < kBlock; ++i) {
      const double distance = distanceTo(others[i]);
      squares[i] += distance * distance;
    }
  }

  void add(std::int32_t a, std::int32_t b) {
    if (static_cast<std::int64_t>(pairs.size()) == kMostPoints)
      throw invalid("a geometric network whose nodes reach so far has more than " +
                    std::to_string(kMostPoints) + " edges; make its radius or degree smaller");
    pairs.push_back({std::min(a, b), std::max(a, b)});
  }

  std::int64_t numNodes;
  std::int64_t numAxes;
  bool isTorus;
  double radius;
  double reach; ///< Its square, with room for the rounding of distances to cells.
  CellGrid grid;
  std::vector<std::int64_t> firstOfCell;
  std::vector<std::int32_t> nodes; ///< By cell; "position" means a place in this order.
  std::vector<double> coordinates; ///< Of the positions, axis by axis.

  std::int64_t self = 0;     ///< The position that neighbors are sought for.
  std::vector<double> place; ///< Its coordinates, moved along with the cell at hand.
  std::vector<Pair> pairs;
};

} // namespace

Network makeGeometric(const Geometric &wanted) {
  checkGeometric(wanted);
  Network network;
  network.numNodes = wanted.numNodes;
  network.points = UniformPoints{.numAxes = wanted.numAxes,
                                 .stream = random::makeStream(wanted.seed, "geometric")};
  const std::vector<Pair> pairs = PairSearch(wanted, *network.points, radiusOf(wanted)).run();
  network.edges = EdgeList::collect(wanted.numNodes, [&](auto visit) {
    for (const Pair &pair : pairs)
      visit(std::int64_t{pair.src}, std::int64_t{pair.dst});
  });
  return network;
}

} // namespace irh::rt::graph
