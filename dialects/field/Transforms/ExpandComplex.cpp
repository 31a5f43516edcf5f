//===- ExpandComplex.cpp - complex arithmetic in real numbers ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/field/IR/FieldDialect.h"
#include "dialects/field/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace irh::field {

#define GEN_PASS_DEF_EXPANDCOMPLEX
#include "dialects/field/Transforms/Passes.h.inc"

namespace {

struct Parts {
  Value re, im;
};

/// Real arithmetic at one location.
struct Emitter {
  PatternRewriter &rewriter;
  Location loc;

  Parts split(Value z) const {
    return {complex::ReOp::create(rewriter, loc, z), complex::ImOp::create(rewriter, loc, z)};
  }
  Value join(Parts z) const {
    Type type = ComplexType::get(rewriter.getF64Type());
    return complex::CreateOp::create(rewriter, loc, type, z.re, z.im);
  }
  Value add(Value a, Value b) const { return arith::AddFOp::create(rewriter, loc, a, b); }
  Value sub(Value a, Value b) const { return arith::SubFOp::create(rewriter, loc, a, b); }
  Value mul(Value a, Value b) const { return arith::MulFOp::create(rewriter, loc, a, b); }
  Value div(Value a, Value b) const { return arith::DivFOp::create(rewriter, loc, a, b); }
  Value neg(Value a) const { return arith::NegFOp::create(rewriter, loc, a); }
  Value select(Value c, Value a, Value b) const {
    return arith::SelectOp::create(rewriter, loc, c, a, b);
  }
  Value constant(double value) const {
    return arith::ConstantOp::create(rewriter, loc, rewriter.getF64FloatAttr(value));
  }
  Value compare(arith::CmpFPredicate predicate, Value a, Value b) const {
    return arith::CmpFOp::create(rewriter, loc, predicate, a, b);
  }
  template <typename Op> Value call(Value a) const { return Op::create(rewriter, loc, a); }
  Value hypot(Parts z) const { return HypotOp::create(rewriter, loc, z.re, z.im); }
  Value angle(Parts z) const { return math::Atan2Op::create(rewriter, loc, z.im, z.re); }

  Parts mul(Parts a, Parts b) const {
    return {sub(mul(a.re, b.re), mul(a.im, b.im)), add(mul(a.re, b.im), mul(a.im, b.re))};
  }
  /// Smith: divide through by the larger part of the divisor.
  Parts div(Parts a, Parts b) const {
    Value realIsLarger =
        compare(arith::CmpFPredicate::OGE, call<math::AbsFOp>(b.re), call<math::AbsFOp>(b.im));
    Value large = select(realIsLarger, b.re, b.im), small = select(realIsLarger, b.im, b.re);
    Value ratio = div(small, large);
    Value divisor = add(large, mul(small, ratio));
    Value first = select(realIsLarger, a.re, a.im), second = select(realIsLarger, a.im, a.re);
    Value im = select(realIsLarger, sub(a.im, mul(a.re, ratio)), sub(mul(a.im, ratio), a.re));
    return {div(add(first, mul(second, ratio)), divisor), div(im, divisor)};
  }
  Parts exp(Parts z) const {
    Value size = call<math::ExpOp>(z.re);
    return {mul(size, call<math::CosOp>(z.im)), mul(size, call<math::SinOp>(z.im))};
  }
  /// The root in the right half plane; on the cut, the sign of the imaginary part's zero decides.
  Parts sqrt(Parts z) const {
    Value zero = constant(0), size = call<math::AbsFOp>(z.re);
    Value large = call<math::SqrtOp>(mul(constant(0.5), add(size, hypot(z))));
    Value isZero = compare(arith::CmpFPredicate::OEQ, large, zero);
    Value small = select(isZero, zero, div(call<math::AbsFOp>(z.im), add(large, large)));
    Value isRight = compare(arith::CmpFPredicate::OGE, z.re, zero);
    Value im = math::CopySignOp::create(rewriter, loc, select(isRight, small, large), z.im);
    return {select(isRight, large, small), im};
  }
  Parts sin(Parts z) const {
    return {mul(call<math::SinOp>(z.re), call<math::CoshOp>(z.im)),
            mul(call<math::CosOp>(z.re), call<math::SinhOp>(z.im))};
  }
  Parts cos(Parts z) const {
    return {mul(call<math::CosOp>(z.re), call<math::CoshOp>(z.im)),
            neg(mul(call<math::SinOp>(z.re), call<math::SinhOp>(z.im)))};
  }
  /// (sin x cos x + i sinh y cosh y) / (cos^2 x + sinh^2 y), both divided by cosh^2 y, which may
  /// be too large for a number.
  Parts tan(Parts z) const {
    Value flat = div(constant(1), call<math::CoshOp>(z.im)), steep = call<math::TanhOp>(z.im);
    Value sine = mul(call<math::SinOp>(z.re), flat), cosine = mul(call<math::CosOp>(z.re), flat);
    Value divisor = add(mul(cosine, cosine), mul(steep, steep));
    return {div(mul(sine, cosine), divisor), div(steep, divisor)};
  }
  /// tanh z = -i tan(iz)
  Parts tanh(Parts z) const {
    Parts rotated = tan({neg(z.im), z.re});
    return {rotated.im, neg(rotated.re)};
  }
};

using Expand = Parts (*)(const Emitter &, Parts);
using Combine = Parts (*)(const Emitter &, Parts, Parts);

template <typename Op, Expand expand> struct ExpandUnary : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    Emitter emit{rewriter, op.getLoc()};
    rewriter.replaceOp(op, emit.join(expand(emit, emit.split(op->getOperand(0)))));
    return success();
  }
};

