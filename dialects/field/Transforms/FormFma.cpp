//===- FormFma.cpp - contract products and sums in sweeps ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/field/IR/FieldDialect.h"
#include "dialects/field/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace irh::field {

#define GEN_PASS_DEF_FORMFMA
#include "dialects/field/Transforms/Passes.h.inc"

namespace {

/// The product behind `value`, if `user` is its only use and in the same block: a product outside a
/// neighbour reduction is computed once there.
arith::MulFOp productOf(Value value, Operation *user) {
  auto product = value.getDefiningOp<arith::MulFOp>();
  bool isItsOwn = product && product->hasOneUse() && product->getBlock() == user->getBlock();
  return isItsOwn ? product : arith::MulFOp();
}

/// a b + c
struct ContractSum : OpRewritePattern<arith::AddFOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::AddFOp sum, PatternRewriter &rewriter) const override {
    arith::MulFOp product = productOf(sum.getLhs(), sum);
    Value rest = sum.getRhs();
    if (!product) {
      product = productOf(sum.getRhs(), sum);
      rest = sum.getLhs();
    }
    if (!product || !sum->getParentOfType<SweepOp>())
      return failure();
    rewriter.replaceOpWithNewOp<math::FmaOp>(sum, product.getLhs(), product.getRhs(), rest);
    return success();
  }
};

/// a b - c and c - a b
struct ContractDifference : OpRewritePattern<arith::SubFOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::SubFOp difference,
                                PatternRewriter &rewriter) const override {
    if (!difference->getParentOfType<SweepOp>())
      return failure();
    Location loc = difference.getLoc();
    if (arith::MulFOp product = productOf(difference.getLhs(), difference)) {
      Value negated = arith::NegFOp::create(rewriter, loc, difference.getRhs());
      rewriter.replaceOpWithNewOp<math::FmaOp>(difference, product.getLhs(), product.getRhs(),
                                               negated);
      return success();
    }
    arith::MulFOp product = productOf(difference.getRhs(), difference);
    if (!product)
      return failure();
    Value negated = arith::NegFOp::create(rewriter, loc, product.getLhs());
    rewriter.replaceOpWithNewOp<math::FmaOp>(difference, negated, product.getRhs(),
                                             difference.getLhs());
    return success();
  }
};

struct FormFma : impl::FormFmaBase<FormFma> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<ContractSum, ContractDifference>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
} // namespace irh::field
