//===- ParamText.cpp - parameters from and to text --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/ParamText.h"

#include "runtime/core/Text.h"

#include <algorithm>
#include <cmath>

namespace irh::rt::program {

std::string_view nameOf(ParamType type) {
  switch (type) {
  case ParamType::Bool:
    return "bool";
  case ParamType::Int:
    return "int";
  case ParamType::Real:
    return "real";
  case ParamType::String:
    return "string";
  }
  return "";
}

/// `1_000` as `1000`; an underscore stands between two digits.
static std::string dropUnderscores(std::string_view text) {
  const auto isDigit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!(text[i] == '_' && i > 0 && isDigit(i - 1) && isDigit(i + 1)))
      plain += text[i];
  return plain;
}

static std::optional<ParamValue> parseBool(std::string_view text) {
  for (const std::string_view word : {"true", "on", "yes", "1"})
    if (text == word)
      return true;
  for (const std::string_view word : {"false", "off", "no", "0"})
    if (text == word)
      return false;
  return std::nullopt;
}

static std::optional<ParamValue> parseWhole(const std::string &text) {
  if (const std::optional<std::int64_t> integer = parseInt(text))
    return *integer;
  constexpr double kExactBelow = 0x1p53; // The next integer is rounded to this one.
  const std::optional<double> real = parseReal(text);
  if (real && std::floor(*real) == *real && std::abs(*real) < kExactBelow)
    return static_cast<std::int64_t>(*real);
  return std::nullopt;
}

std::optional<ParamValue> parseParam(ParamType type, std::string_view text) {
  if (type == ParamType::String)
    return std::string(text);
  if (type == ParamType::Bool)
    return parseBool(text);
  const std::string plain = dropUnderscores(text);
  if (type == ParamType::Int)
    return parseWhole(plain);
  const std::optional<double> real = parseReal(plain);
  return real && std::isfinite(*real) ? std::optional<ParamValue>(*real) : std::nullopt;
}

std::string toText(const ParamValue &value) {
  switch (typeOf(value)) {
  case ParamType::Bool:
    return std::get<bool>(value) ? "true" : "false";
  case ParamType::Int:
    return std::to_string(std::get<std::int64_t>(value));
  case ParamType::Real:
    return shortest(std::get<double>(value));
  case ParamType::String:
    return std::get<std::string>(value);
  }
  return "";
}

std::string rangeText(const ParamSpec &param) {
  const auto &[lower, upper] = std::pair(param.lower, param.upper);
  if (lower && upper && !lower->isStrict && !upper->isStrict)
    return shortest(lower->value) + ".." + shortest(upper->value);
  std::string text;
  if (lower)
    text = lower->isStrict ? ">" + shortest(lower->value) : shortest(lower->value) + "..";
  if (lower && upper)
    text += " and ";
  if (upper)
    text += upper->isStrict ? "<" + shortest(upper->value) : ".." + shortest(upper->value);
  return text;
}

template <typename T> static bool isBetween(const ParamSpec &param, T value) {
  const auto number = static_cast<double>(value);
  const auto &[lower, upper] = std::pair(param.lower, param.upper);
  return (!lower || number > lower->value || (!lower->isStrict && number == lower->value)) &&
         (!upper || number < upper->value || (!upper->isStrict && number == upper->value));
}

bool isInRange(const ParamSpec &param, const ParamValue &value) {
  if (const std::int64_t *integer = std::get_if<std::int64_t>(&value))
    return isBetween(param, *integer);
  if (const double *real = std::get_if<double>(&value))
    return isBetween(param, *real);
  return true;
}

std::string canonical(std::string_view name) {
  std::string plain(name);
  std::replace(plain.begin(), plain.end(), '-', '_');
  return plain;
}

std::string declaredAt(const ParamSpec &param, const Program &program) {
  if (param.location.line == 0)
    return "";
  return " (declared at " + program.file + ":" + std::to_string(param.location.line) + ":" +
         std::to_string(param.location.column) + ")";
}

} // namespace irh::rt::program
