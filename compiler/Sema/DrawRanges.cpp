//===- DrawRanges.cpp - what the arguments of a draw may be ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Constants are checked here. What follows from parameters alone is required of the run, before
// anything is drawn. What differs from point to point, or changes, is not checked.

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Fold.h"
#include "compiler/Sema/Generators.h"
#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <limits>

namespace irh::sema {

namespace {

struct DrawRange {
  Distribution distribution;
  unsigned operand;
  StringRef what;
  ArgumentRange range;
};

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr ArgumentRange kDeviation{"at least 0", 0, kInfinity};

constexpr DrawRange kRanges[] = {
    {Distribution::Normal, 1, "deviation", kDeviation},
    {Distribution::Lognormal, 1, "deviation", kDeviation},
    {Distribution::Exponential, 0, "rate", {"above 0", 0, kInfinity, /*isLeastExcluded=*/true}},
    {Distribution::Bernoulli, 0, "probability", {"in 0..1", 0, 1}},
    {Distribution::Choice, 0, "count", {"at least 1", 1, kInfinity}},
};

bool followsFromParams(const Expr &expr) {
  bool isPointwise =
      std::holds_alternative<Convert>(expr.node) || std::holds_alternative<Unary>(expr.node) ||
      std::holds_alternative<Binary>(expr.node) || std::holds_alternative<Call>(expr.node) ||
      std::holds_alternative<Select>(expr.node);
  bool isLeaf =
      std::holds_alternative<Constant>(expr.node) || std::holds_alternative<ParamValue>(expr.node);
  return isLeaf || (isPointwise && llvm::all_of(expr.operands, [](const Expr *operand) {
                      return followsFromParams(*operand);
                    }));
}

std::string spell(const Constant &value, Type type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (type == Type::Int)
    os << value.integer;
  else if (std::isnan(value.real))
    os << "not a number";
  else
    os << llvm::format("%.15g", value.real);
  return text;
}

class RangeCheck {
public:
  RangeCheck(Analysis &analysis, const DrawRange &range, std::string what)
      : analysis(analysis), range(range), what(std::move(what)) {}

  void check(const Expr *operand) {
    if (std::optional<Constant> value = fold(*operand).value) {
      bool isInt = operand->type == Type::Int;
      if (!range.range.holds(isInt ? static_cast<double>(value->integer) : value->real))
        analysis.report(diag::DrawArgumentOutOfRange, operand->span, what, range.range.text,
                        spell(*value, operand->type));
    } else if (followsFromParams(*operand)) {
      analysis.model.requirements.push_back({.condition = isInside(operand),
                                             .message = what + " must be " + range.range.text.str(),
                                             .isImplied = true,
                                             .span = operand->span});
    }
  }

private:
  const Expr *compare(const Expr *operand, BinaryOp op, double bound) {
    Constant value{.integer = static_cast<std::int64_t>(bound), .real = bound};
    const Expr *constant = analysis.makeConstant(value, operand->type, operand->span);
    return analysis.make({Binary{op}, Type::Bool, {}, operand->span, {operand, constant}});
  }

  const Expr *isInside(const Expr *operand) {
    const Expr *isAbove =
        compare(operand, range.range.isLeastExcluded ? BinaryOp::Greater : BinaryOp::GreaterEqual,
                range.range.least);
    if (range.range.most == kInfinity)
      return isAbove;
    const Expr *isBelow = compare(operand, BinaryOp::LessEqual, range.range.most);
    return analysis.make(
        {Binary{BinaryOp::And}, Type::Bool, {}, operand->span, {isAbove, isBelow}});
  }

  Analysis &analysis;
  const DrawRange &range;
  std::string what;
};

} // namespace

void checkDrawRanges(Analysis &analysis, const DistributionInfo &distribution,
                     llvm::ArrayRef<const Expr *> operands) {
  for (const DrawRange &range : kRanges)
    if (range.distribution == distribution.distribution)
      RangeCheck(analysis, range,
                 ("the " + range.what + " of `" + distribution.spelling + "`").str())
          .check(operands[range.operand]);
}

} // namespace irh::sema
