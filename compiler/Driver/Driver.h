//===- Driver.h - the commands of irhc ---------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_DRIVER_H
#define IRH_COMPILER_DRIVER_DRIVER_H

#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace irh::driver {

/// Runs `irhc` with the arguments after its name.
///
/// Gives the exit code: 0 done; 1 the model, a flag or an input file is wrong; 2 the run was
/// stopped; 3 a fault of ours.
int runIrhc(llvm::ArrayRef<std::string> arguments);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_DRIVER_H
