//===- BuildCommand.h - irhc build ------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_BUILDCOMMAND_H
#define IRH_COMPILER_DRIVER_BUILDCOMMAND_H

#include "compiler/Driver/Frontend.h"

#include "compiler/Driver/Frontend.h"

#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace irh::driver {

/// Compiles a model ahead of time, as the arguments after `build` say; gives the exit code.
int buildCommand(llvm::ArrayRef<std::string> arguments, DiagnosticStyle style);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_BUILDCOMMAND_H
