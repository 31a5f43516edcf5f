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

static void endLine(std::string &line) {
  line.erase(line.find_last_not_of(' ') + 1);
  line += '\n';
}

std::string Table::readableRow(std::size_t firstCell) const {
  std::string names;
  std::string values;
  for (std::size_t i = firstCell; i < columns.size(); ++i) {
    const std::string gap = i == firstCell ? "" : "  ";
    names += gap + alignRight(columns[i].name, widthOf(columns[i]));
    values += gap + alignRight(cells[i] ? toReadable(*cells[i]) : "", widthOf(columns[i]));
  }
  endLine(names);
  endLine(values);
  return hasNames ? values : names + values;
}

std::string Table::jsonRow() const {
  std::string row;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (cells[i])
      row += (row.empty() ? "{" : ", ") + quoteJson(columns[i].name) + ": " + toJson(*cells[i]);
  return row.empty() ? "{}\n" : row + "}\n";
}

std::string Table::takeRow(Format format, const std::optional<RowState> &state) {
  if (state) {
    columns[1] = {std::string(state->timeName), abi::Element::Real};
    cells[0] = state->step;
    cells[1] = state->t;
  }
  std::string row = format == Format::Jsonl ? jsonRow() : readableRow(state ? 0 : kNumStateCells);
  hasNames = true;
  clearRow();
  return row;
}

} // namespace irh::rt::report
