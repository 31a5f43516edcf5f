//===- FmtCommand.h - irhc fmt ----------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_FMTCOMMAND_H
#define IRH_COMPILER_DRIVER_FMTCOMMAND_H

#include "compiler/Driver/Frontend.h"

#include "llvm/ADT/ArrayRef.h"

namespace irh::driver {

/// Formats the files among the arguments after `fmt`, in place; `-` goes from stdin to stdout.
/// With `--check` nothing is written but the names of those that would change. Gives the exit
/// code: 1 if a file is wrong or, with `--check`, would change.
int fmtCommand(llvm::ArrayRef<std::string> arguments, DiagnosticStyle style);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_FMTCOMMAND_H
