//===- LowerReductions.cpp - reductions in terms of sum, min, max and prod -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lower/Arithmetic.h"
#include "compiler/Lower/ExprLowering.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/ErrorHandling.h"

using namespace mlir;
using irh::sema::ReduceKind;

namespace irh::lower {

namespace {
/// Emits the term of a reduction at the builder's insertion point.
using TermBuilder = llvm::function_ref<Value()>;
/// Emits a reduction of one of the four basic kinds; the term is emitted in its region.
using BasicReduction = llvm::function_ref<Value(model::ReduceKind, TermBuilder)>;
} // namespace

template <typename Op, typename... Args>
static Value basicReduction(OpBuilder &builder, Location loc, TermBuilder term, Args... args) {
  OpBuilder::InsertionGuard guard(builder);
  OperationState state(loc, Op::getOperationName());
  auto op = Op::create(builder, loc, builder.getF64Type(), args...);
  builder.setInsertionPointToStart(&op.getTerm().emplaceBlock());
  Value value = term();
  model::YieldOp::create(builder, loc, value);
  op.getResult().setType(value.getType());
  return op.getResult();
}

static model::ReduceKind basicKind(ReduceKind kind) {
  switch (kind) {
  case ReduceKind::Min:
    return model::ReduceKind::Min;
  case ReduceKind::Max:
    return model::ReduceKind::Max;
  case ReduceKind::Prod:
    return model::ReduceKind::Prod;
  default:
    return model::ReduceKind::Sum;
  }
}

Value ExprLowering::lowerNode(const sema::NeighbourReduce &node, const sema::Expr &expr) {
  Location loc = locate(expr.span);
  Arithmetic math(builder, loc);
  StringRef network = node.network->name;
  bool areTargets = node.direction == sema::Direction::Targets;
  auto reduce = [&](model::ReduceKind kind, TermBuilder term) {
    return basicReduction<model::NeighboursOp>(builder, loc, term, kind, network, areTargets);
  };
  auto term = [&] { return lower(*expr.operands[0]); };
  auto counted = [&] { return math.convert(term(), builder.getI64Type()); };
  auto refuted = [&] { return math.convert(math.logicalNot(term()), builder.getI64Type()); };
  switch (node.kind) {
  case ReduceKind::Count:
    return reduce(model::ReduceKind::Sum, counted);
  case ReduceKind::Any: {
    Value count = reduce(model::ReduceKind::Sum, counted);
    return math.less(math.integer(0), count);
  }
  case ReduceKind::All: {
    Value count = reduce(model::ReduceKind::Sum, refuted);
    return math.equal(count, math.integer(0));
  }
  case ReduceKind::Mean: { // Of nothing: 0 / 1.
    Value total = reduce(model::ReduceKind::Sum, term);
    // `degree` counts nbrs; of targets there is no such field.
    Value number = areTargets ? reduce(model::ReduceKind::Sum, [&] { return math.integer(1); })
                              : model::DegreeOp::create(builder, loc, builder.getI64Type(), network,
                                                        model::Place::Here);
    Value atLeastOne = math.call(sema::Function::Max, {number, math.integer(1)});
    Type type = lowerType(builder.getContext(), expr.type);
    return math.div(math.convert(total, type), math.convert(atLeastOne, type));
  }
  default:
    return reduce(basicKind(node.kind), term);
  }
}

Value ExprLowering::lowerNode(const sema::GlobalReduce &node, const sema::Expr &expr) {
  Location loc = locate(expr.span);
  Arithmetic math(builder, loc);
  MLIRContext *context = builder.getContext();
  model::SetKind set = setKindOf(node.over);
  StringRef network = node.over.network->name;
  auto reduce = [&](model::ReduceKind kind, TermBuilder term) {
    return basicReduction<model::ReduceOp>(builder, loc, term, kind, set, network);
  };
  auto sum = [&](TermBuilder term) { return reduce(model::ReduceKind::Sum, term); };
  auto term = [&] { return lower(*expr.operands[0]); };
  auto mean = [&](TermBuilder of, Type type) { // Of nothing: 0 / 1.
    Value total = sum(of);
    Value count = model::CountOp::create(builder, loc, builder.getI64Type(), set, network);
    Value atLeastOne = math.call(sema::Function::Max, {count, math.integer(1)});
    return math.div(math.convert(total, type), math.convert(atLeastOne, type));
  };
  Type termType = lowerType(context, expr.operands[0]->type);
  Type realOrComplex = isa<ComplexType>(termType) ? termType : Type(builder.getF64Type());
  switch (node.kind) {
  case ReduceKind::Count:
    return sum([&] { return math.convert(term(), builder.getI64Type()); });
  case ReduceKind::Mean:
    return mean(term, realOrComplex);
  case ReduceKind::Norm: {
    Value squares = sum([&] { return math.squaredMagnitude(math.convert(term(), realOrComplex)); });
    return math.call(sema::Function::Sqrt, squares);
  }
  case ReduceKind::NormInf: { // Of nothing: 0.
    Value largest = reduce(model::ReduceKind::Max, [&] {
      return math.convert(math.call(sema::Function::Abs, term()), builder.getF64Type());
    });
    return math.call(sema::Function::Max, {largest, math.real(0)});
  }
  case ReduceKind::Std: {
    Value variance = mean(
        [&] {
          Value centre = mean(term, realOrComplex);
          return math.squaredMagnitude(math.sub(math.convert(term(), realOrComplex), centre));
        },
        builder.getF64Type());
    return math.call(sema::Function::Sqrt, variance);
  }
  case ReduceKind::Any:
    return math.less(math.integer(0),
                     sum([&] { return math.convert(term(), builder.getI64Type()); }));
  case ReduceKind::All:
    return math.equal(
        sum([&] { return math.convert(math.logicalNot(term()), builder.getI64Type()); }),
        math.integer(0));
  default:
    return reduce(basicKind(node.kind), term);
  }
}

} // namespace irh::lower
