//===- SmallWorld.cpp - rings with some edges moved -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/graph/Generators.h"
#include "runtime/graph/Limits.h"
#include "runtime/graph/Shares.h"
#include "runtime/random/Draws.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace irh::rt::graph {

static void checkSmallWorld(const SmallWorld &world) {
  const std::string neighbors = std::to_string(world.numNeighbors);
  if (world.numNeighbors < 2 || world.numNeighbors % 2 != 0)
    throw invalid("`neighbours` of a small world must be even and at least 2, but is " + neighbors);
  if (world.numNodes <= world.numNeighbors)
    throw invalid("a small world with " + neighbors +
                  " neighbours needs more nodes than that, "
                  "but `nodes` is " +
                  std::to_string(world.numNodes));
  if (!(world.rewire >= 0 && world.rewire <= 1))
    throw invalid("`rewire` is a probability and must be in 0..1, but is " +
                  shortest(world.rewire));
  if (world.numNodes > kMostPoints / (world.numNeighbors / 2))
    throw invalid("a network of " + std::to_string(world.numNodes) + " nodes with " +
                  std::to_string(world.numNeighbors / 2) + " edges each is too large: at most " +
                  std::to_string(kMostPoints) + " edges fit");
}

namespace {

/// A set of numbers other than 0, in one block of memory.
class NumberSet {
public:
  bool contains(std::uint64_t number) const { return slots[find(number)] == number; }

  void insert(std::uint64_t number) {
    if (2 * (numStored + 1) > slots.size())
      grow();
    slots[find(number)] = number;
    ++numStored;
  }

private:
  /// Where the number is, or would be: at its hash, or in the next free slot.
  std::size_t find(std::uint64_t number) const {
    const std::uint64_t hash = (number * 0x9e3779b97f4a7c15u) >> 20;
    std::size_t slot = hash & (slots.size() - 1);
    while (slots[slot] != 0 && slots[slot] != number)
      slot = (slot + 1) & (slots.size() - 1);
    return slot;
  }

  void grow() {
    std::vector<std::uint64_t> old(2 * slots.size());
    old.swap(slots);
    for (const std::uint64_t number : old)
      if (number != 0)
        slots[find(number)] = number;
  }

  std::vector<std::uint64_t> slots = std::vector<std::uint64_t>(64);
  std::size_t numStored = 0;
};

/// The edges while they are rewired. Edges of the ring are bits, so that only those that have moved
/// take a place in the hash set.
class Rewiring {
public:
  explicit Rewiring(const SmallWorld &world)
      : world(world), half(world.numNeighbors / 2),
        isInPlace(static_cast<std::size_t>(world.numNodes * half), true),
        degrees(static_cast<std::size_t>(world.numNodes),
                static_cast<std::int32_t>(world.numNeighbors)),
        stream(random::makeStream(world.seed, "watts_strogatz")) {}

  EdgeList run(Communicator &comm) {
    for (std::int64_t offset = 1; offset <= half; ++offset)
      for (std::int64_t node = 0; node < world.numNodes; ++node)
        visit(node, offset);
    movedPairs = NumberSet();
    degrees = std::vector<std::int32_t>();
    return collectShare(world.numNodes, comm, [this](auto visit) { visitAll(visit); });
  }

private:
  std::size_t place(std::int64_t node, std::int64_t offset) const {
    return static_cast<std::size_t>(node * half + offset - 1);
  }

  /// Not 0, since the larger end is not.
  static std::uint64_t pairKey(std::int64_t a, std::int64_t b) {
    return static_cast<std::uint64_t>(std::min(a, b)) << 32 |
           static_cast<std::uint64_t>(std::max(a, b));
  }

  std::uint64_t word(std::int64_t node, std::int64_t offset, std::uint32_t slot) const {
    return random::draw(stream, {.a = static_cast<std::uint64_t>(node),
                                 .b = static_cast<std::uint64_t>(offset),
                                 .slot = slot})[0];
  }

  /// In [0, bound); uniform to within bound / 2^64.
  static std::int64_t scale(std::uint64_t bits, std::int64_t bound) {
    return static_cast<std::int64_t>(
        (static_cast<unsigned __int128>(bits) * static_cast<std::uint64_t>(bound)) >> 64);
  }

  bool areJoined(std::int64_t a, std::int64_t b) const {
    const std::int64_t ahead = (b - a + world.numNodes) % world.numNodes;
    const std::int64_t behind = world.numNodes - ahead;
    return (ahead <= half && isInPlace[place(a, ahead)]) ||
           (behind <= half && isInPlace[place(b, behind)]) || movedPairs.contains(pairKey(a, b));
  }

  bool isFree(std::int64_t node, std::int64_t target) const {
    return target != node && !areJoined(node, target);
  }

  // Few draws are rejected on a sparse network. On a dense one the free targets are listed, from
  // which the choice is uniform again.
  std::int64_t chooseTarget(std::int64_t node, std::int64_t offset) const {
    constexpr std::uint32_t kMostTries = 64;
    for (std::uint32_t slot = 1; slot <= kMostTries; ++slot) {
      const std::int64_t target = scale(word(node, offset, slot), world.numNodes);
      if (isFree(node, target))
        return target;
    }
    std::vector<std::int64_t> free;
    for (std::int64_t target = 0; target < world.numNodes; ++target)
      if (isFree(node, target))
        free.push_back(target);
    const std::uint64_t bits = word(node, offset, kMostTries + 1);
    return free[static_cast<std::size_t>(scale(bits, static_cast<std::int64_t>(free.size())))];
  }

  template <typename Visit> void visitAll(Visit visit) const {
    const auto visitPair = [&](std::int64_t a, std::int64_t b) {
      visit(std::min(a, b), std::max(a, b));
    };
    for (std::int64_t node = 0; node < world.numNodes; ++node)
      for (std::int64_t offset = 1; offset <= half; ++offset)
        if (isInPlace[place(node, offset)])
          visitPair(node, (node + offset) % world.numNodes);
    for (const Moved &edge : moved)
      visitPair(edge.node, edge.target);
  }

  void visit(std::int64_t node, std::int64_t offset) {
    const double chance = static_cast<double>(word(node, offset, 0) >> 11) * 0x1p-53;
    if (chance >= world.rewire || degrees[static_cast<std::size_t>(node)] == world.numNodes - 1)
      return;
    const std::int64_t target = chooseTarget(node, offset);
    const std::int64_t old = (node + offset) % world.numNodes;
    isInPlace[place(node, offset)] = false;
    --degrees[static_cast<std::size_t>(old)];
    ++degrees[static_cast<std::size_t>(target)];
    movedPairs.insert(pairKey(node, target));
    moved.push_back({static_cast<std::int32_t>(node), static_cast<std::int32_t>(target)});
  }

  struct Moved {
    std::int32_t node;
    std::int32_t target;
  };

  const SmallWorld &world;
  std::int64_t half;
  std::vector<bool> isInPlace; ///< Of the edge (node, node + offset).
  std::vector<std::int32_t> degrees;
  random::Stream stream;
  NumberSet movedPairs;
  std::vector<Moved> moved;
};

} // namespace

Network makeSmallWorld(const SmallWorld &world, Communicator &comm) {
  checkSmallWorld(world);
  Network network;
  network.numNodes = world.numNodes;
  network.edges = Rewiring(world).run(comm);
  return network;
}

} // namespace irh::rt::graph
