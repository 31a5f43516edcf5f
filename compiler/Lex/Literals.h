//===- Literals.h - numbers and strings ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_LEX_LITERALS_H
#define IRH_COMPILER_LEX_LITERALS_H

#include "compiler/Lex/Token.h"

#include <optional>

namespace irh::lex {

/// The shape of the number at the front of a text.
struct NumberShape {
  TokenKind kind = TokenKind::Integer; ///< Integer, Real or Imaginary.
  size_t length = 0;                   ///< With what wrongly sticks to it, as in `1_` or `2x`.
  bool isWellFormed = true;
};

/// Measures the number at the front of `text`, which is a digit or a point and a digit.
NumberShape measureNumber(StringRef text);

/// The value of a well-formed number; nothing if it is out of range. A real that rounds to zero
/// without being zero is.
std::optional<int64_t> integerValue(StringRef digits);
std::optional<double> realValue(StringRef digits);

/// The length of the string at the front of `text` up to its closing quote or, without one, to
/// the end of the line.
struct StringShape {
  size_t length = 0;
  bool isClosed = false;
};
StringShape measureString(StringRef text);

} // namespace irh::lex

#endif // IRH_COMPILER_LEX_LITERALS_H
