//===- CsvTable.cpp - a table of text whose columns are read when asked for -===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/io/CsvTable.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/io/ReadFile.h"

#include <algorithm>
#include <cmath>

namespace irh::rt::io {
namespace {

char separatorOf(const std::string &path) {
  if (path.ends_with(".csv"))
    return ',';
  if (path.ends_with(".tsv"))
    return '\t';
  throw invalid("cannot tell the format of `" + path +
                "` from its name; files that can be read end in .csv or .tsv");
}

/// The end of the cell that starts at `start`: a separator or the end of the row. Sets `isClosed`
/// to false if a quote is still open there.
std::size_t cellEnd(std::string_view row, std::size_t start, char separator, bool &isClosed) {
  std::size_t at = start;
  while (at < row.size() && row[at] == ' ')
    ++at;
  if (at == row.size() || row[at] != '"')
    return std::min(row.find(separator, at), row.size());
  isClosed = false;
  for (++at; at < row.size(); ++at) {
    if (row[at] == '"')
      isClosed = !isClosed; // a doubled quote closes and opens again
    else if (isClosed && row[at] == separator)
      return at;
  }
  return row.size();
}

std::size_t countCells(std::string_view row, char separator, bool &isClosed) {
  isClosed = true;
  if (row.find('"') == std::string_view::npos)
    return static_cast<std::size_t>(std::count(row.begin(), row.end(), separator)) + 1;
  std::size_t count = 1;
  for (std::size_t at = cellEnd(row, 0, separator, isClosed); at < row.size();
       at = cellEnd(row, at + 1, separator, isClosed))
    ++count;
  return count;
}

/// The cell's text without its quotes, if it has any.
std::string unquote(std::string_view cell) {
  cell = trim(cell);
  if (cell.size() < 2 || cell.front() != '"' || cell.back() != '"')
    return std::string(cell);
  std::string plain;
  for (std::size_t i = 1; i + 1 < cell.size(); ++i) {
    plain += cell[i];
    if (cell[i] == '"')
      ++i;
  }
  return plain;
}

std::string listNames(const std::vector<std::string> &names) {
  std::string list;
  for (const std::string &name : names)
    list += (list.empty() ? "" : ", ") + quote(name);
  return list;
}

} // namespace

CsvTable CsvTable::read(const std::string &path) {
  separatorOf(path); // before the file is opened: the name alone is wrong
  return parse(path, readFile(path));
}

CsvTable CsvTable::parse(std::string path, std::string text) {
  CsvTable table;
  table.separator = separatorOf(path);
  table.filePath = std::move(path);
  table.text = std::move(text);
  table.readHeader();
  table.findRows();
  return table;
}

/// The line that starts here, without its end.
std::string_view CsvTable::lineAt(std::size_t start) const {
  const std::string_view rest = std::string_view(text).substr(start);
  std::string_view line = rest.substr(0, rest.find('\n'));
  if (line.ends_with('\r'))
    line.remove_suffix(1);
  return line;
}

void CsvTable::readHeader() {
  const std::size_t start = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; // a byte order mark
  const std::string_view line = lineAt(start);
  if (trim(line).empty())
    throw invalidAt(filePath, 1, "the file has no first line with the names of its columns");
  bool isClosed = true;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = cellEnd(line, at, separator, isClosed);
    columnNames.push_back(unquote(line.substr(at, end - at)));
    at = end + 1;
  }
  if (!isClosed)
    throw invalidAt(filePath, 1, "a quote is not closed on this line");
  if (std::all_of(columnNames.begin(), columnNames.end(),
                  [](const std::string &name) { return parseReal(name).has_value(); }))
    throw invalidAt(filePath, 1,
                    "the first line must name the columns, but holds numbers; "
                    "put a line such as `src,dst` before it");
  const std::size_t newline = text.find('\n', start);
  bodyStart = newline == std::string::npos ? text.size() : newline + 1;
}