template <typename Op, Combine combine> struct ExpandBinary : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    Emitter emit{rewriter, op.getLoc()};
    Parts a = emit.split(op->getOperand(0)), b = emit.split(op->getOperand(1));
    rewriter.replaceOp(op, emit.join(combine(emit, a, b)));
    return success();
  }
};

/// |z| and arg z: one real number.
template <typename Op, Value (Emitter::*measure)(Parts) const>
struct ExpandMeasure : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    Emitter emit{rewriter, op.getLoc()};
    rewriter.replaceOp(op, (emit.*measure)(emit.split(op->getOperand(0))));
    return success();
  }
};

/// Both parts equal, or one of them not.
template <typename Op, arith::CmpFPredicate predicate, typename Join>
struct ExpandComparison : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    Emitter emit{rewriter, op.getLoc()};
    Parts a = emit.split(op.getLhs()), b = emit.split(op.getRhs());
    rewriter.replaceOpWithNewOp<Join>(op, emit.compare(predicate, a.re, b.re),
                                      emit.compare(predicate, a.im, b.im));
    return success();
  }
};

struct ExpandSelect : OpRewritePattern<arith::SelectOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::SelectOp op, PatternRewriter &rewriter) const override {
    if (!isa<ComplexType>(op.getType()))
      return failure();
    Emitter emit{rewriter, op.getLoc()};
    Parts a = emit.split(op.getTrueValue()), b = emit.split(op.getFalseValue());
    rewriter.replaceOp(op, emit.join({emit.select(op.getCondition(), a.re, b.re),
                                      emit.select(op.getCondition(), a.im, b.im)}));
    return success();
  }
};

struct ExpandConstant : OpRewritePattern<complex::ConstantOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(complex::ConstantOp op, PatternRewriter &rewriter) const override {
    Emitter emit{rewriter, op.getLoc()};
    auto part = [&](unsigned i) -> Value {
      return arith::ConstantOp::create(rewriter, op.getLoc(), cast<TypedAttr>(op.getValue()[i]));
    };
    rewriter.replaceOp(op, emit.join({part(0), part(1)}));
    return success();
  }
};

void addPatterns(RewritePatternSet &patterns) {
  using E = const Emitter &;
  patterns.add<
      ExpandBinary<complex::AddOp,
                   [](E e, Parts a, Parts b) {
                     return Parts{e.add(a.re, b.re), e.add(a.im, b.im)};
                   }>,
      ExpandBinary<complex::SubOp,
                   [](E e, Parts a, Parts b) {
                     return Parts{e.sub(a.re, b.re), e.sub(a.im, b.im)};
                   }>,
      ExpandBinary<complex::MulOp, [](E e, Parts a, Parts b) { return e.mul(a, b); }>,
      ExpandBinary<complex::DivOp, [](E e, Parts a, Parts b) { return e.div(a, b); }>,
      ExpandUnary<complex::NegOp, [](E e, Parts z) { return Parts{e.neg(z.re), e.neg(z.im)}; }>,
      ExpandUnary<complex::ConjOp, [](E e, Parts z) { return Parts{z.re, e.neg(z.im)}; }>,
      ExpandUnary<complex::ExpOp, [](E e, Parts z) { return e.exp(z); }>,
      ExpandUnary<complex::LogOp,
                  [](E e, Parts z) { return Parts{e.call<math::LogOp>(e.hypot(z)), e.angle(z)}; }>,
      ExpandUnary<complex::SqrtOp, [](E e, Parts z) { return e.sqrt(z); }>,
      ExpandUnary<complex::SinOp, [](E e, Parts z) { return e.sin(z); }>,
      ExpandUnary<complex::CosOp, [](E e, Parts z) { return e.cos(z); }>,
      ExpandUnary<complex::TanOp, [](E e, Parts z) { return e.tan(z); }>,
      ExpandUnary<complex::TanhOp, [](E e, Parts z) { return e.tanh(z); }>,
      ExpandMeasure<complex::AbsOp, &Emitter::hypot>,
      ExpandMeasure<complex::AngleOp, &Emitter::angle>,
      ExpandComparison<complex::EqualOp, arith::CmpFPredicate::OEQ, arith::AndIOp>,
      ExpandComparison<complex::NotEqualOp, arith::CmpFPredicate::UNE, arith::OrIOp>, ExpandSelect,
      ExpandConstant>(patterns.getContext());
}

struct ExpandComplex : impl::ExpandComplexBase<ExpandComplex> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    addPatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
} // namespace irh::field
