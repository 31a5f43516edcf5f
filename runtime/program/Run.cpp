//===- Run.cpp - a compiled model from its flags to its exit code -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/Run.h"

#include "runtime/program/CommandLine.h"
#include "runtime/program/Launch.h"
#include "runtime/report/Output.h"

#include <csignal>
#include <exception>
#include <new>
#include <optional>

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

/// Best effort: an error that cannot be written is still in the exit code.
void printMessage(int descriptor, const std::string &text) {
  try {
    report::writeAll(descriptor, text);
  } catch (const Error &) {
  }
}

int finish(const std::optional<Failure> &failure, const Program &program,
           const RunOptions &options) {
  if (!failure)
    return 0;
  if (failure->code != ErrorCode::OutputClosed)
    printMessage(options.messages, describe(*failure, program) + "\n");
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
  const Surroundings around{.output = options.output, .messages = options.messages};
  return finish(launch(loaded, settings, around), loaded, options);
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
