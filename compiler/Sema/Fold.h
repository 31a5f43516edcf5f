//===- Fold.h - the values of constant expressions ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SEMA_FOLD_H
#define IRH_COMPILER_SEMA_FOLD_H

#include "compiler/Sema/Model.h"

#include <optional>

namespace irh::sema {

/// The value of an expression, where it has one at compile time.
struct Folded {
  std::optional<Constant> value;
  /// The part that has no value although it is constant: an int that overflows, or an integer
  /// division by zero. Null where the expression merely is not constant.
  const Expr *undefined = nullptr;
};

/// Evaluates `expr` as the compiled program would; reals and complexes follow IEEE 754.
Folded fold(const Expr &expr);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_FOLD_H
