//===- FuseSweeps.cpp - merge sweeps over one set of points --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/field/IR/FieldDialect.h"
#include "dialects/field/Transforms/Passes.h"

#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace irh::field {

#define GEN_PASS_DEF_FUSESWEEPS
#include "dialects/field/Transforms/Passes.h.inc"

namespace {

/// Whether `sweep` reads `value` at its own point only.
bool readsOnlyHere(SweepOp sweep, Value value) {
  return llvm::all_of(value.getUses(), [&](OpOperand &use) {
    return !sweep->isProperAncestor(use.getOwner()) || isa<HereOp>(use.getOwner());
  });
}

/// Collects, in order, the pure operations between `limit` and their use that must move before
/// `limit` for `value` to be known there. False if one of them cannot.
bool collectMovable(Value value, Operation *limit, llvm::SetVector<Operation *> &moved) {
  Operation *op = value.getDefiningOp();
  if (!op || op->getBlock() != limit->getBlock() || op->isBeforeInBlock(limit) ||
      moved.contains(op))
    return true;
  if (op == limit || !isPure(op) || op->getNumRegions() != 0)
    return false;
  for (Value operand : op->getOperands())
    if (!collectMovable(operand, limit, moved))
      return false;
  moved.insert(op);
  return true;
}

/// Moves `second` up to `first` if what it needs is, or can be made, known there.
bool canMoveUp(SweepOp first, SweepOp second, llvm::SetVector<Operation *> &moved) {
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(second.getBody(), captured);
  for (Value value : captured) {
    if (value.getDefiningOp() == first) {
      bool isStored = cast<OpResult>(value).getResultNumber() < first.getNumStored();
      if (!isStored || !readsOnlyHere(second, value))
        return false;
    } else if (!collectMovable(value, first, moved)) {
      return false;
    }
  }
  return true;
}

/// Moves `first` down to `second` if nobody needs its results before, and `second` only here. Not
/// past a loop: it takes the memory of its initial state, which `first` may read.
bool canMoveDown(SweepOp first, SweepOp second) {
  Block *block = first->getBlock();
  for (auto loop : block->getOps<LoopOp>())
    if (first->isBeforeInBlock(loop) && loop->isBeforeInBlock(second))
      return false;
  for (auto [i, result] : llvm::enumerate(first->getResults())) {
    for (Operation *user : result.getUsers()) {
      Operation *top = block->findAncestorOpInBlock(*user);
      if (top == second && (i >= first.getNumStored() || !isa<HereOp>(user)))
        return false;
      if (top != second && top->isBeforeInBlock(second))
        return false;
    }
  }
  return true;
}

/// Merges the two at the place of `at`, which is one of them.
void fuse(SweepOp first, SweepOp second, Operation *at) {
  IRRewriter rewriter(at);
  SmallVector<Value> before(first->getResults());
  llvm::append_range(before, second->getResults());
  // Reads of what the first stores are its values.
  for (auto [result, value] : llvm::zip(first->getResults(), first.getStoredOperands()))
    for (Operation *user : llvm::make_early_inc_range(result.getUsers()))
      if (second->isProperAncestor(user))
        rewriter.replaceOp(user, value);

  SmallVector<Value> stored(first.getStoredOperands()), reduced(first.getReducedOperands());
  llvm::append_range(stored, second.getStoredOperands());
  llvm::append_range(reduced, second.getReducedOperands());
  SmallVector<int32_t> kinds(first.getKinds());
  llvm::append_range(kinds, second.getKinds());
  unsigned firstStored = first.getNumStored(), secondStored = second.getNumStored();
  unsigned firstReduced = first.getKinds().size();

  if (at == second)
    first->moveBefore(second);
  Block *body = first.getBlock();
  rewriter.eraseOp(second.getYield());
  body->getOperations().splice(body->getTerminator()->getIterator(),
                               second.getBlock()->getOperations());
  SweepOp fused = first.withYields(rewriter, stored, reduced, kinds);

  // Results: stored of first, of second, reduced of first, of second.
  for (auto [i, value] : llvm::enumerate(before)) {
    bool isSecond = i >= firstStored + firstReduced;
    unsigned own = isSecond ? i - firstStored - firstReduced : i;
    unsigned numStored = isSecond ? secondStored : firstStored;
    unsigned position = own < numStored ? (isSecond ? firstStored : 0) + own
                                        : firstStored + secondStored +
                                              (isSecond ? firstReduced : 0) + (own - numStored);
    value.replaceAllUsesWith(fused.getResult(position));
  }
  second.erase();
  first.erase();
}

/// Fuses one pair of the block; false if there is none.
bool fuseOnePair(Block &block) {
  auto sweeps = llvm::to_vector(block.getOps<SweepOp>());
  for (auto [i, first] : llvm::enumerate(sweeps)) {
    for (SweepOp second : ArrayRef(sweeps).drop_front(i + 1)) {
      if (first.getNetworkAttr() != second.getNetworkAttr() || first.getSet() != second.getSet())
        continue;
      llvm::SetVector<Operation *> moved;
      if (canMoveUp(first, second, moved)) {
        for (Operation *op : moved)
          op->moveBefore(first);
        fuse(first, second, first);
        return true;
      }
      if (canMoveDown(first, second)) {
        fuse(first, second, second);
        return true;
      }
    }
  }
  return false;
}

struct FuseSweeps : impl::FuseSweepsBase<FuseSweeps> {
  void runOnOperation() override {
    // Rows and events have blocks of their own.
    getOperation().walk([&](Block *block) {
      bool isBody = isa<SweepOp>(block->getParentOp());
      while (!isBody && fuseOnePair(*block)) {
      }
    });
  }
};

} // namespace
} // namespace irh::field
