//===- SourceFile.cpp - the text of one model file and its line table ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Source/SourceFile.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace irh::source;
using llvm::StringRef;

SourceFile::SourceFile(std::string path, std::string text)
    : filePath(std::move(path)), fileText(std::move(text)) {
  // Offsets are 32-bit. A longer text is refused by the lexer, so its rest is never looked at.
  StringRef indexed = StringRef(fileText).take_front(kMaxBytes);
  lineStarts.push_back(0);
  for (size_t at = indexed.find('\n'); at != StringRef::npos; at = indexed.find('\n', at + 1))
    lineStarts.push_back(static_cast<uint32_t>(at + 1));
}

/// A code point begins at every byte that does not continue one (10xxxxxx).
static unsigned countCharacters(StringRef text) {
  return static_cast<unsigned>(
      llvm::count_if(text, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

Position SourceFile::position(uint32_t offset) const {
  offset = static_cast<uint32_t>(std::min<size_t>(offset, fileText.size()));
  const auto *next = std::upper_bound(lineStarts.begin(), lineStarts.end(), offset);
  unsigned line = static_cast<unsigned>(next - lineStarts.begin());
  StringRef before = text().slice(lineStart(line), offset);
  return {.line = line, .column = countCharacters(before) + 1};
}

StringRef SourceFile::lineText(unsigned line) const {
  StringRef fromLine = text().drop_front(lineStart(line));
  return fromLine.take_until([](char c) { return c == '\n'; }).rtrim('\r');
}
