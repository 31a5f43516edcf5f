//===- Functions.cpp - built-in functions of the language at one point --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lower/Arithmetic.h"

#include "dialects/field/IR/FieldDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/Support/ErrorHandling.h"

using namespace mlir;
using irh::sema::Function;

namespace irh::lower {

static bool isComplex(Value value) { return isa<ComplexType>(value.getType()); }
static bool isReal(Value value) { return value.getType().isF64(); }

/// floor(dividend / divisor) on integers. By 0 it is 0, so that no kernel can trap; by -1 it is
/// the negation, which unlike the machine's division wraps for the least number.
Value Arithmetic::floorQuotient(Value dividend, Value divisor) {
  Value byZero = equal(divisor, integer(0)), byMinusOne = equal(divisor, integer(-1));
  Value special = arith::OrIOp::create(builder, loc, byZero, byMinusOne);
  Value safe = select(special, integer(1), divisor);
  // Truncate, then step down where the remainder has not the divisor's sign.
  Value quotient = arith::DivSIOp::create(builder, loc, dividend, safe);
  Value remainder = sub(dividend, mul(quotient, safe));
  Value signs = arith::XOrIOp::create(builder, loc, remainder, safe);
  Value stepDown = arith::AndIOp::create(builder, loc, less(signs, integer(0)),
                                         compare(sema::BinaryOp::NotEqual, remainder, integer(0)));
  Value floored = sub(quotient, convert(stepDown, builder.getI64Type()));
  return select(byZero, integer(0), select(byMinusOne, negate(dividend), floored));
}

/// -1, 0 or 1; zeros and NaN give themselves.
Value Arithmetic::sign(Value value) {
  Value zero = convert(integer(0), value.getType());
  Value one = convert(integer(1), value.getType());
  Value negative = select(less(value, zero), negate(one), value);
  return select(less(zero, value), one, negative);
}

Value Arithmetic::minimum(Value a, Value b) {
  if (isReal(a))
    return arith::MinimumFOp::create(builder, loc, a, b);
  return arith::MinSIOp::create(builder, loc, a, b);
}

Value Arithmetic::maximum(Value a, Value b) {
  if (isReal(a))
    return arith::MaximumFOp::create(builder, loc, a, b);
  return arith::MaxSIOp::create(builder, loc, a, b);
}

/// x - w floor((x - lo) / w) with w = hi - lo; rounding may leave [lo, hi), which the two selects
/// mend.
Value Arithmetic::wrap(Value value, Value lower, Value upper) {
  Value width = sub(upper, lower);
  Value turns = math::FloorOp::create(builder, loc, div(sub(value, lower), width));
  Value wrapped = sub(value, mul(width, turns));
  Value tooLow = less(wrapped, lower);
  Value tooHigh = compare(sema::BinaryOp::GreaterEqual, wrapped, upper);
  return select(arith::OrIOp::create(builder, loc, tooLow, tooHigh), lower, wrapped);
}

template <typename Op> static Value unary(OpBuilder &builder, Location loc, Value value) {
  return Op::create(builder, loc, value);
}

using UnaryBuilder = Value (*)(OpBuilder &, Location, Value);

/// The operation for a function of one real, where there is just one.
static UnaryBuilder realFunction(Function function) {
  switch (function) {
  case Function::Sqrt:
    return unary<math::SqrtOp>;
  case Function::Cbrt:
    return unary<math::CbrtOp>;
  case Function::Exp:
    return unary<math::ExpOp>;
  case Function::Log:
    return unary<math::LogOp>;
  case Function::Log2:
    return unary<math::Log2Op>;
  case Function::Log10:
    return unary<math::Log10Op>;
  case Function::Sin:
    return unary<math::SinOp>;
  case Function::Cos:
    return unary<math::CosOp>;
  case Function::Tan:
    return unary<math::TanOp>;
  case Function::Asin:
    return unary<math::AsinOp>;
  case Function::Acos:
    return unary<math::AcosOp>;
  case Function::Atan:
    return unary<math::AtanOp>;
  case Function::Sinh:
    return unary<math::SinhOp>;
  case Function::Cosh:
    return unary<math::CoshOp>;
  case Function::Tanh:
    return unary<math::TanhOp>;
  case Function::Floor:
    return unary<math::FloorOp>;
  case Function::Ceil:
    return unary<math::CeilOp>;
  case Function::Round:
    return unary<math::RoundEvenOp>;
  case Function::Erf:
    return unary<math::ErfOp>;
  default:
    return nullptr;
  }
}

/// The operation for a function of one complex number, where there is just one.
static UnaryBuilder complexFunction(Function function) {
  switch (function) {
  case Function::Abs:
    return unary<complex::AbsOp>;
  case Function::Sqrt:
    return unary<complex::SqrtOp>;
  case Function::Exp:
    return unary<complex::ExpOp>;
  case Function::Log:
    return unary<complex::LogOp>;
  case Function::Sin:
    return unary<complex::SinOp>;
  case Function::Cos:
    return unary<complex::CosOp>;
  case Function::Tan:
    return unary<complex::TanOp>;
  case Function::Tanh:
    return unary<complex::TanhOp>;
  case Function::RealPart:
    return unary<complex::ReOp>;
  case Function::ImagPart:
    return unary<complex::ImOp>;
  case Function::Conj:
    return unary<complex::ConjOp>;
  case Function::Arg:
    return unary<complex::AngleOp>;
  default:
    return nullptr;
  }
}

Value Arithmetic::callReal(Function function, ValueRange arguments) {
  Value first = arguments.front();
  if (UnaryBuilder build = realFunction(function))
    return build(builder, loc, first);
  switch (function) {
  case Function::Abs:
    return isReal(first) ? unary<math::AbsFOp>(builder, loc, first)
                         : unary<math::AbsIOp>(builder, loc, first);
  case Function::Sign:
    return sign(first);
  case Function::Min:
  case Function::Max: {
    Value result = first;
    for (Value next : arguments.drop_front())
      result = function == Function::Min ? minimum(result, next) : maximum(result, next);
    return result;
  }
  case Function::Clamp:
    return minimum(maximum(first, arguments[1]), arguments[2]);
  case Function::Wrap:
    return wrap(first, arguments[1], arguments[2]);
  case Function::Atan2:
    return math::Atan2Op::create(builder, loc, first, arguments[1]);
  case Function::Hypot:
    return field::HypotOp::create(builder, loc, first, arguments[1]);
  case Function::Quotient:
    return floorQuotient(first, arguments[1]);
  case Function::Mod: {
    Value zeroDivisor = equal(arguments[1], integer(0));
    Value rest = sub(first, mul(floorQuotient(first, arguments[1]), arguments[1]));
    return select(zeroDivisor, integer(0), rest);
  }
  case Function::Polar:
    return complex(mul(first, unary<math::CosOp>(builder, loc, arguments[1])),
                   mul(first, unary<math::SinOp>(builder, loc, arguments[1])));
  case Function::RealPart:
  case Function::Conj:
    return first;
  case Function::ImagPart:
    return real(0);
  case Function::Arg:
    return math::Atan2Op::create(builder, loc, real(0), first);
  default:
    llvm_unreachable("semantic analysis refused this function for real arguments");
  }
}

/// sinh z = -i sin(iz), cosh z = cos(iz).
Value Arithmetic::callComplex(Function function, ValueRange arguments) {
  Value value = arguments.front();
  if (UnaryBuilder build = complexFunction(function))
    return build(builder, loc, value);
  Value i = complex(real(0), real(1));
  switch (function) {
  case Function::Sinh:
    return mul(negate(i), complex::SinOp::create(builder, loc, mul(i, value)));
  case Function::Cosh:
    return complex::CosOp::create(builder, loc, mul(i, value));
  default:
    llvm_unreachable("semantic analysis refused this function for complex arguments");
  }
}

Value Arithmetic::call(Function function, ValueRange arguments) {
  return isComplex(arguments.front()) ? callComplex(function, arguments)
                                      : callReal(function, arguments);
}

} // namespace irh::lower
