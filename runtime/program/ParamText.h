//===- ParamText.h - parameters from and to text ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PROGRAM_PARAMTEXT_H
#define IRH_RUNTIME_PROGRAM_PARAMTEXT_H

#include "runtime/program/Program.h"

#include <optional>
#include <string>
#include <string_view>

namespace irh::rt::program {

/// `int`, `real`, `bool` or `string`.
std::string_view nameOf(ParamType type);

/// The value that `text` spells. An int may be written as a real that is whole (1e6) and with `_`
/// between digits; a bool is true, on, yes, 1 or their opposites.
std::optional<ParamValue> parseParam(ParamType type, std::string_view text);

/// As a user would type it.
std::string toText(const ParamValue &value);

/// `2..`, `..5`, `>0`, `0..0.5`, as the model writes it; empty without bounds.
std::string rangeText(const ParamSpec &param);

bool isInRange(const ParamSpec &param, const ParamValue &value);

/// Names are compared with underscores.
std::string canonical(std::string_view name);

/// ` (declared at k.irh:4:9)`, or nothing where the place is not known.
std::string declaredAt(const ParamSpec &param, const Program &program);

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_PARAMTEXT_H
