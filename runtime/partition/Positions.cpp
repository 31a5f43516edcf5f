//===- Positions.cpp - parts of nodes that are near each other --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/partition/Blocks.h"
#include "runtime/partition/Partitioner.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

namespace irh::rt::partition {
namespace {

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

//===- The Hilbert curve ----------------------------------------------------===//

constexpr std::size_t kMostAxes = 32; ///< Of a key; further ones do not count.
constexpr int kKeyBits = 63;

/// The place on the curve of a cell of a grid with 2^numBits cells along each axis. Changes `cell`.
std::uint64_t placeOnCurve(std::span<std::uint32_t> cell, int numBits) {
  const std::uint32_t top = 1u << (numBits - 1);
  std::uint32_t &first = cell.front();
  // Each level of the curve is the one above it, turned and mirrored: undo that, top level first.
  for (std::uint32_t bit = top; bit > 1; bit >>= 1) {
    const std::uint32_t below = bit - 1;
    for (std::uint32_t &along : cell) {
      const std::uint32_t exchanged = (along & bit) != 0 ? 0 : (first ^ along) & below;
      first ^= (along & bit) != 0 ? below : exchanged;
      along ^= exchanged;
    }
  }
  // The corners of a level are visited in the order of the Gray code.
  for (std::size_t i = 1; i < cell.size(); ++i)
    cell[i] ^= cell[i - 1];
  std::uint32_t flips = 0;
  for (std::uint32_t bit = top; bit > 1; bit >>= 1)
    flips ^= (cell.back() & bit) != 0 ? bit - 1 : 0;
  std::uint64_t place = 0;
  for (int bit = numBits - 1; bit >= 0; --bit)
    for (const std::uint32_t along : cell)
      place = place << 1 | ((along ^ flips) >> bit & 1);
  return place;
}

/// Coordinates of nodes in [0, 1], in 4 bytes: near is near enough here.
class UnitPositions {
public:
  explicit UnitPositions(const graph::Network &network)
      : numAxes(index(graph::numAxes(network))), values(index(network.numNodes) * numAxes) {
    if (network.points)
      fill(network.numNodes, *network.points);
    else if (network.numNodes > 0)
      fill(network.numNodes, *network.edges.asLattice());
  }

  std::span<const float> of(std::int64_t node) const {
    return std::span(values).subspan(index(node) * numAxes, numAxes);
  }

  const std::size_t numAxes;

private:
  void fill(std::int64_t numNodes, const graph::UniformPoints &points) {
    float *next = values.data();
    for (std::int64_t node = 0; node < numNodes; ++node)
      for (std::size_t axis = 0; axis < numAxes; axis += 4) {
        const std::array<double, 4> group =
            points.coordinates(node, static_cast<std::int64_t>(axis / 4));
        for (std::size_t i = axis; i < std::min(numAxes, axis + 4); ++i)
          *next++ = static_cast<float>(group[i - axis]);
      }
  }

  /// The last node stands at the far corner.
  void fill(std::int64_t numNodes, const graph::Lattice &lattice) {
    for (std::size_t axis = 0; axis < numAxes; ++axis) {
      const auto along = static_cast<std::int64_t>(axis);
      const auto extent = static_cast<double>(1 + lattice.coordinate(numNodes - 1, along));
      for (std::int64_t node = 0; node < numNodes; ++node)
        values[index(node) * numAxes + axis] =
            static_cast<float>(static_cast<double>(lattice.coordinate(node, along)) / extent);
    }
  }

