//===- Session.cpp - runs of a model inside another program -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/embed/Session.h"

#include "runtime/core/Text.h"
#include "runtime/field/Field.h"
#include "runtime/program/Launch.h"
#include "runtime/program/ParamText.h"

#include <complex>
#include <cstring>
#include <limits>
#include <utility>
#include <variant>

namespace irh::rt::embed {

using program::ParamSpec;
using program::ParamValue;

namespace {

/// Says so while it lives.
class Flag {
public:
  explicit Flag(bool &flag) : flag(flag) { flag = true; }
  ~Flag() { flag = false; }
  Flag(const Flag &) = delete;
  Flag &operator=(const Flag &) = delete;

private:
  bool &flag;
};

} // namespace

/// The entry of that name. `what` it is, for the message where there is none.
template <typename Spec>
static const Spec &findByName(const std::vector<Spec> &specs, const std::string &name,
                              const std::string &what) {
  std::vector<std::string> names;
  for (const Spec &spec : specs) {
    if (spec.name == name)
      return spec;
    names.push_back(spec.name);
  }
  throw invalid("the model has no " + what + " `" + name + "`" + suggestion(name, names));
}

static void requireInRange(const program::Program &program, const ParamSpec &param,
                           const ParamValue &value) {
  if (!isInRange(param, value))
    throw invalid("`" + param.name + "` must be in " + rangeText(param) + ", but is " +
                  program::toText(value) + declaredAt(param, program));
}

Session::Session(program::Program model) : program(std::move(model)) {
  for (const ParamSpec &param : program.params)
    settings.params.push_back(param.defaultValue);
}

void Session::requireIdle() const {
  if (isRunning)
    throw invalid("the session is running; change it before or after a run");
}

void Session::setParams(std::vector<ParamValue> values) {
  requireIdle();
  for (std::size_t i = 0; i < values.size(); ++i)
    requireInRange(program, program.params[i], values[i]);
  settings.params = std::move(values);
}

void Session::setParam(const std::string &name, const std::string &text) {
  requireIdle();
  const ParamSpec &param = findByName(program.params, name, "parameter");
  const program::ParamType type = program::typeOf(param.defaultValue);
  const std::optional<ParamValue> value = program::parseParam(type, text);
  if (!value)
    throw invalid("`" + name + "` is of type " + std::string(nameOf(type)) + ", and `" + text +
                  "` is no such value");
  requireInRange(program, param, *value);
  settings.params[static_cast<std::size_t>(&param - program.params.data())] = *value;
}

void Session::setSettings(const program::Settings &given) {
  requireIdle();
  std::vector<ParamValue> params = std::move(settings.params);
  settings = given;
  settings.params = std::move(params);
}

void Session::setField(const std::string &name, std::span<const std::byte> values) {
  requireIdle();
  initial[field(name).name].assign(values.begin(), values.end());
}

void Session::setRowCallback(RowCallback callback) {
  requireIdle();
  rowCallback = std::move(callback);
}

const program::FieldSpec &Session::field(const std::string &name) const {
  return findByName(program.fields, name, "field");
}

void Session::run() {
  requireIdle();
  const Flag running(isRunning);
  tables.clear();
  last.clear();
  isStoppedByCaller = false;
  const std::optional<program::Failure> failure = launch(program, settings, {.host = this});
  if (!failure)
    return;
  last.clear();
  if (isStoppedByCaller)
    throw Error(ErrorCode::Stopped, program.name + ": stopped by the row callback");
  throw Error(failure->code, describe(*failure, program));
}

const std::vector<std::byte> *Session::finalValues(std::string_view field) const {
  const auto found = last.find(field);
  return found == last.end() ? nullptr : &found->second;
}

//===- What a run gives and takes --------------------------------------------===//

/// A list has no place in a column of values: its cell is not there.
static bool isThere(const std::optional<report::Value> &cell) {
  return cell && !std::holds_alternative<std::vector<double>>(*cell);
}

/// The bytes of a cell, or those of a cell that is not there.
static std::vector<std::byte> bytesOf(const std::optional<report::Value> &cell,
                                      abi::Element element) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::byte> bytes(field::sizeOf(element));
  const auto put = [&](const auto &value) {
    if constexpr (std::is_trivially_copyable_v<std::decay_t<decltype(value)>>)
      std::memcpy(bytes.data(), &value, bytes.size());
  };
  if (isThere(cell))
    std::visit(put, *cell);
  else if (element == abi::Element::Real)
    put(kNaN);
  else if (element == abi::Element::Complex)
    put(std::complex<double>(kNaN, kNaN));
  return bytes;
}

void Session::takeRow(std::size_t number, const report::RowView &row) {
  if (number >= tables.size())
    tables.resize(number + 1);
  KeptTable &table = tables[number];
  if (table.columns.empty())
    for (const report::Column &column : row.columns)
      table.columns.push_back({column.name, column.element});
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    KeptColumn &column = table.columns[i];
    const std::vector<std::byte> bytes = bytesOf(row.cells[i], column.element);
    column.values.insert(column.values.end(), bytes.begin(), bytes.end());
    column.isPresent.push_back(isThere(row.cells[i]));
  }
  ++table.numRows;
  if (rowCallback && !rowCallback(number, table.numRows - 1)) {
    isStoppedByCaller = true;
    throw Error(ErrorCode::OutputClosed, "the caller takes no more rows");
  }
}

std::span<const std::byte> Session::initialValues(std::string_view field) const {
  const auto found = initial.find(field);
  return found == initial.end() ? std::span<const std::byte>() : std::span(found->second);
}

void Session::takeFinalValues(std::string_view field, std::vector<std::byte> values) {
  last[std::string(field)] = std::move(values);
}

} // namespace irh::rt::embed
