//===- EmitCommand.h - irhc emit --------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_EMITCOMMAND_H
#define IRH_COMPILER_DRIVER_EMITCOMMAND_H

#include "compiler/Driver/Frontend.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace irh::driver {

/// Every value of `--stage`, in the order of the road.
llvm::SmallVector<llvm::StringRef> stageNames();

/// Prints one stage of the model to stdout; gives the exit code. `stage` is one of stageNames().
int emitStage(const std::string &path, llvm::StringRef stage, DiagnosticStyle style);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_EMITCOMMAND_H
