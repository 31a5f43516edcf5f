//===- Report.cpp - what a run prints ---------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Report.h"

#include "runtime/report/Output.h"

namespace irh::rt::report {

/// Of tables in files: aligned columns are for people.
static Format fileFormat(Format format) { return format == Format::Table ? Format::Csv : format; }

void Report::beginTable(std::size_t numColumns) {
  table = Table(numColumns);
  isTableNew = true;
  ++numTables;
  tableFile.reset();
  if (!options.tables.empty() && numColumns > 0)
    openTableFile();
}

void Report::openTableFile() {
  ++numFiles;
  const std::string number = numFiles == 1 ? "" : "-" + std::to_string(numFiles);
  const char *extension = fileFormat(options.format) == Format::Csv ? ".csv" : ".jsonl";
  Mark &mark = outputFiles.claim(options.tables + number + extension);
  if (options.rows >= 0)
    tableFile.emplace(mark);
}

void Report::endRow(const std::optional<RowState> &state) {
  if (isMuted)
    table.clearRow();
  if (table.isRowEmpty())
    return;
  if (options.rows >= 0 || options.taker) {
    if (state)
      table.placeRow(*state);
  }
  if (options.rows >= 0) {
    printRow();
    writeRow();
  }
  if (options.taker)
    options.taker->takeRow(numTables - 1, table.view());
  table.clearRow();
}

void Report::printRow() {
  std::string text;
  // In a table for people each starts anew; for programs, names are repeated where they change.
  const std::string names = table.nameLine(options.format);
  if (options.format == Format::Table ? isTableNew : names != namesAbove)
    text = (hasPrinted ? "\n" : "") + names;
  namesAbove = names;
  isTableNew = false;
  hasPrinted = true;
  progress.hide();
  writeAll(options.rows, text + table.row(options.format));
}

void Report::writeRow() {
  if (!tableFile)
    return;
  const Format format = fileFormat(options.format);
  const std::string names = tableFile->isEmpty() ? table.nameLine(format) : "";
  tableFile->append(names + table.row(format));
}

} // namespace irh::rt::report
