//===- Printable.cpp - source text made safe for a terminal ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Diag/Printable.h"

#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Unicode.h"

#include <algorithm>

using namespace irh::diag;
using llvm::StringRef;

Character irh::diag::takeCharacter(StringRef &text) {
  size_t length = std::min<size_t>(llvm::getNumBytesForUTF8(text.front()), text.size());
  int width =
      text.front() == '\t' ? 1 : llvm::sys::unicode::columnWidthUTF8(text.take_front(length));
  if (width == llvm::sys::unicode::ErrorInvalidUTF8)
    length = 1;
  StringRef bytes = text.take_front(length);
  text = text.drop_front(length);
  if (width < 0)
    return {.bytes = bytes, .shown = "\uFFFD"};
  return {.bytes = bytes, .shown = bytes, .width = static_cast<unsigned>(width)};
}
