//===- SemaFixture.h - a model's text to its typed model, for tests ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_UNIT_COMPILER_SEMAFIXTURE_H
#define IRH_TEST_UNIT_COMPILER_SEMAFIXTURE_H

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Parse/Parse.h"
#include "compiler/Sema/Sema.h"

#include <memory>
#include <string>

namespace irh::sema {

/// What the analysis makes of a text.
struct Analyzed {
  std::unique_ptr<source::SourceFile> file;
  std::unique_ptr<ast::File> tree;
  std::unique_ptr<Model> model; ///< Null after errors, those of the parser included.
  std::string diagnostics;      ///< As a user sees them.
  std::string text;             ///< The dump of the model.
};

inline Analyzed analyzeText(const std::string &text, Options options = {}) {
  Analyzed result;
  result.file = std::make_unique<source::SourceFile>("model.irh", text);
  diag::Engine diags;
  result.tree = parse::parseFile(*result.file, diags);
  if (!diags.hasErrors())
    result.model = analyze(*result.tree, diags, options);
  llvm::raw_string_ostream diagnostics(result.diagnostics);
  diag::render(diagnostics, diags, *result.file);
  llvm::raw_string_ostream dumped(result.text);
  if (result.model)
    dump(dumped, *result.model);
  return result;
}

/// The dump of the model with these items.
inline std::string dumpOf(const std::string &items) {
  Analyzed analyzed = analyzeText("model test {\n" + items + "\n}\n");
  return analyzed.model ? analyzed.text : analyzed.diagnostics;
}

} // namespace irh::sema

#endif // IRH_TEST_UNIT_COMPILER_SEMAFIXTURE_H
