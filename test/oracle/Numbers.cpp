//===- Numbers.cpp - operators and functions of the language on single values -===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/oracle/Numbers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <type_traits>

namespace irh::oracle {

using sema::BinaryOp;
using sema::Function;
using sema::Type;

// Ints wrap around, which only unsigned arithmetic may do in C++.
static std::uint64_t bits(std::int64_t value) { return static_cast<std::uint64_t>(value); }
static std::int64_t wrapped(std::uint64_t value) { return static_cast<std::int64_t>(value); }

[[noreturn]] static void unreachable(const char *what) { throw std::logic_error(what); }

Value convert(const Value &value, Type type) {
  if (const bool *truth = std::get_if<bool>(&value); truth && type != Type::Bool)
    return convert(Value(std::int64_t{*truth}), type);
  if (const std::int64_t *integer = std::get_if<std::int64_t>(&value); integer && type != Type::Int)
    return convert(Value(static_cast<double>(*integer)), type);
  if (const double *real = std::get_if<double>(&value); real && type == Type::Complex)
    return Complex(*real, 0);
  return value;
}

// Operators.

Value negate(const Value &value) {
  if (const std::int64_t *integer = std::get_if<std::int64_t>(&value))
    return wrapped(0 - bits(*integer));
  if (const double *real = std::get_if<double>(&value))
    return -*real;
  return -std::get<Complex>(value);
}

static std::int64_t power(std::int64_t base, std::int64_t exponent) {
  std::uint64_t result = 1;
  for (std::int64_t i = 0; i < exponent; ++i)
    result *= bits(base);
  return wrapped(result);
}

static Value power(Complex base, Complex exponent) {
  if (base == Complex(0))
    return Complex(exponent == Complex(0) ? 1 : 0);
  return std::exp(exponent * std::log(base));
}

template <typename Number> static bool isOrdered(BinaryOp op, Number left, Number right) {
  switch (op) {
  case BinaryOp::Less:
    return left < right;
  case BinaryOp::LessEqual:
    return left <= right;
  case BinaryOp::Greater:
    return left > right;
  case BinaryOp::GreaterEqual:
    return left >= right;
  default:
    unreachable("a comparison");
  }
}

static bool compare(BinaryOp op, const Value &left, const Value &right) {
  switch (op) {
  case BinaryOp::And:
    return toBool(left) && toBool(right);
  case BinaryOp::Or:
    return toBool(left) || toBool(right);
  case BinaryOp::Equal:
    return left == right;
  case BinaryOp::NotEqual:
    return left != right;
  default:
    return std::holds_alternative<double>(left) ? isOrdered(op, toReal(left), toReal(right))
                                                : isOrdered(op, toInt(left), toInt(right));
  }
}

static Value applyToInts(BinaryOp op, std::int64_t left, std::int64_t right) {
  switch (op) {
  case BinaryOp::Add:
    return wrapped(bits(left) + bits(right));
  case BinaryOp::Subtract:
    return wrapped(bits(left) - bits(right));
  case BinaryOp::Multiply:
    return wrapped(bits(left) * bits(right));
  case BinaryOp::Power:
    return power(left, right);
  default:
    unreachable("an operator that gives an int");
  }
}

template <typename Number> static Value applyTo(BinaryOp op, Number left, Number right) {
  switch (op) {
  case BinaryOp::Add:
    return left + right;
  case BinaryOp::Subtract:
    return left - right;
  case BinaryOp::Multiply:
    return left * right;
  case BinaryOp::Divide:
    return left / right;
  case BinaryOp::Power:
    if constexpr (std::is_same_v<Number, double>)
      return std::pow(left, right);
    else
      return power(left, right);
  default:
    unreachable("an arithmetic operator");
  }
}

Value apply(BinaryOp op, Type type, const Value &left, const Value &right) {
  if (type == Type::Bool)
    return compare(op, left, right);
  const Value a = convert(left, type);
  const Value b = convert(right, type);
  if (type == Type::Int)
    return applyToInts(op, toInt(a), toInt(b));
  return type == Type::Real ? applyTo(op, toReal(a), toReal(b))
                            : applyTo(op, std::get<Complex>(a), std::get<Complex>(b));
}

// Functions.

static std::int64_t floorQuotient(std::int64_t a, std::int64_t b) {
  if (b == 0)
    return 0;
  if (b == -1)
    return wrapped(0 - bits(a));
  const std::int64_t quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

static std::int64_t floorRest(std::int64_t a, std::int64_t b) {
  return b == 0 ? 0 : wrapped(bits(a) - bits(floorQuotient(a, b)) * bits(b));
}

// Not a number where one of the two is none.
static double least(double a, double b) {
  return std::isnan(a) || std::isnan(b) ? a + b : std::fmin(a, b);
}
static double greatest(double a, double b) {
  return std::isnan(a) || std::isnan(b) ? a + b : std::fmax(a, b);
}
static std::int64_t least(std::int64_t a, std::int64_t b) { return std::min(a, b); }
static std::int64_t greatest(std::int64_t a, std::int64_t b) { return std::max(a, b); }

/// `min`, `max` and `clamp`, of ints or of reals.
template <typename Number>
static Value extreme(Function function, const std::vector<Value> &operands) {
  Number result = std::get<Number>(operands[0]);
  if (function == Function::Clamp)
    return least(greatest(result, std::get<Number>(operands[1])), std::get<Number>(operands[2]));
  for (const Value &operand : operands) {
    const Number other = std::get<Number>(operand);
    result = function == Function::Min ? least(result, other) : greatest(result, other);
  }
  return result;
}

static double wrapInto(double x, double low, double high) {
  const double inside = x - (high - low) * std::floor((x - low) / (high - low));
  return inside < low || inside >= high ? low : inside;
}

static Value callInts(Function function, const std::vector<Value> &operands) {
  const std::int64_t first = toInt(operands[0]);
  switch (function) {
  case Function::Abs:
    return first < 0 ? wrapped(0 - bits(first)) : first;
  case Function::Sign:
    return std::int64_t{first > 0} - std::int64_t{first < 0};
  case Function::Quotient:
    return floorQuotient(first, toInt(operands[1]));
  case Function::Mod:
    return floorRest(first, toInt(operands[1]));
  default:
    return extreme<std::int64_t>(function, operands);
  }
}

static Value callReals(Function function, const std::vector<Value> &operands) {
  const double x = toReal(operands[0]);
  const double y = operands.size() > 1 ? toReal(operands[1]) : 0;
  switch (function) {
  case Function::Abs:
    return std::fabs(x);
  case Function::Sign:
    return x > 0 ? 1.0 : x < 0 ? -1.0 : x;
  case Function::Sqrt:
    return std::sqrt(x);
  case Function::Cbrt:
    return std::cbrt(x);
  case Function::Exp:
    return std::exp(x);
  case Function::Log:
    return std::log(x);
  case Function::Log2:
    return std::log2(x);
  case Function::Log10:
    return std::log10(x);
  case Function::Sin:
    return std::sin(x);
  case Function::Cos:
    return std::cos(x);
  case Function::Tan:
    return std::tan(x);
  case Function::Asin:
    return std::asin(x);
  case Function::Acos:
    return std::acos(x);
  case Function::Atan:
    return std::atan(x);
  case Function::Atan2:
    return std::atan2(x, y);
  case Function::Sinh:
    return std::sinh(x);
  case Function::Cosh:
    return std::cosh(x);
  case Function::Tanh:
    return std::tanh(x);
  case Function::Floor:
    return std::floor(x);
  case Function::Ceil:
    return std::ceil(x);
  case Function::Round:
    return std::nearbyint(x);
  case Function::Wrap:
    return wrapInto(x, y, toReal(operands[2]));
  case Function::Hypot:
    return std::hypot(x, y);
  case Function::Erf:
    return std::erf(x);
  case Function::Polar:
    return Complex(x * std::cos(y), x * std::sin(y));
  case Function::RealPart:
  case Function::Conj:
    return x;
  case Function::ImagPart:
    return 0.0;
  case Function::Arg:
    return std::atan2(0.0, x);
  default:
    return extreme<double>(function, operands);
  }
}

static Value callComplex(Function function, Complex z) {
  switch (function) {
  case Function::Abs:
    return std::abs(z);
  case Function::Sqrt:
    return std::sqrt(z);
  case Function::Exp:
    return std::exp(z);
  case Function::Log:
    return std::log(z);
  case Function::Sin:
    return std::sin(z);
  case Function::Cos:
    return std::cos(z);
  case Function::Tan:
    return std::tan(z);
  case Function::Sinh:
    return std::sinh(z);
  case Function::Cosh:
    return std::cosh(z);
  case Function::Tanh:
    return std::tanh(z);
  case Function::RealPart:
    return z.real();
  case Function::ImagPart:
    return z.imag();
  case Function::Conj:
    return std::conj(z);
  case Function::Arg:
    return std::arg(z);
  default:
    unreachable("a function of a complex");
  }
}

Value call(Function function, const std::vector<Value> &operands) {
  if (const Complex *z = std::get_if<Complex>(&operands[0]))
    return callComplex(function, *z);
  return std::holds_alternative<double>(operands[0]) ? callReals(function, operands)
                                                     : callInts(function, operands);
}

// Reductions.

/// Extended precision: what the compiled program rounds is judged against (nearly) none.
static Value sum(Type type, const std::vector<Value> &terms) {
  if (type == Type::Int) {
    std::uint64_t total = 0;
    for (const Value &term : terms)
      total += bits(toInt(term));
    return wrapped(total);
  }
  std::complex<long double> total = 0;
  for (const Value &term : terms)
    total += std::complex<long double>(std::get<Complex>(convert(term, Type::Complex)));
  const Complex rounded(static_cast<double>(total.real()), static_cast<double>(total.imag()));
  return type == Type::Real ? Value(rounded.real()) : Value(rounded);
}

static Value mean(Type type, const std::vector<Value> &terms) {
  const Value count = convert(Value(static_cast<double>(terms.size())), type);
  return terms.empty() ? convert(Value(0.0), type)
                       : apply(BinaryOp::Divide, type, sum(type, terms), count);
}

static double squaredMagnitude(const Value &value) {
  return std::norm(std::get<Complex>(convert(value, Type::Complex)));
}

/// The root of the sum of the squared distances from `centre`.
static double distance(const std::vector<Value> &terms, double centre) {
  long double total = 0;
  for (const Value &term : terms)
    total += squaredMagnitude(apply(BinaryOp::Subtract, Type::Complex, term, Value(centre)));
  return static_cast<double>(std::sqrt(total));
}

static Value foldCalls(Function function, Value start, const std::vector<Value> &terms) {
  for (const Value &term : terms)
    start = call(function, {start, term});
  return start;
}

static Value product(Type type, const std::vector<Value> &terms) {
  Value result = convert(Value(std::int64_t{1}), type);
  for (const Value &term : terms)
    result = apply(BinaryOp::Multiply, type, result, term);
  return result;
}

/// The value that `min` (sign +1) or `max` (sign -1) of nothing has.
static Value neutral(Type type, int sign) {
  if (type == Type::Int)
    return sign > 0 ? std::numeric_limits<std::int64_t>::max()
                    : std::numeric_limits<std::int64_t>::min();
  return sign * std::numeric_limits<double>::infinity();
}

Value reduce(sema::ReduceKind kind, Type type, const std::vector<Value> &terms) {
  const std::int64_t numTrue = std::count(terms.begin(), terms.end(), Value(true));
  const auto numTerms = static_cast<std::int64_t>(terms.size());
  switch (kind) {
  case sema::ReduceKind::Sum:
    return sum(type, terms);
  case sema::ReduceKind::Mean:
    return mean(type, terms);
  case sema::ReduceKind::Min:
    return foldCalls(Function::Min, neutral(type, 1), terms);
  case sema::ReduceKind::Max:
    return foldCalls(Function::Max, neutral(type, -1), terms);
  case sema::ReduceKind::Prod:
    return product(type, terms);
  case sema::ReduceKind::Count:
    return numTrue;
  case sema::ReduceKind::Any:
    return numTrue > 0;
  case sema::ReduceKind::All:
    return numTrue == numTerms;
  case sema::ReduceKind::Norm:
    return distance(terms, 0);
  case sema::ReduceKind::NormInf: {
    std::vector<Value> magnitudes = {0.0}; // Of nothing: 0.
    for (const Value &term : terms)
      magnitudes.push_back(call(Function::Abs, {term}));
    return foldCalls(Function::Max, neutral(type, -1), magnitudes);
  }
  case sema::ReduceKind::Std: {
    const double centre = toReal(mean(Type::Real, terms));
    return terms.empty() ? 0.0 : distance(terms, centre) / std::sqrt(static_cast<double>(numTerms));
  }
  }
  unreachable("a reduction");
}

} // namespace irh::oracle
