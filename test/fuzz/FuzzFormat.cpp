//===- FuzzFormat.cpp - formatting changes blanks alone, and only once ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Format/Format.h"
#include "compiler/Format/Pieces.h"
#include "compiler/Parse/Parse.h"

#include <cstdlib>
#include <memory>

using namespace irh;

namespace {

/// A text that is a model, or nothing.
struct Parsed {
  explicit Parsed(std::string text) : source("fuzz.irh", std::move(text)) {
    tree = parse::parseFile(source, diags);
  }

  std::string dumped() const {
    std::string text;
    llvm::raw_string_ostream os(text);
    ast::dump(os, *tree);
    return text;
  }
  /// Tokens and comments in their order.
  std::vector<std::string> pieces() const {
    std::vector<std::string> texts;
    for (format::Piece &piece : format::cutPieces(source, *tree).pieces)
      texts.push_back(std::move(piece.text));
    return texts;
  }
  std::string formatted() const { return format::format(source, *tree); }

  source::SourceFile source;
  diag::Engine diags;
  std::unique_ptr<ast::File> tree;
};

} // namespace

/// The claims: the formatted text is a model with the same tree, tokens and comments, and is its
/// own formatted text.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Parsed before(std::string(reinterpret_cast<const char *>(data), size));
  if (before.diags.hasErrors())
    return 0;
  Parsed after(before.formatted());
  if (after.diags.hasErrors() || before.dumped() != after.dumped() ||
      before.pieces() != after.pieces() || after.formatted() != after.source.text())
    std::abort();
  return 0;
}
