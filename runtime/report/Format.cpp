//===- Format.cpp - values as text ------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Format.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace irh::rt::report {

static std::string sixDigits(double value) {
  char text[32];
  const int length = std::snprintf(text, sizeof text, "%.6g", value);
  return std::string(text, static_cast<std::size_t>(length));
}

/// `[a, b, c]`, each as `write` has it.
template <typename Write>
static std::string listOf(const std::vector<double> &reals, const Write &write) {
  std::string text = "[";
  for (const double real : reals)
    text += (text.size() == 1 ? "" : ", ") + write(real);
  return text + "]";
}

std::string toReadable(const Value &value) {
  if (const bool *truth = std::get_if<bool>(&value))
    return *truth ? "true" : "false";
  if (const std::int64_t *integer = std::get_if<std::int64_t>(&value))
    return std::to_string(*integer);
  if (const double *real = std::get_if<double>(&value))
    return sixDigits(*real);
  if (const auto *reals = std::get_if<std::vector<double>>(&value))
    return listOf(*reals, sixDigits);
  const auto complex = std::get<std::complex<double>>(value);
  const char *plus = std::signbit(complex.imag()) ? "" : "+";
  return sixDigits(complex.real()) + plus + sixDigits(complex.imag()) + "i";
}

void appendReal(std::string &text, double value) {
  char digits[32];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  text.append(digits, end);
  // A number with a point reads back as one; `nan` and `inf` have letters.
  if (std::find_if(digits, end, [](char c) { return c > '9' || c == '.'; }) == end)
    text += ".0";
}

static std::string realToJson(double value) {
  std::string text;
  if (std::isfinite(value))
    appendReal(text, value);
  else
    text = "null";
  return text;
}

std::string toJson(const Value &value) {
  if (const double *real = std::get_if<double>(&value))
    return realToJson(*real);
  if (const auto *reals = std::get_if<std::vector<double>>(&value))
    return listOf(*reals, realToJson);
  if (const auto *complex = std::get_if<std::complex<double>>(&value))
    return "[" + realToJson(complex->real()) + ", " + realToJson(complex->imag()) + "]";
  return toReadable(value);
}

std::string toCsv(const Value &value) {
  std::string text;
  if (const double *real = std::get_if<double>(&value)) {
    appendReal(text, *real);
    return text;
  }
  if (const auto *reals = std::get_if<std::vector<double>>(&value))
    return quoteCsv(listOf(*reals, [](double real) {
      std::string digits;
      appendReal(digits, real);
      return digits;
    }));
  const auto *complex = std::get_if<std::complex<double>>(&value);
  if (!complex)
    return toReadable(value);
  appendReal(text, complex->real());
  text += ',';
  appendReal(text, complex->imag());
  return text;
}

std::string quoteCsv(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos)
    return std::string(text);
  std::string quoted = "\"";
  for (const char letter : text)
    quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return quoted + '"';
}

std::string csvNames(std::string_view name, abi::Element element) {
  if (element != abi::Element::Complex)
    return quoteCsv(name);
  return quoteCsv(std::string(name) + "_re") + "," + quoteCsv(std::string(name) + "_im");
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
