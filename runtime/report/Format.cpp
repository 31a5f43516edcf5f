//===- Format.cpp - values as text ------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Format.h"

#include "runtime/core/Text.h"

#include <cmath>
#include <cstdio>

namespace irh::rt::report {

static std::string sixDigits(double value) {
  char text[32];
  const int length = std::snprintf(text, sizeof text, "%.6g", value);
  return std::string(text, static_cast<std::size_t>(length));
}

std::string toReadable(const Value &value) {
  if (const bool *truth = std::get_if<bool>(&value))
    return *truth ? "true" : "false";
  if (const std::int64_t *integer = std::get_if<std::int64_t>(&value))
    return std::to_string(*integer);
  if (const double *real = std::get_if<double>(&value))
    return sixDigits(*real);
  const auto complex = std::get<std::complex<double>>(value);
  const char *plus = std::signbit(complex.imag()) ? "" : "+";
  return sixDigits(complex.real()) + plus + sixDigits(complex.imag()) + "i";
}

static std::string realToJson(double value) {
  if (!std::isfinite(value))
    return "null";
  std::string text = shortest(value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string toJson(const Value &value) {
  if (const double *real = std::get_if<double>(&value))
    return realToJson(*real);
  if (const auto *complex = std::get_if<std::complex<double>>(&value))
    return "[" + realToJson(complex->real()) + ", " + realToJson(complex->imag()) + "]";
  return toReadable(value);
}

std::string quoteJson(std::string_view text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\')
      quoted += '\\';
    if (static_cast<unsigned char>(letter) >= 0x20) {
      quoted += letter;
      continue;
    }
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(letter));
    quoted += escape;
  }
  return quoted + '"';
}

std::size_t readableWidth(abi::Element element) {
  switch (element) {
  case abi::Element::Bool:
    return 5; // false
  case abi::Element::Int:
    return 8; // wider ones push their row out
  case abi::Element::Real:
    return 12; // -1.23457e-05
  case abi::Element::Complex:
    return 25; // two of these and an i
  }
  return 0;
}

std::size_t countCharacters(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text)
    count += (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u;
  return count;
}

} // namespace irh::rt::report
