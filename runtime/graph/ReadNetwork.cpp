//===- ReadNetwork.cpp - networks from tables -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/ReadNetwork.h"

#include "runtime/core/Error.h"
#include "runtime/graph/FileEdges.h"
#include "runtime/graph/NodeFile.h"

#include <algorithm>
#include <utility>

namespace irh::rt::graph {
namespace {

using io::CsvTable;

/// Replaces ids by rows.
void resolveIds(std::vector<std::int64_t> &ends, const NodeIds &ids, const CsvTable &edges,
                const CsvTable &nodes) {
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const auto found = ids.rows.find(ends[i]);
    if (found == ids.rows.end())
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
  // Far more nodes than edges can join: these are ids.
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
  const CsvTable &edges = network.files->table();
  const std::optional<CsvTable> &nodes = network.files->nodes;
  network.numNodes = nodes ? nodes->numRows() : nodesOf(ends, edges);
  NodeIds ids = nodes ? readNodeIds(*nodes) : NodeIds();
  if (ids.ofRows.empty()) {
    checkRows(ends.src, network.numNodes, edges);
    checkRows(ends.dst, network.numNodes, edges);
    return;
  }
  resolveIds(ends.src, ids, edges, *nodes);
  resolveIds(ends.dst, ids, edges, *nodes);
  network.ids = std::move(ids.ofRows);
}

/// The edges of the file, with self-loops treated as asked.
std::vector<FileEdge> listEdges(const Ends &ends, const Treatment &treatment,
                                const CsvTable &file) {
  std::vector<FileEdge> edges;
  edges.reserve(ends.src.size());
  for (std::size_t i = 0; i < ends.src.size(); ++i) {
    const bool isLoop = ends.src[i] == ends.dst[i];
    if (isLoop && treatment.loops == abi::Loops::Refuse)
      throw invalidAt(file.path(), CsvTable::lineOfRow(static_cast<std::int64_t>(i)),
                      "this edge leads from a node to itself; `loops: keep` or `loops: drop` "
                      "allows that");
    if (isLoop && treatment.loops == abi::Loops::Drop)
      continue;
    const FileEdge edge{
        .src = static_cast<std::int32_t>(ends.src[i]),
        .dst = static_cast<std::int32_t>(ends.dst[i]),
        .from = {.row = static_cast<std::uint32_t>(i) & 0x7fffffffu, .isTurned = 0}};
    edges.push_back(treatment.directed == abi::Directed::Yes ? edge : turned(edge));
  }
  return edges;
}

void refuseDuplicates(const std::vector<FileEdge> &sorted, const CsvTable &file) {
  if (const FileEdge *second = findDuplicate(sorted, Sides::One))
    throw invalidAt(file.path(), CsvTable::lineOfRow(second->from.row),
                    "this edge is already on line " +
                        std::to_string(CsvTable::lineOfRow((second - 1)->from.row)) +
                        "; `duplicates: sum` or `duplicates: first` allows that");
}

} // namespace

Network joinTables(CsvTable edges, std::optional<CsvTable> nodes, const Treatment &treatment) {
  requireIndexable(edges);
  if (nodes)
    requireIndexable(*nodes);
  Network network;
  network.isDirected = treatment.directed == abi::Directed::Yes;
  network.files.emplace(Files{std::move(edges), std::move(nodes), {}});
  const CsvTable &file = network.files->table();
  std::vector<FileEdge> list;
  {
    Ends ends = readEnds(file);
    numberNodes(network, ends);
    list = listEdges(ends, treatment, file);
  }
  sortFileEdges(network.numNodes, Sides::One, list);
  if (treatment.duplicates == abi::Duplicates::Refuse)
    refuseDuplicates(list, file);
  storeEdges(network, list, Sides::One, treatment.duplicates);
  return network;
}

Network readNetwork(const NetworkFiles &files, const Treatment &treatment) {
  const bool isMatrix = files.edges.ends_with(".mtx");
  if (!isMatrix && !files.edges.ends_with(".csv") && !files.edges.ends_with(".tsv"))
    throw invalid("cannot tell the format of `" + files.edges +
                  "` from its name; files of edges that can be read end in .csv, .tsv or .mtx");
  std::optional<CsvTable> nodes;
  if (isMatrix) {
    io::MatrixMarket matrix = io::readMatrixMarket(files.edges);
    if (files.nodes)
      nodes = CsvTable::read(*files.nodes);
    return joinMatrix(std::move(matrix), std::move(nodes), treatment);
  }
  CsvTable edges = CsvTable::read(files.edges);
  if (files.nodes)
    nodes = CsvTable::read(*files.nodes);
  return joinTables(std::move(edges), std::move(nodes), treatment);
}

} // namespace irh::rt::graph
