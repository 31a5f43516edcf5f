//===- RandomNetworks.cpp - edges by chance, and by preference --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/graph/Generators.h"
#include "runtime/graph/Limits.h"
#include "runtime/graph/Shares.h"
#include "runtime/random/Draws.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace irh::rt::graph {
namespace {

/// The words of one part of a stream, one after the other.
class WordSequence {
public:
  explicit WordSequence(random::Stream stream, std::uint64_t part = 0)
      : stream(stream), part(part) {}

  std::uint64_t next() {
    if (numTaken % 4 == 0)
      words = random::draw(stream, {.a = numTaken / 4, .b = part});
    return words[numTaken++ % 4];
  }

  /// In [0, bound); uniform to within bound / 2^64.
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(
        (static_cast<unsigned __int128>(next()) * static_cast<std::uint64_t>(bound)) >> 64);
  }

  /// In (0, 1], a multiple of 2^-53.
  double positiveFraction() { return static_cast<double>((next() >> 11) + 1) * 0x1p-53; }

private:
  random::Stream stream;
  std::uint64_t part;
  random::Words words{};
  std::uint64_t numTaken = 0;
};

void checkErdosRenyi(const ErdosRenyi &wanted) {
  const double nodes = static_cast<double>(wanted.numNodes);
  if (wanted.numNodes < 1)
    throw invalid("a random network needs at least 1 node, but `nodes` is " +
                  std::to_string(wanted.numNodes));
  if (!(wanted.p >= 0 && wanted.p <= 1))
    throw invalid("`p` is a probability and must be in 0..1, but is " + shortest(wanted.p));
  const double pairs = nodes * (nodes - 1) / (wanted.direction == Direction::Directed ? 1 : 2);
  if (wanted.numNodes > kMostPoints || pairs * wanted.p > static_cast<double>(kMostPoints))
    throw invalid("a random network of " + std::to_string(wanted.numNodes) +
                  " nodes with `p` = " + shortest(wanted.p) + " is too large: at most " +
                  std::to_string(kMostPoints) + " nodes and edges fit");
}

/// Walks over the pairs of a block of srcs, src by src, from edge to edge. Blocks are drawn apart,
/// so that several ranks can share them.
class GapWalk {
public:
  static constexpr std::int64_t kBlock = 4096;

  GapWalk(const ErdosRenyi &wanted, std::int64_t block)
      : numNodes(wanted.numNodes), p(wanted.p), isDirected(wanted.direction == Direction::Directed),
        begin(block * kBlock), end(std::min(begin + kBlock, numNodes)),
        words(random::makeStream(wanted.seed, "erdos_renyi"), static_cast<std::uint64_t>(block)) {}

  template <typename Visit> void visitAll(Visit visit) {
    std::int64_t src = begin;
    std::int64_t place = -1; // among the pairs of src
    while (p > 0) {
      const double gap = drawGap();
      // Too far for any pair that is left, and perhaps for an integer.
      if (gap > static_cast<double>(numNodes) * static_cast<double>(kBlock))
        return;
      place += 1 + static_cast<std::int64_t>(gap);
      while (src < end && place >= pairsOf(src))
        place -= pairsOf(src++);
      if (src == end)
        return;
      visit(src, dstAt(src, place));
    }
  }

private:
  std::int64_t pairsOf(std::int64_t src) const {
    return isDirected ? numNodes - 1 : numNodes - 1 - src;
  }

  std::int64_t dstAt(std::int64_t src, std::int64_t place) const {
    if (!isDirected)
      return src + 1 + place;
    return place < src ? place : place + 1;
  }

  /// Pairs that are passed over: geometrically distributed.
  double drawGap() {
    return p < 1 ? std::floor(std::log(words.positiveFraction()) / std::log1p(-p)) : 0.0;
  }

  std::int64_t numNodes;
  double p;
  bool isDirected;
  std::int64_t begin;
  std::int64_t end;
  WordSequence words;
};

void checkBarabasiAlbert(const BarabasiAlbert &wanted) {
  if (wanted.attach < 1)
    throw invalid("`attach` must be at least 1, but is " + std::to_string(wanted.attach));
  if (wanted.numNodes <= wanted.attach)
    throw invalid("a network that attaches " + std::to_string(wanted.attach) +
                  " edges to each new node needs more nodes than that, but `nodes` is " +
                  std::to_string(wanted.numNodes));
  if (wanted.numNodes > kMostPoints ||
      wanted.numNodes - wanted.attach > kMostPoints / wanted.attach)
    throw invalid("a network of " + std::to_string(wanted.numNodes) + " nodes with " +
                  std::to_string(wanted.attach) + " edges each is too large: at most " +
                  std::to_string(kMostPoints) + " edges fit");
}

/// The targets of all new nodes, `attach` for each.
std::vector<std::int32_t> attachAll(const BarabasiAlbert &wanted) {
  const std::int64_t attach = wanted.attach;
  WordSequence words(random::makeStream(wanted.seed, "barabasi_albert"));
  std::vector<std::int32_t> targets;
  targets.reserve(static_cast<std::size_t>((wanted.numNodes - attach) * attach));
  std::vector<std::int32_t> chosenBy(static_cast<std::size_t>(wanted.numNodes));
  for (std::int64_t node = 0; node < attach; ++node)
    targets.push_back(static_cast<std::int32_t>(node));
  for (std::int64_t node = attach + 1; node < wanted.numNodes; ++node) {
    const auto numBefore = static_cast<std::int64_t>(targets.size());
    while (static_cast<std::int64_t>(targets.size()) < numBefore + attach) {
      // Both ends of all edges so far: the targets, and `attach` times each node that came.
      const std::int64_t end = words.below(2 * numBefore);
      const std::int32_t target =
          end < numBefore ? targets[static_cast<std::size_t>(end)]
                          : static_cast<std::int32_t>(end / attach - numBefore / attach + attach);
      if (chosenBy[static_cast<std::size_t>(target)] == node)
        continue;
      chosenBy[static_cast<std::size_t>(target)] = static_cast<std::int32_t>(node);
      targets.push_back(target);
    }
  }
  return targets;
}

} // namespace

Network makeErdosRenyi(const ErdosRenyi &wanted, Communicator &comm) {
  checkErdosRenyi(wanted);
  Network network;
  network.numNodes = wanted.numNodes;
  network.isDirected = wanted.direction == Direction::Directed;
  const NodeRange share = shareOf(wanted.numNodes, comm.rank(), comm.size());
  network.edges = collectShare(wanted.numNodes, comm, [&](auto visit) {
    for (std::int64_t block = share.begin / GapWalk::kBlock; block * GapWalk::kBlock < share.end;
         ++block)
      GapWalk(wanted, block).visitAll(visit);
  });
  return network;
}

Network makeBarabasiAlbert(const BarabasiAlbert &wanted, Communicator &comm) {
  checkBarabasiAlbert(wanted);
  const std::vector<std::int32_t> targets = attachAll(wanted);
  Network network;
  network.numNodes = wanted.numNodes;
  network.isDirected = wanted.direction == Direction::Directed;
  network.edges = collectShare(wanted.numNodes, comm, [&](auto visit) {
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const std::int64_t node = wanted.attach + static_cast<std::int64_t>(i) / wanted.attach;
      if (network.isDirected)
        visit(node, std::int64_t{targets[i]});
      else
        visit(std::int64_t{targets[i]}, node);
    }
  });
  return network;
}

} // namespace irh::rt::graph
