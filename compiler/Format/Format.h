//===- Format.h - the one way to write a model ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_FORMAT_FORMAT_H
#define IRH_COMPILER_FORMAT_FORMAT_H

#include "compiler/AST/AST.h"

#include <string>

namespace irh::format {

/// The text of `source` with canonical blanks. `tree` is its syntax tree, without errors.
///
/// Line breaks and comments stay where they are; only blanks between them change, and empty lines:
/// at most one in a row, none at the ends of a block. So the tokens are the same, and so is the
/// tree. Formatting twice is formatting once.
std::string format(const source::SourceFile &source, const ast::File &tree);

} // namespace irh::format

#endif // IRH_COMPILER_FORMAT_FORMAT_H
