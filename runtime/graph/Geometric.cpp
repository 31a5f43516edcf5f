//===- Geometric.cpp - nodes at places, joined to those nearby --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/AllToAll.h"
#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/graph/Generators.h"
#include "runtime/graph/Limits.h"
#include "runtime/graph/Shares.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <span>
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

/// Finds the pairs of nodes within a radius, of which one rank sees a share. "Position" means a
/// place in the order of the nodes by cell.
class PairSearch {
public:
  PairSearch(const Geometric &wanted, const UniformPoints &points, double radius,
             Communicator &comm)
      : comm(comm), numNodes(wanted.numNodes), numAxes(wanted.numAxes),
        isTorus(wanted.wrap == Wrap::Periodic), radius(radius), reach(radius * radius * (1 + 1e-9)),
        grid(chooseGrid(wanted, radius)), place(static_cast<std::size_t>(numAxes)),
        found(static_cast<std::size_t>(comm.size())) {
    countCells(points);
    chooseWindows();
    readWindows(points);
  }

  /// Pairs whose lesser node is in this rank's share, in no order. Collective.
  std::vector<Pair> run() {
    constexpr int kRounds = 64; // Of messages, so that few pairs are there twice.
    std::vector<Pair> pairs;
    for (int round = 0; round < kRounds && radius >= 0; ++round) {
      const NodeRange selves = pieceOf(own, round, kRounds);
      for (self = selves.begin; self < selves.end && numFound <= kMostPoints; ++self)
        visitSelf();
      for (const std::vector<Pair> &some : allToAll(found, comm))
        pairs.insert(pairs.end(), some.begin(), some.end());
      const std::vector<std::int64_t> counts = comm.gather(numFound);
      if (std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) > kMostPoints)
        throw invalid("a geometric network whose nodes reach so far has more than " +
                      std::to_string(kMostPoints) + " edges; make its radius or degree smaller");
    }
    return pairs;
  }

