//===- ExplainCommand.h - irhc explain --------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_EXPLAINCOMMAND_H
#define IRH_COMPILER_DRIVER_EXPLAINCOMMAND_H

#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace irh::driver {

/// Prints what the one code among the arguments after `explain` means, with a model that gets it
/// and one that does not; gives the exit code.
int explainCommand(llvm::ArrayRef<std::string> arguments);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_EXPLAINCOMMAND_H
