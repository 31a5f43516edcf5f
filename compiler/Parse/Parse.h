//===- Parse.h - from the text of a model to its syntax tree ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_PARSE_PARSE_H
#define IRH_COMPILER_PARSE_PARSE_H

#include "compiler/AST/AST.h"
#include "compiler/Diag/Diagnostic.h"
#include "compiler/Source/SourceFile.h"

#include <memory>

namespace irh::parse {

/// Parses `source`, which outlives the tree. Every independent mistake is reported, at the first
/// token that cannot follow; the item that holds it is left out of the tree, and parsing goes on
/// at the next one. Never null: `diags.hasErrors()` tells whether the tree is whole.
std::unique_ptr<ast::File> parseFile(const source::SourceFile &source, diag::Engine &diags);

} // namespace irh::parse

#endif // IRH_COMPILER_PARSE_PARSE_H
