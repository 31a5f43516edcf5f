//===- Fold.cpp - the values of constant expressions ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Fold.h"

#include <cmath>
#include <complex>
#include <limits>

namespace irh::sema {

using Complex = std::complex<double>;

static Constant ofInt(std::int64_t value) { return {.integer = value}; }
static Constant ofReal(double value) { return {.real = value}; }
static Constant ofComplex(Complex value) {
  return {.real = value.real(), .imaginary = value.imag()};
}
static Complex asComplex(const Constant &value) { return {value.real, value.imaginary}; }

/// None where the result does not fit, or the divisor is zero.
static std::optional<Constant> foldInts(BinaryOp op, std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  bool overflows = false;
  switch (op) {
  case BinaryOp::Add:
    overflows = __builtin_add_overflow(left, right, &result);
    break;
  case BinaryOp::Subtract:
    overflows = __builtin_sub_overflow(left, right, &result);
    break;
  case BinaryOp::Multiply:
    overflows = __builtin_mul_overflow(left, right, &result);
    break;
  case BinaryOp::Power:
    result = 1;
    // Beyond 0 and ±1 a base overflows after 63 factors, so the loop is short.
    if (left == 0 || left == 1)
      return ofInt(right == 0 ? 1 : left);
    if (left == -1)
      return ofInt(right % 2 == 0 ? 1 : -1);
    for (std::int64_t i = 0; i < right && !overflows; ++i)
      overflows = __builtin_mul_overflow(result, left, &result);
    break;
  default:
    return std::nullopt;
  }
  return overflows ? std::nullopt : std::optional(ofInt(result));
}

static std::optional<Constant> foldReals(BinaryOp op, double left, double right) {
  switch (op) {
  case BinaryOp::Add:
    return ofReal(left + right);
  case BinaryOp::Subtract:
    return ofReal(left - right);
  case BinaryOp::Multiply:
    return ofReal(left * right);
  case BinaryOp::Divide:
    return ofReal(left / right);
  case BinaryOp::Power:
    return ofReal(std::pow(left, right));
  default:
    return std::nullopt;
  }
}

static std::optional<Constant> foldComplexes(BinaryOp op, Complex left, Complex right) {
  switch (op) {
  case BinaryOp::Add:
    return ofComplex(left + right);
  case BinaryOp::Subtract:
    return ofComplex(left - right);
  case BinaryOp::Multiply:
    return ofComplex(left * right);
  case BinaryOp::Divide:
    return ofComplex(left / right);
  case BinaryOp::Power:
    return ofComplex(std::pow(left, right));
  default:
    return std::nullopt;
  }
}

template <typename Number> static bool compare(BinaryOp op, Number left, Number right) {
  switch (op) {
  case BinaryOp::Less:
    return left < right;
  case BinaryOp::LessEqual:
    return left <= right;
  case BinaryOp::Greater:
    return left > right;
  case BinaryOp::GreaterEqual:
    return left >= right;
  case BinaryOp::NotEqual:
    return left != right;
  default:
    return left == right;
  }
}

static bool foldTruth(BinaryOp op, Type type, const Constant &left, const Constant &right) {
  if (op == BinaryOp::And)
    return left.integer && right.integer;
  if (op == BinaryOp::Or)
    return left.integer || right.integer;
  if (type == Type::Complex)
    return (asComplex(left) == asComplex(right)) == (op == BinaryOp::Equal);
  return type == Type::Real ? compare(op, left.real, right.real)
                            : compare(op, left.integer, right.integer);
}

static std::optional<Constant> foldBinary(BinaryOp op, const Expr &expr, const Constant &left,
                                          const Constant &right) {
  Type type = expr.operands[0]->type;
  if (expr.type == Type::Bool)
    return ofInt(foldTruth(op, type, left, right));
  if (type == Type::Int)
    return foldInts(op, left.integer, right.integer);
  if (type == Type::Real)
    return foldReals(op, left.real, right.real);
  return foldComplexes(op, asComplex(left), asComplex(right));
}

static std::optional<Constant> foldUnary(UnaryOp op, Type type, const Constant &operand) {
  if (op == UnaryOp::Not)
    return ofInt(!operand.integer);
  if (type == Type::Int)
    return foldInts(BinaryOp::Subtract, 0, operand.integer);
  return type == Type::Real ? ofReal(-operand.real) : ofComplex(-asComplex(operand));
}

static std::optional<Constant> foldIntCall(Function function, std::int64_t first,
                                           std::int64_t second, std::int64_t third) {
  switch (function) {
  case Function::Abs:
    return first < 0 ? foldInts(BinaryOp::Subtract, 0, first) : ofInt(first);
  case Function::Sign:
    return ofInt((first > 0) - (first < 0));
  case Function::Min:
    return ofInt(std::min(first, second));
  case Function::Max:
    return ofInt(std::max(first, second));
  case Function::Clamp:
    return ofInt(std::min(std::max(first, second), third));
  case Function::Quotient:
  case Function::Mod: {
    if (second == 0 || (second == -1 && first == std::numeric_limits<std::int64_t>::min()))
      return std::nullopt;
    std::int64_t rest = first % second;
    bool isAdjusted = rest != 0 && (rest < 0) != (second < 0);
    return ofInt(function == Function::Mod ? rest + (isAdjusted ? second : 0)
                                           : first / second - isAdjusted);
  }
  default:
    return std::nullopt;
  }
}

namespace {

struct RealFunction {
  Function function;
  double (*evaluate)(double);
};

struct ComplexFunction {
  Function function;
  Complex (*evaluate)(const Complex &);
};

} // namespace

static double signOf(double value) { return value > 0 ? 1 : value < 0 ? -1 : value; }

static constexpr RealFunction kRealFunctions[] = {
    {Function::Abs, std::fabs},  {Function::Sign, signOf},          {Function::Sqrt, std::sqrt},
    {Function::Cbrt, std::cbrt}, {Function::Exp, std::exp},         {Function::Log, std::log},
    {Function::Log2, std::log2}, {Function::Log10, std::log10},     {Function::Sin, std::sin},
    {Function::Cos, std::cos},   {Function::Tan, std::tan},         {Function::Asin, std::asin},
    {Function::Acos, std::acos}, {Function::Atan, std::atan},       {Function::Sinh, std::sinh},
    {Function::Cosh, std::cosh}, {Function::Tanh, std::tanh},       {Function::Floor, std::floor},
    {Function::Ceil, std::ceil}, {Function::Round, std::nearbyint}, {Function::Erf, std::erf},
};

static constexpr ComplexFunction kComplexFunctions[] = {
    {Function::Sqrt, std::sqrt}, {Function::Exp, std::exp},   {Function::Log, std::log},
    {Function::Sin, std::sin},   {Function::Cos, std::cos},   {Function::Tan, std::tan},
    {Function::Sinh, std::sinh}, {Function::Cosh, std::cosh}, {Function::Tanh, std::tanh},
    {Function::Conj, std::conj},
};

// The smaller and the larger of two; not a number where one is none.
static double minOf(double left, double right) {
  return std::isnan(left) || left < right ? left : right;
}
static double maxOf(double left, double right) {
  return std::isnan(left) || left > right ? left : right;
}

static double wrapInto(double value, double low, double high) {
  double width = high - low;
  double wrapped = value - width * std::floor((value - low) / width);
  // The subtraction may round up to the end that does not belong to the interval.
  return wrapped >= high ? low : wrapped;
}

static std::optional<Constant> foldRealCall(Function function, double first, double second,
                                            double third) {
  for (const RealFunction &known : kRealFunctions)
    if (known.function == function)
      return ofReal(known.evaluate(first));
  switch (function) {
  case Function::Atan2:
    return ofReal(std::atan2(first, second));
  case Function::Min:
    return ofReal(minOf(first, second));
  case Function::Max:
    return ofReal(maxOf(first, second));
  case Function::Clamp:
    return ofReal(minOf(maxOf(first, second), third));
  case Function::Wrap:
    return ofReal(wrapInto(first, second, third));
  case Function::Hypot:
    return ofReal(std::hypot(first, second));
  case Function::Polar:
    return ofComplex({first * std::cos(second), first * std::sin(second)});
  default:
    return std::nullopt;
  }
}

static std::optional<Constant> foldComplexCall(Function function, Complex value) {
  for (const ComplexFunction &known : kComplexFunctions)
    if (known.function == function)
      return ofComplex(known.evaluate(value));
  switch (function) {
  case Function::Abs:
    return ofReal(std::abs(value));
  case Function::RealPart:
    return ofReal(value.real());
  case Function::ImagPart:
    return ofReal(value.imag());
  case Function::Arg:
    return ofReal(std::arg(value));
  default:
    return std::nullopt;
  }
}

static std::optional<Constant> foldCall(Function function, Type type,
                                        const std::vector<Constant> &operands) {
  Constant none;
  const Constant &first = operands[0];
  const Constant &second = operands.size() > 1 ? operands[1] : none;
  const Constant &third = operands.size() > 2 ? operands[2] : none;
  if (type == Type::Int)
    return foldIntCall(function, first.integer, second.integer, third.integer);
  if (type == Type::Real)
    return foldRealCall(function, first.real, second.real, third.real);
  return foldComplexCall(function, asComplex(first));
}

static Constant convert(Constant value, Type from, Type to) {
  if (from == Type::Int && to != Type::Int)
    return ofReal(static_cast<double>(value.integer));
  return value;
}

/// The value of a node whose operands are known; none where there is none.
static std::optional<Constant> foldNode(const Expr &expr, const std::vector<Constant> &operands) {
  if (std::holds_alternative<Convert>(expr.node))
    return convert(operands[0], expr.operands[0]->type, expr.type);
  if (const auto *unary = std::get_if<Unary>(&expr.node))
    return foldUnary(unary->op, expr.type, operands[0]);
  if (const auto *binary = std::get_if<Binary>(&expr.node))
    return foldBinary(binary->op, expr, operands[0], operands[1]);
  if (const auto *call = std::get_if<Call>(&expr.node))
    return foldCall(call->function, expr.operands[0]->type, operands);
  return operands[0].integer ? operands[1] : operands[2]; // A Select.
}

static bool isFoldable(const Expr &expr) {
  return std::holds_alternative<Convert>(expr.node) || std::holds_alternative<Unary>(expr.node) ||
         std::holds_alternative<Binary>(expr.node) || std::holds_alternative<Call>(expr.node) ||
         std::holds_alternative<Select>(expr.node);
}

Folded fold(const Expr &expr) {
  if (const auto *constant = std::get_if<Constant>(&expr.node))
    return {*constant};
  if (!isFoldable(expr))
    return {};
  std::vector<Constant> operands;
  for (const Expr *operand : expr.operands) {
    Folded folded = fold(*operand);
    if (!folded.value)
      return folded;
    operands.push_back(*folded.value);
  }
  std::optional<Constant> value = foldNode(expr, operands);
  return {value, value ? nullptr : &expr};
}

} // namespace irh::sema
