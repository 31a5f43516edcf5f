//===- Report.cpp - what a run prints ---------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Report.h"

#include "runtime/report/Output.h"

namespace irh::rt::report {

void Report::beginTable(std::size_t numColumns) {
  table = Table(numColumns);
  isTableNew = true;
}

void Report::endRow(const std::optional<RowState> &state) {
  if (table.isRowEmpty())
    return;
  if (options.rows < 0) {
    table.clearRow();
    return;
  }
  // An empty line sets a table off from the one above it.
  const bool isApart = options.format == Format::Table && isTableNew && hasWritten;
  const std::string row = (isApart ? "\n" : "") + table.takeRow(options.format, state);
  isTableNew = false;
  hasWritten = true;
  progress.hide();
  writeAll(options.rows, row);
}

} // namespace irh::rt::report
