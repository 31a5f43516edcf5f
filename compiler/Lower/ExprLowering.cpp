//===- ExprLowering.cpp - one expression to one region ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lower/ExprLowering.h"

#include "compiler/Lower/Arithmetic.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/Support/ErrorHandling.h"

#include <cmath>

using namespace mlir;

namespace irh::lower {

Type lowerType(MLIRContext *context, sema::Type type) {
  switch (type) {
  case sema::Type::Bool:
    return IntegerType::get(context, 1);
  case sema::Type::Int:
    return IntegerType::get(context, 64);
  case sema::Type::Real:
    return Float64Type::get(context);
  case sema::Type::Complex:
    return ComplexType::get(Float64Type::get(context));
  case sema::Type::String:
    return model::StringType::get(context);
  case sema::Type::List:
    return model::ListType::get(context);
  }
  llvm_unreachable("all types are covered");
}

model::SetKind setKindOf(const sema::Domain &domain) {
  static_assert(static_cast<int>(sema::SetKind::Components) + 1 ==
                static_cast<int>(model::SetKind::Components));
  if (domain.isGlobal())
    return model::SetKind::Global;
  return static_cast<model::SetKind>(static_cast<int>(domain.kind) + 1);
}

FlatSymbolRefAttr networkOf(MLIRContext *context, const sema::Domain &domain) {
  return domain.isGlobal() ? FlatSymbolRefAttr()
                           : FlatSymbolRefAttr::get(context, domain.network->name);
}

static model::Place placeOf(sema::Place place) {
  switch (place) {
  case sema::Place::Here:
    return model::Place::Here;
  case sema::Place::Neighbour:
    return model::Place::Neighbour;
  case sema::Place::Src:
    return model::Place::Src;
  case sema::Place::Dst:
    return model::Place::Dst;
  }
  llvm_unreachable("all places are covered");
}

Location ExprLowering::locate(source::Span span) const {
  const source::SourceFile &file = source.fileAt(span.begin);
  source::Position begin = file.position(span.begin), end = file.position(span.end);
  // A statement announces its line in the main file: what is imported has a name for a place.
  if (&file != &source)
    return NameLoc::get(builder.getStringAttr(file.path() + ":" + llvm::Twine(begin.line) + ":" +
                                              llvm::Twine(begin.column)));
  StringAttr path = builder.getStringAttr(source.path());
  return FileLineColRange::get(path, begin.line, begin.column, end.line, end.column);
}

StringAttr ExprLowering::symbolOf(const sema::Let &let) {
  StringAttr &symbol = letSymbols[&let];
  if (!symbol) {
    unsigned number = ++numLets[let.name];
    symbol =
        builder.getStringAttr(number == 1 ? let.name : let.name + "." + std::to_string(number));
  }
  return symbol;
}

StringAttr ExprLowering::symbolOf(const sema::Functional &functional) {
  static constexpr StringRef kNames[] = {"trace", "logdet", "eigenvalues"};
  StringAttr &symbol = functionalSymbols[&functional];
  if (!symbol)
    symbol = builder.getStringAttr(functional.matrix->name + "." +
                                   kNames[static_cast<int>(functional.kind)] + "." +
                                   llvm::Twine(functionalSymbols.size()));
  return symbol;
}

StringAttr ExprLowering::symbolOf(const sema::Vector &vector) {
  bool isEigenvector = vector.kind == sema::VectorKind::Eigenvector;
  StringAttr &symbol = vectorSymbols[&vector];
  if (!symbol)
    symbol = builder.getStringAttr(vector.matrix->name +
                                   (isEigenvector ? ".eigenvector." : ".exponential.") +
                                   llvm::Twine(vectorSymbols.size()));
  return symbol;
}

Value ExprLowering::lower(const sema::Expr &expr) {
  return std::visit([&](const auto &node) { return lowerNode(node, expr); }, expr.node);
}

Value ExprLowering::lowerNode(const sema::Constant &node, const sema::Expr &expr) {
  Location loc = locate(expr.span);
  Arithmetic math(builder, loc);
  switch (expr.type) {
  case sema::Type::Bool:
    return math.boolean(node.integer != 0);
  case sema::Type::Int:
    return math.integer(node.integer);
  case sema::Type::Real:
    return math.real(node.real);
  case sema::Type::Complex:
    return math.complex(math.real(node.real), math.real(node.imaginary));
  case sema::Type::String:
    return model::TextOp::create(builder, loc, node.text);
  case sema::Type::List:
    break; // No list is a constant.
  }
  llvm_unreachable("all types are covered");
}

Value ExprLowering::lowerNode(const sema::ParamValue &node, const sema::Expr &expr) {
  auto param = cast<model::ParamOp>(SymbolTable::lookupNearestSymbolFrom(
      builder.getBlock()->getParentOp(), builder.getStringAttr(node.param->name)));
  return model::ParamValueOp::create(builder, locate(expr.span),
                                     lowerType(builder.getContext(), expr.type), param.getIndex(),
                                     node.param->name);
}

Value ExprLowering::lowerNode(const sema::FieldValue &node, const sema::Expr &expr) {
  return model::ReadOp::create(builder, locate(expr.span),
                               lowerType(builder.getContext(), expr.type), node.field->name,
                               placeOf(node.place));
}

Value ExprLowering::lowerNode(const sema::LetValue &node, const sema::Expr &expr) {
  return model::LetValueOp::create(builder, locate(expr.span),
                                   lowerType(builder.getContext(), expr.type), symbolOf(*node.let),
                                   placeOf(node.place));
}

Value ExprLowering::lowerNode(const sema::Convert &, const sema::Expr &expr) {
  return Arithmetic(builder, locate(expr.span))
      .convert(lower(*expr.operands[0]), lowerType(builder.getContext(), expr.type));
}

Value ExprLowering::lowerNode(const sema::Unary &node, const sema::Expr &expr) {
  Value operand = lower(*expr.operands[0]);
  Arithmetic math(builder, locate(expr.span));
  return node.op == sema::UnaryOp::Negate ? math.negate(operand) : math.logicalNot(operand);
}

/// The exponent, if it is a whole number known now and small enough to multiply out.
static std::optional<int64_t> literalExponent(const sema::Expr &expr) {
  constexpr double kLargest = 64;
  const sema::Expr *inner = &expr;
  while (std::holds_alternative<sema::Convert>(inner->node))
    inner = inner->operands[0];
  const auto *constant = std::get_if<sema::Constant>(&inner->node);
  if (!constant || inner->type == sema::Type::Complex)
    return std::nullopt;
  double value = inner->type == sema::Type::Int ? double(constant->integer) : constant->real;
  if (std::floor(value) != value || std::abs(value) > kLargest)
    return std::nullopt;
  return static_cast<int64_t>(value);
}

Value ExprLowering::lowerNode(const sema::Binary &node, const sema::Expr &expr) {
  Value left = lower(*expr.operands[0]);
  Arithmetic math(builder, locate(expr.span));
  if (node.op == sema::BinaryOp::Power) {
    left = math.convert(left, lowerType(builder.getContext(), expr.type));
    if (std::optional<int64_t> exponent = literalExponent(*expr.operands[1]))
      return math.integerPower(left, *exponent);
    Value right = lower(*expr.operands[1]);
    return math.binary(node.op, left, math.convert(right, left.getType()));
  }
  return math.binary(node.op, left, lower(*expr.operands[1]));
}

Value ExprLowering::lowerNode(const sema::Call &node, const sema::Expr &expr) {
  SmallVector<Value> arguments;
  for (const sema::Expr *operand : expr.operands)
    arguments.push_back(lower(*operand));
  return Arithmetic(builder, locate(expr.span)).call(node.function, arguments);
}

Value ExprLowering::lowerNode(const sema::Select &, const sema::Expr &expr) {
  Value condition = lower(*expr.operands[0]);
  Value ifTrue = lower(*expr.operands[1]);
  Value ifFalse = lower(*expr.operands[2]);
  return Arithmetic(builder, locate(expr.span)).select(condition, ifTrue, ifFalse);
}

Value ExprLowering::lowerNode(const sema::SetCount &node, const sema::Expr &expr) {
  return model::CountOp::create(builder, locate(expr.span), builder.getI64Type(),
                                setKindOf(node.over), node.over.network->name);
}

Value ExprLowering::lowerNode(const sema::Degree &node, const sema::Expr &expr) {
  return model::DegreeOp::create(builder, locate(expr.span), builder.getI64Type(),
                                 node.network->name, placeOf(node.place));
}

Value ExprLowering::lowerNode(const sema::Id &node, const sema::Expr &expr) {
  return model::IdOp::create(builder, locate(expr.span), builder.getI64Type(), node.network->name,
                             placeOf(node.place));
}

Value ExprLowering::lowerNode(const sema::Position &node, const sema::Expr &expr) {
  return model::PositionOp::create(builder, locate(expr.span), builder.getF64Type(),
                                   node.network->name, node.axis, placeOf(node.place));
}

Value ExprLowering::lowerNode(const sema::Time &, const sema::Expr &expr) {
  return model::TimeOp::create(builder, locate(expr.span), builder.getF64Type());
}

Value ExprLowering::lowerNode(const sema::StepNumber &, const sema::Expr &expr) {
  return model::StepNumberOp::create(builder, locate(expr.span), builder.getI64Type());
}

Value ExprLowering::lowerNode(const sema::Eigenvalue &, const sema::Expr &) { return eigenvalue; }

Value ExprLowering::lowerNode(const sema::FunctionalValue &node, const sema::Expr &expr) {
  static_assert(static_cast<int>(sema::FunctionalPart::Bias) ==
                static_cast<int>(model::FunctionalPart::Bias));
  return model::FunctionalValueOp::create(
      builder, locate(expr.span), lowerType(builder.getContext(), expr.type),
      symbolOf(*node.functional), static_cast<model::FunctionalPart>(node.part));
}

Value ExprLowering::lowerNode(const sema::ListElement &, const sema::Expr &expr) {
  Value list = lower(*expr.operands[0]), index = lower(*expr.operands[1]);
  return model::ListElementOp::create(builder, locate(expr.span), list, index);
}

Value ExprLowering::lowerNode(const sema::ListReduce &node, const sema::Expr &expr) {
  Value list = lower(*expr.operands[0]);
  return model::ListReduceOp::create(builder, locate(expr.span), static_cast<int32_t>(node.kind),
                                     list);
}

Value ExprLowering::lowerNode(const sema::Holonomy &, const sema::Expr &expr) {
  Location loc = locate(expr.span);
  auto op = model::HolonomyOp::create(builder, loc, lowerType(builder.getContext(), expr.type));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&op.getValue().emplaceBlock());
  Value value = lower(*expr.operands[0]);
  model::YieldOp::create(builder, loc, value);
  return op;
}

