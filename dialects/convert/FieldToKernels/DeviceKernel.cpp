//===- DeviceKernel.cpp - one sweep to one function for the threads of a device -===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/DeviceKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using irh::field::ReductionKind;

namespace irh::convert {

DeviceKernel::DeviceKernel(gpu::GPUModuleOp module, field::SweepOp sweep, const KernelSlots &slots)
    : module(module), sweep(sweep), slots(slots), schedule(sweep), builder(module.getContext()),
      code(builder, sweep.getLoc(), /*numLanes=*/1),
      atPoint(code, [this](Value value) { return valueAtPoint(value); }) {}

gpu::GPUFuncOp beginDeviceFunction(KernelCode &code, StringRef name, ArrayRef<Type> inputs) {
  OpBuilder &builder = code.builder;
  auto function =
      gpu::GPUFuncOp::create(builder, code.loc, name, builder.getFunctionType(inputs, {}));
  function->setAttr(gpu::GPUDialect::getKernelFuncAttrName(), builder.getUnitAttr());
  function.setKnownBlockSizeAttr(builder.getDenseI32ArrayAttr({abi::kThreadsPerBlock, 1, 1}));
  for (auto [i, type] : llvm::enumerate(inputs))
    if (isa<LLVM::LLVMPointerType>(type))
      function.setArgAttr(i, LLVM::LLVMDialect::getNoAliasAttrName(), builder.getUnitAttr());
  builder.setInsertionPointToStart(&function.getBody().front());
  return function;
}

Value threadNumber(KernelCode &code) {
  auto number = [&](Value index) -> Value {
    return arith::IndexCastUIOp::create(code.builder, code.loc, code.i64(), index);
  };
  Value block = number(gpu::BlockIdOp::create(code.builder, code.loc, gpu::Dimension::x));
  Value thread = number(gpu::ThreadIdOp::create(code.builder, code.loc, gpu::Dimension::x));
  Value before =
      arith::MulIOp::create(code.builder, code.loc, block, code.index(abi::kThreadsPerBlock));
  return code.add(before, thread);
}

gpu::GPUFuncOp DeviceKernel::emit(StringRef name) {
  beginFunction(name);
  point = code.add(first, threadNumber(code));
  auto isPoint =
      scf::IfOp::create(builder, code.loc, code.isLess(point, end), /*withElseRegion=*/false);
  gpu::ReturnOp::create(builder, code.loc);
  builder.setInsertionPointToStart(&isPoint.getThenRegion().front());
  emitPoint();
  return function;
}

/// A launch passes 8 bytes for each argument: a bool comes as an integer.
void DeviceKernel::beginFunction(StringRef name) {
  SmallVector<Type> inputs = slots.typesIn(builder.getContext());
  for (Type &type : inputs)
    type = type.isInteger(1) ? code.i64() : type;
  unsigned numSlots = inputs.size();
  inputs.append({code.i64(), code.i64(), code.i64(), code.pointer(), code.pointer()});
  builder.setInsertionPointToEnd(module.getBody());
  function = beginDeviceFunction(code, name, inputs);
  for (auto [i, slot] : llvm::enumerate(slots.all())) {
    if (slot.kind != KernelSlot::Kind::Scalar)
      continue;
    Lanes &lanes = scalars[slot.scalar];
    Value argument = function.getArgument(i);
    if (slot.scalar.getType().isInteger(1))
      argument = arith::TruncIOp::create(builder, code.loc, builder.getI1Type(), argument);
    (slot.part == KernelSlot::Part::Im ? lanes.im : lanes.re) = argument;
  }
  first = function.getArgument(numSlots);
  end = function.getArgument(numSlots + 1);
  numOwned = function.getArgument(numSlots + 2);
  flags = function.getArgument(numSlots + 3);
  values = function.getArgument(numSlots + 4);
}

//===- At a point -------------------------------------------------------------===//

void DeviceKernel::emitPoint() {
  for (ArrayRef<net::ReduceOp> level : schedule.reduces)
    for (bool areTargets : {false, true}) {
      SmallVector<net::ReduceOp> reduces;
      for (net::ReduceOp reduce : level)
        if (reduce.getTargets() == areTargets)
          reduces.push_back(reduce);
      if (!reduces.empty())
        emitRow(reduces);
    }
  emitOutputs();
}

/// Values from outside the sweep, the same at all points.
std::optional<Lanes> DeviceKernel::valueOutside(Value value) {
  auto found = scalars.find(value);
  if (found != scalars.end())
    return found->second;
  auto constant = value.getDefiningOp<arith::ConstantOp>();
  if (constant && !sweep->isProperAncestor(constant))
    return Lanes{code.splat(constant.getValue()), {}};
  return std::nullopt;
}

std::optional<Lanes> DeviceKernel::valueAtPoint(Value value) {
  if (std::optional<Lanes> outside = valueOutside(value))
    return outside;
  Operation *op = value.getDefiningOp();
  if (auto here = dyn_cast<field::HereOp>(op))
    return code.loadField(pointerTo(here.getField()), value.getType(), point);
  if (auto edgeEnd = dyn_cast<net::EndOp>(op))
    return loadEnd(edgeEnd);
  if (isa<net::ReduceOp>(op))
    return sums.at(value);
  return std::nullopt;
}

Value DeviceKernel::loadIndex(abi::NetworkArray array, Value position) {
  Value index = code.load(builder.getI32Type(), arrayPointer(array), position);
  return arith::ExtUIOp::create(builder, code.loc, code.i64(), index);
}

/// A node field at one end of the edge that is the point.
Lanes DeviceKernel::loadEnd(net::EndOp edgeEnd) {
  Value node = loadIndex(edgeEnd.getEnd() == net::EdgeEnd::Src ? abi::NetworkArray::EdgeSrc
                                                               : abi::NetworkArray::EdgeDst,
                         point);
  return code.loadField(pointerTo(edgeEnd.getField()), edgeEnd.getResult().getType(), node);
}

void DeviceKernel::emitOutputs() {
  SmallVector<Lanes> stored, reduced;
  for (Value value : sweep.getStoredOperands())
    stored.push_back(atPoint.get(value));
  for (Value value : sweep.getReducedOperands())
    reduced.push_back(atPoint.get(value));
  // Stores last: memory that is read here may be written here.
  for (auto [i, value] : llvm::enumerate(stored)) {
    Type element = sweep.getStoredOperands()[i].getType();
    code.storeField(value, pointerTo(sweep.getResult(i)), element, point, /*mask=*/{});
  }
  if (reduced.empty())
    return;
  auto counts =
      scf::IfOp::create(builder, code.loc, code.isLess(point, numOwned), /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&counts.getThenRegion().front());
  for (auto [i, value] : llvm::enumerate(reduced))
    emitReduced(i, value.re);
}

void DeviceKernel::emitReduced(unsigned reduction, Value value) {
  Value number = code.index(reduction);
  if (sweep.getReduction(reduction) != ReductionKind::NotFinite) {
    if (value.getType().isInteger(1))
      value = arith::ExtUIOp::create(builder, code.loc, code.i64(), value);
    Value start = arith::MulIOp::create(builder, code.loc, number, numOwned);
    return code.store(value, values, value.getType(), code.add(start, point));
  }
  // x - x is 0 or NaN; all that store here store the same.
  Value gap = arith::SubFOp::create(builder, code.loc, value, value);
  Value isNot = arith::CmpFOp::create(builder, code.loc, arith::CmpFPredicate::UNO, gap, gap);
  auto found = scf::IfOp::create(builder, code.loc, isNot, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&found.getThenRegion().front());
  code.store(code.index(1), flags, code.i64(), number);
}

} // namespace irh::convert
