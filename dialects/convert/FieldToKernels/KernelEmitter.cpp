//===- KernelEmitter.cpp - a kernel's function, slots and batches ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/KernelEmitter.h"

#include "dialects/convert/FieldToKernels/EdgePass.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace irh::convert {

KernelEmitter::KernelEmitter(ModuleOp module, field::SweepOp sweep, const KernelSlots &slots)
    : module(module), sweep(sweep), slots(slots), schedule(sweep), builder(module.getContext()),
      code(builder, sweep.getLoc()), numLatticeAxes(countLatticeAxes(module, sweep)) {}

KernelEmitter::~KernelEmitter() = default;

func::FuncOp KernelEmitter::emit(StringRef name) {
  beginFunction(name);
  allocateBuffers();
  emitBatches();
  func::ReturnOp::create(builder, code.loc);
  return function;
}

Value KernelEmitter::pointerTo(Value field) {
  return function.getArgument(1 + slots.ofField(field));
}

Value KernelEmitter::arrayPointer(abi::NetworkArray array) {
  return function.getArgument(1 + slots.ofArray(array));
}

//===- Functions --------------------------------------------------------------===//

void KernelEmitter::beginFunction(StringRef name) {
  SmallVector<Type> inputs = {code.pointer()};
  llvm::append_range(inputs, slots.typesIn(builder.getContext()));
  inputs.push_back(code.pointer());
  builder.setInsertionPointToEnd(module.getBody());
  function = func::FuncOp::create(builder, code.loc, name, builder.getFunctionType(inputs, {}));
  for (auto [i, slot] : llvm::enumerate(slots.all()))
    if (slot.kind != KernelSlot::Kind::Scalar)
      function.setArgAttr(1 + i, LLVM::LLVMDialect::getNoAliasAttrName(), builder.getUnitAttr());
  entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);
  for (auto [i, slot] : llvm::enumerate(slots.all()))
    if (slot.kind == KernelSlot::Kind::Scalar) {
      Lanes &lanes = broadcasts[slot.scalar];
      (slot.part == KernelSlot::Part::Im ? lanes.im : lanes.re) =
          code.broadcast(function.getArgument(1 + i));
    }
}

//===- Buffers and batches ----------------------------------------------------===//

/// `count` 8-byte entries on the stack, and one vector more: whole vectors may run over.
Value KernelEmitter::allocate(int64_t count) {
  return LLVM::AllocaOp::create(builder, code.loc, code.pointer(), code.f64(),
                                code.index(count + kNumLanes), /*alignment=*/64);
}

void KernelEmitter::allocateBuffers() {
  batchEdges = chooseBatchEdges();
  auto addRowBuffers = [&](Value value) {
    for (unsigned part = 0; part < bufferParts(value.getType()).size(); ++part)
      rowBuffers[value].push_back(allocate(kBatchRows));
  };
  for (auto &[value, stage] : schedule.buffered)
    addRowBuffers(value);
  for (unsigned stage = 0; stage + 1 < schedule.numStages; ++stage) {
    for (net::ReduceOp reduce : schedule.reduces[stage])
      for (Value result : reduce.getResults())
        addRowBuffers(result);
    for (bool areTargets : {false, true})
      for (bool areComputed : {false, true})
        allocateEdgeBuffers(stage, areTargets, areComputed);
  }
  for (unsigned i = 0; i < sweep.getKinds().size(); ++i)
    reductionBuffers.push_back(allocate(kBatchRows));
  if (slots.ofNetwork())
    allocateRows();
}

void KernelEmitter::emitBatches() {
  Value range = function.getArgument(0);
  Value begin = code.load(code.i64(), range, code.index(0));
  Value end = code.load(code.i64(), range, code.index(1));
  code.loop(begin, end, kBatchRows, [&](Value first) {
    batchBegin = first;
    batchRows = code.min(code.index(kBatchRows), code.sub(end, first));
    emitBatch();
  });
}

} // namespace irh::convert
