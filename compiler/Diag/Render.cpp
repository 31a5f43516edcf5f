//===- Render.cpp - diagnostics as text for people ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Diag/Printable.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"

#include <algorithm>

using namespace irh;
using diag::Diagnostic;
using diag::Label;
using diag::Severity;
using llvm::raw_ostream;
using llvm::StringRef;
using source::SourceFile;
using source::Span;

namespace {

/// What goes under one source line: the line itself and a line of marks of the same width.
struct MarkedLine {
  std::string shown;
  std::string marks;
};

} // namespace

/// `line` begins at byte `lineStart` of the file.
static MarkedLine markLine(StringRef line, uint32_t lineStart, Span span, char mark) {
  MarkedLine marked;
  uint32_t offset = lineStart;
  while (!line.empty()) {
    diag::Character character = diag::takeCharacter(line);
    marked.shown += character.shown;
    // A tab stays a tab in front of the mark: both lines then reach the same column.
    if (offset < span.begin)
      marked.marks.append(character.width, character.bytes == "\t" ? '\t' : ' ');
    else if (offset < span.end)
      marked.marks.append(character.width, mark);
    offset += static_cast<uint32_t>(character.bytes.size());
  }
  if (marked.marks.empty() || marked.marks.back() != mark)
    marked.marks += mark;
  return marked;
}

static void renderPlace(raw_ostream &os, const SourceFile &file, Span span) {
  source::Position at = file.position(span.begin);
  os << file.path() << ':' << at.line << ':' << at.column << ": ";
}

/// The part of line `line` around `span` that a terminal can show: nearly always all of it.
static Span visiblePart(const SourceFile &file, unsigned line, Span span) {
  constexpr uint32_t kMaxBytes = 400, kBytesBefore = 100;
  Span part = {file.lineStart(line), 0};
  part.end = part.begin + static_cast<uint32_t>(file.lineText(line).size());
  if (part.end - part.begin <= kMaxBytes)
    return part;
  if (span.begin - part.begin > kBytesBefore)
    part.begin = span.begin - kBytesBefore;
  part.end = std::min(part.end, part.begin + kMaxBytes);
  return part;
}

static void renderLine(raw_ostream &os, const SourceFile &file, Span span, char mark) {
  unsigned line = file.position(span.begin).line;
  Span part = visiblePart(file, line, span);
  MarkedLine marked = markLine(file.text(part), part.begin, span, mark);
  os << llvm::format_decimal(line, 5) << " | " << marked.shown << '\n';
  os << "      | " << marked.marks << '\n';
}

static void renderFix(raw_ostream &os, const Label &fix) {
  os << "      = help: ";
  if (fix.text.empty())
    os << "remove it\n";
  else if (fix.span.begin == fix.span.end)
    os << "insert `" << fix.text << "`\n";
  else
    os << "replace with `" << fix.text << "`\n";
}

static void renderOne(raw_ostream &os, const Diagnostic &diagnostic, const SourceFile &file) {
  renderPlace(os, file, diagnostic.span);
  os << (diagnostic.severity == Severity::Error ? "error" : "warning") << '[' << diagnostic.code
     << "]: " << diagnostic.message << '\n';
  renderLine(os, file, diagnostic.span, '^');
  for (const Label &note : diagnostic.notes) {
    renderPlace(os, file, note.span);
    os << "note: " << note.text << '\n';
    renderLine(os, file, note.span, '-');
  }
  for (const Label &fix : diagnostic.fixes)
    renderFix(os, fix);
}

/// Those of one place keep the order of their reports.
static llvm::SmallVector<const Diagnostic *> inOrderOfPlace(const diag::Engine &engine) {
  llvm::SmallVector<const Diagnostic *> ordered;
  for (const Diagnostic &diagnostic : engine.diagnostics())
    ordered.push_back(&diagnostic);
  llvm::sort(ordered, [](const Diagnostic *left, const Diagnostic *right) {
    return std::pair(left->span.begin, left) < std::pair(right->span.begin, right);
  });
  return ordered;
}

void diag::render(raw_ostream &os, const Engine &engine, const SourceFile &file) {
  constexpr size_t kMaxShown = 100;
  llvm::SmallVector<const Diagnostic *> ordered = inOrderOfPlace(engine);
  for (const Diagnostic *diagnostic : llvm::ArrayRef(ordered).take_front(kMaxShown))
    renderOne(os, *diagnostic, file);
  if (ordered.size() > kMaxShown)
    os << file.path() << ": and " << engine.numReports() - kMaxShown << " more\n";
}
