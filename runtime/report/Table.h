//===- Table.h - rows of observed values ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REPORT_TABLE_H
#define IRH_RUNTIME_REPORT_TABLE_H

#include "runtime/abi/Abi.h"
#include "runtime/report/Format.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace irh::rt::report {

enum class Format { Table, Jsonl };

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

/// Columns in their order, and the row that is being filled. A cell that is not set is left out
/// of the row.
class Table {
public:
  explicit Table(std::size_t numColumns = 0);

  void declare(std::size_t column, Column what) { columns.at(column + kNumStateCells) = what; }
  void set(std::size_t column, const Value &value) { cells.at(column + kNumStateCells) = value; }
  bool isRowEmpty() const;
  void clearRow();

  /// The row as text, with its line end; it begins with the state, if there is one. For
  /// Format::Table the first row has the names above it.
  std::string takeRow(Format format, const std::optional<RowState> &state);

private:
  static constexpr std::size_t kNumStateCells = 2; ///< Step and time.

  std::string readableRow(std::size_t firstCell) const;
  std::string jsonRow() const;

  std::vector<Column> columns;
  std::vector<std::optional<Value>> cells;
  bool hasNames = false; ///< The names stand above the first row.
};

} // namespace irh::rt::report

#endif // IRH_RUNTIME_REPORT_TABLE_H
