//===- Linked.h - a program that was compiled ahead of time -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PROGRAM_LINKED_H
#define IRH_RUNTIME_PROGRAM_LINKED_H

#include "runtime/abi/ProgramTable.h"
#include "runtime/program/Program.h"

namespace irh::rt::program {

/// What a linked program says of itself. The table may go away; its `main` may not.
Program programOf(const irh_program &table);

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_LINKED_H
