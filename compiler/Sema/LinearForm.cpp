//===- LinearForm.cpp - an equation as a matrix and a right side ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/LinearForm.h"

#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"

namespace irh::sema {

static const std::string kOwner = "equation";

static bool reducesNeighbours(const Expr &expr) {
  return std::holds_alternative<NeighbourReduce>(expr.node) ||
         llvm::any_of(expr.operands, [](const Expr *operand) {
           return !std::holds_alternative<GlobalReduce>(operand->node) &&
                  reducesNeighbours(*operand);
         });
}

const Expr *asEntryFactor(Analysis &analysis, const std::string &owner, const Expr &value) {
  if (value.domain.isGlobal() || !reducesNeighbours(value))
    return &value;
  return analysis.make({LetValue{&makeHiddenLet(analysis, owner + ".part", value)},
                        value.type,
                        value.domain,
                        value.span,
                        {}});
}

static bool isOne(const Expr &expr) {
  auto *constant = std::get_if<Constant>(&expr.node);
  return constant && expr.type == Type::Int && constant->integer == 1;
}

std::nullopt_t LinearForm::fail(const Expr &expr, StringRef reason) {
  if (!found)
    found = NotLinear{findPlace(expr).span, reason};
  return std::nullopt;
}

bool LinearForm::reads(const Expr &expr) {
  auto known = readsOf.find(&expr);
  if (known != readsOf.end())
    return known->second;
  auto *field = std::get_if<FieldValue>(&expr.node);
  auto *let = std::get_if<LetValue>(&expr.node);
  bool does = (field && field->field == &unknown) || (let && reads(*let->let->value)) ||
              llvm::any_of(expr.operands, [&](const Expr *operand) { return reads(*operand); });
  if (auto *vector = std::get_if<VectorValue>(&expr.node))
    does |= vector->vector->start && reads(*vector->vector->start);
  return readsOf[&expr] = does;
}

LinearParts LinearForm::map(const LinearParts &parts,
                            llvm::function_ref<const Expr *(const Expr *)> change) {
  auto apply = [&](const Expr *part) { return part ? change(part) : nullptr; };
  return {apply(parts.here), apply(parts.there), apply(parts.rest)};
}

LinearParts LinearForm::combine(BinaryOp op, const LinearParts &a, const LinearParts &b) {
  auto join = [&](const Expr *left, const Expr *right) -> const Expr * {
    if (left && right)
      return makeArithmetic(analysis, op, left, right, span);
    if (left || op == BinaryOp::Add || !right)
      return left ? left : right;
    return analysis.make({Unary{UnaryOp::Negate}, right->type, right->domain, span, {right}});
  };
  return {join(a.here, b.here), join(a.there, b.there), join(a.rest, b.rest)};
}

std::optional<LinearParts> LinearForm::find(const Expr &expr, bool isTerm) {
  if (!reads(expr))
    return LinearParts{.rest = &expr};
  if (auto *field = std::get_if<FieldValue>(&expr.node)) {
    const Expr *one = analysis.makeConstant({.integer = 1}, Type::Int, expr.span);
    return field->place == Place::Here ? LinearParts{.here = one} : LinearParts{.there = one};
  }
  if (auto *let = std::get_if<LetValue>(&expr.node))
    return findLet(expr, *let, isTerm);
  if (std::holds_alternative<Convert>(expr.node))
    return find(*expr.operands[0], isTerm);
  if (auto *unary = std::get_if<Unary>(&expr.node); unary && unary->op == UnaryOp::Negate) {
    std::optional<LinearParts> parts = find(*expr.operands[0], isTerm);
    return parts ? std::optional(combine(BinaryOp::Subtract, {}, *parts)) : std::nullopt;
  }
  if (auto *binary = std::get_if<Binary>(&expr.node))
    return findBinary(expr, binary->op, isTerm);
  if (std::holds_alternative<Select>(expr.node))
    return findSelect(expr, isTerm);
  auto *reduce = std::get_if<NeighbourReduce>(&expr.node);
  if (!reduce)
    return fail(expr, "it enters a function or a reduction over all points");
  if (isTerm)
    return fail(expr, "it is read at neighbours of neighbours");
  return findSum(expr, *reduce);
}

/// A definition read at a neighbour has there what it has here.
std::optional<LinearParts> LinearForm::findLet(const Expr &expr, const LetValue &node,
                                               bool isTerm) {
  const Expr &value = *node.let->value;
  bool isOfNodes = node.let->domain.isGlobal() || node.let->domain.kind == SetKind::Nodes;
  if (!isOfNodes)
    return fail(expr, "it enters a definition on edges");
  std::optional<LinearParts> parts = find(value, isTerm && node.place == Place::Here);
  if (!parts || node.place == Place::Here)
    return parts;
  if (parts->there)
    return fail(expr, "it is read at neighbours of neighbours");
  auto there = [&](const Expr *part) {
    return part ? atNeighbour(analysis, kOwner, *part) : nullptr;
  };
  return LinearParts{.there = there(parts->here), .rest = there(parts->rest)};
}

std::optional<LinearParts> LinearForm::findBinary(const Expr &expr, BinaryOp op, bool isTerm) {
  const Expr &left = *expr.operands[0], &right = *expr.operands[1];
  if (op == BinaryOp::Add || op == BinaryOp::Subtract) {
    std::optional<LinearParts> a = find(left, isTerm), b = find(right, isTerm);
    return a && b ? std::optional(combine(op, *a, *b)) : std::nullopt;
  }
  bool isQuotient = op == BinaryOp::Divide;
  if (op != BinaryOp::Multiply && !isQuotient)
    return fail(expr, "it enters more than sums and products");
  if (reads(left) && reads(right))
    return fail(expr, "it is multiplied by itself");
  if (isQuotient && reads(right))
    return fail(expr, "something is divided by it");
  std::optional<LinearParts> parts = find(reads(left) ? left : right, isTerm);
  const Expr *factor = asEntryFactor(analysis, kOwner, reads(left) ? right : left);
  auto scale = [&](const Expr *part) {
    return !isQuotient && isOne(*part) ? factor
                                       : makeArithmetic(analysis, op, part, factor, span);
  };
  return parts ? std::optional(map(*parts, scale)) : std::nullopt;
}

std::optional<LinearParts> LinearForm::findSelect(const Expr &expr, bool isTerm) {
  if (reads(*expr.operands[0]))
    return fail(*expr.operands[0], "a condition depends on it");
  std::optional<LinearParts> yes = find(*expr.operands[1], isTerm);
  std::optional<LinearParts> no = find(*expr.operands[2], isTerm);
  if (!yes || !no)
    return std::nullopt;
  const Expr *condition = asEntryFactor(analysis, kOwner, *expr.operands[0]);
  auto select = [&](const Expr *a, const Expr *b) -> const Expr * {
    if (!a && !b)
      return nullptr;
    const Expr *zero = analysis.makeConstant({}, Type::Int, span);
    a = a ? a : zero;
    b = b ? b : zero;
    Type type = std::max(a->type, b->type);
    return analysis.make({Select{},
                          type,
                          expr.domain,
                          span,
                          {condition, widen(analysis, a, type), widen(analysis, b, type)}});
  };
  return LinearParts{select(yes->here, no->here), select(yes->there, no->there),
                     select(yes->rest, no->rest)};
}

const Expr *LinearForm::sum(const Expr *term, const NeighbourReduce &node) {
  if (!term)
    return nullptr;
  Domain nodes{node.network, SetKind::Nodes};
  return analysis.make({node, term->type, nodes, span, {term}});
}

std::optional<LinearParts> LinearForm::findSum(const Expr &expr, const NeighbourReduce &node) {
  if (node.kind != ReduceKind::Sum)
    return fail(expr, "it is reduced over neighbours other than by `sum`");
  if (node.direction != Direction::Nbrs)
    return fail(expr, "it is summed over `targets`, and a matrix has rows of `nbrs`");
  if (node.network != unknown.domain.network)
    return fail(expr, "it is summed over another network");
  std::optional<LinearParts> term = find(*expr.operands[0], /*isTerm=*/true);
  if (!term)
    return std::nullopt;
  return LinearParts{sum(term->here, node), term->there, sum(term->rest, node)};
}

} // namespace irh::sema
