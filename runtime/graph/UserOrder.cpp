//===- UserOrder.cpp - edges in the order that the user knows ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/UserOrder.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace irh::rt::graph {

static std::uint32_t firstRow(std::span<const EdgeRow> rows) {
  std::uint32_t first = rows.front().row;
  for (const EdgeRow &row : rows)
    first = std::min<std::uint32_t>(first, row.row);
  return first;
}

std::vector<std::int64_t> edgesInUserOrder(const Network &network) {
  if (!network.files)
    return {};
  std::vector<std::uint32_t> rows(network.edges.size());
  for (std::size_t edge = 0; edge < rows.size(); ++edge)
    rows[edge] = firstRow(network.files->rowsOfEdges.of(static_cast<std::int64_t>(edge)));
  if (std::is_sorted(rows.begin(), rows.end()))
    return {};
  std::vector<std::int64_t> edges(rows.size());
  std::iota(edges.begin(), edges.end(), 0);
  std::sort(edges.begin(), edges.end(), [&](std::int64_t a, std::int64_t b) {
    return rows[static_cast<std::size_t>(a)] < rows[static_cast<std::size_t>(b)];
  });
  return edges;
}

} // namespace irh::rt::graph
