//===- ParamStruct.h - parameters as a struct of C --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_EMBED_PARAMSTRUCT_H
#define IRH_RUNTIME_EMBED_PARAMSTRUCT_H

#include "runtime/abi/ProgramTable.h"
#include "runtime/program/Program.h"

#include <cstddef>
#include <span>
#include <vector>

namespace irh::rt::embed {

/// The struct MODEL_params of a library's header has a member for each parameter, in their order: a
/// bool (1 byte), int64_t, double or const char *, where a C compiler puts them.
///
/// Writes the defaults; texts are the table's own.
void writeDefaults(const irh_program &table, std::byte *into);

/// Reads the members, of the types that `specs` have. A null text is an empty one.
std::vector<program::ParamValue> readParams(std::span<const program::ParamSpec> specs,
                                            const std::byte *from);

} // namespace irh::rt::embed

#endif // IRH_RUNTIME_EMBED_PARAMSTRUCT_H
