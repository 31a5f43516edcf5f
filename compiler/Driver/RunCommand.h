//===- RunCommand.h - irhc run ----------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_RUNCOMMAND_H
#define IRH_COMPILER_DRIVER_RUNCOMMAND_H

#include "compiler/Driver/Frontend.h"
#include "compiler/Pipelines/Pipelines.h"
#include "runtime/program/Program.h"

#include <vector>

namespace irh::driver {

/// What the runtime must know of a model to read its flags.
rt::program::Program describeProgram(const Input &input);

/// Compiles the model into this process and runs it; gives the exit code.
int runModel(const Input &input, std::vector<std::string> arguments, Target target);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_RUNCOMMAND_H
