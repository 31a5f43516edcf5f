//===- SourceFile.h - the text of one model file and its line table ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SOURCE_SOURCEFILE_H
#define IRH_COMPILER_SOURCE_SOURCEFILE_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace irh::source {

/// A half-open byte range [begin, end) of one source file.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  bool operator==(const Span &) const = default;
};

/// The smallest span that covers both.
inline Span cover(Span first, Span second) {
  return {first.begin < second.begin ? first.begin : second.begin,
          first.end > second.end ? first.end : second.end};
}

/// A place as people count it: both from 1, columns in characters (code points).
struct Position {
  unsigned line = 1;
  unsigned column = 1;
};

/// The text of one file. Everything that is parsed from it refers to its text, so it outlives
/// the syntax tree and the diagnostics.
class SourceFile {
public:
  /// The longest text that is accepted; spans are 32-bit, and no model comes near.
  static constexpr size_t kMaxBytes = size_t(64) << 20;

  SourceFile(std::string path, std::string text);
  SourceFile(const SourceFile &) = delete;
  SourceFile &operator=(const SourceFile &) = delete;

  llvm::StringRef path() const { return filePath; }
  llvm::StringRef text() const { return fileText; }
  llvm::StringRef text(Span span) const { return text().slice(span.begin, span.end); }

  unsigned numLines() const { return static_cast<unsigned>(lineStarts.size()); }
  /// Where `offset` stands. An offset past the end stands at the end.
  Position position(uint32_t offset) const;
  /// Line `line` (from 1) without its line break.
  llvm::StringRef lineText(unsigned line) const;
  /// The byte offset of the first character of line `line` (from 1).
  uint32_t lineStart(unsigned line) const { return lineStarts[line - 1]; }

private:
  std::string filePath;
  std::string fileText;
  llvm::SmallVector<uint32_t, 0> lineStarts;
};

} // namespace irh::source

#endif // IRH_COMPILER_SOURCE_SOURCEFILE_H
