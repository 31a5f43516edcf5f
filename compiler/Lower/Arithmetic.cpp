//===- Arithmetic.cpp - operators of the language at one point ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lower/Arithmetic.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using irh::sema::BinaryOp;

namespace irh::lower {

static bool isComplex(Value value) { return isa<ComplexType>(value.getType()); }
static bool isReal(Value value) { return value.getType().isF64(); }

Value Arithmetic::real(double value) {
  return arith::ConstantOp::create(builder, loc, builder.getF64FloatAttr(value));
}

Value Arithmetic::integer(int64_t value) {
  return arith::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(value));
}

Value Arithmetic::boolean(bool value) {
  return arith::ConstantOp::create(builder, loc, builder.getBoolAttr(value));
}

Value Arithmetic::complex(Value realPart, Value imagPart) {
  return complex::CreateOp::create(builder, loc, ComplexType::get(builder.getF64Type()), realPart,
                                   imagPart);
}

Value Arithmetic::convert(Value value, Type type) {
  if (value.getType() == type)
    return value;
  if (value.getType().isInteger(1))
    return convert(arith::ExtUIOp::create(builder, loc, builder.getI64Type(), value), type);
  if (value.getType().isInteger(64))
    return convert(arith::SIToFPOp::create(builder, loc, builder.getF64Type(), value), type);
  return complex(value, real(0));
}

Value Arithmetic::negate(Value value) {
  if (isComplex(value))
    return complex::NegOp::create(builder, loc, value);
  if (isReal(value))
    return arith::NegFOp::create(builder, loc, value);
  return arith::SubIOp::create(builder, loc, integer(0), value);
}

Value Arithmetic::logicalNot(Value value) {
  return arith::XOrIOp::create(builder, loc, value, boolean(true));
}

Value Arithmetic::select(Value condition, Value ifTrue, Value ifFalse) {
  return arith::SelectOp::create(builder, loc, condition, ifTrue, ifFalse);
}

template <typename IntOp, typename RealOp, typename ComplexOp>
static Value arithmetic(OpBuilder &builder, Location loc, Value left, Value right) {
  if (isComplex(left))
    return ComplexOp::create(builder, loc, left, right);
  if (isReal(left))
    return RealOp::create(builder, loc, left, right);
  return IntOp::create(builder, loc, left, right);
}

Value Arithmetic::binary(BinaryOp op, Value left, Value right) {
  switch (op) {
  case BinaryOp::Add:
    return arithmetic<arith::AddIOp, arith::AddFOp, complex::AddOp>(builder, loc, left, right);
  case BinaryOp::Subtract:
    return arithmetic<arith::SubIOp, arith::SubFOp, complex::SubOp>(builder, loc, left, right);
  case BinaryOp::Multiply:
    return arithmetic<arith::MulIOp, arith::MulFOp, complex::MulOp>(builder, loc, left, right);
  case BinaryOp::Divide:
    if (isComplex(left))
      return complex::DivOp::create(builder, loc, left, right);
    return arith::DivFOp::create(builder, loc, convert(left, builder.getF64Type()),
                                 convert(right, builder.getF64Type()));
  case BinaryOp::Power:
    return power(left, right);
  case BinaryOp::And:
    return arith::AndIOp::create(builder, loc, left, right);
  case BinaryOp::Or:
    return arith::OrIOp::create(builder, loc, left, right);
  default:
    return compare(op, left, right);
  }
}

/// Comparisons with NaN are false, but for `!=`, which is true.
static arith::CmpFPredicate realPredicate(BinaryOp op) {
  switch (op) {
  case BinaryOp::Equal:
    return arith::CmpFPredicate::OEQ;
  case BinaryOp::NotEqual:
    return arith::CmpFPredicate::UNE;
  case BinaryOp::Less:
    return arith::CmpFPredicate::OLT;
  case BinaryOp::LessEqual:
    return arith::CmpFPredicate::OLE;
  case BinaryOp::Greater:
    return arith::CmpFPredicate::OGT;
  default:
    return arith::CmpFPredicate::OGE;
  }
}

static arith::CmpIPredicate intPredicate(BinaryOp op) {
  switch (op) {
  case BinaryOp::Equal:
    return arith::CmpIPredicate::eq;
  case BinaryOp::NotEqual:
    return arith::CmpIPredicate::ne;
  case BinaryOp::Less:
    return arith::CmpIPredicate::slt;
  case BinaryOp::LessEqual:
    return arith::CmpIPredicate::sle;
  case BinaryOp::Greater:
    return arith::CmpIPredicate::sgt;
  default:
    return arith::CmpIPredicate::sge;
  }
}

Value Arithmetic::compare(BinaryOp op, Value left, Value right) {
  if (isComplex(left)) {
    if (op == BinaryOp::Equal)
      return complex::EqualOp::create(builder, loc, left, right);
    return complex::NotEqualOp::create(builder, loc, left, right);
  }
  if (isReal(left))
    return arith::CmpFOp::create(builder, loc, realPredicate(op), left, right);
  return arith::CmpIOp::create(builder, loc, intPredicate(op), left, right);
}

Value Arithmetic::integerPower(Value base, int64_t exponent) {
  Value one = convert(integer(1), base.getType());
  if (exponent < 0)
    return div(one, integerPower(base, -exponent));
  // Square and multiply, from the highest bit, so that x^2 is x * x and x^3 is (x * x) * x.
  Value result;
  for (int bit = 63; bit >= 0; --bit) {
    if (result)
      result = mul(result, result);
    if ((exponent >> bit) & 1)
      result = result ? mul(result, base) : base;
  }
  return result ? result : one;
}

/// z^w = exp(w log z), and 0^w = 0 (w != 0), 0^0 = 1.
Value Arithmetic::power(Value base, Value exponent) {
  if (!isComplex(base))
    return math::PowFOp::create(builder, loc, base, exponent);
  Value zero = complex(real(0), real(0)), one = complex(real(1), real(0));
  Value isZero = equal(base, zero);
  Value safe = select(isZero, one, base);
  Value result = complex::ExpOp::create(builder, loc,
                                        mul(exponent, complex::LogOp::create(builder, loc, safe)));
  return select(isZero, select(equal(exponent, zero), one, zero), result);
}

Value Arithmetic::squaredMagnitude(Value value) {
  if (!isComplex(value))
    return mul(value, value);
  Value re = complex::ReOp::create(builder, loc, value);
  Value im = complex::ImOp::create(builder, loc, value);
  return add(mul(re, re), mul(im, im));
}

} // namespace irh::lower
