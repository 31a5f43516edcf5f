//===- FuzzFrontend.cpp - any bytes are a model or errors, never a crash ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Parse/Parse.h"
#include "compiler/Sema/Sema.h"

#include <cstdlib>

using namespace irh;

/// The claims: errors are rendered, a text without errors has a model, and both can be printed.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  source::SourceFile file("fuzz.irh", std::string(reinterpret_cast<const char *>(data), size));
  diag::Engine diags;
  std::unique_ptr<ast::File> tree = parse::parseFile(file, diags);
  std::unique_ptr<sema::Model> model;
  if (!diags.hasErrors()) {
    model = sema::analyze(*tree, diags);
    if (!model != diags.hasErrors())
      std::abort();
  }
  std::string text;
  llvm::raw_string_ostream os(text);
  diag::render(os, diags, file);
  ast::dump(os, *tree);
  if (model)
    sema::dump(os, *model);
  return 0;
}
