//===- Report.h - what a run prints -----------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REPORT_REPORT_H
#define IRH_RUNTIME_REPORT_REPORT_H

#include "runtime/report/OutputFiles.h"
#include "runtime/report/Progress.h"
#include "runtime/report/Table.h"
#include "runtime/report/TextFile.h"

#include <optional>
#include <string>
#include <utility>

namespace irh::rt::report {

/// Somebody who takes rows as values.
class RowTaker {
public:
  virtual ~RowTaker() = default;
  /// A row of table number `table`, from 0.
  ///
  /// Errors  OutputClosed to stop the run.
  virtual void takeRow(std::size_t table, const RowView &row) = 0;
};

struct ReportOptions {
  Format format = Format::Table;
  int rows = -1;           ///< Where rows go; negative on ranks that print nothing.
  int progress = -1;       ///< Where the progress line goes; negative for none.
  std::string tables = {}; ///< `dir/name` for dir/name.csv, dir/name-2.csv ...; empty for no files.
  RowTaker *taker = nullptr; ///< Gets each row, too.
};

/// The tables of one rank, in the order they are made. Only a rank with somewhere to write formats.
class Report {
public:
  explicit Report(const ReportOptions &options) : options(options), progress(options.progress) {}

  /// Starts a table, in a file of its own if tables have any and it has columns.
  ///
  /// Errors  InvalidArgument if the file has another writer; OutputFailed.
  void beginTable(std::size_t numColumns);
  void declare(std::size_t column, Column what) { table.declare(column, std::move(what)); }
  void set(std::size_t column, const Value &value) { table.set(column, value); }

  /// Whether rows are thrown away: they have been written before.
  void mute(bool isMute) { isMuted = isMute; }

  /// Writes the row at hand, if it has any cell, and starts an empty one.
  ///
  /// Errors  OutputClosed, OutputFailed: see writeAll.
  void endRow(const std::optional<RowState> &state);

  Progress &progressLine() { return progress; }

  /// All files of the run, those of `save` too.
  OutputFiles &files() { return outputFiles; }

private:
  void openTableFile();
  void printRow();
  void writeRow();

  ReportOptions options;
  Progress progress;
  OutputFiles outputFiles;
  Table table;
  std::optional<TextFile> tableFile;
  std::size_t numTables = 0;
  std::size_t numFiles = 0; ///< Of tables that have columns.
  std::string namesAbove;   ///< What was last printed above rows.
  bool isMuted = false;
  bool hasPrinted = false;
  bool isTableNew = false;
};

} // namespace irh::rt::report

#endif // IRH_RUNTIME_REPORT_REPORT_H
