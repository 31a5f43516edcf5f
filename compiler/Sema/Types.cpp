//===- Types.cpp - types, sets, and what converts to what ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace irh::sema {

StringRef spelling(Type type) {
  switch (type) {
  case Type::Bool:
    return "bool";
  case Type::Int:
    return "int";
  case Type::Real:
    return "real";
  case Type::Complex:
    return "complex";
  case Type::String:
    return "string";
  case Type::List:
    return "list of reals";
  }
  llvm_unreachable("all types are listed");
}

StringRef spelling(SetKind kind) {
  static constexpr StringRef kNames[] = {"nodes", "edges", "triangles", "cycles", "components"};
  return kNames[static_cast<int>(kind)];
}

std::string spelling(const Domain &domain) {
  if (domain.isGlobal())
    return "the whole model";
  return "`" + domain.network->name + "." + spelling(domain.kind).str() + "`";
}

std::optional<Type> findScalarType(StringRef name) {
  return llvm::StringSwitch<std::optional<Type>>(name)
      .Case("bool", Type::Bool)
      .Case("int", Type::Int)
      .Case("real", Type::Real)
      .Case("complex", Type::Complex)
      .Case("string", Type::String)
      .Default(std::nullopt);
}

bool widens(Type from, Type to) {
  return from == to || (isNumber(from) && isNumber(to) && from < to);
}

/// The same number as a `type`. An int of more than 53 bits is rounded to the nearest real.
static Constant widenConstant(Constant value, Type from, Type to) {
  if (from == Type::Int && to != Type::Int)
    value = {.real = static_cast<double>(value.integer)};
  return value;
}

const Expr *widen(Analysis &analysis, const Expr *expr, Type type) {
  assert(widens(expr->type, type) && "the caller has checked the type");
  if (expr->type == type)
    return expr;
  if (const auto *constant = std::get_if<Constant>(&expr->node))
    return analysis.makeConstant(widenConstant(*constant, expr->type, type), type, expr->span);
  return analysis.make({Convert{}, type, expr->domain, expr->span, {expr}});
}

const Expr *makeArithmetic(Analysis &analysis, BinaryOp op, const Expr *left, const Expr *right,
                           Span span) {
  Type type = std::max(left->type, right->type);
  if (op == BinaryOp::Divide)
    type = std::max(type, Type::Real);
  Domain domain = left->domain.isGlobal() ? right->domain : left->domain;
  return analysis.make({Binary{op},
                        type,
                        domain,
                        span,
                        {widen(analysis, left, type), widen(analysis, right, type)}});
}

StringRef remedyFor(const Domain &wanted, const Domain &found) {
  if (wanted.network != found.network)
    return "reduce it to one value, as `mean(…)` and `max(…)` do";
  if (wanted.kind == SetKind::Edges)
    return "read it at the ends of the edge, `[src]` and `[dst]`";
  return "reduce it over the edges here, as `sum(j in nbrs) w[j]` does";
}

const Expr &findPlace(const Expr &expr) {
  const Expr *place = &expr;
  for (;;) {
    // What the body of a `fn` is made of stands elsewhere; the call is what lives here.
    auto operand = llvm::find_if(place->operands, [&](const Expr *candidate) {
      return candidate->domain == expr.domain &&
             source::cover(place->span, candidate->span) == place->span;
    });
    // The operand of a reduction is its own affair; the reduction is what lives here.
    if (operand == place->operands.end() || std::holds_alternative<NeighbourReduce>(place->node))
      return *place;
    place = *operand;
  }
}

} // namespace irh::sema
