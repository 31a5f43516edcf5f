//===- ReadNetwork.cpp - networks from files --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/ReadNetwork.h"

#include "runtime/core/Error.h"
#include "runtime/graph/SortEdges.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace irh::rt::graph {
namespace {

using io::CsvTable;

constexpr std::int64_t kMostPoints = std::numeric_limits<std::int32_t>::max();

// Without a file of nodes, more than this many nodes, and this many for each edge, are refused.
constexpr std::int64_t kLeastMostNodes = 1'000'000;
constexpr std::int64_t kMostNodesPerEdge = 100;

/// An edge and the row of the file that it stands in.
struct FileEdge {
  std::int64_t src;
  std::int64_t dst;
  std::int64_t row;

  bool joinsSameAs(const FileEdge &other) const { return src == other.src && dst == other.dst; }
  friend auto operator<=>(const FileEdge &, const FileEdge &) = default;
};

void requireIndexable(const CsvTable &table) {
  if (table.numRows() > kMostPoints)
    throw invalid("`" + table.path() + "` has more rows than " + std::to_string(kMostPoints));
}

using RowOfId = std::unordered_map<std::int64_t, std::int64_t>;

RowOfId indexIds(const CsvTable &nodes, const std::vector<std::int64_t> &ids) {
  RowOfId rowOfId;
  rowOfId.reserve(ids.size());
  for (std::size_t row = 0; row < ids.size(); ++row) {
    const auto [first, isNew] = rowOfId.try_emplace(ids[row], static_cast<std::int64_t>(row));
    if (!isNew)
      throw invalidAt(nodes.path(), CsvTable::lineOfRow(static_cast<std::int64_t>(row)),
                      "id " + std::to_string(ids[row]) + " is already on line " +
                          std::to_string(CsvTable::lineOfRow(first->second)));
  }
  return rowOfId;
}

bool areRows(const std::vector<std::int64_t> &ids) {
  for (std::size_t row = 0; row < ids.size(); ++row)
    if (ids[row] != static_cast<std::int64_t>(row))
      return false;
  return true;
}

/// Replaces ids by rows.
void resolveIds(std::vector<std::int64_t> &ends, const RowOfId &rowOfId, const CsvTable &edges,
                const CsvTable &nodes) {
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const auto found = rowOfId.find(ends[i]);
    if (found == rowOfId.end())
      throw invalidAt(edges.path(), CsvTable::lineOfRow(static_cast<std::int64_t>(i)),
                      "there is no node with id " + std::to_string(ends[i]) + " in `" +
                          nodes.path() + "`");
    ends[i] = found->second;
  }
}

void checkRows(const std::vector<std::int64_t> &ends, std::int64_t numNodes,
               const CsvTable &edges) {
  for (std::size_t i = 0; i < ends.size(); ++i)
    if (ends[i] < 0 || ends[i] >= numNodes)
      throw invalidAt(edges.path(), CsvTable::lineOfRow(static_cast<std::int64_t>(i)),
                      "there is no node " + std::to_string(ends[i]) +
                          "; nodes are numbered from "
                          "0 to " +
                          std::to_string(numNodes - 1));
}

struct Ends {
  std::vector<std::int64_t> src;
  std::vector<std::int64_t> dst;
};

Ends readEnds(const CsvTable &edges) {
  if (edges.names().size() < 2)
    throw invalidAt(edges.path(), 1, "a file of edges needs two columns for the ends, but has one");
  return {edges.readInts(0), edges.readInts(1)};
}

std::int64_t nodesOf(const Ends &ends, const CsvTable &edges) {
  if (ends.src.empty())
    throw invalid("`" + edges.path() +
                  "` has no edges, so the number of nodes is unknown; "
                  "name a file of nodes with `nodes:`");
  const auto src = std::max_element(ends.src.begin(), ends.src.end());
  const auto dst = std::max_element(ends.dst.begin(), ends.dst.end());
  const std::int64_t largest = std::max(*src, *dst);
  // Far more nodes than edges can join: these are ids, and memory for all rows may not exist.
  if (largest >= kLeastMostNodes && largest / kMostNodesPerEdge >= edges.numRows()) {
    const auto row = *src >= *dst ? src - ends.src.begin() : dst - ends.dst.begin();
    throw invalidAt(edges.path(), CsvTable::lineOfRow(row),
                    std::to_string(largest) +
                        " is too large for the number of a node, counted "
                        "from 0; if it is an id, name a file of nodes with a column `id`");
  }
  return largest + 1;
}

