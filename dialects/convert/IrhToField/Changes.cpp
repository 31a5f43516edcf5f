//===- Changes.cpp - new values of the state, watched -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/IrhToField/Changes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"

using namespace mlir;
using irh::field::ReductionKind;
using irh::field::ValuesType;

namespace irh::convert {

unsigned addFlags(OpBuilder &builder, Value value, Expansion::Outputs &outputs) {
  Location loc = value.getLoc();
  size_t before = outputs.reduced.size();
  if (isa<ComplexType>(value.getType())) {
    outputs.reduced.push_back(complex::ReOp::create(builder, loc, value));
    outputs.reduced.push_back(complex::ImOp::create(builder, loc, value));
  } else if (value.getType().isF64()) {
    outputs.reduced.push_back(value);
  }
  unsigned count = outputs.reduced.size() - before;
  outputs.kinds.append(count, ReductionKind::NotFinite);
  return count;
}

Value joinFlags(OpBuilder &host, field::SweepOp sweep, unsigned first, unsigned count) {
  if (count == 0)
    return {};
  Value flag = sweep.getResult(first);
  if (count == 2)
    flag = arith::OrIOp::create(host, sweep.getLoc(), flag, sweep.getResult(first + 1));
  return flag;
}

void Changes::emitWatches(const State &state, Value accepted) {
  for (auto &[name, entry] : entries) {
    Value value = state.fields.at(name), flag = entry.flag;
    if (flag && accepted)
      flag = arith::AndIOp::create(host, entry.loc, flag, accepted);
    if (flag) {
      field::WatchOp::create(host, entry.loc, value, flag);
    } else if (isa<ComplexType>(value.getType())) {
      field::WatchValueOp::create(host, entry.loc, name,
                                  complex::ReOp::create(host, entry.loc, value));
      field::WatchValueOp::create(host, entry.loc, name,
                                  complex::ImOp::create(host, entry.loc, value));
    } else if (value.getType().isF64()) {
      field::WatchValueOp::create(host, entry.loc, name, value);
    }
  }
}

void expandAssign(OpBuilder &host, model::AssignOp assign, State &state, Changes &changes) {
  Location loc = assign.getLoc();
  StringAttr name = assign.getFieldAttr().getAttr();
  Value old = state.fields.at(name);
  Expansion expansion(host, assign->getParentOfType<model::ModelOp>(), state);
  auto type = dyn_cast<ValuesType>(old.getType());
  if (!type) {
    state.fields[name] = expansion.expandGlobal(assign.getValue()).front();
    changes.add(name, loc, Value());
  } else {
    unsigned numFlags = 0;
    Points points{type.getNetwork(), type.getSet()};
    field::SweepOp sweep = expansion.emitSweep(points, loc, [&](Expansion::Point &point) {
      Expansion::Outputs outputs{point.expand(assign.getValue()), {}, {}};
      numFlags = addFlags(point.builder, outputs.stored.front(), outputs);
      return outputs;
    });
    state.fields[name] = sweep.getResult(0);
    changes.add(name, loc, joinFlags(host, sweep, 1, numFlags));
  }
  state.forgetDefinitions();
}

void expandSolve(OpBuilder &host, model::SolveOp solve, State &state) {
  Location loc = solve.getLoc();
  StringAttr name = solve.getUnknownAttr().getAttr();
  Value start = state.fields.at(name);
  auto type = cast<ValuesType>(start.getType());
  Expansion expansion(host, solve->getParentOfType<model::ModelOp>(), state);
  auto argument = [&](Region &region) {
    return region.empty() ? Value() : expansion.expandGlobal(region).front();
  };
  Value tolerance = argument(solve.getTolerance()), restart = argument(solve.getRestart());
  Value right = expansion.expandField({type.getNetwork(), type.getSet()}, solve.getRight());
  Value matrix = expansion.expandMatrix(solve.getMatrixAttr());
  auto solved = spectral::SolveOp::create(host, loc, type, host.getI64Type(), host.getF64Type(),
                                          static_cast<int32_t>(solve.getMethod()), matrix, right,
                                          start, tolerance, restart);
  state.fields[name] = solved.getSolution();
  state.fields[solve.getIterationsAttr().getAttr()] = solved.getIterations();
  state.fields[solve.getResidualAttr().getAttr()] = solved.getResidual();
  state.forgetDefinitions();
}

SmallVector<StringAttr> changedBy(Operation &op) {
  if (auto assign = dyn_cast<model::AssignOp>(op))
    return {assign.getFieldAttr().getAttr()};
  if (auto solve = dyn_cast<model::SolveOp>(op))
    return {solve.getUnknownAttr().getAttr(), solve.getIterationsAttr().getAttr(),
            solve.getResidualAttr().getAttr()};
  return {};
}

} // namespace irh::convert
