//===- Metis.cpp - parts with few cut edges, by METIS -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The library is loaded when a run first asks for it, as HDF5 is: see docs/decisions.

#include "runtime/core/Library.h"
#include "runtime/partition/Partitioner.h"

#include <metis.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace irh::rt::partition {
namespace {

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

struct MetisLibrary {
  decltype(&::METIS_PartGraphKway) partition;
  decltype(&::METIS_SetDefaultOptions) setDefaults;
};

Error missing(const std::string &reason) {
  return invalid("cannot cut the network with METIS: " + reason +
                 "; install it (Debian: libmetis5), or choose another `--partition`");
}

MetisLibrary load() {
  const Library metis(IRH_METIS_LIBRARY, SymbolScope::Local, missing);
  MetisLibrary library = {};
  metis.find("METIS_PartGraphKway", library.partition);
  metis.find("METIS_SetDefaultOptions", library.setDefaults);
  return library;
}

const MetisLibrary &metisLibrary() {
  static const MetisLibrary library = load();
  return library;
}

/// Each pair of different ends once in the row of each of them, as METIS wants it.
struct Rows {
  std::vector<idx_t> offsets;
  std::vector<idx_t> ends;
};

template <typename Visit> void visitBothWays(const graph::EdgeList &edges, Visit visit) {
  edges.visitAll([&](std::int64_t src, std::int64_t dst) {
    if (src == dst)
      return;
    visit(src, dst);
    visit(dst, src);
  });
}

/// A directed network may have an edge each way: the second goes.
void dropDoubled(Rows &rows) {
  std::size_t kept = 0;
  for (std::size_t node = 0; node + 1 < rows.offsets.size(); ++node) {
    const auto begin = rows.ends.begin() + rows.offsets[node];
    const auto end = rows.ends.begin() + rows.offsets[node + 1];
    std::sort(begin, end);
    const auto last = std::unique(begin, end);
    rows.offsets[node] = static_cast<idx_t>(kept);
    std::move(begin, last, rows.ends.begin() + static_cast<std::ptrdiff_t>(kept));
    kept += index(last - begin);
  }
  rows.offsets.back() = static_cast<idx_t>(kept);
  rows.ends.resize(kept);
}

Rows rowsOf(const graph::EdgeList &edges, bool isDirected) {
  constexpr std::size_t kMost = std::numeric_limits<idx_t>::max();
  const std::size_t numNodes = index(edges.sources().size());
  if (numNodes + 2 * edges.size() > kMost) // the weight of all nodes
    throw invalid("the network is too large for METIS, which counts to 2^31; choose another "
                  "`--partition`");
  Rows rows;
  rows.offsets.resize(numNodes + 1);
  visitBothWays(edges, [&](std::int64_t from, std::int64_t) { ++rows.offsets[index(from) + 1]; });
  for (std::size_t node = 1; node < rows.offsets.size(); ++node)
    rows.offsets[node] += rows.offsets[node - 1];
  rows.ends.resize(static_cast<std::size_t>(rows.offsets.back()));
  std::vector<idx_t> next(rows.offsets.begin(), rows.offsets.end() - 1);
  visitBothWays(edges, [&](std::int64_t from, std::int64_t to) {
    rows.ends[static_cast<std::size_t>(next[index(from)]++)] = static_cast<idx_t>(to);
  });
  if (isDirected)
    dropDoubled(rows);
  return rows;
}

/// The rank of each node; nodes weigh 1 and their neighbors.
std::vector<idx_t> cut(Rows rows, std::vector<idx_t> weights, int numRanks) {
  const MetisLibrary &metis = metisLibrary();
  idx_t options[METIS_NOPTIONS];
  metis.setDefaults(options);
  options[METIS_OPTION_SEED] = 1;
  options[METIS_OPTION_NUMBERING] = 0;
  auto numNodes = static_cast<idx_t>(weights.size());
  idx_t numWeights = 1;
  idx_t numParts = numRanks;
  idx_t numCut = 0;
  std::vector<idx_t> ranks(weights.size());
  const int status = metis.partition(&numNodes, &numWeights, rows.offsets.data(), rows.ends.data(),
                                     weights.data(), nullptr, nullptr, &numParts, nullptr, nullptr,
                                     options, &numCut, ranks.data());
  if (status != METIS_OK)
    throw invalid("METIS could not cut the network (its error " + std::to_string(status) +
                  "); choose another `--partition`");
  return ranks;
}

} // namespace

std::vector<std::int32_t> cutByMetis(const graph::EdgeList &edges, bool isDirected,
                                     std::span<const std::int32_t> degrees, int numRanks) {
  std::vector<idx_t> weights;
  for (const std::int32_t degree : degrees)
    weights.push_back(static_cast<idx_t>(1 + degree));
  const std::vector<idx_t> ranks = cut(rowsOf(edges, isDirected), std::move(weights), numRanks);
  return {ranks.begin(), ranks.end()};
}

} // namespace irh::rt::partition
