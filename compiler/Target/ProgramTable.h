//===- ProgramTable.h - what a linked program knows of itself ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_TARGET_PROGRAMTABLE_H
#define IRH_COMPILER_TARGET_PROGRAMTABLE_H

#include "runtime/program/Program.h"

#include "llvm/IR/Module.h"

namespace irh::target {

/// Adds the irh_program of runtime/abi/ProgramTable.h, whose `main` is the module's irh_main.
llvm::GlobalVariable *addProgramTable(llvm::Module &module, const rt::program::Program &program);

/// Adds a C `main` that hands the table to the runtime.
void addMain(llvm::Module &module, llvm::GlobalVariable *table);

} // namespace irh::target

#endif // IRH_COMPILER_TARGET_PROGRAMTABLE_H
