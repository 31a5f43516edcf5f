//===- irh-oracle.cpp - runs a model by plain loops over its syntax ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The second opinion on every number that a compiled program prints: `irh-oracle FILE [flags]`
// takes the flags of `irhc run FILE` and prints the rows of its --format=jsonl. It walks the
// expressions of sema::Model point by point, in doubles, on one thread; slow, and short enough to
// be read for errors.

#include "compiler/Driver/Frontend.h"
#include "compiler/Driver/RunCommand.h"
#include "runtime/core/Error.h"
#include "test/oracle/Simulation.h"

#include <cstdio>
#include <string>
#include <vector>

int main(int argc, char **argv) {
  if (argc < 2) {
    std::fputs("usage: irh-oracle FILE [flags of the model]\n", stderr);
    return 1;
  }
  const auto input = irh::driver::runFrontend(argv[1], irh::driver::FrontendGoal::Model);
  if (!input)
    return 1;
  try {
    const irh::rt::program::Program program = irh::driver::describeProgram(*input);
    const std::vector<std::string> arguments(argv + 2, argv + argc);
    const auto settings = irh::rt::program::parseCommandLine(program, arguments);
    irh::oracle::simulate(*input->model, settings);
  } catch (const irh::rt::Error &error) {
    std::fflush(stdout);
    std::fprintf(stderr, "error: %s\n", error.what());
    return irh::rt::exitCode(error.code);
  }
}