private:
  static constexpr std::int64_t kBlock = 8;

  /// Consecutive positions that are stored, from `slot` on.
  struct Window {
    NodeRange positions;
    std::int64_t slot = 0;
  };

  std::int64_t slotOf(std::int64_t position) const {
    const Window &window = main.positions.contains(position) ? main : wrapped;
    return window.slot + position - window.positions.begin;
  }

  double &at(std::int64_t axis, std::int64_t slot) {
    return coordinates[static_cast<std::size_t>(axis * numSlots + slot)];
  }

  std::int64_t cellOf(const std::vector<double> &point) const {
    std::int64_t cell = 0;
    for (std::int64_t axis = 0; axis < grid.numAxes; ++axis)
      cell = cell * grid.perAxis + grid.along(point[static_cast<std::size_t>(axis)]);
    return cell;
  }

  template <typename Visit> void visitPoints(const UniformPoints &points, Visit visit) const {
    std::vector<double> point(static_cast<std::size_t>(numAxes));
    for (std::int64_t node = 0; node < numNodes; ++node) {
      points.write(node, std::span(point));
      visit(node, point, static_cast<std::size_t>(cellOf(point)));
    }
  }

  void countCells(const UniformPoints &points) {
    firstOfCell.resize(static_cast<std::size_t>(grid.numCells) + 1);
    visitPoints(points, [&](std::int64_t, const std::vector<double> &, std::size_t cell) {
      ++firstOfCell[cell + 1];
    });
    std::partial_sum(firstOfCell.begin(), firstOfCell.end(), firstOfCell.begin());
  }

  NodeRange positionsIn(NodeRange cells) const {
    return {firstOfCell[static_cast<std::size_t>(cells.begin)],
            firstOfCell[static_cast<std::size_t>(cells.end)]};
  }

  /// This rank seeks neighbors for a run of cells: in the layers of these, in the next one, and, of
  /// the first layer on a torus, across the face.
  void chooseWindows() {
    own = shareOf(numNodes, comm.rank(), comm.size());
    main.positions = {0, numNodes};
    if (grid.numAxes > 0) {
      const NodeRange cells = shareOf(grid.numCells, comm.rank(), comm.size());
      const std::int64_t layer = grid.numCells / grid.perAxis;
      const std::int64_t begin = cells.begin / layer;
      const std::int64_t end = std::min((cells.end + layer - 1) / layer + 1, grid.perAxis);
      own = positionsIn(cells);
      main.positions = positionsIn({begin * layer, end * layer});
      if (begin == 0 && end < grid.perAxis && isTorus)
        wrapped.positions = positionsIn({(grid.perAxis - 1) * layer, grid.numCells});
    }
    wrapped.slot = main.positions.size();
    // Blocks reach past the end.
    numSlots = wrapped.slot + wrapped.positions.size() + kBlock;
  }

  void readWindows(const UniformPoints &points) {
    coordinates.resize(static_cast<std::size_t>(numAxes * numSlots));
    nodes.resize(static_cast<std::size_t>(numSlots));
    std::vector<std::int32_t> next(firstOfCell.begin(), firstOfCell.end() - 1);
    visitPoints(points, [&](std::int64_t node, const std::vector<double> &point, std::size_t cell) {
      const std::int64_t position = next[cell]++;
      if (!main.positions.contains(position) && !wrapped.positions.contains(position))
        return;
      const std::int64_t slot = slotOf(position);
      nodes[static_cast<std::size_t>(slot)] = static_cast<std::int32_t>(node);
      for (std::int64_t axis = 0; axis < numAxes; ++axis)
        at(axis, slot) = point[static_cast<std::size_t>(axis)];
    });
  }

  void visitSelf() {
    selfSlot = slotOf(self);
    for (std::int64_t axis = 0; axis < numAxes; ++axis)
      place[static_cast<std::size_t>(axis)] = at(axis, selfSlot);
    if (grid.numAxes == 0)
      compareWith(self + 1, numNodes, 0);
    else
      visitCells(0, 0, 0, 0);
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
    const NodeRange others = positionsIn({begin, end});
    compareWith(std::max(others.begin, self + 1), others.end, grid.numAxes);
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
    if (begin >= end)
      return;
    const std::int64_t first = slotOf(begin);
    const std::int64_t last = first + end - begin;
    for (std::int64_t block = first; block < last; block += kBlock) {
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
      for (std::int64_t i = 0; i < std::min(kBlock, last - block); ++i)
        if (squares[i] <= radius * radius)
          add(nodes[static_cast<std::size_t>(selfSlot)],
              nodes[static_cast<std::size_t>(block + i)]);
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
    const int rank = rankOfShare(numNodes, std::min(a, b), comm.size());
    found[static_cast<std::size_t>(rank)].push_back({std::min(a, b), std::max(a, b)});
    ++numFound;
  }

  Communicator &comm;
  std::int64_t numNodes;
  std::int64_t numAxes;
  bool isTorus;
  double radius;
  double reach; ///< Its square, with room for the rounding of distances to cells.
  CellGrid grid;
  std::vector<std::int32_t> firstOfCell; ///< Its first position.

  NodeRange own; ///< Positions that this rank seeks neighbors for.
  Window main, wrapped;
  std::int64_t numSlots = 0;
  std::vector<std::int32_t> nodes; ///< In the slots.
  std::vector<double> coordinates; ///< Of the slots, axis by axis.

  std::int64_t self = 0;                ///< The position that neighbors are sought for.
  std::int64_t selfSlot = 0;            ///< Its own.
  std::vector<double> place;            ///< Its coordinates, moved along with the cell at hand.
  std::vector<std::vector<Pair>> found; ///< By the rank they go to.
  std::int64_t numFound = 0;            ///< In all, by this rank.
};

} // namespace

Network makeGeometric(const Geometric &wanted, Communicator &comm) {
  checkGeometric(wanted);
  Network network;
  network.numNodes = wanted.numNodes;
  network.points = UniformPoints{.numAxes = wanted.numAxes,
                                 .stream = random::makeStream(wanted.seed, "geometric")};
  const std::vector<Pair> pairs = PairSearch(wanted, *network.points, radiusOf(wanted), comm).run();
  network.edges = collectShare(wanted.numNodes, comm, [&](auto visit) {
    for (const Pair &pair : pairs)
      visit(std::int64_t{pair.src}, std::int64_t{pair.dst});
  });
  return network;
}

} // namespace irh::rt::graph
