//===- KernelLibrary.cpp - the kernels of a module, each once ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/EdgePass.h"
#include "dialects/convert/FieldToKernels/KernelEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/OperationSupport.h"

using namespace mlir;

namespace irh::convert {

static std::string entryName(func::FuncOp kernel) { return (kernel.getSymName() + "_entry").str(); }

static bool isSameCode(func::FuncOp a, func::FuncOp b) {
  return a.getFunctionType() == b.getFunctionType() && a.getAllArgAttrs() == b.getAllArgAttrs() &&
         OperationEquivalence::isRegionEquivalentTo(&a.getBody(), &b.getBody(),
                                                    OperationEquivalence::IgnoreLocations);
}

/// void(range, slots, accumulators): loads each slot and calls the kernel.
static void emitEntry(func::FuncOp kernel) {
  OpBuilder builder(kernel.getContext());
  builder.setInsertionPointAfter(kernel);
  KernelCode code(builder, kernel.getLoc());
  Type pointer = code.pointer();
  auto entry = func::FuncOp::create(builder, code.loc, entryName(kernel),
                                    builder.getFunctionType({pointer, pointer, pointer}, {}));
  builder.setInsertionPointToStart(entry.addEntryBlock());
  SmallVector<Value> arguments = {entry.getArgument(0)};
  ArrayRef<Type> slotTypes = kernel.getArgumentTypes().drop_front().drop_back();
  for (auto [i, type] : llvm::enumerate(slotTypes)) {
    bool isBool = type.isInteger(1);
    Value value =
        code.load(isBool ? code.i64() : type, entry.getArgument(1), code.i64(), code.index(i));
    arguments.push_back(isBool ? arith::TruncIOp::create(builder, code.loc, type, value) : value);
  }
  arguments.push_back(entry.getArgument(2));
  func::CallOp::create(builder, code.loc, kernel, arguments);
  func::ReturnOp::create(builder, code.loc);
}

Kernel KernelLibrary::emit(field::SweepOp sweep, BufferNumbers bufferOf) {
  KernelEmitter emitter(module, sweep, bufferOf);
  func::FuncOp kernel = emitter.emit(("irh_kernel" + Twine(kernels.size())).str());
  SmallVector<KernelSlot> slots(emitter.getSlots());
  auto *known =
      llvm::find_if(kernels, [&](func::FuncOp other) { return isSameCode(kernel, other); });
  if (known != kernels.end()) {
    kernel.erase();
    return {entryName(*known), slots};
  }
  emitEntry(kernel);
  kernels.push_back(kernel);
  return {entryName(kernel), slots};
}

} // namespace irh::convert
