//===- CsvWriter.cpp - fields as rows of text, one for each point -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Error.h"
#include "runtime/report/Format.h"
#include "runtime/report/TextFile.h"
#include "runtime/save/Writers.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace irh::rt::save {
namespace {

template <typename T> T valueAt(const std::byte *from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

void appendInt(std::string &text, std::int64_t value) {
  char digits[24];
  text.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

/// Appends the cells of a value and gives the place behind it.
const std::byte *appendCell(std::string &text, abi::Element element, const std::byte *from) {
  switch (element) {
  case abi::Element::Bool:
    text += valueAt<std::uint8_t>(from) != 0 ? "true" : "false";
    return from + 1;
  case abi::Element::Int:
    appendInt(text, valueAt<std::int64_t>(from));
    return from + 8;
  case abi::Element::Real:
    report::appendReal(text, valueAt<double>(from));
    return from + 8;
  case abi::Element::Complex:
    report::appendReal(text, valueAt<double>(from));
    text += ',';
    report::appendReal(text, valueAt<double>(from + 8));
    return from + 16;
  }
  return from;
}

std::vector<Column> columnsOf(const SaveRequest &request) {
  std::vector<Column> columns = pointColumns(*request.fields[0].network, request.fields[0].kind);
  for (const SavedField &field : request.fields)
    columns.push_back(field.column);
  return columns;
}

void requireOneSet(const SaveRequest &request) {
  const SavedField &first = request.fields.front();
  for (const SavedField &field : request.fields)
    if (field.network != first.network || field.kind != first.kind)
      throw invalid("`" + first.column.name + "` and `" + field.column.name +
                    "` live on different sets; save them to two .csv files, or to an .h5 file");
}

/// The names of all cells, each once.
std::vector<std::string> namesOf(const SaveRequest &request) {
  std::vector<std::string> names;
  const auto add = [&](const std::string &name) {
    if (std::find(names.begin(), names.end(), name) != names.end())
      throw invalid("`" + request.path + "` would have two columns named `" + name +
                    "`; save one of them under another name: `let other = " + name + "`");
    names.push_back(name);
  };
  if (request.state)
    add("t");
  for (const Column &column : columnsOf(request)) {
    const bool isPair = column.element == abi::Element::Complex;
    add(isPair ? column.name + "_re" : column.name);
    if (isPair)
      add(column.name + "_im");
  }
  return names;
}

std::string join(const std::vector<std::string> &names) {
  std::string line;
  for (const std::string &name : names)
    line += (line.empty() ? "" : ",") + report::quoteCsv(name);
  return line + '\n';
}

class CsvWriter final : public Writer {
public:
  CsvWriter(const SaveRequest &first, report::Mark &mark)
      : mark(mark), windows(first.fields[0].network->set(first.fields[0].kind)),
        nameLine(join(namesOf(first))) {}

  void write(const SaveRequest &request, Communicator &comm) override {
    if (comm.rank() == 0)
      open();
    const std::vector<Column> columns = columnsOf(request);
    windows.forEach(columns, comm,
                    [&](const Window &window) { file->append(rowsOf(request, columns, window)); });
  }

private:
  void open() {
    if (!file)
      file = std::make_unique<report::TextFile>(mark);
    if (file->isEmpty())
      file->append(nameLine);
  }

  static std::string rowsOf(const SaveRequest &request, const std::vector<Column> &columns,
                            const Window &window) {
    std::string before;
    if (request.state) {
      report::appendReal(before, request.state->t);
      before += ',';
    }
    std::vector<const std::byte *> places;
    for (const std::vector<std::byte> &values : window.columns)
      places.push_back(values.data());
    std::string text;
    for (std::int64_t point = 0; point < window.numPoints; ++point) {
      text += before;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        places[i] = appendCell(text, columns[i].element, places[i]);
        text += i + 1 == columns.size() ? '\n' : ',';
      }
    }
    return text;
  }

  report::Mark &mark;
  Windows windows;
  std::string nameLine;
  std::unique_ptr<report::TextFile> file; ///< On rank 0.
};

} // namespace

std::unique_ptr<Writer> makeCsvWriter(const SaveRequest &first, report::Mark &mark) {
  requireOneSet(first);
  return std::make_unique<CsvWriter>(first, mark);
}

} // namespace irh::rt::save
