//===- DeviceRows.cpp - what a device's thread does along a row -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One loop over the row computes all neighbour reductions of a stage in one direction. The four
// partial sums of Combine.h turn by one place with each term: the next term always goes to the
// first, which moves to the end. After n terms they are turned by n places, which changes nothing,
// since (0 + 2) + (1 + 3) is the same of all turns: a + b is b + a.

#include "dialects/convert/FieldToKernels/Combine.h"
#include "dialects/convert/FieldToKernels/DeviceKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using irh::field::ValuesType;

namespace irh::convert {

/// A result of a neighbour reduction, and what it sums.
struct DeviceKernel::Term {
  Value result, yielded;
  field::ReductionKind kind;

  size_t numParts() const { return bufferParts(result.getType()).size(); }
};

/// Takes the parts of the next `Lanes` off the front of `parts`.
static Lanes takeLanes(ValueRange &parts, size_t numParts) {
  Lanes lanes = Lanes::of(llvm::to_vector(parts.take_front(numParts)));
  parts = parts.drop_front(numParts);
  return lanes;
}

void DeviceKernel::emitRow(ArrayRef<net::ReduceOp> reduces) {
  SmallVector<Term> terms;
  for (net::ReduceOp reduce : reduces) {
    for (auto [i, result] : llvm::enumerate(reduce.getResults()))
      terms.push_back({result, reduce.getYield().getOperand(i), reduce.getKind(i)});
    // Before the loop, or they would be computed in it.
    for (Value value : capturedAtNode(reduce))
      atPoint.get(value);
  }
  SmallVector<Value> start;
  for (const Term &term : terms)
    for (int64_t lane = 0; lane < kNumLanes; ++lane)
      for (TypedAttr neutral : neutralOf(builder, term.kind, term.result.getType()))
        start.push_back(arith::ConstantOp::create(builder, code.loc, neutral));

  RowArrays rows = rowArraysOf(reduces.front());
  Value offsets = arrayPointer(rows.offsets);
  Value begin = code.load(code.i64(), offsets, point);
  Value rowEnd = code.load(code.i64(), offsets, code.add(point, code.index(1)));
  auto loop = scf::ForOp::create(builder, code.loc, begin, rowEnd, code.index(1), start);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    LaneCode atSlot = codeAtSlot(rows, loop.getInductionVar());
    ValueRange before = loop.getRegionIterArgs();
    SmallVector<Value> after;
    for (const Term &term : terms) {
      Lanes oldest = takeLanes(before, term.numParts());
      for (int64_t lane = 1; lane < kNumLanes; ++lane)
        llvm::append_range(after, takeLanes(before, term.numParts()).parts());
      Lanes next = combine(code, term.kind, oldest, atSlot.get(term.yielded));
      llvm::append_range(after, next.parts());
    }
    scf::YieldOp::create(builder, code.loc, after);
  }
  ValueRange after = loop.getResults();
  for (const Term &term : terms) {
    SmallVector<Lanes> partialSums;
    for (int64_t lane = 0; lane < kNumLanes; ++lane)
      partialSums.push_back(takeLanes(after, term.numParts()));
    sums[term.result] = combinePartialSums(code, term.kind, partialSums);
  }
}

/// Computes the terms at a slot of the row. What lies at the node is known from before the loop.
LaneCode DeviceKernel::codeAtSlot(const RowArrays &rows, Value slot) {
  llvm::DenseMap<int32_t, Value> indices; // Of the slot, in the arrays read so far.
  return LaneCode(code, [this, rows, slot, indices](Value value) mutable -> std::optional<Lanes> {
    if (std::optional<Lanes> outside = valueOutside(value))
      return outside;
    if (auto argument = dyn_cast<BlockArgument>(value)) {
      auto reduce = cast<net::ReduceOp>(argument.getOwner()->getParentOp());
      Value field = reduce.getFields()[argument.getArgNumber()];
      bool isOnNodes = cast<ValuesType>(field.getType()).getSet() == field::SetKind::Nodes;
      abi::NetworkArray array = isOnNodes ? rows.columns : rows.edges;
      Value &index = indices[static_cast<int32_t>(array)];
      if (!index)
        index = loadIndex(array, slot);
      return code.loadField(pointerTo(field), value.getType(), index);
    }
    if (value.getDefiningOp<net::SignOp>())
      return loadSign(rows, slot, value.getType());
    if (value.getParentBlock() == sweep.getBlock())
      return atPoint.get(value);
    return std::nullopt;
  });
}

Lanes DeviceKernel::loadSign(const RowArrays &rows, Value slot, Type type) {
  Value sign = code.load(builder.getI8Type(), arrayPointer(rows.signs), slot);
  if (type.isF64())
    return {arith::SIToFPOp::create(builder, code.loc, type, sign), {}};
  return {arith::ExtSIOp::create(builder, code.loc, type, sign), {}};
}

} // namespace irh::convert
