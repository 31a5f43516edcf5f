//===- Report.h - what a run prints -----------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REPORT_REPORT_H
#define IRH_RUNTIME_REPORT_REPORT_H

#include "runtime/report/Progress.h"
#include "runtime/report/Table.h"

#include <optional>
#include <utility>

namespace irh::rt::report {

struct ReportOptions {
  Format format = Format::Table;
  int rows = -1;     ///< Where rows go; negative on ranks that print nothing.
  int progress = -1; ///< Where the progress line goes; negative for none.
};

/// The tables of one rank, in the order they are made. Only a rank with somewhere to write formats.
class Report {
public:
  explicit Report(const ReportOptions &options) : options(options), progress(options.progress) {}

  void beginTable(std::size_t numColumns);
  void declare(std::size_t column, Column what) { table.declare(column, std::move(what)); }
  void set(std::size_t column, const Value &value) { table.set(column, value); }

  /// Writes the row at hand, if it has any cell, and starts an empty one.
  ///
  /// Errors  OutputClosed, OutputFailed: see writeAll.
  void endRow(const std::optional<RowState> &state);

  Progress &progressLine() { return progress; }

private:
  ReportOptions options;
  Progress progress;
  Table table;
  bool hasWritten = false;
  bool isTableNew = false;
};

} // namespace irh::rt::report

#endif // IRH_RUNTIME_REPORT_REPORT_H
