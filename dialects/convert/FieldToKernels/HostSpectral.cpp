//===- HostSpectral.cpp - what is asked of matrices, as runtime calls -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/HostLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace irh::convert {

bool HostLowering::lowerSpectral(Operation &op) {
  if (!isa_and_present<spectral::SpectralDialect>(op.getDialect()))
    return false;
  announce(op.getLoc());
  if (auto matrix = dyn_cast<spectral::MatrixOp>(op))
    lowerMatrix(matrix);
  else if (auto trace = dyn_cast<spectral::TraceOp>(op))
    lowerTrace(trace);
  else if (auto logdet = dyn_cast<spectral::LogDetOp>(op))
    lowerLogDet(logdet);
  else if (auto eigenvector = dyn_cast<spectral::EigenvectorOp>(op))
    lowerEigenvector(eigenvector);
  else if (auto exponential = dyn_cast<spectral::ExponentialOp>(op))
    lowerExponential(exponential);
  else if (auto solve = dyn_cast<spectral::SolveOp>(op))
    lowerSolve(solve);
  else
    lowerEigenvalues(cast<spectral::EigenvaluesOp>(op));
  return true;
}

/// A number that is not given.
static constexpr int64_t kNoCount = std::numeric_limits<int64_t>::min();

Value HostLowering::real(Location loc, double value) {
  return arith::ConstantOp::create(builder, loc, builder.getF64FloatAttr(value));
}

void HostLowering::lowerMatrix(spectral::MatrixOp matrix) {
  Location loc = matrix.getLoc();
  auto handle = [&](Value field) { return field ? handleAt(field) : nullPointer(loc); };
  Value network = networks.at(matrix.getNetworkAttr().getAttr());
  setScalar(matrix,
            call(RuntimeCall::irh_rt_matrix, loc,
                 {integer(loc, program.numMatrices++), network, string(loc, matrix.getName()),
                  handle(matrix.getDiagonal()), handle(matrix.getEntries()),
                  handle(matrix.getBack()), integer(loc, matrix.getGeneral(), 32)}));
}

Value HostLowering::handleToFill(Value field) {
  if (!buffers)
    handles[field] = newField(field.getLoc(), cast<field::ValuesType>(field.getType()));
  return handleAt(field);
}

void HostLowering::mapResults(Operation &op, Value results) {
  for (OpResult result : op.getResults())
    setScalar(result, loadSlot(op.getLoc(), results, result.getResultNumber(), result.getType()));
}

/// The runtime says where it wants the function, one point after the other.
void HostLowering::lowerTrace(spectral::TraceOp trace) {
  Location loc = trace.getLoc();
  Value results = allocate(loc, 3);
  Value tolerance = trace.getTolerance() ? scalarOf(trace.getTolerance()) : real(loc, 0);
  auto count = [&](Value given) { return given ? scalarOf(given) : integer(loc, kNoCount); };
  Value handle = call(RuntimeCall::irh_rt_trace, loc,
                      {integer(loc, program.numTraces++), scalarOf(trace.getMatrix()), tolerance,
                       count(trace.getProbes()), count(trace.getSteps()),
                       integer(loc, trace.getMethod(), 32)});
  auto loop = scf::WhileOp::create(builder, loc, TypeRange(), ValueRange());
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&loop.getBefore());
    Value next = call(RuntimeCall::irh_rt_trace_next, loc, {handle});
    Value isWanted =
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, next, integer(loc, 0, 32));
    scf::ConditionOp::create(builder, loc, isWanted, ValueRange());
    builder.createBlock(&loop.getAfter());
    Block &function = trace.getFunction().front();
    setScalar(function.getArgument(0), call(RuntimeCall::irh_rt_trace_point, loc, {handle}));
    for (Operation &op : function.without_terminator())
      builder.clone(op, scalars);
    Value value = scalarOf(function.getTerminator()->getOperand(0));
    call(RuntimeCall::irh_rt_trace_value, loc, {handle, value});
    scf::YieldOp::create(builder, loc);
  }
  call(RuntimeCall::irh_rt_trace_end, loc, {handle, results});
  mapResults(*trace, results);
}

void HostLowering::lowerLogDet(spectral::LogDetOp logdet) {
  Location loc = logdet.getLoc();
  Value results = allocate(loc, 3);
  Value zero = logdet.getZero() ? scalarOf(logdet.getZero()) : real(loc, -1);
  Value tolerance = logdet.getTolerance() ? scalarOf(logdet.getTolerance()) : real(loc, 0);
  auto count = [&](Value given) { return given ? scalarOf(given) : integer(loc, kNoCount); };
  call(RuntimeCall::irh_rt_logdet, loc,
       {scalarOf(logdet.getMatrix()), zero, tolerance, count(logdet.getProbes()),
        count(logdet.getSteps()), integer(loc, logdet.getMethod(), 32), results});
  mapResults(*logdet, results);
}

void HostLowering::lowerEigenvalues(spectral::EigenvaluesOp op) {
  Location loc = op.getLoc();
  Value count = op.getCount() ? scalarOf(op.getCount()) : integer(loc, kNoCount);
  Value nearest = op.getNearest() ? scalarOf(op.getNearest()) : real(loc, 0);
  Value tolerance = op.getTolerance() ? scalarOf(op.getTolerance()) : real(loc, 0);
  setScalar(op.getValues(), call(RuntimeCall::irh_rt_eigenvalues, loc,
                                 {integer(loc, program.numLists++), scalarOf(op.getMatrix()),
                                  integer(loc, op.getEnd(), 32), count, nearest, tolerance,
                                  integer(loc, op.getVectors(), 32)}));
}

void HostLowering::lowerEigenvector(spectral::EigenvectorOp op) {
  Location loc = op.getLoc();
  Value target = handleToFill(op.getResult());
  call(RuntimeCall::irh_rt_eigenvector, loc,
       {scalarOf(op.getEigenvalues()), scalarOf(op.getIndex()), target});
}

void HostLowering::lowerExponential(spectral::ExponentialOp op) {
  Location loc = op.getLoc();
  Value target = handleToFill(op.getResult());
  Value factor = scalarOf(op.getFactor());
  bool isComplex = isa<ComplexType>(factor.getType());
  Value re = isComplex ? Value(complex::ReOp::create(builder, loc, factor)) : factor;
  Value im = isComplex ? Value(complex::ImOp::create(builder, loc, factor)) : real(loc, 0);
  call(RuntimeCall::irh_rt_exponential, loc,
       {scalarOf(op.getMatrix()), re, im, handleAt(op.getStart()), target});
}

void HostLowering::lowerSolve(spectral::SolveOp op) {
  Location loc = op.getLoc();
  Value target = handleToFill(op.getSolution());
  Value outcome = allocate(loc, 2);
  Value tolerance = op.getTolerance() ? scalarOf(op.getTolerance()) : real(loc, 0);
  Value restart = op.getRestart() ? scalarOf(op.getRestart()) : integer(loc, 0);
  call(RuntimeCall::irh_rt_solve, loc,
       {scalarOf(op.getMatrix()), integer(loc, op.getMethod(), 32), handleAt(op.getRight()),
        handleAt(op.getStart()), target, tolerance, restart, outcome});
  setScalar(op.getIterations(), loadSlot(loc, outcome, 0, builder.getI64Type()));
  setScalar(op.getResidual(), loadSlot(loc, outcome, 1, builder.getF64Type()));
}

} // namespace irh::convert