void CsvTable::findRows() {
  std::size_t end = text.size();
  while (end > bodyStart && (text[end - 1] == '\n' || text[end - 1] == '\r'))
    --end;
  for (std::size_t start = bodyStart; start < end;) {
    rowStarts.push_back(start);
    checkRow(lineAt(start));
    const std::size_t newline = text.find('\n', start);
    start = newline == std::string::npos ? end : newline + 1;
  }
}

/// Checks the row that was found last.
void CsvTable::checkRow(std::string_view row) const {
  bool isClosed = true;
  const std::size_t numCells = countCells(row, separator, isClosed);
  if (isClosed && numCells == columnNames.size() && !row.empty())
    return;
  const std::int64_t line = lineOfRow(numRows() - 1);
  if (!isClosed)
    throw invalidAt(filePath, line, "a quote is not closed on this line");
  if (row.empty())
    throw invalidAt(filePath, line, "this line is empty; only the end of the file may be");
  throw invalidAt(filePath, line,
                  "this line has " + std::to_string(numCells) + " cells, the first line " +
                      std::to_string(columnNames.size()));
}

std::optional<std::size_t> CsvTable::findColumn(std::string_view name) const {
  const auto found = std::find(columnNames.begin(), columnNames.end(), name);
  if (found == columnNames.end())
    return std::nullopt;
  return static_cast<std::size_t>(found - columnNames.begin());
}

std::size_t CsvTable::requireColumn(std::string_view name) const {
  const std::optional<std::size_t> column = findColumn(name);
  if (!column)
    throw invalid("`" + filePath + "` has no column `" + std::string(name) + "`; it has " +
                  listNames(columnNames) + suggestion(name, columnNames));
  if (std::count(columnNames.begin(), columnNames.end(), name) > 1)
    throw invalid("`" + filePath + "` has several columns named `" + std::string(name) +
                  "`; give them different names");
  return *column;
}

/// The text of a cell; `storage` holds it where the file's own text has quotes around it.
std::string_view CsvTable::plainCell(std::int64_t row, std::size_t column,
                                     std::string &storage) const {
  const std::string_view line = lineAt(rowStarts[static_cast<std::size_t>(row)]);
  bool isClosed = true;
  std::size_t start = 0;
  std::size_t end = cellEnd(line, 0, separator, isClosed);
  for (std::size_t skipped = 0; skipped < column; ++skipped) {
    start = end + 1;
    end = cellEnd(line, start, separator, isClosed);
  }
  const std::string_view raw = trim(line.substr(start, end - start));
  if (!raw.starts_with('"'))
    return raw;
  storage = unquote(raw);
  return trim(storage);
}

/// `parse` gives nothing for a cell that is not `what`.
template <typename T, typename Parse>
std::vector<T> CsvTable::readCells(std::size_t column, const char *what, Parse parse) const {
  std::vector<T> values;
  values.reserve(rowStarts.size());
  std::string storage;
  for (std::int64_t row = 0; row < numRows(); ++row) {
    const std::string_view cell = plainCell(row, column, storage);
    const std::optional<T> value = parse(cell);
    if (!value)
      throw invalidAt(filePath, lineOfRow(row),
                      quote(cell) + " in column `" + columnNames[column] + "` is not " + what);
    values.push_back(*value);
  }
  return values;
}

std::vector<double> CsvTable::readReals(std::size_t column) const {
  return readCells<double>(column, "a finite number", [](std::string_view cell) {
    const std::optional<double> value = parseReal(cell);
    return value && std::isfinite(*value) ? value : std::nullopt;
  });
}

std::vector<std::int64_t> CsvTable::readInts(std::size_t column) const {
  return readCells<std::int64_t>(column, "an integer", parseInt);
}

std::vector<std::int64_t> CsvTable::readBools(std::size_t column) const {
  return readCells<std::int64_t>(
      column, "a bool: true, false, 1 or 0",
      [](std::string_view cell) -> std::optional<std::int64_t> {
        if (cell == "1" || cell == "true" || cell == "True" || cell == "TRUE")
          return 1;
        if (cell == "0" || cell == "false" || cell == "False" || cell == "FALSE")
          return 0;
        return std::nullopt;
      });
}

} // namespace irh::rt::io
