//===- Walk.h - the direct parts of a syntax-tree expression ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SEMA_WALK_H
#define IRH_COMPILER_SEMA_WALK_H

#include "compiler/AST/Expr.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>

namespace irh::sema {

/// Calls `visit` on each operand of `expr`, in source order; brackets count, argument names do
/// not.
void forEachOperand(const ast::Expr &expr, llvm::function_ref<void(const ast::Expr &)> visit);

/// A name with its primes and its bracket: `theta`, `theta'`, `theta[j]`, `theta'[j]`,
/// `theta[j]'`.
struct Reference {
  ast::Name name; ///< Without primes.
  unsigned numPrimes = 0;
  const ast::IndexExpr *bracket = nullptr; ///< Null without one.
};

/// `expr` as a reference; none where it is no name, or has several brackets.
std::optional<Reference> findReference(const ast::Expr &expr);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_WALK_H
