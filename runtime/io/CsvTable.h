//===- CsvTable.h - a table of text whose columns are read when asked for ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_IO_CSVTABLE_H
#define IRH_RUNTIME_IO_CSVTABLE_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace irh::rt::io {

/// A .csv or .tsv file: a line of names, then a line for each row. Cells may be quoted; lines may
/// end in CRLF; empty lines may follow the last row.
class CsvTable {
public:
  /// Reads a file and checks that every row has as many cells as the first line.
  ///
  /// Collective  no: every rank that calls it reads the file.
  /// Cost        one pass over the bytes; keeps the text, and 8 bytes a row.
  /// Errors      InvalidArgument, with the line: no such file, an extension other than .csv and
  ///             .tsv, an empty file, a row of another length, an unclosed quote.
  static CsvTable read(const std::string &path);

  /// As `read`, of text that is already here; `path` names it in messages and says the separator.
  static CsvTable parse(std::string path, std::string text);

  const std::string &path() const { return filePath; }
  /// The whole file.
  const std::string &content() const { return text; }
  std::int64_t numRows() const { return static_cast<std::int64_t>(rowStarts.size()); }
  const std::vector<std::string> &names() const { return columnNames; }

  /// The line of the file, from 1, that holds a row.
  static std::int64_t lineOfRow(std::int64_t row) { return row + 2; }

  std::optional<std::size_t> findColumn(std::string_view name) const;

  /// The column of this name. Errors: InvalidArgument, naming the columns there are, if there is
  /// none or more than one.
  std::size_t requireColumn(std::string_view name) const;

  /// A whole column as numbers, in the order of the file.
  ///
  /// Cost    one pass over the rows, up to the column.
  /// Errors  InvalidArgument, with the line: a cell that is empty, not a number (an integer, for
  ///         `readInts`), or not finite. `readBools` gives 1 for `true` and `1`, 0 for `false` and
  ///         `0`, and takes nothing else.
  std::vector<double> readReals(std::size_t column) const;
  std::vector<std::int64_t> readInts(std::size_t column) const;
  std::vector<std::int64_t> readBools(std::size_t column) const;

private:
  template <typename T, typename Parse>
  std::vector<T> readCells(std::size_t column, const char *what, Parse parse) const;
  CsvTable() = default;
  void readHeader();
  void findRows();
  void checkRow(std::string_view row) const;
  std::string_view lineAt(std::size_t start) const;
  std::string_view plainCell(std::int64_t row, std::size_t column, std::string &storage) const;

  std::string filePath;
  std::string text;
  char separator = ',';
  std::size_t bodyStart = 0;
  std::vector<std::string> columnNames;
  std::vector<std::size_t> rowStarts;
};

} // namespace irh::rt::io

#endif // IRH_RUNTIME_IO_CSVTABLE_H
