//===- EmitCommand.h - irhc emit --------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_EMITCOMMAND_H
#define IRH_COMPILER_DRIVER_EMITCOMMAND_H

#include "compiler/Driver/Frontend.h"
#include "compiler/Pipelines/Pipelines.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace irh::driver {

/// Every value of `--stage`, in the order of the road.
llvm::SmallVector<llvm::StringRef> stageNames();

struct EmitOptions {
  std::string stage = {}; ///< One of stageNames().
  Target target = Target::Cpu;
  std::string chip = {}; ///< Of a device; empty for the default.
  DiagnosticStyle style;
};

/// The target whose kernels alone have that stage, if it is one of a device.
std::optional<Target> targetOfStage(llvm::StringRef stage);

/// Prints one stage of the model to stdout; gives the exit code.
int emitStage(const std::string &path, const EmitOptions &options);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_EMITCOMMAND_H
