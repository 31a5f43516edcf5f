//===- Table.cpp - rows of observed values ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Table.h"

#include <algorithm>

namespace irh::rt::report {

Table::Table(std::size_t numColumns)
    : columns(numColumns + kNumStateCells), cells(numColumns + kNumStateCells) {
  columns[0] = {"step", abi::Element::Int};
}

bool Table::isRowEmpty() const {
  return std::none_of(cells.begin(), cells.end(),
                      [](const auto &cell) { return cell.has_value(); });
}

void Table::clearRow() { std::fill(cells.begin(), cells.end(), std::nullopt); }

static std::string alignRight(const std::string &text, std::size_t width) {
  const std::size_t length = countCharacters(text);
  return std::string(width > length ? width - length : 0, ' ') + text;
}

static std::size_t widthOf(const Column &column) {
  return std::max(countCharacters(column.name), readableWidth(column.element));
}

static std::string endLine(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

void Table::placeRow(const RowState &state) {
  firstColumn = 0;
  columns[1] = {std::string(state.timeName), abi::Element::Real};
  cells[0] = state.step;
  cells[1] = state.t;
}

RowView Table::view() const {
  return {std::span(columns).subspan(firstColumn), std::span(cells).subspan(firstColumn)};
}

std::string Table::alignedNameLine() const {
  std::string line;
  for (std::size_t i = firstColumn; i < columns.size(); ++i)
    line += (i == firstColumn ? "" : "  ") + alignRight(columns[i].name, widthOf(columns[i]));
  return endLine(line);
}

std::string Table::alignedRow() const {
  std::string line;
  for (std::size_t i = firstColumn; i < columns.size(); ++i)
    line += (i == firstColumn ? "" : "  ") +
            alignRight(cells[i] ? toReadable(*cells[i]) : "", widthOf(columns[i]));
  return endLine(line);
}

std::string Table::jsonRow() const {
  std::string row;
  for (std::size_t i = firstColumn; i < columns.size(); ++i)
    if (cells[i])
      row += (row.empty() ? "{" : ", ") + quoteJson(columns[i].name) + ": " + toJson(*cells[i]);
  return row.empty() ? "{}\n" : row + "}\n";
}

std::string Table::csvNameLine() const {
  std::string line;
  for (std::size_t i = firstColumn; i < columns.size(); ++i)
    line += (i == firstColumn ? "" : ",") + csvNames(columns[i].name, columns[i].element);
  return line + '\n';
}

std::string Table::csvRow() const {
  std::string row;
  for (std::size_t i = firstColumn; i < columns.size(); ++i) {
    const char *empty = columns[i].element == abi::Element::Complex ? "," : "";
    row += (i == firstColumn ? "" : ",") + (cells[i] ? toCsv(*cells[i]) : empty);
  }
  return row + '\n';
}

const char *wordOf(Format format) {
  switch (format) {
  case Format::Table:
    return "table";
  case Format::Csv:
    return "csv";
  case Format::Jsonl:
    return "jsonl";
  }
  return "";
}

std::string Table::nameLine(Format format) const {
  switch (format) {
  case Format::Table:
    return alignedNameLine();
  case Format::Csv:
    return csvNameLine();
  case Format::Jsonl:
    return "";
  }
  return "";
}

std::string Table::row(Format format) const {
  switch (format) {
  case Format::Table:
    return alignedRow();
  case Format::Csv:
    return csvRow();
  case Format::Jsonl:
    return jsonRow();
  }
  return "";
}

} // namespace irh::rt::report
