//===- ReadMatrix.cpp - networks from matrices ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Error.h"
#include "runtime/graph/FileEdges.h"
#include "runtime/graph/Limits.h"
#include "runtime/graph/NodeFile.h"
#include "runtime/graph/ReadNetwork.h"

#include <string>
#include <utility>

namespace irh::rt::graph {
namespace {

using io::MatrixMarket;
using io::MatrixSymmetry;

void numberNodes(Network &network, const MatrixMarket &matrix,
                 const std::optional<io::CsvTable> &nodes) {
  if (matrix.numRows != matrix.numColumns)
    throw invalidAt(matrix.path, matrix.firstLine - 1,
                    "a matrix with " + std::to_string(matrix.numRows) + " rows and " +
                        std::to_string(matrix.numColumns) +
                        " columns is no network; it must be square");
  if (nodes && nodes->numRows() != matrix.numRows)
    throw invalid("`" + nodes->path() + "` has " + std::to_string(nodes->numRows()) +
                  " nodes, but the matrix in `" + matrix.path + "` has " +
                  std::to_string(matrix.numRows) + " rows; there must be as many");
  if (!nodes && matrix.numRows > kLeastMostNodes &&
      matrix.numRows / kMostNodesPerEdge > matrix.numEntries())
    throw invalidAt(matrix.path, matrix.firstLine - 1,
                    "a matrix of " + std::to_string(matrix.numRows) + " rows with " +
                        std::to_string(matrix.numEntries()) +
                        " entries is nearly empty; name a file of nodes with `nodes:` to confirm");
  network.numNodes = matrix.numRows;
  if (nodes)
    network.ids = readNodeIds(*nodes).ofRows;
}

std::vector<FileEdge> listEntries(const MatrixMarket &matrix, abi::Loops loops) {
  std::vector<FileEdge> edges;
  edges.reserve(matrix.rows.size());
  for (std::size_t i = 0; i < matrix.rows.size(); ++i) {
    const bool isLoop = matrix.rows[i] == matrix.columns[i];
    if (isLoop && loops == abi::Loops::Refuse)
      throw invalidAt(matrix.path, matrix.lineOf(static_cast<std::int64_t>(i)),
                      "this entry is on the diagonal, an edge from a node to itself; `loops: keep` "
                      "or `loops: drop` allows that");
    if (!isLoop || loops == abi::Loops::Keep)
      edges.push_back(
          {.src = matrix.columns[i],
           .dst = matrix.rows[i],
           .from = {.row = static_cast<std::uint32_t>(i) & 0x7fffffffu, .isTurned = 0}});
  }
  return edges;
}

void turnAll(std::vector<FileEdge> &edges) {
  for (FileEdge &edge : edges)
    edge = turned(edge);
}

/// What the file leaves out above the diagonal.
void addOpposites(std::vector<FileEdge> &edges) {
  const std::size_t numBelow = edges.size();
  for (std::size_t i = 0; i < numBelow; ++i)
    if (edges[i].src != edges[i].dst)
      edges.push_back({.src = edges[i].dst,
                       .dst = edges[i].src,
                       .from = {.row = edges[i].from.row, .isTurned = 1}});
  if (static_cast<std::int64_t>(edges.size()) > kMostPoints)
    throw tooManyEdges(static_cast<std::int64_t>(edges.size()));
}

/// The first row, in the order of the pairs, whose opposite has none. Sides::Both sorts a pair's
/// rows by side.
const FileEdge *findLonely(const std::vector<FileEdge> &sorted) {
  for (std::size_t first = 0; first < sorted.size();) {
    std::size_t end = first;
    while (end < sorted.size() && sorted[end].joinsSameAs(sorted[first]))
      ++end;
    const bool isLoop = sorted[first].src == sorted[first].dst;
    if (!isLoop && sorted[first].from.isTurned == sorted[end - 1].from.isTurned)
      return &sorted[first];
    first = end;
  }
  return nullptr;
}

Error lonelyEntry(const MatrixMarket &matrix, const FileEdge &edge) {
  const std::string row = std::to_string(matrix.rows[edge.from.row] + 1);
  const std::string column = std::to_string(matrix.columns[edge.from.row] + 1);
  return invalidAt(matrix.path, matrix.lineOf(edge.from.row),
                   "the network is said to be undirected, but entry (" + row + ", " + column +
                       ") has no opposite (" + column + ", " + row +
                       "); add it, or read the network with `directed: true`");
}

/// Turns and sorts the entries of a general matrix, if they make an undirected network.
bool makeUndirected(const MatrixMarket &matrix, abi::Directed directed,
                    std::vector<FileEdge> &edges) {
  if (directed == abi::Directed::Yes)
    return false;
  std::vector<FileEdge> pairs = edges;
  turnAll(pairs);
  sortFileEdges(matrix.numRows, Sides::Both, pairs);
  if (const FileEdge *lonely = findLonely(pairs)) {
    if (directed == abi::Directed::No)
      throw lonelyEntry(matrix, *lonely);
    return false;
  }
  edges = std::move(pairs);
  return true;
}

void refuseDuplicates(const std::vector<FileEdge> &sorted, Sides sides,
                      const MatrixMarket &matrix) {
  if (const FileEdge *second = findDuplicate(sorted, sides))
    throw invalidAt(matrix.path, matrix.lineOf(second->from.row),
                    "this entry is already on line " +
                        std::to_string(matrix.lineOf((second - 1)->from.row)) +
                        "; `duplicates: sum` or `duplicates: first` allows that");
}

} // namespace

Network joinMatrix(MatrixMarket file, std::optional<io::CsvTable> nodes,
                   const Treatment &treatment) {
  if (nodes)
    requireIndexable(*nodes);
  Network network;
  numberNodes(network, file, nodes);
  network.files.emplace(Files{std::move(file), std::move(nodes), {}});
  const MatrixMarket &matrix = *network.files->matrix();
  std::vector<FileEdge> edges = listEntries(matrix, treatment.loops);
  Sides sides = Sides::One;
  if (matrix.symmetry != MatrixSymmetry::General) {
    // All stand below the diagonal: src < dst.
    network.isDirected = treatment.directed == abi::Directed::Yes;
    if (network.isDirected)
      addOpposites(edges);
    sortFileEdges(network.numNodes, sides, edges);
  } else if (makeUndirected(matrix, treatment.directed, edges)) {
    sides = Sides::Both;
  } else {
    network.isDirected = true;
    sortFileEdges(network.numNodes, sides, edges);
  }
  if (treatment.duplicates == abi::Duplicates::Refuse)
    refuseDuplicates(edges, sides, matrix);
  storeEdges(network, edges, sides, treatment.duplicates);
  return network;
}

} // namespace irh::rt::graph
