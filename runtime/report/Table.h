//===- Table.h - rows of observed values ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REPORT_TABLE_H
#define IRH_RUNTIME_REPORT_TABLE_H

#include "runtime/abi/Abi.h"
#include "runtime/report/Format.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace irh::rt::report {

enum class Format { Table, Jsonl, Csv };

/// As `--format` has it.
const char *wordOf(Format format);

struct Column {
  std::string name;
  abi::Element element = abi::Element::Real;
};

/// The state a row belongs to; its first two cells.
struct RowState {
  std::int64_t step = 0;
  double t = 0;
  std::string_view timeName = "t";
};

/// A row: one cell for each column.
struct RowView {
  std::span<const Column> columns;
  std::span<const std::optional<Value>> cells;
};

/// Columns in their order, and the row that is being filled. A cell that is not set is left out
/// of the row.
class Table {
public:
  explicit Table(std::size_t numColumns = 0);

  void declare(std::size_t column, Column what) { columns.at(column + kNumStateCells) = what; }
  void set(std::size_t column, const Value &value) { cells.at(column + kNumStateCells) = value; }
  bool isRowEmpty() const;
  void clearRow();

  /// Puts the row at a state; its cells then come first.
  void placeRow(const RowState &state);

  /// The row at hand, until the next change.
  RowView view() const;

  /// The names of the columns, with their line end; nothing for Format::Jsonl.
  std::string nameLine(Format format) const;
  /// The row at hand, with its line end.
  std::string row(Format format) const;

private:
  static constexpr std::size_t kNumStateCells = 2; ///< Step and time.

  std::string jsonRow() const;
  std::string csvRow() const;
  std::string alignedRow() const;
  std::string csvNameLine() const;
  std::string alignedNameLine() const;

  std::vector<Column> columns;
  std::vector<std::optional<Value>> cells;
  std::size_t firstColumn = kNumStateCells; ///< 0 once a row has a state.
};

} // namespace irh::rt::report

#endif // IRH_RUNTIME_REPORT_TABLE_H
