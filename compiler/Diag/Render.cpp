//===- Render.cpp - diagnostics as text for people ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Diag/Order.h"
#include "compiler/Diag/Printable.h"

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

/// How the marks of one place look.
struct Pen {
  char mark;
  raw_ostream::Colors color;
};

} // namespace

/// Writes `text` in a color where the stream has colors.
static void paint(raw_ostream &os, raw_ostream::Colors color, const llvm::Twine &text) {
  os.changeColor(color, /*Bold=*/true);
  os << text;
  os.resetColor();
}

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

/// Marks `span`, which lies in line `line`.
static void renderLine(raw_ostream &os, const SourceFile &file, unsigned line, Span span, Pen pen) {
  Span part = visiblePart(file, line, span);
  MarkedLine marked = markLine(file.text(part), part.begin, span, pen.mark);
  os << llvm::format_decimal(line, 5) << " | " << marked.shown << "\n      | ";
  paint(os, pen.color, marked.marks);
  os << '\n';
}

/// The line of `span`; of a span over several lines the first and the last, and the second one
/// where it is all that is between.
static void renderLines(raw_ostream &os, const SourceFile &file, Span span, Pen pen) {
  if (file.text().empty())
    return;
  unsigned first = file.position(span.begin).line;
  renderLine(os, file, first, span, pen);
  unsigned last = file.position(std::max(span.begin + 1, span.end) - 1).line;
  if (last > first + 2)
    os << "  ... |\n";
  for (unsigned line = last == first + 2 ? first + 1 : last; line > first && line <= last; ++line) {
    StringRef text = file.lineText(line);
    auto indent = static_cast<uint32_t>(text.size() - text.ltrim().size());
    Span part = {file.lineStart(line) + indent, span.end};
    if (part.begin < part.end)
      renderLine(os, file, line, part, pen);
  }
}

/// `place` is where the diagnostic itself is: only a fix elsewhere says where.
static void renderFix(raw_ostream &os, const SourceFile &main, const Label &fix, Span place) {
  os << "      = ";
  paint(os, raw_ostream::GREEN, "help");
  const SourceFile &file = main.fileAt(fix.span.begin);
  std::string what = fix.span.begin == fix.span.end ? "" : file.text(fix.span).str();
  bool isHere = fix.span == place ||
                (what.empty() && fix.span.begin >= place.begin && fix.span.begin <= place.end);
  os << ": " << (fix.text.empty() ? "remove" : what.empty() ? "insert" : "replace");
  if (!what.empty() && !isHere)
    os << ' ' << diag::quote(what);
  else if (fix.text.empty())
    os << " it";
  if (!fix.text.empty())
    os << (what.empty() ? " `" : " with `") << fix.text << '`';
  if (!isHere) {
    source::Position at = file.position(fix.span.begin);
    os << " at " << at.line << ':' << at.column;
  }
  os << '\n';
}

static void renderOne(raw_ostream &os, const Diagnostic &diagnostic, const SourceFile &main) {
  const SourceFile &file = main.fileAt(diagnostic.span.begin);
  bool isError = diagnostic.severity == Severity::Error;
  raw_ostream::Colors color = isError ? raw_ostream::RED : raw_ostream::YELLOW;
  renderPlace(os, file, diagnostic.span);
  paint(os, color, (isError ? "error[" : "warning[") + diagnostic.code + "]");
  os << ": " << diagnostic.message << '\n';
  renderLines(os, file, diagnostic.span, {.mark = '^', .color = color});
  for (const Label &note : diagnostic.notes) {
    const SourceFile &noteFile = main.fileAt(note.span.begin);
    renderPlace(os, noteFile, note.span);
    paint(os, raw_ostream::CYAN, "note");
    os << ": " << note.text << '\n';
    renderLines(os, noteFile, note.span, {.mark = '-', .color = raw_ostream::CYAN});
  }
  for (const Label &fix : diagnostic.fixes)
    renderFix(os, main, fix, diagnostic.span);
}

void diag::render(raw_ostream &os, const Engine &engine, const SourceFile &file) {
  constexpr size_t kMaxShown = 100;
  llvm::SmallVector<const Diagnostic *> ordered = inOrderOfPlace(engine);
  for (const Diagnostic *diagnostic : llvm::ArrayRef(ordered).take_front(kMaxShown))
    renderOne(os, *diagnostic, file);
  if (ordered.size() > kMaxShown)
    os << file.path() << ": and " << engine.numReports() - kMaxShown << " more\n";
}
