//===- LibraryCalls.h - the functions that a model's library offers ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_TARGET_LIBRARYCALLS_H
#define IRH_COMPILER_TARGET_LIBRARYCALLS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/IR/Module.h"

namespace irh::target {

/// Adds `model_<name>` for each call of runtime/embed/EmbedCalls.def. All other functions of the
/// module can no longer be seen from outside the library.
void addLibraryCalls(llvm::Module &module, llvm::GlobalVariable *table, llvm::StringRef model);

} // namespace irh::target

#endif // IRH_COMPILER_TARGET_LIBRARYCALLS_H
