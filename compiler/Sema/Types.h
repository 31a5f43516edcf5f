//===- Types.h - types, sets, and what converts to what ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SEMA_TYPES_H
#define IRH_COMPILER_SEMA_TYPES_H

#include "compiler/Sema/Analysis.h"

namespace irh::sema {

/// `real`, as the source spells it.
StringRef spelling(Type type);
/// `G.nodes`, or "the whole model".
/// As it is a member of a network: "nodes".
StringRef spelling(SetKind kind);
std::string spelling(const Domain &domain);

inline bool isNumber(Type type) {
  return type == Type::Int || type == Type::Real || type == Type::Complex;
}

/// Bool, int, real, complex, string, by their spelling; none for any other name.
std::optional<Type> findScalarType(StringRef name);

/// Whether a value of type `from` may stand where one of type `to` is wanted.
bool widens(Type from, Type to);

/// `expr` as a `type` it widens to: itself, a constant, or a Convert.
const Expr *widen(Analysis &analysis, const Expr *expr, Type type);

/// The sum, difference, product or quotient of two numbers, of which one is one value for the whole
/// model, or both live on one set.
const Expr *makeArithmetic(Analysis &analysis, BinaryOp op, const Expr *left, const Expr *right,
                           Span span);

/// How a value of set `found` can be had where one of set `wanted` is needed.
StringRef remedyFor(const Domain &wanted, const Domain &found);

/// The leftmost part of `expr` that makes it live on its set.
const Expr &findPlace(const Expr &expr);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_TYPES_H
