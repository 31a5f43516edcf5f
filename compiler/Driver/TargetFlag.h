//===- TargetFlag.h - `--target`, of run, build and emit --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_TARGETFLAG_H
#define IRH_COMPILER_DRIVER_TARGETFLAG_H

#include "compiler/Pipelines/Pipelines.h"
#include "compiler/Target/Toolkit.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace irh::driver {

/// `cpu`, `cuda`, `hip` or `emulated`. Fails with what there is.
llvm::Expected<Target> targetNamed(llvm::StringRef name);

llvm::StringRef nameOf(Target target);

/// Whose devices run the sweeps, if any do.
std::optional<target::DeviceKind> deviceOf(Target target);

/// A flag as `--name=value` or `--name value` at the front of `rest`; takes it off.
std::optional<std::string> takeFlag(llvm::ArrayRef<std::string> &rest, llvm::StringRef name);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_TARGETFLAG_H
