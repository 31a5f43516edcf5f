//===- SourceFile.cpp - the text of a model file, its line table, and its imports ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Source/SourceFile.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <limits>

using namespace irh::source;
using llvm::StringRef;

SourceFile::SourceFile(std::string path, std::string text, uint32_t begin)
    : filePath(std::move(path)), fileText(std::move(text)), firstOffset(begin) {
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
  size_t at = std::min<size_t>(offset - firstOffset, fileText.size());
  const auto *next = std::upper_bound(lineStarts.begin(), lineStarts.end(), at);
  unsigned line = static_cast<unsigned>(next - lineStarts.begin());
  StringRef before = text().slice(lineStarts[line - 1], at);
  return {.line = line, .column = countCharacters(before) + 1};
}

StringRef SourceFile::lineText(unsigned line) const {
  StringRef fromLine = text().drop_front(lineStarts[line - 1]);
  return fromLine.take_until([](char c) { return c == '\n'; }).rtrim('\r');
}

const SourceFile *SourceFile::addImport(std::string path, std::string text) {
  const SourceFile &last = imports.empty() ? *this : *imports.back();
  // The place behind a file's last byte is its own.
  uint64_t begin = uint64_t(last.firstOffset) + last.fileText.size() + 1;
  if (begin + text.size() >= std::numeric_limits<uint32_t>::max())
    return nullptr;
  imports.push_back(
      std::make_unique<SourceFile>(std::move(path), std::move(text), static_cast<uint32_t>(begin)));
  return imports.back().get();
}

const SourceFile &SourceFile::fileAt(uint32_t offset) const {
  const auto *next = llvm::partition_point(
      imports, [&](const std::unique_ptr<SourceFile> &file) { return file->begin() <= offset; });
  return next == imports.begin() ? *this : **std::prev(next);
}
