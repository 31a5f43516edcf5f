//===- Launch.h - a program on its ranks and threads ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PROGRAM_LAUNCH_H
#define IRH_RUNTIME_PROGRAM_LAUNCH_H

#include "runtime/program/CommandLine.h"
#include "runtime/program/Context.h"
#include "runtime/program/Program.h"

#include <optional>
#include <string>

namespace irh::rt::program {

/// Cores that one of so many ranks on this machine may use; 0 if there are fewer than ranks.
int coresOfRank(int numRanksHere);

struct Surroundings {
  int output = -1;      ///< File descriptor of rows; negative for none.
  int messages = -1;    ///< File descriptor of the progress line; negative for none.
  Host *host = nullptr; ///< Null for a program of its own.
  /// Of the processes that run this together; null where the ranks are threads of this one.
  Communicator *world = nullptr;
  int numRanksHere = 1; ///< On this machine; of `world`.
};

/// Runs a program with settings that suit it, and gives its failure, if it had one.
///
/// Collective   over `world`, if there is one; else it makes the ranks itself, and rank 0 runs on
/// the
///              calling thread.
/// Determinism  rows depend on the program and its parameters, never on ranks or threads.
/// Errors       std::bad_alloc, std::system_error: no memory or no threads for the ranks;
///              InvalidArgument: the folder of `--out` cannot be made; as planCheckpoints.
std::optional<Failure> launch(const Program &program, const Settings &settings,
                              const Surroundings &surroundings);

/// `FILE:LINE:COLUMN: error: MESSAGE`, without a line end.
std::string describe(const Failure &failure, const Program &program);

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_LAUNCH_H
