//===- Frontend.cpp - a file to a typed model ----------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Frontend.h"

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Driver/Imports.h"
#include "compiler/Parse/Parse.h"
#include "compiler/Sema/Sema.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

namespace irh::driver {

/// Never null: of a file that cannot be read, `diags` says so.
static std::unique_ptr<source::SourceFile> readSource(const std::string &path,
                                                      diag::Engine &diags) {
  std::string text;
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(path, /*IsText=*/true);
  if (!buffer)
    diags.report(diag::UnreadableModel, {}, buffer.getError().message());
  else if ((*buffer)->getBufferSize() > source::SourceFile::kMaxBytes)
    diags.report(diag::FileTooLarge, {}, (*buffer)->getBufferSize(), source::SourceFile::kMaxBytes);
  else
    text = (*buffer)->getBuffer().str();
  return std::make_unique<source::SourceFile>(path, std::move(text));
}

static void writeDiagnostics(const diag::Engine &diags, const source::SourceFile &source,
                             DiagnosticStyle style, llvm::raw_ostream &os) {
  if (style == DiagnosticStyle::Json)
    return diag::renderJson(os, diags, source);
  bool isPlain = !llvm::sys::Process::GetEnv("NO_COLOR").value_or("").empty();
  os.enable_colors(os.has_colors() && !isPlain);
  diag::render(os, diags, source);
}

std::unique_ptr<Input> runFrontend(const std::string &path, FrontendGoal goal,
                                   DiagnosticStyle style, llvm::raw_ostream &os) {
  auto input = std::make_unique<Input>();
  diag::Engine diags;
  input->source = readSource(path, diags);
  if (!diags.hasErrors())
    input->file = parse::parseFile(*input->source, diags);
  if (input->file && goal == FrontendGoal::Model)
    input->imports = readImports(*input->source, *input->file, diags);
  if (!diags.hasErrors() && goal == FrontendGoal::Model)
    input->model = sema::analyze(*input->file, diags);
  writeDiagnostics(diags, *input->source, style, os);
  return diags.hasErrors() ? nullptr : std::move(input);
}

} // namespace irh::driver
