//===- HoistInvariants.cpp - compute once what does not vary -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/field/IR/FieldDialect.h"
#include "dialects/field/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace irh::field {

#define GEN_PASS_DEF_HOISTINVARIANTS
#include "dialects/field/Transforms/Passes.h.inc"

namespace {

/// Scalar arithmetic: the same wherever it stands. Not a read at a point. A complex number stays
/// where it is put together, since a kernel is given real numbers only; its parts may leave.
bool isArithmetic(Operation &op) {
  bool isComplex = llvm::any_of(op.getResultTypes(), llvm::IsaPred<ComplexType>);
  return isPure(&op) && op.getNumRegions() == 0 && !isComplex &&
         (isa<arith::ArithDialect, math::MathDialect, complex::ComplexDialect>(op.getDialect()) ||
          isa<HypotOp>(op));
}

void hoistFrom(Block &block, Operation *before) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    bool varies = llvm::any_of(op.getOperands(),
                               [&](Value operand) { return operand.getParentBlock() == &block; });
    if (!varies && isArithmetic(op))
      op.moveBefore(before);
  }
}

struct HoistInvariants : impl::HoistInvariantsBase<HoistInvariants> {
  void runOnOperation() override {
    // Post-order: what leaves a neighbour reduction may leave the sweep next.
    getOperation().walk([&](Operation *op) {
      if (op->getParentOfType<SweepOp>() && op->getNumRegions() == 1)
        hoistFrom(op->getRegion(0).front(), op);
      else if (auto sweep = dyn_cast<SweepOp>(op))
        hoistFrom(*sweep.getBlock(), sweep);
    });
  }
};

} // namespace
} // namespace irh::field
