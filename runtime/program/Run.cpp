//===- Run.cpp - a compiled model from its flags to its exit code -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/Run.h"

#include "runtime/core/LocalWorld.h"
#include "runtime/program/CommandLine.h"
#include "runtime/program/Context.h"
#include "runtime/report/Output.h"

#include <algorithm>
#include <csignal>
#include <exception>
#include <new>
#include <thread>

#include <unistd.h>

namespace irh::rt::program {
namespace {

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

int numCores() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

int threadsOfRank(const Settings &settings) {
  return settings.threads.value_or(std::max(1, numCores() / settings.ranks));
}

report::ReportOptions reportOptionsOf(const Settings &settings, const RunOptions &options,
                                      const Communicator &comm) {
  if (comm.rank() != 0)
    return {.format = settings.format};
  const bool hasProgress =
      settings.format == report::Format::Table && ::isatty(options.messages) == 1;
  return {.format = settings.format,
          .rows = options.output,
          .progress = hasProgress ? options.messages : -1};
}

/// What all ranks of a run share.
struct Launch {
  const Program &program;
  const Settings &settings;
  const RunOptions &options;
  FirstFailure firstFailure = {};
};

void runRank(Launch &launch, Communicator &comm) {
  const int numThreads = threadsOfRank(launch.settings);
  const bool hasCores = numThreads * launch.settings.ranks <= numCores();
  ThreadTeam team(numThreads, hasCores ? WaitPolicy::SpinThenSleep : WaitPolicy::Sleep);
  Context context(launch.settings, comm, team,
                  reportOptionsOf(launch.settings, launch.options, comm), launch.firstFailure);
  launch.program.main(&context);
  context.report.progressLine().hide();
}

std::string describe(const Failure &failure, const Program &program) {
  std::string place = program.file;
  if (failure.location.line != 0)
    place +=
        ":" + std::to_string(failure.location.line) + ":" + std::to_string(failure.location.column);
  const char *ours = exitCode(failure.code) == 3 ? "internal error: " : "";
  return place + ": error: " + ours + failure.message + "\n";
}

/// Best effort: an error that cannot be written is still in the exit code.
void printMessage(int descriptor, const std::string &text) {
  try {
    report::writeAll(descriptor, text);
  } catch (const Error &) {
  }
}

int finish(const Launch &launch) {
  const std::optional<Failure> failure = launch.firstFailure.get();
  if (!failure)
    return 0;
  if (failure->code != ErrorCode::OutputClosed)
    printMessage(launch.options.messages, describe(*failure, launch.program));
  return exitCode(failure->code);
}

int runChecked(const Program &program, const RunOptions &options) {
  const Settings settings = parseCommandLine(program, options.arguments);
  if (settings.wantsHelp) {
    report::writeAll(options.output, describeProgram(program));
    return 0;
  }
  Program loaded = program;
  if (options.load)
    loaded.main = options.load(settings.ranks);
  if (!loaded.main)
    return exitCode(ErrorCode::Internal);
  Launch launch{loaded, settings, options};
  if (settings.ranks == 1) {
    SerialCommunicator comm;
    runRank(launch, comm);
  } else {
    runLocalWorld(settings.ranks, [&launch](Communicator &comm) { runRank(launch, comm); });
  }
  return finish(launch);
}

} // namespace

int run(const Program &program, const RunOptions &options) {
  const IgnorePipeSignal ignorePipeSignal;
  ErrorCode code = ErrorCode::Internal;
  std::string message;
  try {
    return runChecked(program, options);
  } catch (const Error &error) {
    code = error.code;
    message = error.what();
  } catch (const std::bad_alloc &) {
    code = ErrorCode::OutOfMemory;
    message = "not enough memory";
  } catch (const std::exception &error) {
    // Of the standard library: the system refuses threads, say.
    message = error.what();
  }
  if (code != ErrorCode::OutputClosed)
    printMessage(options.messages, "error: " + message + "\n");
  return exitCode(code);
}

} // namespace irh::rt::program
