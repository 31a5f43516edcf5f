//===- Unicode.h - which characters make identifiers ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_LEX_UNICODE_H
#define IRH_COMPILER_LEX_UNICODE_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace irh::lex {

/// The code point at the front of valid UTF-8 that is not empty.
struct CodePoint {
  uint32_t value = 0;
  unsigned numBytes = 1;
};
CodePoint decodeFront(llvm::StringRef text);

/// A Unicode letter or `_`.
bool isIdentifierStart(uint32_t codePoint);
/// The same, a digit (`T₀` too) or a mark that belongs to the letter before it.
bool isIdentifierContinue(uint32_t codePoint);

/// How many bytes at the front of `text` may continue an identifier.
size_t identifierLength(llvm::StringRef text);

} // namespace irh::lex

#endif // IRH_COMPILER_LEX_UNICODE_H
