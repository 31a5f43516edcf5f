//===- Flags.h - flags of irhc's own commands -------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_FLAGS_H
#define IRH_COMPILER_DRIVER_FLAGS_H

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

/// The value of the flag `name` (`--stage`, `-o`) at the front of `rest`, as `name=value` or
/// `name value`; takes it off. Nothing if another flag stands there, or no value.
std::optional<std::string> takeFlag(llvm::ArrayRef<std::string> &rest, llvm::StringRef name);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_FLAGS_H
