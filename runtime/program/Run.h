//===- Run.h - a compiled model from its flags to its exit code -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PROGRAM_RUN_H
#define IRH_RUNTIME_PROGRAM_RUN_H

#include "runtime/program/Program.h"

#include <functional>
#include <string>
#include <vector>

namespace irh::rt::program {

/// A program that was compiled on demand.
struct Loaded {
  irh_main main = nullptr; ///< Null: compiling failed, and has said why.
  int exitCode = 3;        ///< Then.
};

struct RunOptions {
  std::vector<std::string> arguments; ///< Of the command line, without the program's name.
  int output = 1;                     ///< File descriptor of rows and of --help.
  int messages = 2;                   ///< File descriptor of errors and of the progress line.
  /// Where the program is compiled on demand: gives its entry for so many ranks, once the flags are
  /// known to be right.
  std::function<Loaded(int numRanks)> load = {};
};

/// Ends a program that could not be compiled, with this exit code. Under mpirun the ranks agree on
/// what is said; else it has been said.
int endUncompiled(int code, const std::string &message);

/// Runs a program on the ranks and threads that its flags ask for.
///
/// Collective   over the processes of mpirun, if it has started this one: the ranks are these, and
///              rank 0 alone prints. Else it makes the ranks itself.
/// Determinism  rows depend on the program and its parameters, never on ranks or threads.
/// Errors       none are thrown: prints the first failure, as `FILE:LINE:COLUMN: error: ...`, and
///              returns 1 (model, flag or input), 2 (stopped) or 3 (a fault of ours); 0 if there
///              is none. SIGPIPE is ignored while it runs.
int run(const Program &program, const RunOptions &options);

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_RUN_H
