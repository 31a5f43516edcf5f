//===- Text.h - numbers and names in what a user typed ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CORE_TEXT_H
#define IRH_RUNTIME_CORE_TEXT_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace irh::rt {

/// The whole of `text` as a decimal integer, with or without a sign; nothing if it isn't one or
/// doesn't fit in 64 bits.
std::optional<std::int64_t> parseInt(std::string_view text);

/// The whole of `text` as a number. May be infinite or NaN if the text says so; nothing if it
/// isn't a number, or too large for one. Numbers too small for a double are 0.
std::optional<double> parseReal(std::string_view text);

/// The number in the fewest digits that read back the same: `0.1`, `1e+20`, `nan`, `-inf`.
std::string shortest(double value);

/// What a file holds, for a message: in backticks, cut off after 40 bytes, control characters and
/// bytes that are not UTF-8 as `?`.
std::string quote(std::string_view text);

/// The text without blanks and tabs at either end.
std::string_view trim(std::string_view text);

/// The candidate that differs least from `name`, if it plausibly is a misspelling of it.
std::optional<std::string> nearestName(std::string_view name, std::span<const std::string> names);

/// "; did you mean `x`?", or nothing where no name is near.
std::string suggestion(std::string_view name, std::span<const std::string> names,
                       std::string_view prefix = "");

} // namespace irh::rt

#endif // IRH_RUNTIME_CORE_TEXT_H
