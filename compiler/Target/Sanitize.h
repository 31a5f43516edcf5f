//===- Sanitize.h - instrument generated code as this program is ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_TARGET_SANITIZE_H
#define IRH_COMPILER_TARGET_SANITIZE_H

#include "llvm/IR/Function.h"
#include "llvm/IR/PassManager.h"

namespace irh::target {

/// Where this program itself is built with the address or thread sanitizer, generated code gets
/// the same instrumentation; elsewhere both do nothing.
void markForSanitizers(llvm::Function &function);
void addSanitizerPasses(llvm::ModulePassManager &passes);

} // namespace irh::target

#endif // IRH_COMPILER_TARGET_SANITIZE_H
