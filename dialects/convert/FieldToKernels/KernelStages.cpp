//===- KernelStages.cpp - what a kernel does at the points of a batch -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/EdgePass.h"
#include "dialects/convert/FieldToKernels/KernelEmitter.h"
#include "dialects/convert/FieldToKernels/RuntimeCalls.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using irh::field::ValuesType;

namespace irh::convert {

void KernelEmitter::emitBatch() {
  if (slots.ofNetwork())
    emitRows();
  for (unsigned stage = 0; stage + 1 < schedule.numStages; ++stage) {
    emitStage(stage);
    for (const auto &pass : edgePasses)
      if (pass->stage == stage)
        emitEdges(*pass);
  }
  emitLastStage();
  emitAccumulation();
}

/// Values from outside the sweep, the same at all points.
std::optional<Lanes> KernelEmitter::broadcastOutside(Value value) {
  auto found = broadcasts.find(value);
  if (found != broadcasts.end())
    return found->second;
  auto constant = value.getDefiningOp<arith::ConstantOp>();
  if (constant && !sweep->isProperAncestor(constant))
    return Lanes{code.splat(constant.getValue()), {}};
  return std::nullopt;
}

/// Computes values at rows row, row + 1, ... of the batch, as stage `stage` sees them.
LaneCode KernelEmitter::lanesAt(unsigned stage, Value row) {
  Value point = code.add(batchBegin, row);
  return LaneCode(code, [this, stage, row, point](Value value) -> std::optional<Lanes> {
    if (std::optional<Lanes> outside = broadcastOutside(value))
      return outside;
    Operation *op = value.getDefiningOp();
    if (auto here = dyn_cast<field::HereOp>(op))
      return code.loadField(pointerTo(here.getField()), value.getType(), point);
    if (auto end = dyn_cast<net::EndOp>(op))
      return gatherEnd(end, point);
    bool isFromBefore =
        isa<net::ReduceOp>(op) || (schedule.stageOf(op) < stage && !Schedule::isRepeatable(op));
    if (isFromBefore)
      return code.loadBuffers(rowBuffers.at(value), value.getType(), row);
    return std::nullopt;
  });
}

/// A node field at one end of edges point, point + 1, ...
Lanes KernelEmitter::gatherEnd(net::EndOp end, Value point) {
  Type element = end.getResult().getType();
  Value ends = arrayPointer(end.getEnd() == net::EdgeEnd::Src ? abi::NetworkArray::EdgeSrc
                                                              : abi::NetworkArray::EdgeDst);
  Value base = pointerTo(end.getField());
  SmallVector<Type, 2> types = bufferParts(element);
  SmallVector<Value, 2> lanes;
  for (Type type : types)
    lanes.push_back(code.splat(builder.getZeroAttr(type)));
  for (int64_t i = 0; i < kNumLanes; ++i) {
    Value node = code.load(builder.getI32Type(), ends, code.add(point, code.index(i)));
    Value position = arith::ExtUIOp::create(builder, code.loc, code.i64(), node);
    for (auto [lane, part] : llvm::zip_equal(lanes, code.loadParts(base, element, position)))
      lane = code.withLane(lane, part, i);
  }
  if (element.isInteger(1))
    lanes[0] = arith::CmpIOp::create(builder, code.loc, arith::CmpIPredicate::ne, lanes[0],
                                     code.splat(builder.getI64IntegerAttr(0)));
  return {lanes[0], lanes.size() == 2 ? lanes[1] : Value()};
}

/// Fills the row buffers that this stage has to fill.
void KernelEmitter::emitStage(unsigned stage) {
  SmallVector<Value> wanted;
  for (auto &[value, filledBy] : schedule.buffered)
    if (filledBy == stage)
      wanted.push_back(value);
  if (wanted.empty())
    return;
  code.loop(code.index(0), batchRows, kNumLanes, [&](Value row) {
    LaneCode lanes = lanesAt(stage, row);
    for (Value value : wanted)
      code.storeBuffers(lanes.get(value), rowBuffers.at(value), row);
  });
}

/// Whole vectors first, then the rows that are left, with a mask.
void KernelEmitter::emitLastStage() {
  Value whole = code.roundDown(batchRows);
  code.loop(code.index(0), whole, kNumLanes, [&](Value row) { emitOutputs(row, Value()); });
  auto rest = scf::IfOp::create(builder, code.loc, code.isLess(whole, batchRows),
                                /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&rest.getThenRegion().front());
  emitOutputs(whole, code.firstLanes(code.sub(batchRows, whole)));
}

void KernelEmitter::emitOutputs(Value row, Value mask) {
  LaneCode lanes = lanesAt(schedule.numStages - 1, row);
  SmallVector<Lanes> stored;
  for (Value value : sweep.getStoredOperands())
    stored.push_back(lanes.get(value));
  for (auto [value, buffer] : llvm::zip_equal(sweep.getReducedOperands(), reductionBuffers))
    code.storeBuffers(lanes.get(value), buffer, row);
  // Stores last: memory that is read here may be written here.
  Value point = code.add(batchBegin, row);
  for (auto [i, value] : llvm::enumerate(stored)) {
    Type element = sweep.getStoredOperands()[i].getType();
    code.storeField(value, pointerTo(sweep.getResult(i)), element, point, mask);
  }
}

void KernelEmitter::emitAccumulation() {
  Value accumulators = function.getArguments().back();
  for (auto [i, buffer] : llvm::enumerate(reductionBuffers))
    emitRuntimeCall(builder, code.loc, module, RuntimeCall::irh_rt_accumulate,
                    {accumulators, code.index(i), buffer, batchRows});
}

} // namespace irh::convert
