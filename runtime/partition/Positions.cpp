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

/// Coordinates of nodes in [0, 1], as floats: near is near enough here. Of a lattice the longest
/// axis reaches to 1.
class UnitPositions {
public:
  explicit UnitPositions(const graph::Network &network)
      : numAxes(index(graph::numAxes(network))),
        points(network.points ? &*network.points : nullptr), lattice(network.edges.asLattice()) {
    for (std::size_t axis = 0; lattice && axis < numAxes; ++axis)
      longest = std::max(longest, lattice->extent(static_cast<std::int64_t>(axis)));
  }

  /// Writes the coordinates of a node to `to`.
  void write(std::int64_t node, std::span<float> to) const {
    points ? points->write(node, to) : writeSite(node, to);
  }

  const std::size_t numAxes;

private:
  void writeSite(std::int64_t node, std::span<float> to) const {
    for (std::size_t axis = 0; axis < to.size(); ++axis) {
      const std::int64_t along = lattice->coordinate(node, static_cast<std::int64_t>(axis));
      to[axis] = static_cast<float>(static_cast<double>(along) / static_cast<double>(longest));
    }
  }

  const graph::UniformPoints *points;
  const graph::Lattice *lattice;
  std::int64_t longest = 1;
};

using Place = std::pair<std::uint64_t, std::int32_t>; ///< On the curve, and the node.

std::vector<Place> placeNodes(const graph::Network &network) {
  const UnitPositions positions(network);
  const std::size_t numAxes = std::min(positions.numAxes, kMostAxes);
  const int numBits = std::min(24, kKeyBits / static_cast<int>(numAxes)); // a float has 24
  const auto cellsPerAxis = static_cast<float>(1u << numBits);
  std::array<float, kMostAxes> position;
  std::array<std::uint32_t, kMostAxes> cell;
  std::vector<Place> places;
  places.reserve(index(network.numNodes));
  for (std::int64_t node = 0; node < network.numNodes; ++node) {
    positions.write(node, std::span(position).first(numAxes));
    for (std::size_t axis = 0; axis < numAxes; ++axis)
      cell[axis] =
          std::min((1u << numBits) - 1, static_cast<std::uint32_t>(position[axis] * cellsPerAxis));
    places.emplace_back(placeOnCurve(std::span(cell).first(numAxes), numBits),
                        static_cast<std::int32_t>(node));
  }
  return places;
}

//===- Recursive bisection --------------------------------------------------===//

class Bisection {
public:
  explicit Bisection(const graph::Network &network)
      : nodes(index(network.numNodes)), ranks(nodes.size()) {
    const UnitPositions positions(network);
    numAxes = positions.numAxes;
    coordinates.resize(nodes.size() * numAxes);
    for (std::int64_t node = 0; node < network.numNodes; ++node)
      positions.write(node, std::span(coordinates).subspan(index(node) * numAxes, numAxes));
    std::iota(nodes.begin(), nodes.end(), std::int32_t{0});
  }

  /// The rank of each node.
  std::vector<std::int32_t> run(int numRanks) {
    cut({0, std::ssize(nodes)}, boxOfAll(), {0, numRanks});
    return std::move(ranks);
  }

private:
  struct Range {
    std::int64_t begin;
    std::int64_t end;
  };
  struct Interval {
    float least = std::numeric_limits<float>::infinity();
    float most = -std::numeric_limits<float>::infinity();

    float length() const { return most - least; }
  };
  using Box = std::vector<Interval>; ///< By axis.

  float at(std::int64_t node, std::size_t axis) const {
    return coordinates[index(node) * numAxes + axis];
  }

  Box boxOfAll() const {
    Box box(numAxes);
    for (std::int64_t node = 0; node < std::ssize(nodes); ++node)
      for (std::size_t axis = 0; axis < box.size(); ++axis) {
        const float here = at(node, axis);
        box[axis] = {std::min(box[axis].least, here), std::max(box[axis].most, here)};
      }
    return box;
  }

  /// Gives the nodes at these places, which lie in the box, to these ranks.
  void cut(Range places, Box box, Range to) {
    const std::int64_t numRanks = to.end - to.begin;
    if (numRanks == 1) {
      for (std::int64_t i = places.begin; i < places.end; ++i)
        ranks[index(nodes[index(i)])] = static_cast<std::int32_t>(to.begin);
      return;
    }
    const std::int64_t numLeft = numRanks / 2;
    const std::int64_t count = places.end - places.begin;
    const std::int64_t middle =
        places.begin + static_cast<std::int64_t>(static_cast<__int128>(count) * numLeft / numRanks);
    const auto longest =
        std::max_element(box.begin(), box.end(), [](const Interval &a, const Interval &b) {
          return a.length() < b.length();
        });
    const float border = split(places, middle, index(longest - box.begin()));
    const Interval whole = std::exchange(*longest, {longest->least, border});
    cut({places.begin, middle}, box, {to.begin, to.begin + numLeft});
    *longest = {border, whole.most};
    cut({middle, places.end}, std::move(box), {to.begin + numLeft, to.end});
  }

  /// Exchanges nodes so that none before the middle has a larger coordinate along the axis than the
  /// one there, and none behind it a smaller one. Gives that coordinate.
  float split(Range places, std::int64_t middle, std::size_t axis) {
    keyed.clear();
    for (std::int64_t i = places.begin; i < places.end; ++i)
      keyed.emplace_back(at(nodes[index(i)], axis), nodes[index(i)]);
    if (keyed.empty())
      return 0;
    const auto between = keyed.begin() + (middle - places.begin);
    std::nth_element(keyed.begin(), between, keyed.end());
    for (std::int64_t i = places.begin; i < places.end; ++i)
      nodes[index(i)] = keyed[index(i - places.begin)].second;
    return between->first;
  }

  std::size_t numAxes = 0;
  std::vector<float> coordinates;  ///< Of each node, one after the other.
  std::vector<std::int32_t> nodes; ///< In an order that is being made.
  std::vector<std::int32_t> ranks; ///< By node.
  std::vector<std::pair<float, std::int32_t>> keyed;
};

} // namespace

Ownership alongHilbertCurve(const graph::Network &network, std::span<const std::int32_t> degrees,
                            int numRanks) {
  auto places = placeNodes(network);
  std::sort(places.begin(), places.end());
  std::vector<std::int64_t> nodeAt(places.size());
  std::vector<std::int32_t> degreesInOrder(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    nodeAt[i] = places[i].second;
    degreesInOrder[i] = degrees[index(nodeAt[i])];
  }
  places = std::vector<Place>();
  return inOrder(cutBlocks(degreesInOrder, numRanks), std::move(nodeAt));
}

Ownership byBisection(const graph::Network &network, int numRanks) {
  return byRank(Bisection(network).run(numRanks), numRanks);
}

} // namespace irh::rt::partition
