//===- KernelEmitter.cpp - a kernel's function, slots and batches ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/KernelEmitter.h"

#include "dialects/convert/FieldToKernels/EdgePass.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using irh::field::ValuesType;

namespace irh::convert {

KernelEmitter::KernelEmitter(ModuleOp module, field::SweepOp sweep, BufferNumbers bufferOf)
    : module(module), sweep(sweep), bufferOf(bufferOf), schedule(sweep),
      builder(module.getContext()), code(builder, sweep.getLoc()) {
  module.walk([&](net::LatticeOp lattice) {
    if (lattice.getNameAttr() == sweep.getNetworkAttr())
      numLatticeAxes = static_cast<int64_t>(lattice.getShape().size());
  });
}

KernelEmitter::~KernelEmitter() = default;

func::FuncOp KernelEmitter::emit(StringRef name) {
  collectSlots();
  beginFunction(name);
  allocateBuffers();
  emitBatches();
  func::ReturnOp::create(builder, code.loc);
  return function;
}

//===- Slots ------------------------------------------------------------------===//

/// The array of the network behind a value that is not a field of the run.
static std::optional<abi::NetworkArray> arrayBehind(Value field) {
  if (field.getDefiningOp<net::DegreesOp>())
    return abi::NetworkArray::Degrees;
  if (field.getDefiningOp<net::IdsOp>())
    return abi::NetworkArray::NodeIds;
  return std::nullopt;
}

void KernelEmitter::addArraySlot(abi::NetworkArray array) {
  if (arraySlots.insert({static_cast<int32_t>(array), slots.size()}).second)
    slots.push_back({.kind = KernelSlot::Kind::Array, .array = array, .scalar = {}});
}

void KernelEmitter::addFieldSlot(Value field) {
  if (std::optional<abi::NetworkArray> array = arrayBehind(field))
    return addArraySlot(*array);
  unsigned buffer = bufferOf(field);
  if (bufferSlots.insert({buffer, slots.size()}).second)
    slots.push_back({.kind = KernelSlot::Kind::Buffer, .buffer = buffer, .scalar = {}});
}

void KernelEmitter::collectSlots() {
  for (Value result : sweep.getResults().take_front(sweep.getNumStored()))
    addFieldSlot(result);
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(sweep.getBody(), captured);
  for (Value value : captured)
    if (isa<ValuesType>(value.getType()))
      addFieldSlot(value);
  sweep.walk([&](Operation *op) {
    if (auto end = dyn_cast<net::EndOp>(op))
      addArraySlot(end.getEnd() == net::EdgeEnd::Src ? abi::NetworkArray::EdgeSrc
                                                     : abi::NetworkArray::EdgeDst);
    if (auto sign = dyn_cast<net::SignOp>(op))
      addArraySlot(rowArraysOf(cast<net::ReduceOp>(sign->getParentOp())).signs);
    if (auto reduce = dyn_cast<net::ReduceOp>(op)) {
      RowArrays rows = rowArraysOf(reduce);
      if (needsRowsAlone(reduce)) {
        if (!networkSlot) {
          networkSlot = slots.size();
          slots.push_back({.kind = KernelSlot::Kind::Network, .scalar = {}});
        }
        return;
      }
      addArraySlot(rows.offsets);
      for (Value field : reduce.getFields())
        addArraySlot(cast<ValuesType>(field.getType()).getSet() == field::SetKind::Nodes
                         ? rows.columns
                         : rows.edges);
    }
  });
  for (Value value : captured) {
    bool isConstant =
        value.getDefiningOp() && value.getDefiningOp()->hasTrait<OpTrait::ConstantLike>();
    if (isa<ValuesType>(value.getType()) || isConstant)
      continue;
    using Part = KernelSlot::Part;
    SmallVector<Part, 2> parts = {Part::Whole};
    if (isa<ComplexType>(value.getType()))
      parts = {Part::Re, Part::Im};
    for (Part part : parts)
      slots.push_back({.kind = KernelSlot::Kind::Scalar, .scalar = value, .part = part});
  }
}

Value KernelEmitter::pointerTo(Value field) {
  if (std::optional<abi::NetworkArray> array = arrayBehind(field))
    return arrayPointer(*array);
  return function.getArgument(1 + bufferSlots.at(bufferOf(field)));
}

Value KernelEmitter::arrayPointer(abi::NetworkArray array) {
  return function.getArgument(1 + arraySlots.at(static_cast<int32_t>(array)));
}

//===- Functions --------------------------------------------------------------===//

void KernelEmitter::beginFunction(StringRef name) {
  using Part = KernelSlot::Part;
  SmallVector<Type> inputs = {code.pointer()};
  for (const KernelSlot &slot : slots) {
    bool isScalar = slot.kind == KernelSlot::Kind::Scalar;
    Type scalar = slot.part == Part::Whole && isScalar ? slot.scalar.getType() : code.f64();
    inputs.push_back(isScalar ? scalar : code.pointer());
  }
  inputs.push_back(code.pointer());
  builder.setInsertionPointToEnd(module.getBody());
  function = func::FuncOp::create(builder, code.loc, name, builder.getFunctionType(inputs, {}));
  for (auto [i, slot] : llvm::enumerate(slots))
    if (slot.kind != KernelSlot::Kind::Scalar)
      function.setArgAttr(1 + i, LLVM::LLVMDialect::getNoAliasAttrName(), builder.getUnitAttr());
  entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);
  for (auto [i, slot] : llvm::enumerate(slots))
    if (slot.kind == KernelSlot::Kind::Scalar) {
      Lanes &lanes = broadcasts[slot.scalar];
      (slot.part == Part::Im ? lanes.im : lanes.re) = code.broadcast(function.getArgument(1 + i));
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
  if (networkSlot)
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
