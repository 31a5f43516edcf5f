//===- SourceFile.h - the text of a model file, its line table, and its imports ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SOURCE_SOURCEFILE_H
#define IRH_COMPILER_SOURCE_SOURCEFILE_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace irh::source {

/// A half-open byte range [begin, end) of one source file. A file that is imported begins where
/// the one before it ends, so that an offset says the file, too.
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

/// The text of one file, and of those it imports. Everything that is parsed from them refers to
/// their texts, so it outlives the syntax trees and the diagnostics. All but fileAt() is about
/// this file alone.
class SourceFile {
public:
  /// The longest text that is accepted; spans are 32-bit, and no model comes near.
  static constexpr size_t kMaxBytes = size_t(64) << 20;

  /// The first byte of `text` has the offset `begin`.
  SourceFile(std::string path, std::string text, uint32_t begin = 0);
  SourceFile(const SourceFile &) = delete;
  SourceFile &operator=(const SourceFile &) = delete;

  llvm::StringRef path() const { return filePath; }
  llvm::StringRef text() const { return fileText; }
  llvm::StringRef text(Span span) const {
    return text().slice(span.begin - firstOffset, span.end - firstOffset);
  }
  /// The offset of the first byte.
  uint32_t begin() const { return firstOffset; }

  unsigned numLines() const { return static_cast<unsigned>(lineStarts.size()); }
  /// Where `offset` stands. An offset past the end stands at the end.
  Position position(uint32_t offset) const;
  /// Line `line` (from 1) without its line break.
  llvm::StringRef lineText(unsigned line) const;
  /// The byte offset of the first character of line `line` (from 1).
  uint32_t lineStart(unsigned line) const { return firstOffset + lineStarts[line - 1]; }

  /// Adds a file that this one imports, directly or not. Null if there are no offsets left.
  const SourceFile *addImport(std::string path, std::string text);
  /// The file that holds `offset`: this one or one of its imports.
  const SourceFile &fileAt(uint32_t offset) const;

private:
  std::string filePath;
  std::string fileText;
  uint32_t firstOffset;
  llvm::SmallVector<uint32_t, 0> lineStarts;                 ///< Counted from the file's beginning.
  llvm::SmallVector<std::unique_ptr<SourceFile>, 0> imports; ///< In the order of their offsets.
};

} // namespace irh::source

#endif // IRH_COMPILER_SOURCE_SOURCEFILE_H
