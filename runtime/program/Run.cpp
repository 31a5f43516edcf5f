//===- Run.cpp - a compiled model from its flags to its exit code -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/Run.h"

#include "runtime/mpi/Place.h"
#include "runtime/mpi/World.h"
#include "runtime/program/CommandLine.h"
#include "runtime/program/Launch.h"
#include "runtime/report/Output.h"

#include <unistd.h>

#include <csignal>
#include <exception>
#include <new>
#include <optional>

namespace irh::rt::program {
namespace {

using mpi::Outcome;

/// A closed pipe is an error value of write(), not the end of the process, while this lives.
class IgnorePipeSignal {
public:
  IgnorePipeSignal() : old(std::signal(SIGPIPE, SIG_IGN)) {}
  ~IgnorePipeSignal() { std::signal(SIGPIPE, old); }
  IgnorePipeSignal(const IgnorePipeSignal &) = delete;
  IgnorePipeSignal &operator=(const IgnorePipeSignal &) = delete;

private:
  void (*old)(int);
};

/// Best effort: an error that cannot be written is still in the exit code.
void printMessage(int descriptor, const std::string &text) {
  try {
    report::writeAll(descriptor, text);
  } catch (const Error &) {
  }
}

Outcome outcomeOf(ErrorCode code, const std::string &message) {
  return {.exitCode = exitCode(code),
          .message = code == ErrorCode::OutputClosed ? "" : message + "\n",
          .isConsequence = code == ErrorCode::Aborted};
}

/// The ranks are mpirun's where there is a world of processes.
void settleRanks(Settings &settings, const Communicator *world) {
  if (!world)
    return;
  if (settings.ranks != 1 && settings.ranks != world->size())
    throw invalid("`--ranks` is " + std::to_string(settings.ranks) + ", and mpirun has started " +
                  std::to_string(world->size()) + "; leave the flag away");
  settings.ranks = world->size();
}

Outcome runChecked(const Program &program, const RunOptions &options, Surroundings around) {
  Settings settings = parseCommandLine(program, options.arguments);
  settleRanks(settings, around.world);
  if (settings.wantsHelp) {
    if (!around.world || around.world->rank() == 0)
      report::writeAll(options.output, describeProgram(program));
    return {};
  }
  Program runnable = program;
  if (options.load) {
    const Loaded loaded = options.load(settings.ranks);
    if (!loaded.main)
      return {.exitCode = loaded.exitCode};
    runnable.main = loaded.main;
  }
  const std::optional<Failure> failure = launch(runnable, settings, around);
  return failure ? outcomeOf(failure->code, describe(*failure, runnable)) : Outcome{};
}

Outcome attempt(const Program &program, const RunOptions &options, const Surroundings &around) {
  try {
    return runChecked(program, options, around);
  } catch (const Error &error) {
    return outcomeOf(error.code, "error: " + std::string(error.what()));
  } catch (const std::bad_alloc &) {
    return outcomeOf(ErrorCode::OutOfMemory, "error: not enough memory");
  } catch (const std::exception &error) {
    // Of the standard library: the system refuses threads, say.
    return outcomeOf(ErrorCode::Internal, "error: " + std::string(error.what()));
  }
}

/// Does its work as one of the processes of an mpirun, `work(communicator)`, and agrees with the
/// others on what came of it.
template <typename Work> int runInWorld(const mpi::Place &place, int messages, Work work) {
  const auto print = [&](const std::string &text) { printMessage(messages, text); };
  try {
    mpi::World world(coresOfRank(place.numRanksHere) > 0);
    return world.conclude(work(world.communicator()), print);
  } catch (const Error &error) {
    print("error: " + std::string(error.what()) + "\n");
    return exitCode(error.code);
  }
}

} // namespace

int endUncompiled(int code, const std::string &message) {
  const std::optional<mpi::Place> place = mpi::findPlace();
  if (!place)
    return code;
  const Outcome outcome{.exitCode = code, .message = message};
  return runInWorld(*place, STDERR_FILENO, [&](Communicator &) { return outcome; });
}

int run(const Program &program, const RunOptions &options) {
  const IgnorePipeSignal ignorePipeSignal;
  Surroundings around{.output = options.output, .messages = options.messages};
  if (const std::optional<mpi::Place> place = mpi::findPlace())
    return runInWorld(*place, options.messages, [&](Communicator &world) {
      around.world = &world;
      around.numRanksHere = place->numRanksHere;
      return attempt(program, options, around);
    });
  const Outcome outcome = attempt(program, options, around);
  printMessage(options.messages, outcome.message);
  return outcome.exitCode;
}

} // namespace irh::rt::program
