//===- KernelSlots.cpp - what a kernel is given, in order ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/KernelSlots.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using irh::field::ValuesType;

namespace irh::convert {

RowArrays rowArraysOf(net::ReduceOp reduce) {
  using enum abi::NetworkArray;
  return reduce.getTargets() ? RowArrays{OutRowOffsets, OutColumns, OutSlotEdges, OutSlotSigns}
                             : RowArrays{RowOffsets, Columns, SlotEdges, SlotSigns};
}

/// The array of the network behind a value that is not a field of the run.
static std::optional<abi::NetworkArray> arrayBehind(Value field) {
  if (field.getDefiningOp<net::DegreesOp>())
    return abi::NetworkArray::Degrees;
  if (field.getDefiningOp<net::IdsOp>())
    return abi::NetworkArray::NodeIds;
  return std::nullopt;
}

static bool isConstant(Value value) {
  Operation *op = value.getDefiningOp();
  return op && op->hasTrait<OpTrait::ConstantLike>();
}

KernelSlots::KernelSlots(field::SweepOp sweep, BufferNumbers bufferOf,
                         llvm::function_ref<bool(net::ReduceOp)> computesRows) {
  for (Value result : sweep.getResults().take_front(sweep.getNumStored()))
    addField(result, bufferOf).isWritten = true;
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(sweep.getBody(), captured);
  for (Value value : captured)
    if (isa<ValuesType>(value.getType()))
      addField(value, bufferOf).isRead = true;
  sweep.walk([&](Operation *op) {
    if (auto end = dyn_cast<net::EndOp>(op))
      addArray(end.getEnd() == net::EdgeEnd::Src ? abi::NetworkArray::EdgeSrc
                                                 : abi::NetworkArray::EdgeDst);
    if (auto sign = dyn_cast<net::SignOp>(op))
      addArray(rowArraysOf(cast<net::ReduceOp>(sign->getParentOp())).signs);
    auto reduce = dyn_cast<net::ReduceOp>(op);
    if (reduce && computesRows(reduce))
      addNetwork(reduce);
    else if (reduce)
      addRows(reduce);
  });
  for (Value value : captured)
    if (!isa<ValuesType>(value.getType()) && !isConstant(value))
      addScalar(value);
}

unsigned KernelSlots::addArray(abi::NetworkArray array) {
  auto [entry, isNew] = arraySlots.insert({static_cast<int32_t>(array), slots.size()});
  if (isNew)
    slots.push_back({.kind = KernelSlot::Kind::Array, .array = array});
  return entry->second;
}

KernelSlot &KernelSlots::addField(Value field, BufferNumbers bufferOf) {
  if (std::optional<abi::NetworkArray> array = arrayBehind(field))
    return slots[fieldSlots[field] = addArray(*array)];
  unsigned buffer = bufferOf(field);
  auto [entry, isNew] = bufferSlots.insert({buffer, slots.size()});
  if (isNew)
    slots.push_back({.kind = KernelSlot::Kind::Buffer, .buffer = buffer});
  return slots[fieldSlots[field] = entry->second];
}

void KernelSlots::addNetwork(net::ReduceOp reduce) {
  computed.insert(reduce);
  if (networkSlot)
    return;
  networkSlot = slots.size();
  slots.push_back({.kind = KernelSlot::Kind::Network});
}

void KernelSlots::addRows(net::ReduceOp reduce) {
  RowArrays rows = rowArraysOf(reduce);
  addArray(rows.offsets);
  for (Value field : reduce.getFields())
    addArray(cast<ValuesType>(field.getType()).getSet() == field::SetKind::Nodes ? rows.columns
                                                                                 : rows.edges);
}

void KernelSlots::addScalar(Value value) {
  using Part = KernelSlot::Part;
  SmallVector<Part, 2> parts = {Part::Whole};
  if (isa<ComplexType>(value.getType()))
    parts = {Part::Re, Part::Im};
  for (Part part : parts)
    slots.push_back({.kind = KernelSlot::Kind::Scalar, .scalar = value, .part = part});
}

SmallVector<Type> KernelSlots::typesIn(MLIRContext *context) const {
  SmallVector<Type> types;
  for (const KernelSlot &slot : slots) {
    if (slot.kind != KernelSlot::Kind::Scalar)
      types.push_back(LLVM::LLVMPointerType::get(context));
    else if (slot.part == KernelSlot::Part::Whole)
      types.push_back(slot.scalar.getType());
    else
      types.push_back(Float64Type::get(context));
  }
  return types;
}

} // namespace irh::convert