Value ExprLowering::lowerNode(const sema::VectorValue &node, const sema::Expr &expr) {
  return model::VectorValueOp::create(builder, locate(expr.span),
                                      lowerType(builder.getContext(), expr.type),
                                      symbolOf(*node.vector), placeOf(node.place));
}

Value ExprLowering::lowerNode(const sema::Eigenvectors &node, const sema::Expr &expr) {
  return model::FunctionalValueOp::create(builder, locate(expr.span),
                                          lowerType(builder.getContext(), sema::Type::List),
                                          symbolOf(*node.functional), model::FunctionalPart::Value);
}

Value ExprLowering::lowerNode(const sema::Column &node, const sema::Expr &expr) {
  return model::ColumnOp::create(builder, locate(expr.span),
                                 lowerType(builder.getContext(), expr.type), node.name);
}

Value ExprLowering::lowerNode(const sema::Noise &node, const sema::Expr &expr) {
  return model::NoiseOp::create(builder, locate(expr.span), builder.getF64Type(), node.stream);
}

Value ExprLowering::lowerNode(const sema::Draw &node, const sema::Expr &expr) {
  SmallVector<Value> arguments;
  for (const sema::Expr *operand : expr.operands)
    arguments.push_back(lower(*operand));
  Location loc = locate(expr.span);
  Arithmetic math(builder, loc);
  auto standard = [&](model::Standard kind) -> Value {
    return model::DrawOp::create(builder, loc, builder.getF64Type(), kind, node.stream);
  };
  auto uniform = [&] { return standard(model::Standard::Uniform); };
  switch (node.distribution) {
  case sema::Distribution::Uniform:
    return math.add(arguments[0], math.mul(math.sub(arguments[1], arguments[0]), uniform()));
  case sema::Distribution::Normal:
    return math.add(arguments[0], math.mul(arguments[1], standard(model::Standard::Normal)));
  case sema::Distribution::Lognormal:
    return math.call(
        sema::Function::Exp,
        math.add(arguments[0], math.mul(arguments[1], standard(model::Standard::Normal))));
  case sema::Distribution::Exponential: // 1 - u is in (0, 1]: the logarithm is finite.
    return math.div(math.negate(math.call(sema::Function::Log, math.sub(math.real(1), uniform()))),
                    arguments[0]);
  case sema::Distribution::Bernoulli:
    return math.less(uniform(), arguments[0]);
  case sema::Distribution::Choice: {
    Value count = math.convert(arguments[0], builder.getF64Type());
    Value picked =
        arith::FPToSIOp::create(builder, loc, builder.getI64Type(), math.mul(uniform(), count));
    // u n may round up to n.
    return math.call(sema::Function::Min, {picked, math.sub(arguments[0], math.integer(1))});
  }
  }
  llvm_unreachable("all distributions are covered");
}

} // namespace irh::lower