/// Numbers the nodes, and turns the ends of all edges into rows.
void numberNodes(Network &network, Ends &ends) {
  const CsvTable &edges = network.files->edges;
  const std::optional<CsvTable> &nodes = network.files->nodes;
  network.numNodes = nodes ? nodes->numRows() : nodesOf(ends, edges);
  if (nodes && nodes->findColumn("id")) {
    network.ids = nodes->readInts(nodes->requireColumn("id"));
    if (!areRows(network.ids)) {
      const RowOfId rowOfId = indexIds(*nodes, network.ids);
      resolveIds(ends.src, rowOfId, edges, *nodes);
      resolveIds(ends.dst, rowOfId, edges, *nodes);
      return;
    }
    network.ids.clear();
  }
  checkRows(ends.src, network.numNodes, edges);
  checkRows(ends.dst, network.numNodes, edges);
}

/// The edges of the file, with self-loops treated as asked.
std::vector<FileEdge> listEdges(const Ends &ends, abi::Loops loops, const CsvTable &file) {
  std::vector<FileEdge> edges;
  edges.reserve(ends.src.size());
  for (std::size_t i = 0; i < ends.src.size(); ++i) {
    const auto row = static_cast<std::int64_t>(i);
    if (ends.src[i] == ends.dst[i] && loops == abi::Loops::Refuse)
      throw invalidAt(file.path(), CsvTable::lineOfRow(row),
                      "this edge leads from a node to itself; `loops: keep` or `loops: drop` "
                      "allows that");
    if (ends.src[i] != ends.dst[i] || loops == abi::Loops::Keep)
      edges.push_back({ends.src[i], ends.dst[i], row});
  }
  return edges;
}

/// Refuses the first line of the file that repeats an edge of an earlier line.
void refuseDuplicates(const std::vector<FileEdge> &sorted, const CsvTable &file) {
  const FileEdge *second = nullptr;
  for (std::size_t i = 1; i < sorted.size(); ++i)
    if (sorted[i].joinsSameAs(sorted[i - 1]) && (!second || sorted[i].row < second->row))
      second = &sorted[i];
  if (second)
    throw invalidAt(file.path(), CsvTable::lineOfRow(second->row),
                    "this edge is already on line " +
                        std::to_string(CsvTable::lineOfRow((second - 1)->row)) +
                        "; `duplicates: sum` or `duplicates: first` allows that");
}

/// Stores each pair once, with the rows it takes its columns from.
void storeEdges(Network &network, const std::vector<FileEdge> &sorted, abi::Duplicates duplicates) {
  Files &files = *network.files;
  files.edgeRowStarts.push_back(0);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const bool isNew = i == 0 || !sorted[i].joinsSameAs(sorted[i - 1]);
    if (isNew) {
      network.edges.push_back({sorted[i].src, sorted[i].dst});
      files.edgeRowStarts.push_back(files.edgeRowStarts.back());
    }
    if (isNew || duplicates == abi::Duplicates::Sum) {
      files.edgeRows.push_back(sorted[i].row);
      ++files.edgeRowStarts.back();
    }
  }
}

} // namespace

Network joinTables(CsvTable edges, std::optional<CsvTable> nodes, const Treatment &treatment) {
  requireIndexable(edges);
  if (nodes)
    requireIndexable(*nodes);
  Network network;
  network.files.emplace(Files{std::move(edges), std::move(nodes), {}, {}});
  const CsvTable &file = network.files->edges;
  Ends ends = readEnds(file);
  numberNodes(network, ends);
  std::vector<FileEdge> sorted = listEdges(ends, treatment.loops, file);
  sortEdges(network.numNodes, sorted);
  if (treatment.duplicates == abi::Duplicates::Refuse)
    refuseDuplicates(sorted, file);
  storeEdges(network, sorted, treatment.duplicates);
  return network;
}

Network readNetwork(const NetworkFiles &files, const Treatment &treatment) {
  CsvTable edges = CsvTable::read(files.edges);
  std::optional<CsvTable> nodes;
  if (files.nodes)
    nodes = CsvTable::read(*files.nodes);
  return joinTables(std::move(edges), std::move(nodes), treatment);
}

} // namespace irh::rt::graph
