//===- Imports.h - the files that a model imports ---------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_IMPORTS_H
#define IRH_COMPILER_DRIVER_IMPORTS_H

#include "compiler/AST/AST.h"
#include "compiler/Diag/Diagnostic.h"

#include <memory>
#include <vector>

namespace irh::driver {

/// Reads and parses what `file`, the tree of `source`, imports: each file once, and its own
/// imports with it. Their constants and functions go in front of those of `file`; their models
/// are ignored. A path is relative to the file that names it.
///
/// Gives the trees, which hold those items and so outlive `file`'s. What is wrong goes to `diags`.
std::vector<std::unique_ptr<ast::File>> readImports(source::SourceFile &source, ast::File &file,
                                                    diag::Engine &diags);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_IMPORTS_H
