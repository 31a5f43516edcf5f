//===- Diagnostic.h - errors and warnings as data ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DIAG_DIAGNOSTIC_H
#define IRH_COMPILER_DIAG_DIAGNOSTIC_H

#include "compiler/Source/SourceFile.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <type_traits>

namespace irh::diag {

using llvm::StringRef;
using source::Span;

enum class Severity { Error, Warning };

/// A diagnostic that can be reported, with the types its message needs.
template <typename... Args> struct Kind {
  Severity severity;
  llvm::StringLiteral code;
  llvm::StringLiteral format;
};

#define IRH_DIAG(Name, Sev, Code, Format, ...)                                                     \
  inline constexpr Kind<__VA_ARGS__> Name{Severity::Sev, Code, Format};
#include "compiler/Diag/Diagnostics.def"

/// A text about a place: of a note what it shows, of a fix what replaces the span.
struct Label {
  Span span;
  std::string text;
};

/// One reported problem, complete enough for any renderer.
struct Diagnostic {
  Severity severity;
  StringRef code;
  std::string message;
  Span span; ///< Where it is; an empty span is a place between two characters.
  llvm::SmallVector<Label, 1> notes;
  llvm::SmallVector<Label, 1> fixes; ///< Replace the span by the text; an empty span inserts.

  Diagnostic &note(Span at, std::string text) {
    notes.push_back({at, std::move(text)});
    return *this;
  }
  Diagnostic &fix(Span at, std::string replacement) {
    fixes.push_back({at, std::move(replacement)});
    return *this;
  }
};

/// Collects the diagnostics of one compilation. Not thread-safe.
class Engine {
public:
  /// Past so many the newest takes the place of the last: no input fills the memory.
  static constexpr size_t kMaxKept = 1000;

  /// Reports `kind` at `span`. Argument types are checked against the .def line.
  /// The reference is for adding notes and fixes, and valid until the next report.
  template <typename... Args>
  Diagnostic &report(const Kind<Args...> &kind, Span span, std::type_identity_t<Args>... args) {
    if (reported.size() == kMaxKept)
      reported.pop_back();
    reported.push_back(
        {kind.severity, kind.code, llvm::formatv(kind.format.data(), args...).str(), span, {}, {}});
    ++reportCount;
    errorCount += kind.severity == Severity::Error;
    return reported.back();
  }

  bool hasErrors() const { return errorCount != 0; }
  unsigned numErrors() const { return errorCount; }
  unsigned numReports() const { return reportCount; }
  /// Those kept, in the order of their reports.
  llvm::ArrayRef<Diagnostic> diagnostics() const { return reported; }

private:
  llvm::SmallVector<Diagnostic, 0> reported;
  unsigned reportCount = 0;
  unsigned errorCount = 0;
};

/// Writes the diagnostics in the order of their places: each with its source line, a mark under
/// the span, its notes and fixes. Past a hundred it only says how many there are. In color where
/// `os` has colors enabled. `file` is the main file.
void render(llvm::raw_ostream &os, const Engine &engine, const source::SourceFile &file);

/// Writes all that are kept, in the same order, one JSON object a line:
///   {"file", "range": {"start": {"line", "column"}, "end": …}, "severity", "code", "message",
///    "notes": [{"file", "range", "message"}], "fixes": [{"file", "range", "replacement"}]}
/// Lines and columns count from 1, columns in characters; a range ends before its end.
void renderJson(llvm::raw_ostream &os, const Engine &engine, const source::SourceFile &file);

/// The candidate that `name` most likely is a misspelling of, the first of equals; empty if none
/// is near.
StringRef nearestName(StringRef name, llvm::ArrayRef<StringRef> candidates);

/// `text` between backticks for use in a message: cut after 40 characters, control characters
/// replaced.
std::string quote(StringRef text);

} // namespace irh::diag

#endif // IRH_COMPILER_DIAG_DIAGNOSTIC_H
