//===- Expressions.cpp - the typed form of each kind of syntax ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Types.h"

#include "llvm/ADT/TypeSwitch.h"

using llvm::dyn_cast;

namespace irh::sema {

const Expr *ExprAnalyzer::make(Expr::Node node, Type type, Domain domain, Span span,
                               std::vector<const Expr *> operands) {
  return analysis.make({std::move(node), type, domain, span, std::move(operands)});
}

const Expr *ExprAnalyzer::analyzeRoot(const ast::Expr &root) {
  setScopes.push_back({&root, context.domain, context.isDomainPoisoned, analysis.frame});
  const Expr *result = analyze(root);
  setScopes.pop_back();
  return result;
}

void ExprAnalyzer::analyzeMuted(const ast::Expr &expr) {
  ++analysis.numMuted;
  analyze(expr);
  --analysis.numMuted;
}

const Expr *ExprAnalyzer::analyzeLiteral(const ast::Expr &expr) {
  return llvm::TypeSwitch<const ast::Expr *, const Expr *>(&expr)
      .Case<ast::IntLiteralExpr>([&](auto *literal) {
        return make(Constant{.integer = literal->value}, Type::Int, {}, expr.span);
      })
      .Case<ast::RealLiteralExpr>([&](auto *literal) {
        return make(Constant{.real = literal->value}, Type::Real, {}, expr.span);
      })
      .Case<ast::ImaginaryLiteralExpr>([&](auto *literal) {
        return make(Constant{.imaginary = literal->value}, Type::Complex, {}, expr.span);
      })
      .Case<ast::BoolLiteralExpr>([&](auto *literal) {
        return make(Constant{.integer = literal->value}, Type::Bool, {}, expr.span);
      })
      .Case<ast::StringLiteralExpr>([&](auto *literal) {
        return make(Constant{.text = literal->value.str()}, Type::String, {}, expr.span);
      })
      .Default([](const ast::Expr *) { return nullptr; });
}

const Expr *ExprAnalyzer::analyze(const ast::Expr &expr) {
  ++analysis.unfolding.height;
  const Expr *value = unfold(/*height=*/0, /*size=*/1, expr.span) ? analyzeKind(expr) : nullptr;
  --analysis.unfolding.height;
  return value;
}

const Expr *ExprAnalyzer::analyzeKind(const ast::Expr &expr) {
  if (std::optional<Reference> reference = findReference(expr))
    return analyzeReference(expr, *reference);
  switch (expr.kind) {
  case ast::Expr::Kind::Call:
    return analyzeCall(llvm::cast<ast::CallExpr>(expr));
  case ast::Expr::Kind::Reduce:
    return analyzeReduce(llvm::cast<ast::ReduceExpr>(expr));
  case ast::Expr::Kind::Unary:
    return analyzeUnary(llvm::cast<ast::UnaryExpr>(expr));
  case ast::Expr::Kind::Binary:
    return analyzeBinary(llvm::cast<ast::BinaryExpr>(expr));
  case ast::Expr::Kind::If:
    return analyzeIf(llvm::cast<ast::IfExpr>(expr));
  case ast::Expr::Kind::Member:
    error(diag::SetIsNoValue, expr.span);
    return nullptr;
  case ast::Expr::Kind::Index: {
    auto &index = llvm::cast<ast::IndexExpr>(expr);
    if (auto *place = findPositionElsewhere(index))
      return analyzePosition(*findReference(*place), &index, expr.span);
    [[fallthrough]];
  }
  case ast::Expr::Kind::Prime:
    // What the bracket or the prime stands on is no name: v[a][b], (a + b)[j].
    forEachOperand(expr, [&](const ast::Expr &operand) { analyzeMuted(operand); });
    error(diag::BracketOnExpression, expr.span);
    return nullptr;
  case ast::Expr::Kind::Array:
  case ast::Expr::Kind::Lambda:
    if (analysis.numMuted == 0)
      analysis.reportLaterPhrase(
          context.item, expr.kind == ast::Expr::Kind::Array ? "a list `[…]`" : "`->`", expr.span);
    return nullptr;
  default:
    return analyzeLiteral(expr);
  }
}

const Expr *analyzeExpr(Analysis &analysis, const ast::Expr &tree, const Context &context) {
  return ExprAnalyzer(analysis, context).analyzeRoot(tree);
}

/// What to do about a value of type `from` where a `to` is wanted.
static StringRef conversionRemedy(Type from, Type to) {
  if (from == Type::Complex)
    return "; take `real(…)` or `abs(…)` of it";
  if (from == Type::Bool && isNumber(to))
    return "; write `if … then 1 else 0`";
  if (isNumber(from) && to == Type::Bool)
    return "; compare it with something";
  return "";
}

const Expr *requireType(Analysis &analysis, const Expr *expr, Type type, StringRef purpose) {
  if (!expr)
    return nullptr;
  if (widens(expr->type, type))
    return widen(analysis, expr, type);
  analysis.report(diag::WrongType, expr->span, purpose, spelling(type), spelling(expr->type),
                  conversionRemedy(expr->type, type));
  return nullptr;
}

const Expr *requireOn(Analysis &analysis, const Expr *expr, Domain domain, StringRef purpose) {
  if (!expr || expr->domain.isGlobal() || expr->domain == domain)
    return expr;
  const Expr &place = findPlace(*expr);
  if (domain.isGlobal())
    analysis.report(diag::NotOneValue, place.span, purpose, spelling(expr->domain));
  else
    analysis.report(diag::WrongSet, place.span, purpose, spelling(domain), spelling(expr->domain),
                    remedyFor(domain, expr->domain));
  return nullptr;
}

const Expr *requireGlobal(Analysis &analysis, const Expr *expr, Type type, StringRef purpose) {
  return requireType(analysis, requireOn(analysis, expr, {}, purpose), type, purpose);
}

} // namespace irh::sema
