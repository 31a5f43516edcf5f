//===- Literals.cpp - numbers and strings ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lex/Literals.h"

#include "compiler/Lex/Lexer.h"
#include "compiler/Lex/Unicode.h"

#include "llvm/ADT/StringExtras.h"

#include <charconv>

using namespace irh;
using namespace irh::lex;

/// Digits at `at` and on, with single `_` between two of them.
static size_t skipDigits(StringRef text, size_t at) {
  auto isDigitAt = [&](size_t i) { return i < text.size() && llvm::isDigit(text[i]); };
  while (isDigitAt(at) ||
         (at > 0 && at < text.size() && text[at] == '_' && isDigitAt(at - 1) && isDigitAt(at + 1)))
    ++at;
  return at;
}

/// `e-3` at `at`, or nothing.
static size_t skipExponent(StringRef text, size_t at) {
  if (at >= text.size() || llvm::toLower(text[at]) != 'e')
    return at;
  size_t digits = at + 1;
  if (digits < text.size() && (text[digits] == '+' || text[digits] == '-'))
    ++digits;
  bool hasDigit = digits < text.size() && llvm::isDigit(text[digits]);
  return hasDigit ? skipDigits(text, digits) : at;
}

NumberShape lex::measureNumber(StringRef text) {
  NumberShape shape;
  size_t whole = skipDigits(text, 0);
  size_t at = whole;
  // The points of `2..` are a range's.
  if (text.substr(at).starts_with(".") && !text.substr(at).starts_with(".."))
    at = skipDigits(text, at + 1);
  at = skipExponent(text, at);
  if (at != whole)
    shape.kind = TokenKind::Real;
  size_t tail = identifierLength(text.drop_front(at));
  if (text.substr(at, tail) == "i")
    shape.kind = TokenKind::Imaginary;
  else
    shape.isWellFormed = tail == 0;
  shape.length = at + tail;
  return shape;
}

static std::string withoutUnderscores(StringRef digits) {
  std::string plain = digits.str();
  llvm::erase(plain, '_');
  return plain;
}

/// A number that from_chars reads to its end and in range; nothing else.
template <typename T> static std::optional<T> parseAll(StringRef digits) {
  std::string plain = withoutUnderscores(digits);
  T value{};
  auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error != std::errc() || end != plain.data() + plain.size())
    return std::nullopt;
  return value;
}

std::optional<int64_t> lex::integerValue(StringRef digits) { return parseAll<int64_t>(digits); }

std::optional<double> lex::realValue(StringRef digits) { return parseAll<double>(digits); }

StringShape lex::measureString(StringRef text) {
  for (size_t at = 1; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '"')
      return {.length = at + 1, .isClosed = true};
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] != '\n')
      ++at;
  }
  return {.length = text.take_until([](char c) { return c == '\n'; }).rtrim('\r').size()};
}

std::string lex::unescape(StringRef quoted) {
  StringRef inner = quoted.drop_front();
  inner.consume_back("\"");
  std::string text;
  while (!inner.empty()) {
    auto [plain, rest] = inner.split('\\');
    text += plain;
    if (!rest.empty())
      text += rest.front() == 'n' ? '\n' : rest.front() == 't' ? '\t' : rest.front();
    inner = rest.drop_front(rest.empty() ? 0 : 1);
  }
  return text;
}
