//===- Network.cpp - columns and degrees of a whole network -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Network.h"

#include "runtime/core/Error.h"

#include <cmath>
#include <string>

namespace irh::rt::graph {

std::vector<std::int64_t> countDegrees(const Network &network) {
  std::vector<std::int64_t> degrees(static_cast<std::size_t>(network.numNodes));
  for (const Edge &edge : network.edges) {
    ++degrees[static_cast<std::size_t>(edge.src)];
    if (edge.dst != edge.src)
      ++degrees[static_cast<std::size_t>(edge.dst)];
  }
  return degrees;
}

static const Files &requireFiles(const Network &network, std::string_view column) {
  if (!network.files)
    throw invalid("there is no column `" + std::string(column) +
                  "`: the network was not read from a file");
  return *network.files;
}

static const io::CsvTable &requireNodeFile(const Network &network, std::string_view column) {
  const Files &files = requireFiles(network, column);
  if (!files.nodes)
    throw invalid("there is no column `" + std::string(column) +
                  "`: the network was read without a file of nodes; name one with `nodes:`");
  return *files.nodes;
}

std::vector<double> nodeReals(const Network &network, std::string_view column) {
  const io::CsvTable &table = requireNodeFile(network, column);
  return table.readReals(table.requireColumn(column));
}

std::vector<std::int64_t> nodeInts(const Network &network, std::string_view column) {
  const io::CsvTable &table = requireNodeFile(network, column);
  return table.readInts(table.requireColumn(column));
}

static bool addChecked(double &sum, double value) {
  sum += value;
  return std::isfinite(sum);
}

static bool addChecked(std::int64_t &sum, std::int64_t value) {
  return !__builtin_add_overflow(sum, value, &sum);
}

template <typename T>
static std::vector<T> sumOverEdges(const Files &files, const std::vector<T> &ofRows) {
  std::vector<T> ofEdges(files.edgeRowStarts.size() - 1);
  for (std::size_t edge = 0; edge < ofEdges.size(); ++edge)
    for (auto i = files.edgeRowStarts[edge]; i < files.edgeRowStarts[edge + 1]; ++i) {
      const std::int64_t row = files.edgeRows[static_cast<std::size_t>(i)];
      if (!addChecked(ofEdges[edge], ofRows[static_cast<std::size_t>(row)]))
        throw invalidAt(files.edges.path(), io::CsvTable::lineOfRow(row),
                        "the sum over duplicates of this edge is too large");
    }
  return ofEdges;
}

std::vector<double> edgeReals(const Network &network, std::string_view column) {
  const Files &files = requireFiles(network, column);
  return sumOverEdges(files, files.edges.readReals(files.edges.requireColumn(column)));
}

std::vector<std::int64_t> edgeInts(const Network &network, std::string_view column) {
  const Files &files = requireFiles(network, column);
  return sumOverEdges(files, files.edges.readInts(files.edges.requireColumn(column)));
}

} // namespace irh::rt::graph
