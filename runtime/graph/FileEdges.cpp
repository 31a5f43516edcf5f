//===- FileEdges.cpp - edges as a file lists them ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/FileEdges.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace irh::rt::graph {

FileEdge turned(FileEdge edge) {
  if (edge.src > edge.dst) {
    std::swap(edge.src, edge.dst);
    edge.from.isTurned = 1;
  }
  return edge;
}

// Counting by src leaves each node's edges in the order of the file.
void sortFileEdges(std::int64_t numNodes, Sides sides, std::vector<FileEdge> &edges) {
  std::vector<std::int64_t> next(static_cast<std::size_t>(numNodes) + 1);
  for (const FileEdge &edge : edges)
    ++next[static_cast<std::size_t>(edge.src) + 1];
  for (std::size_t node = 1; node < next.size(); ++node)
    next[node] += next[node - 1];
  std::vector<FileEdge> sorted(edges.size());
  for (const FileEdge &edge : edges)
    sorted[static_cast<std::size_t>(next[static_cast<std::size_t>(edge.src)]++)] = edge;
  const auto isBefore = [sides](const FileEdge &a, const FileEdge &b) {
    const auto key = [sides](const FileEdge &edge) {
      const unsigned side = sides == Sides::Both ? edge.from.isTurned : 0;
      return std::tuple(edge.dst, side, std::uint32_t{edge.from.row});
    };
    return key(a) < key(b);
  };
  // `next[node]` is now where the edges of `node` end.
  for (std::size_t node = 0; node + 1 < next.size(); ++node)
    std::sort(sorted.begin() + (node == 0 ? 0 : next[node - 1]), sorted.begin() + next[node],
              isBefore);
  edges = std::move(sorted);
}

bool areDuplicates(const FileEdge &a, const FileEdge &b, Sides sides) {
  return a.joinsSameAs(b) && (sides == Sides::One || a.from.isTurned == b.from.isTurned);
}

const FileEdge *findDuplicate(const std::vector<FileEdge> &sorted, Sides sides) {
  const FileEdge *earliest = nullptr;
  for (std::size_t i = 1; i < sorted.size(); ++i)
    if (areDuplicates(sorted[i], sorted[i - 1], sides) &&
        (!earliest || sorted[i].from.row < earliest->from.row))
      earliest = &sorted[i];
  return earliest;
}

void storeEdges(Network &network, const std::vector<FileEdge> &sorted, Sides sides,
                abi::Duplicates duplicates) {
  const auto isNew = [&](std::size_t i) { return i == 0 || !sorted[i].joinsSameAs(sorted[i - 1]); };
  network.edges = EdgeList::collect({0, network.numNodes}, [&](auto visit) {
    for (std::size_t i = 0; i < sorted.size(); ++i)
      if (isNew(i))
        visit(std::int64_t{sorted[i].src}, std::int64_t{sorted[i].dst});
  });

  RowsOfEdges &rows = network.files->rowsOfEdges;
  rows.rows.reserve(sorted.size());
  const bool areSingle = network.edges.size() == sorted.size();
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (isNew(i) && !areSingle)
      rows.starts.push_back(static_cast<std::int64_t>(rows.rows.size()));
    if (isNew(i) || duplicates == abi::Duplicates::Sum ||
        !areDuplicates(sorted[i], sorted[i - 1], sides))
      rows.rows.push_back(sorted[i].from);
  }
  if (!areSingle)
    rows.starts.push_back(static_cast<std::int64_t>(rows.rows.size()));
}

} // namespace irh::rt::graph
