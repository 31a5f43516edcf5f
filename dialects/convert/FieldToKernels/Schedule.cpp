//===- Schedule.cpp - when each value of a sweep's body is computed -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/Schedule.h"

#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace irh::convert {

llvm::SetVector<Value> capturedAtNode(net::ReduceOp reduce) {
  llvm::SetVector<Value> used, atNode;
  getUsedValuesDefinedAbove(reduce.getBody(), used);
  for (Value value : used)
    if (value.getParentBlock() == reduce->getBlock())
      atNode.insert(value);
  return atNode;
}

/// What an operation of the body needs from the body.
static SmallVector<Value> inputsOf(Operation *op) {
  if (auto reduce = dyn_cast<net::ReduceOp>(op))
    return capturedAtNode(reduce).takeVector();
  SmallVector<Value> inputs;
  for (Value operand : op->getOperands())
    if (operand.getParentBlock() == op->getBlock())
      inputs.push_back(operand);
  return inputs;
}

bool Schedule::isRepeatable(Operation *op) {
  return isa<field::HereOp>(op) || op->hasTrait<OpTrait::ConstantLike>();
}

Schedule::Schedule(field::SweepOp sweep) {
  Block *body = sweep.getBlock();
  assignLevels(body);
  assignStages(body);
  collectBuffered(body);
}

void Schedule::assignLevels(Block *body) {
  for (Operation &op : *body) {
    unsigned level = 0;
    for (Value input : inputsOf(&op)) {
      Operation *producer = input.getDefiningOp();
      level = std::max(level, levels.lookup(producer) + isa<net::ReduceOp>(producer));
    }
    levels[&op] = level;
    if (auto reduce = dyn_cast<net::ReduceOp>(op)) {
      if (reduces.size() <= level)
        reduces.resize(level + 1);
      reduces[level].push_back(reduce);
      numStages = std::max(numStages, level + 2);
    }
  }
}

void Schedule::assignStages(Block *body) {
  for (Operation &op : llvm::reverse(*body)) {
    if (isa<field::YieldOp>(op)) {
      stages[&op] = numStages - 1;
    } else if (isa<net::ReduceOp>(op)) {
      stages[&op] = levels[&op];
    } else {
      unsigned stage = numStages - 1;
      for (Operation *user : op.getUsers())
        stage = std::min(stage, stages.lookup(body->findAncestorOpInBlock(*user)));
      stages[&op] = stage;
    }
  }
}

void Schedule::collectBuffered(Block *body) {
  for (Operation &op : *body) {
    for (Value input : inputsOf(&op)) {
      Operation *producer = input.getDefiningOp();
      bool feedsEdges = isa<net::ReduceOp>(op) && !producer->hasTrait<OpTrait::ConstantLike>();
      bool crossesStages = stages[producer] < stages[&op] && !isRepeatable(producer);
      // The results of reductions have row buffers of their own.
      if (!isa<net::ReduceOp>(producer) && (feedsEdges || crossesStages))
        buffered.insert({input, stages[producer]});
    }
  }
}

} // namespace irh::convert
