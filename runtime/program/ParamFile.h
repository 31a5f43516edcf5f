//===- ParamFile.h - parameters from a TOML file ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PROGRAM_PARAMFILE_H
#define IRH_RUNTIME_PROGRAM_PARAMFILE_H

#include "runtime/program/Program.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace irh::rt::program {

/// What a TOML file says of each parameter. Keys are names of parameters, at the top or in a table
/// with the model's name; `-` and `_` are alike in them. An int may be written as a float that is
/// whole (1e6), a real as an integer.
///
/// Errors  InvalidArgument, with line and column: no such file, no TOML, a key that is no
///         parameter (with the nearest name) or is there twice, a value of another type or outside
///         the declared range.
std::vector<std::optional<ParamValue>> readParamFile(const std::string &path,
                                                     const Program &program);

/// As `readParamFile`, of text that is already here; `path` names it in messages.
std::vector<std::optional<ParamValue>> parseParams(std::string_view text, const std::string &path,
                                                   const Program &program);

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_PARAMFILE_H
