//===- Frontend.cpp - a file to a typed model ----------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Frontend.h"

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Parse/Parse.h"
#include "compiler/Sema/Sema.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace irh::driver {

static std::unique_ptr<source::SourceFile> readSource(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer) {
    llvm::errs() << path << ": error: cannot read the model: " << buffer.getError().message()
                 << "\n";
    return nullptr;
  }
  if ((*buffer)->getBufferSize() > source::SourceFile::kMaxBytes) {
    llvm::errs() << path
                 << ": error: the file is larger than any model: " << (*buffer)->getBufferSize()
                 << " bytes\n";
    return nullptr;
  }
  return std::make_unique<source::SourceFile>(path, (*buffer)->getBuffer().str());
}

std::unique_ptr<Input> runFrontend(const std::string &path, FrontendGoal goal) {
  auto input = std::make_unique<Input>();
  input->source = readSource(path);
  if (!input->source)
    return nullptr;
  diag::Engine diags;
  input->file = parse::parseFile(*input->source, diags);
  if (!diags.hasErrors() && goal == FrontendGoal::Model)
    input->model = sema::analyze(*input->file, diags);
  diag::render(llvm::errs(), diags, *input->source);
  return diags.hasErrors() ? nullptr : std::move(input);
}

} // namespace irh::driver
