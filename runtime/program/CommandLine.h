//===- CommandLine.h - the flags of a compiled program ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PROGRAM_COMMANDLINE_H
#define IRH_RUNTIME_PROGRAM_COMMANDLINE_H

#include "runtime/program/Program.h"
#include "runtime/report/Table.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace irh::rt::program {

enum class Watchdog { On, Off };

/// What the flags say.
struct Settings {
  std::vector<ParamValue> params; ///< As Program::params.
  std::optional<int> threads;     ///< Of each rank.
  int ranks = 1;
  std::optional<std::uint64_t> seed;
  report::Format format = report::Format::Table;
  Watchdog watchdog = Watchdog::On;
  bool wantsHelp = false;
};

/// Reads `--name value` and `--name=value`. A model's parameters come first: where one bears the
/// name of a common flag, that flag is `--irh-name`, which always works. `-` and `_` are alike in
/// names. The last of several flags with one name counts. A bool may stand without a value.
///
/// Errors  InvalidArgument at the first flag that is unknown (with the nearest name), lacks its
///         value, or has one of another type or outside the declared range.
Settings parseCommandLine(const Program &program, std::span<const std::string> arguments);

/// The text of `--help`.
std::string describeProgram(const Program &program);

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_COMMANDLINE_H
