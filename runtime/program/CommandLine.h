//===- CommandLine.h - the flags of a compiled program ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PROGRAM_COMMANDLINE_H
#define IRH_RUNTIME_PROGRAM_COMMANDLINE_H

#include "runtime/partition/Partitioner.h"
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
  partition::Method partition = partition::Method::Auto;
  std::optional<std::uint64_t> seed;
  report::Format format = report::Format::Table;
  std::string out;                     ///< Folder of what the run writes; empty: where it stands.
  std::vector<std::string> paramFiles; ///< Of `--set`.
  Watchdog watchdog = Watchdog::On;
  bool resume = false; ///< Go on from the run's checkpoint.
  bool wantsHelp = false;
  bool wantsPlan = false;    ///< Say what a run would do, instead of doing it.
  bool showsTraffic = false; ///< Say at the end what the ranks have sent.

  /// Where a file that the model names, or that is named after it, goes.
  std::string outputPath(const std::string &file) const;
};

/// Reads `--name value` and `--name=value`. A model's parameters come first: where one bears the
/// name of a common flag, that flag is `--irh-name`, which always works. `-` and `_` are alike in
/// names. The last of several flags with one name counts. A bool may stand without a value.
/// Parameters that no flag sets are those of the files of `--set`, the last of them first.
///
/// Errors  InvalidArgument at the first flag that is unknown (with the nearest name), lacks its
///         value, or has one of another type or outside the declared range; then as readParamFile.
Settings parseCommandLine(const Program &program, std::span<const std::string> arguments);

/// The text of `--help`.
std::string describeProgram(const Program &program);

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_COMMANDLINE_H
