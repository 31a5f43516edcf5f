//===- Unicode.cpp - which characters make identifiers ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lex/Unicode.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>

using namespace irh;
using lex::CodePoint;
using llvm::StringRef;

namespace {

/// All code points from `first` to `last`.
struct Run {
  uint32_t first;
  uint32_t last;
};

constexpr Run kLetters[] = {
#define LETTER(First, Last) {First, Last},
#include "compiler/Lex/UnicodeLetters.def"
};

constexpr Run kMore[] = {
#define MORE(First, Last) {First, Last},
#include "compiler/Lex/UnicodeLetters.def"
};

} // namespace

static bool isIn(llvm::ArrayRef<Run> runs, uint32_t codePoint) {
  const Run *run = std::partition_point(
      runs.begin(), runs.end(), [&](const Run &candidate) { return candidate.last < codePoint; });
  return run != runs.end() && run->first <= codePoint;
}

CodePoint lex::decodeFront(StringRef text) {
  auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  auto tail = [&](size_t i) { return static_cast<uint32_t>(byte(i) & 0x3F); };
  uint32_t lead = byte(0);
  if (lead < 0x80)
    return {.value = lead, .numBytes = 1};
  if (lead < 0xE0)
    return {.value = (lead & 0x1F) << 6 | tail(1), .numBytes = 2};
  if (lead < 0xF0)
    return {.value = (lead & 0x0F) << 12 | tail(1) << 6 | tail(2), .numBytes = 3};
  return {.value = (lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), .numBytes = 4};
}

bool lex::isIdentifierStart(uint32_t codePoint) {
  if (codePoint < 0x80)
    return llvm::isAlpha(static_cast<char>(codePoint)) || codePoint == '_';
  return isIn(kLetters, codePoint);
}

bool lex::isIdentifierContinue(uint32_t codePoint) {
  if (codePoint < 0x80)
    return llvm::isAlnum(static_cast<char>(codePoint)) || codePoint == '_';
  return isIn(kLetters, codePoint) || isIn(kMore, codePoint);
}

size_t lex::identifierLength(StringRef text) {
  size_t length = 0;
  while (length < text.size()) {
    CodePoint next = decodeFront(text.drop_front(length));
    if (!isIdentifierContinue(next.value))
      break;
    length += next.numBytes;
  }
  return length;
}