  std::vector<float> values;
};

std::vector<std::pair<std::uint64_t, std::int64_t>> placeNodes(const graph::Network &network) {
  const UnitPositions positions(network);
  const std::size_t numAxes = std::min(positions.numAxes, kMostAxes);
  const int numBits = std::min(24, kKeyBits / static_cast<int>(numAxes)); // a float has 24
  const auto cellsPerAxis = static_cast<float>(1u << numBits);
  std::array<std::uint32_t, kMostAxes> cell;
  std::vector<std::pair<std::uint64_t, std::int64_t>> places;
  places.reserve(index(network.numNodes));
  for (std::int64_t node = 0; node < network.numNodes; ++node) {
    for (std::size_t axis = 0; axis < numAxes; ++axis)
      cell[axis] = std::min((1u << numBits) - 1,
                            static_cast<std::uint32_t>(positions.of(node)[axis] * cellsPerAxis));
    places.emplace_back(placeOnCurve(std::span(cell).first(numAxes), numBits), node);
  }
  return places;
}

//===- Recursive bisection --------------------------------------------------===//

class Bisection {
public:
  explicit Bisection(const graph::Network &network)
      : positions(network), nodes(index(network.numNodes)) {
    std::iota(nodes.begin(), nodes.end(), std::int32_t{0});
  }

  /// Orders the nodes so that those of each rank stand together.
  void cut(std::int64_t begin, std::int64_t end, int numRanks) {
    if (numRanks == 1) {
      std::sort(nodes.begin() + begin, nodes.begin() + end);
      first.push_back(begin);
      return;
    }
    const int numLeft = numRanks / 2;
    const std::int64_t middle =
        begin + static_cast<std::int64_t>(static_cast<__int128>(end - begin) * numLeft / numRanks);
    split(begin, middle, end);
    cut(begin, middle, numLeft);
    cut(middle, end, numRanks - numLeft);
  }

  std::vector<std::int64_t> first;

  std::vector<std::int64_t> order() const { return {nodes.begin(), nodes.end()}; }

private:
  /// Exchanges nodes so that none before the middle has a larger coordinate than one behind it,
  /// along the axis in which they reach farthest.
  void split(std::int64_t begin, std::int64_t middle, std::int64_t end) {
    const std::size_t axis = longestAxis(begin, end);
    keyed.clear();
    for (std::int64_t i = begin; i < end; ++i)
      keyed.emplace_back(positions.of(nodes[index(i)])[axis], nodes[index(i)]);
    std::nth_element(keyed.begin(), keyed.begin() + (middle - begin), keyed.end());
    for (std::int64_t i = begin; i < end; ++i)
      nodes[index(i)] = keyed[index(i - begin)].second;
  }

  std::size_t longestAxis(std::int64_t begin, std::int64_t end) const {
    std::vector<float> least(positions.numAxes, std::numeric_limits<float>::infinity());
    std::vector<float> most(positions.numAxes, -std::numeric_limits<float>::infinity());
    for (std::int64_t i = begin; i < end; ++i) {
      const std::span<const float> position = positions.of(nodes[index(i)]);
      for (std::size_t axis = 0; axis < position.size(); ++axis) {
        least[axis] = std::min(least[axis], position[axis]);
        most[axis] = std::max(most[axis], position[axis]);
      }
    }
    std::size_t longest = 0;
    for (std::size_t axis = 1; axis < most.size(); ++axis)
      if (most[axis] - least[axis] > most[longest] - least[longest])
        longest = axis;
    return longest;
  }

  UnitPositions positions;
  std::vector<std::int32_t> nodes;
  std::vector<std::pair<float, std::int32_t>> keyed;
};

} // namespace

Ownership alongHilbertCurve(const graph::Network &network, int numRanks) {
  auto places = placeNodes(network);
  std::sort(places.begin(), places.end());
  const std::vector<std::int64_t> degrees = graph::countDegrees(network);
  std::vector<std::int64_t> nodeAt(places.size());
  std::vector<std::int64_t> degreesInOrder(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    nodeAt[i] = places[i].second;
    degreesInOrder[i] = degrees[index(nodeAt[i])];
  }
  return inOrder(cutBlocks(degreesInOrder, numRanks), std::move(nodeAt));
}

Ownership byBisection(const graph::Network &network, int numRanks) {
  Bisection bisection(network);
  bisection.cut(0, network.numNodes, numRanks);
  bisection.first.push_back(network.numNodes);
  return inOrder(std::move(bisection.first), bisection.order());
}

} // namespace irh::rt::partition
