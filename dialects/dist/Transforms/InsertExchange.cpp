//===- InsertExchange.cpp - give neighbour reads fresh ghosts ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/dist/IR/DistDialect.h"
#include "dialects/dist/Transforms/Passes.h"
#include "dialects/net/IR/NetDialect.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace irh::dist {

#define GEN_PASS_DEF_INSERTEXCHANGE
#include "dialects/dist/Transforms/Passes.h.inc"

namespace {

using field::ValuesType;

/// Field value -> the reads that may see its ghosts stale, in the order of the program.
using StaleReads = llvm::MapVector<Value, SmallVector<OpOperand *>>;

bool isBornFresh(Value value) {
  Operation *op = value.getDefiningOp();
  return op && isa<ExchangeOp, field::DrawOp, field::ColumnOp, net::DegreesOp, net::IdsOp,
                   net::PositionOp>(op);
}

bool looksAtGhosts(OpOperand &use) {
  auto type = dyn_cast<ValuesType>(use.get().getType());
  return type && type.getSet() == field::SetKind::Nodes &&
         isa<net::ReduceOp, net::EndOp>(use.getOwner());
}

StaleReads findStaleReads(Operation *root) {
  StaleReads stale;
  root->walk([&](Operation *op) {
    for (OpOperand &operand : op->getOpOperands())
      if (looksAtGhosts(operand) && !isBornFresh(operand.get()))
        stale[operand.get()].push_back(&operand);
  });
  return stale;
}

/// The step and event functions of a loop, and at which argument their captures start.
SmallVector<std::pair<func::FuncOp, unsigned>> calleesOf(field::LoopOp loop) {
  auto find = [&](FlatSymbolRefAttr name) {
    return SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(loop, name);
  };
  SmallVector<std::pair<func::FuncOp, unsigned>> callees = {
      {find(loop.getStepAttr()), field::EvolveOp::kNumTimeArguments},
      {find(loop.getAllAttr()), field::EvolveOp::kNumTimeArguments}};
  for (auto name : loop.getEvents().getAsRange<FlatSymbolRefAttr>())
    callees.push_back({find(name), field::LoopOp::kNumEventArguments});
  for (Attribute condition : loop.getConditions())
    if (auto name = dyn_cast<FlatSymbolRefAttr>(condition))
      callees.push_back({find(name), field::LoopOp::kNumEventArguments});
  return callees;
}

/// A captured field does not change during the loop: the caller makes it fresh, once. Gives the
/// loop's own operands that have to be, and marks the arguments as fresh.
void makeCapturesFresh(field::LoopOp loop, StaleReads &stale, llvm::DenseSet<Value> &fresh) {
  for (OpOperand &operand : loop.getCapturesMutable()) {
    unsigned index = operand.getOperandNumber() - loop.getCaptures().getBeginOperandIndex();
    bool isRead = false;
    for (auto [function, first] : calleesOf(loop)) {
      Value argument = function.getArgument(first + index);
      isRead |= llvm::any_of(argument.getUses(), looksAtGhosts);
      fresh.insert(argument);
    }
    if (isRead && !isBornFresh(operand.get()))
      stale[operand.get()].push_back(&operand);
  }
}

/// Fields that come from one operation, or enter one block, share an exchange.
void insertExchanges(const StaleReads &stale) {
  llvm::MapVector<void *, SmallVector<Value>> groups;
  for (Value value : llvm::make_first_range(stale)) {
    Operation *op = value.getDefiningOp();
    groups[op ? static_cast<void *>(op) : value.getParentBlock()].push_back(value);
  }
  for (auto &[origin, values] : groups) {
    OpBuilder builder(values.front().getContext());
    builder.setInsertionPointAfterValue(values.front());
    auto exchange = ExchangeOp::create(
        builder, stale.find(values.front())->second.front()->getOwner()->getLoc(), values);
    for (auto [value, result] : llvm::zip_equal(values, exchange.getResults()))
      for (OpOperand *read : stale.find(value)->second)
        read->set(result);
  }
}

struct InsertExchange : impl::InsertExchangeBase<InsertExchange> {
  void runOnOperation() override {
    StaleReads stale = findStaleReads(getOperation());
    llvm::DenseSet<Value> fresh;
    getOperation().walk([&](field::LoopOp loop) { makeCapturesFresh(loop, stale, fresh); });
    stale.remove_if([&](const auto &entry) { return fresh.contains(entry.first); });
    insertExchanges(stale);
  }
};

} // namespace
} // namespace irh::dist
