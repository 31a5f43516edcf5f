//===- Session.h - runs of a model inside another program -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_EMBED_SESSION_H
#define IRH_RUNTIME_EMBED_SESSION_H

#include "runtime/program/CommandLine.h"
#include "runtime/program/Host.h"
#include "runtime/program/Program.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace irh::rt::embed {

/// A column of the rows so far: one value for each, and whether the row has it.
struct KeptColumn {
  std::string name;
  abi::Element element = abi::Element::Real;
  std::vector<std::byte> values = {};
  std::vector<std::uint8_t> isPresent = {};
};

struct KeptTable {
  std::size_t numRows = 0;
  std::vector<KeptColumn> columns;
};

/// Called after each row, with the number of its table and of the row; false stops the run.
using RowCallback = std::function<bool(std::size_t table, std::size_t row)>;

/// A model with what its runs are given, and what the last of them gave. Used by one thread at a
/// time. Whatever changes it throws InvalidArgument while it runs, as a RowCallback may try to.
class Session final : public program::Host {
public:
  explicit Session(program::Program program);

  /// Errors: InvalidArgument if a value is outside its range; then nothing is set.
  void setParams(std::vector<program::ParamValue> values);
  /// Errors: InvalidArgument if there is no such parameter, or the text spells no value of it.
  void setParam(const std::string &name, const std::string &text);
  /// Everything but the parameters. Errors: InvalidArgument.
  void setSettings(const program::Settings &settings);
  /// Bytes of one value for each point, in the user's order; none: the model's own.
  /// Errors: InvalidArgument if there is no such field.
  void setField(const std::string &name, std::span<const std::byte> values);
  void setRowCallback(RowCallback callback);

  /// Runs the model from start to end. Errors: those of the run.
  void run();

  const program::Program &model() const { return program; }
  const std::vector<KeptTable> &keptTables() const { return tables; }
  const program::FieldSpec &field(const std::string &name) const;
  /// Null before a run has come to its end.
  const std::vector<std::byte> *finalValues(std::string_view field) const;

  void takeRow(std::size_t table, const report::RowView &row) override;
  std::span<const std::byte> initialValues(std::string_view field) const override;
  void takeFinalValues(std::string_view field, std::vector<std::byte> values) override;

  std::string error; ///< Of the last call that failed, for the C interface.

private:
  using ValuesByField = std::map<std::string, std::vector<std::byte>, std::less<>>;

  void requireIdle() const;

  program::Program program;
  program::Settings settings;
  ValuesByField initial;
  ValuesByField last;
  std::vector<KeptTable> tables;
  RowCallback rowCallback;
  bool isRunning = false;
  bool isStoppedByCaller = false;
};

} // namespace irh::rt::embed

#endif // IRH_RUNTIME_EMBED_SESSION_H
