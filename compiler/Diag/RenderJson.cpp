//===- RenderJson.cpp - diagnostics as JSON for editors and scripts ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Diag/Order.h"

#include "llvm/Support/JSON.h"

using namespace irh;
using diag::Diagnostic;
using diag::Label;
using llvm::StringRef;
using llvm::json::OStream;
using source::SourceFile;
using source::Span;

static void writePosition(OStream &json, StringRef key, source::Position at) {
  json.attributeObject(key, [&] {
    json.attribute("line", at.line);
    json.attribute("column", at.column);
  });
}

/// The attributes `file` and `range` of an object.
static void writePlace(OStream &json, const SourceFile &main, Span span) {
  const SourceFile &file = main.fileAt(span.begin);
  json.attribute("file", llvm::json::fixUTF8(file.path()));
  json.attributeObject("range", [&] {
    writePosition(json, "start", file.position(span.begin));
    writePosition(json, "end", file.position(span.end));
  });
}

static void writeLabels(OStream &json, const SourceFile &main, llvm::ArrayRef<Label> labels,
                        StringRef textKey) {
  for (const Label &label : labels)
    json.object([&] {
      writePlace(json, main, label.span);
      json.attribute(textKey, llvm::json::fixUTF8(label.text));
    });
}

static void writeOne(OStream &json, const Diagnostic &diagnostic, const SourceFile &main) {
  json.object([&] {
    writePlace(json, main, diagnostic.span);
    bool isError = diagnostic.severity == diag::Severity::Error;
    json.attribute("severity", isError ? "error" : "warning");
    json.attribute("code", diagnostic.code);
    json.attribute("message", llvm::json::fixUTF8(diagnostic.message));
    json.attributeArray("notes", [&] { writeLabels(json, main, diagnostic.notes, "message"); });
    json.attributeArray("fixes", [&] { writeLabels(json, main, diagnostic.fixes, "replacement"); });
  });
}

void diag::renderJson(llvm::raw_ostream &os, const Engine &engine, const SourceFile &file) {
  for (const Diagnostic *diagnostic : inOrderOfPlace(engine)) {
    OStream json(os);
    writeOne(json, *diagnostic, file);
    os << '\n';
  }
}
