//===- Sema.h - from the syntax tree to the typed model ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SEMA_SEMA_H
#define IRH_COMPILER_SEMA_SEMA_H

#include "compiler/AST/AST.h"
#include "compiler/Diag/Diagnostic.h"
#include "compiler/Sema/Model.h"

#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace irh::sema {

struct Options {
  llvm::StringRef modelName; ///< Which model of the file; empty: the only one.
};

/// Resolves every name, type and set of one model of `file`. Null where `diags` has received an
/// error. `file` must have been parsed without errors, and may go when the Model is there.
std::unique_ptr<Model> analyze(const ast::File &file, diag::Engine &diags, Options options = {});

/// Writes the model as text, one declaration or statement a line: for tests and for people.
void dump(llvm::raw_ostream &os, const Model &model);
/// Writes one expression, fully parenthesized, with its conversions.
void dump(llvm::raw_ostream &os, const Expr &expr);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_SEMA_H
