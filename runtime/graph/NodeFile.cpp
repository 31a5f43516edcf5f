//===- NodeFile.cpp - nodes as a file lists them ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/NodeFile.h"

#include "runtime/core/Error.h"
#include "runtime/graph/Limits.h"

namespace irh::rt::graph {

using io::CsvTable;

static bool areRows(const std::vector<std::int64_t> &ids) {
  for (std::size_t row = 0; row < ids.size(); ++row)
    if (ids[row] != static_cast<std::int64_t>(row))
      return false;
  return true;
}

NodeIds readNodeIds(const CsvTable &nodes) {
  NodeIds ids;
  if (!nodes.findColumn("id"))
    return ids;
  ids.ofRows = nodes.readInts(nodes.requireColumn("id"));
  if (areRows(ids.ofRows)) {
    ids.ofRows.clear();
    return ids;
  }
  ids.rows.reserve(ids.ofRows.size());
  for (std::size_t i = 0; i < ids.ofRows.size(); ++i) {
    const auto row = static_cast<std::int64_t>(i);
    const auto [first, isNew] = ids.rows.try_emplace(ids.ofRows[i], row);
    if (!isNew)
      throw invalidAt(nodes.path(), CsvTable::lineOfRow(row),
                      "id " + std::to_string(ids.ofRows[i]) + " is already on line " +
                          std::to_string(CsvTable::lineOfRow(first->second)));
  }
  return ids;
}

void requireIndexable(const CsvTable &table) {
  if (table.numRows() > kMostPoints)
    throw invalid("`" + table.path() + "` has more rows than " + std::to_string(kMostPoints));
}

} // namespace irh::rt::graph
