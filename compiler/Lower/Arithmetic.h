//===- Arithmetic.h - typed arithmetic on MLIR values -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The operators and built-in functions of the language over i1, i64, f64 and complex<f64>: what
// each means at one point. No names, no sets.

#ifndef IRH_COMPILER_LOWER_ARITHMETIC_H
#define IRH_COMPILER_LOWER_ARITHMETIC_H

#include "compiler/Sema/Model.h"

#include "mlir/IR/Builders.h"

namespace irh::lower {

/// Emits arithmetic at the builder's insertion point, all of it at one location.
class Arithmetic {
public:
  Arithmetic(mlir::OpBuilder &builder, mlir::Location loc) : builder(builder), loc(loc) {}

  mlir::Value real(double value);
  mlir::Value integer(std::int64_t value);
  mlir::Value boolean(bool value);
  mlir::Value complex(mlir::Value realPart, mlir::Value imagPart);

  /// i1 to i64 (0 or 1), i64 to f64, i64 or f64 to complex; anything to its own type.
  mlir::Value convert(mlir::Value value, mlir::Type type);
  mlir::Value negate(mlir::Value value);
  mlir::Value logicalNot(mlir::Value value);
  mlir::Value binary(sema::BinaryOp op, mlir::Value left, mlir::Value right);
  /// base^exponent for an exponent known at compile time, by multiplications.
  mlir::Value integerPower(mlir::Value base, std::int64_t exponent);
  mlir::Value select(mlir::Value condition, mlir::Value ifTrue, mlir::Value ifFalse);
  mlir::Value call(sema::Function function, mlir::ValueRange arguments);

  mlir::Value add(mlir::Value a, mlir::Value b) { return binary(sema::BinaryOp::Add, a, b); }
  mlir::Value sub(mlir::Value a, mlir::Value b) { return binary(sema::BinaryOp::Subtract, a, b); }
  mlir::Value mul(mlir::Value a, mlir::Value b) { return binary(sema::BinaryOp::Multiply, a, b); }
  mlir::Value div(mlir::Value a, mlir::Value b) { return binary(sema::BinaryOp::Divide, a, b); }
  mlir::Value less(mlir::Value a, mlir::Value b) { return binary(sema::BinaryOp::Less, a, b); }
  mlir::Value equal(mlir::Value a, mlir::Value b) { return binary(sema::BinaryOp::Equal, a, b); }
  /// |value|^2, real.
  mlir::Value squaredMagnitude(mlir::Value value);

private:
  mlir::Value compare(sema::BinaryOp op, mlir::Value left, mlir::Value right);
  mlir::Value power(mlir::Value base, mlir::Value exponent);
  mlir::Value floorQuotient(mlir::Value dividend, mlir::Value divisor);
  mlir::Value sign(mlir::Value value);
  mlir::Value minimum(mlir::Value a, mlir::Value b);
  mlir::Value maximum(mlir::Value a, mlir::Value b);
  mlir::Value wrap(mlir::Value value, mlir::Value lower, mlir::Value upper);
  mlir::Value callReal(sema::Function function, mlir::ValueRange arguments);
  mlir::Value callComplex(sema::Function function, mlir::ValueRange arguments);

  mlir::OpBuilder &builder;
  mlir::Location loc;
};

} // namespace irh::lower

#endif // IRH_COMPILER_LOWER_ARITHMETIC_H
