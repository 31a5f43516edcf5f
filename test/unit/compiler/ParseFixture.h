//===- ParseFixture.h - texts and trees for the front end's tests ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_UNIT_COMPILER_PARSEFIXTURE_H
#define IRH_TEST_UNIT_COMPILER_PARSEFIXTURE_H

#include "compiler/Parse/Parse.h"

#include <string>
#include <vector>

namespace irh::test {

/// A text and what became of it.
struct Parsed {
  explicit Parsed(std::string text)
      : source("test.irh", std::move(text)), file(parse::parseFile(source, diags)) {}

  /// The place and the code of each diagnostic in the order of the text: `2:7 E0010`.
  std::vector<std::string> errors() const;
  /// The messages as a user sees them.
  std::string rendered() const;
  /// The tree as `irhc emit --stage=ast` prints it.
  std::string dumped() const;

  source::SourceFile source;
  diag::Engine diags;
  std::unique_ptr<ast::File> file;
};

/// The tree of one expression on a single line, operators in front: `(+ a (* b c))`.
std::string treeOf(const std::string &expression);

/// A model that uses every construct of the language at least once.
extern const char *const kWholeLanguage;

} // namespace irh::test

#endif // IRH_TEST_UNIT_COMPILER_PARSEFIXTURE_H
