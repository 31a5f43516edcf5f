//===- LinearForm.h - an equation as a matrix and a right side ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SEMA_LINEARFORM_H
#define IRH_COMPILER_SEMA_LINEARFORM_H

#include "compiler/Sema/Analysis.h"

namespace irh::sema {

/// What an expression on nodes is made of: `here` u + sum(j in nbrs) `there` u[j] + `rest`, where
/// `there` is the term of a reduction. Null parts are zeros.
struct LinearParts {
  const Expr *here = nullptr;
  const Expr *there = nullptr;
  const Expr *rest = nullptr;
};

/// Why an expression has no such parts.
struct NotLinear {
  Span span;
  StringRef reason;
};

/// Takes `u`, a field of nodes, out of expressions.
class LinearForm {
public:
  LinearForm(Analysis &analysis, const Field &unknown, Span span)
      : analysis(analysis), unknown(unknown), span(span) {}

  /// None where the expression is not linear; then `fault` says where.
  std::optional<LinearParts> find(const Expr &expr) { return find(expr, /*isTerm=*/false); }
  /// a + b, or a - b.
  LinearParts combine(BinaryOp op, const LinearParts &a, const LinearParts &b);
  const std::optional<NotLinear> &fault() const { return found; }

private:
  std::optional<LinearParts> find(const Expr &expr, bool isTerm);
  std::optional<LinearParts> findLet(const Expr &expr, const LetValue &node, bool isTerm);
  std::optional<LinearParts> findBinary(const Expr &expr, BinaryOp op, bool isTerm);
  std::optional<LinearParts> findSelect(const Expr &expr, bool isTerm);
  std::optional<LinearParts> findSum(const Expr &expr, const NeighbourReduce &node);
  bool reads(const Expr &expr);
  std::nullopt_t fail(const Expr &expr, StringRef reason);
  /// Each part, changed.
  LinearParts map(const LinearParts &parts, llvm::function_ref<const Expr *(const Expr *)> change);
  const Expr *sum(const Expr *term, const NeighbourReduce &node);

  Analysis &analysis;
  const Field &unknown;
  Span span;
  std::optional<NotLinear> found;
  llvm::DenseMap<const Expr *, bool> readsOf;
};

/// A value of nodes that may stand in the term of a reduction and in the entry of a matrix: one
/// that reduces over neighbours itself becomes a definition, named by `owner`.
const Expr *asEntryFactor(Analysis &analysis, const std::string &owner, const Expr &value);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_LINEARFORM_H
