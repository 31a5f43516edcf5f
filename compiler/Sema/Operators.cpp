//===- Operators.cpp - arithmetic, comparisons, logic and if ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Fold.h"
#include "compiler/Sema/Types.h"

namespace irh::sema {

static BinaryOp convertOp(ast::BinaryOp op) {
  switch (op) {
  case ast::BinaryOp::Add:
    return BinaryOp::Add;
  case ast::BinaryOp::Subtract:
    return BinaryOp::Subtract;
  case ast::BinaryOp::Multiply:
    return BinaryOp::Multiply;
  case ast::BinaryOp::Divide:
    return BinaryOp::Divide;
  case ast::BinaryOp::Power:
    return BinaryOp::Power;
  case ast::BinaryOp::Less:
    return BinaryOp::Less;
  case ast::BinaryOp::LessEqual:
    return BinaryOp::LessEqual;
  case ast::BinaryOp::Greater:
    return BinaryOp::Greater;
  case ast::BinaryOp::GreaterEqual:
    return BinaryOp::GreaterEqual;
  case ast::BinaryOp::Equal:
    return BinaryOp::Equal;
  case ast::BinaryOp::NotEqual:
    return BinaryOp::NotEqual;
  case ast::BinaryOp::And:
    return BinaryOp::And;
  case ast::BinaryOp::Or:
    return BinaryOp::Or;
  }
  llvm_unreachable("all operators are listed");
}

bool ExprAnalyzer::requireNumber(const Expr &operand, StringRef user) {
  if (isNumber(operand.type))
    return true;
  error(diag::NotANumber, operand.span, user, spelling(operand.type),
        operand.type == Type::Bool ? "; write `if … then 1 else 0`" : "");
  return false;
}

bool ExprAnalyzer::requireBool(const Expr &operand, StringRef user) {
  if (operand.type == Type::Bool)
    return true;
  error(diag::NotABool, operand.span, user, spelling(operand.type));
  return false;
}

std::optional<Domain> ExprAnalyzer::joinDomains(ArrayRef<const Expr *> operands) {
  const Expr *first = nullptr;
  for (const Expr *operand : operands) {
    if (operand->domain.isGlobal() || (first && first->domain == operand->domain))
      continue;
    if (!first) {
      first = operand;
      continue;
    }
    // Blame the one that is not where the equation is.
    const Expr *wrong = context.domain == operand->domain ? first : operand;
    const Expr *right = wrong == first ? operand : first;
    error(diag::TwoSets, findPlace(*wrong).span, spelling(wrong->domain), spelling(right->domain),
          remedyFor(right->domain, wrong->domain))
        .note(findPlace(*right).span, "this lives on " + spelling(right->domain));
    return std::nullopt;
  }
  return first ? first->domain : Domain{};
}

const Expr *ExprAnalyzer::analyzeUnary(const ast::UnaryExpr &expr) {
  const Expr *operand = analyze(*expr.operand);
  if (!operand)
    return nullptr;
  if (expr.op == ast::UnaryOp::Not)
    return requireBool(*operand, "not")
               ? make(Unary{UnaryOp::Not}, Type::Bool, operand->domain, expr.span, {operand})
               : nullptr;
  if (!requireNumber(*operand, "-"))
    return nullptr;
  const Expr *result =
      make(Unary{UnaryOp::Negate}, operand->type, operand->domain, expr.span, {operand});
  Folded folded = fold(*result);
  return folded.value ? make(*folded.value, operand->type, {}, expr.span) : result;
}

const Expr *ExprAnalyzer::makeBinary(const ast::BinaryExpr &expr, Type type, const Expr *left,
                                     const Expr *right) {
  std::optional<Domain> domain = joinDomains({left, right});
  return domain ? make(Binary{convertOp(expr.op)}, type, *domain, expr.span, {left, right})
                : nullptr;
}

const Expr *ExprAnalyzer::analyzeArithmetic(const ast::BinaryExpr &expr, const Expr *left,
                                            const Expr *right) {
  StringRef op = ast::spelling(expr.op);
  bool areNumbers = requireNumber(*left, op);
  if (!requireNumber(*right, op) || !areNumbers)
    return nullptr;
  if (expr.op == ast::BinaryOp::Power)
    return analyzePower(expr, left, right);
  Type type = std::max(left->type, right->type);
  if (expr.op == ast::BinaryOp::Divide)
    type = std::max(type, Type::Real);
  return makeBinary(expr, type, widen(analysis, left, type), widen(analysis, right, type));
}

/// An int to a power that is a literal, and not negative, is an int; any other is a real.
const Expr *ExprAnalyzer::analyzePower(const ast::BinaryExpr &expr, const Expr *base,
                                       const Expr *exponent) {
  Type type = std::max(base->type, exponent->type);
  const auto *literal = std::get_if<Constant>(&exponent->node);
  if (type == Type::Int && !(literal && literal->integer >= 0))
    type = Type::Real;
  return makeBinary(expr, type, widen(analysis, base, type), widen(analysis, exponent, type));
}

const Expr *ExprAnalyzer::analyzeComparison(const ast::BinaryExpr &expr, const Expr *left,
                                            const Expr *right) {
  StringRef op = ast::spelling(expr.op);
  bool isEquality = expr.op == ast::BinaryOp::Equal || expr.op == ast::BinaryOp::NotEqual;
  if (isEquality && left->type == Type::Bool && right->type == Type::Bool)
    return makeBinary(expr, Type::Bool, left, right);
  bool areNumbers = requireNumber(*left, op);
  if (!requireNumber(*right, op) || !areNumbers)
    return nullptr;
  Type type = std::max(left->type, right->type);
  if (type == Type::Complex && !isEquality) {
    error(diag::NotOrdered, left->type == type ? left->span : right->span, op);
    return nullptr;
  }
  return makeBinary(expr, Type::Bool, widen(analysis, left, type), widen(analysis, right, type));
}

const Expr *ExprAnalyzer::analyzeLogic(const ast::BinaryExpr &expr, const Expr *left,
                                       const Expr *right) {
  StringRef op = ast::spelling(expr.op);
  bool areBools = requireBool(*left, op);
  if (!requireBool(*right, op) || !areBools)
    return nullptr;
  return makeBinary(expr, Type::Bool, left, right);
}

const Expr *ExprAnalyzer::analyzeBinary(const ast::BinaryExpr &expr) {
  if (expr.op == ast::BinaryOp::Multiply && !isSpectral && isMatrixExpr(analysis, *expr.left) &&
      !isMatrixExpr(analysis, *expr.right))
    return analyzeMatrixProduct(expr);
  const Expr *left = analyze(*expr.left);
  const Expr *right = analyze(*expr.right);
  if (!left || !right)
    return nullptr;
  switch (expr.op) {
  case ast::BinaryOp::And:
  case ast::BinaryOp::Or:
    return analyzeLogic(expr, left, right);
  case ast::BinaryOp::Less:
  case ast::BinaryOp::LessEqual:
  case ast::BinaryOp::Greater:
  case ast::BinaryOp::GreaterEqual:
  case ast::BinaryOp::Equal:
  case ast::BinaryOp::NotEqual:
    return analyzeComparison(expr, left, right);
  default:
    return analyzeArithmetic(expr, left, right);
  }
}

const Expr *ExprAnalyzer::analyzeIf(const ast::IfExpr &expr) {
  const Expr *condition = analyze(*expr.condition);
  const Expr *whenTrue = analyze(*expr.whenTrue);
  const Expr *whenFalse = analyze(*expr.whenFalse);
  if (condition && !requireBool(*condition, "if"))
    condition = nullptr;
  if (!condition || !whenTrue || !whenFalse)
    return nullptr;
  bool areAlike =
      isNumber(whenTrue->type) ? isNumber(whenFalse->type) : whenTrue->type == whenFalse->type;
  if (!areAlike || whenTrue->type == Type::String) {
    error(diag::BranchesDiffer, whenFalse->span, spelling(whenTrue->type),
          spelling(whenFalse->type));
    return nullptr;
  }
  Type type = std::max(whenTrue->type, whenFalse->type);
  std::optional<Domain> domain = joinDomains({condition, whenTrue, whenFalse});
  return domain
             ? make(Select{}, type, *domain, expr.span,
                    {condition, widen(analysis, whenTrue, type), widen(analysis, whenFalse, type)})
             : nullptr;
}

} // namespace irh::sema
