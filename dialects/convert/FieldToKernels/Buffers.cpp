//===- Buffers.cpp - which memory holds each field value of a step ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/Buffers.h"

#include "dialects/dist/IR/DistDialect.h"
#include "dialects/net/IR/NetDialect.h"
#include "dialects/spectral/IR/SpectralDialect.h"

using namespace mlir;
using irh::field::ValuesType;

namespace irh::convert {

Value StepBuffers::rootOf(Value value) {
  while (true) {
    if (auto exchange = value.getDefiningOp<dist::ExchangeOp>())
      value = exchange.getFields()[cast<OpResult>(value).getResultNumber()];
    else if (auto select = value.getDefiningOp<field::SelectOp>())
      value = select.getIfFalse();
    else
      return value;
  }
}

void forEachUse(Value root, llvm::function_ref<void(OpOperand &)> visit) {
  for (OpOperand &use : root.getUses()) {
    if (isa<field::WatchOp>(use.getOwner()))
      continue;
    visit(use);
    if (auto exchange = dyn_cast<dist::ExchangeOp>(use.getOwner()))
      forEachUse(exchange.getResult(use.getOperandNumber()), visit);
    if (auto initial = dyn_cast<field::InitialOp>(use.getOwner()))
      forEachUse(initial.getResult(), visit);
    if (auto select = dyn_cast<field::SelectOp>(use.getOwner()))
      if (use.get() == select.getIfFalse())
        forEachUse(select.getResult(), visit);
  }
}

bool isFilledByRuntime(Operation &op) {
  return isa<field::DrawOp, net::HolonomyOp, spectral::EigenvectorOp, spectral::ExponentialOp,
             spectral::SolveOp>(op);
}

StepBuffers::StepBuffers(func::FuncOp function, unsigned firstState)
    : function(function), firstState(firstState), numArgs(function.getNumArguments()) {
  Block &body = function.front();
  for (BlockArgument argument : function.getArguments()) {
    holders.push_back(argument);
    if (isa<ValuesType>(argument.getType()))
      buffers[argument] = argument.getArgNumber();
  }
  for (Operation &op : body) {
    if (auto sweep = dyn_cast<field::SweepOp>(op))
      for (OpResult result : sweep->getResults().take_front(sweep.getNumStored()))
        assign(result);
    if (isFilledByRuntime(op))
      assign(op.getResult(0));
  }

  for (auto [i, value] : llvm::enumerate(body.getTerminator()->getOperands())) {
    if (!isa<ValuesType>(value.getType()))
      continue;
    unsigned home = firstState + i, buffer = bufferOf(value);
    assert((buffer == home || buffer >= numArgs) && "a state ends in another state's memory");
    if (buffer != home)
      swapList.push_back({home, buffer});
  }
}

/// Whether what the memory holds is read, from `sweep` (or draw) on, at most at the sweep's own
/// point.
bool StepBuffers::isFreeFor(unsigned buffer, Operation *sweep) const {
  bool isFree = true;
  forEachUse(holders[buffer], [&](OpOperand &use) {
    Operation *top = sweep->getBlock()->findAncestorOpInBlock(*use.getOwner());
    if (top == sweep)
      isFree &= isa<field::HereOp>(use.getOwner());
    else
      isFree &= top->isBeforeInBlock(sweep);
  });
  // A result of the same sweep is being written.
  return isFree && holders[buffer].getDefiningOp() != sweep;
}

unsigned StepBuffers::takeTemporary(ValuesType type, Operation *sweep) {
  unsigned sameType = 0;
  for (auto [i, temporary] : llvm::enumerate(temps)) {
    if (temporary.type != type)
      continue;
    ++sameType;
    if (isFreeFor(numArgs + i, sweep))
      return numArgs + i;
  }
  temps.push_back({type, sameType});
  holders.push_back({});
  return numArgs + temps.size() - 1;
}

void StepBuffers::assign(OpResult result) {
  Operation *sweep = result.getOwner();
  Operation *terminator = function.front().getTerminator();
  std::optional<unsigned> buffer;
  for (auto [i, value] : llvm::enumerate(terminator->getOperands()))
    if (!buffer && rootOf(value) == result && isFreeFor(firstState + i, sweep))
      buffer = firstState + i;
  if (!buffer)
    buffer = takeTemporary(cast<ValuesType>(result.getType()), sweep);
  buffers[result] = *buffer;
  holders[*buffer] = result;
}

} // namespace irh::convert
