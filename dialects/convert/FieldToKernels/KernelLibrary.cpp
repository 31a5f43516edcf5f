//===- KernelLibrary.cpp - the kernels of a module, each once ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/DeviceKernel.h"
#include "dialects/convert/FieldToKernels/EdgePass.h"
#include "dialects/convert/FieldToKernels/KernelEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/OperationSupport.h"

using namespace mlir;

namespace irh::convert {

static bool isSameCode(FunctionOpInterface a, FunctionOpInterface b) {
  return a.getFunctionType() == b.getFunctionType() && a.getAllArgAttrs() == b.getAllArgAttrs() &&
         OperationEquivalence::isRegionEquivalentTo(&a.getFunctionBody(), &b.getFunctionBody(),
                                                    OperationEquivalence::IgnoreLocations);
}

/// void(range, slots, accumulators): loads each slot and calls the kernel.
static void emitEntry(func::FuncOp kernel, const std::string &name) {
  OpBuilder builder(kernel.getContext());
  builder.setInsertionPointAfter(kernel);
  KernelCode code(builder, kernel.getLoc());
  Type pointer = code.pointer();
  auto entry = func::FuncOp::create(builder, code.loc, name,
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

FunctionOpInterface KernelLibrary::emitNew(field::SweepOp sweep, const KernelSlots &slots) {
  std::string name = ("irh_kernel" + Twine(kernels.size())).str();
  if (runner == Runner::Processor)
    return KernelEmitter(module, sweep, slots).emit(name);
  if (!deviceModule) {
    OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
    deviceModule = gpu::GPUModuleOp::create(builder, sweep.getLoc(), "irh_device");
    emitDeviceHelpers(deviceModule);
  }
  return DeviceKernel(deviceModule, sweep, slots).emit(name);
}

Kernel KernelLibrary::emit(field::SweepOp sweep, BufferNumbers bufferOf) {
  bool isLattice = countLatticeAxes(module, sweep) > 0;
  KernelSlots slots(sweep, bufferOf, [&](net::ReduceOp reduce) {
    return runner == Runner::Processor && isLattice && needsRowsAlone(reduce);
  });
  FunctionOpInterface kernel = emitNew(sweep, slots);
  auto *known =
      llvm::find_if(kernels, [&](FunctionOpInterface other) { return isSameCode(kernel, other); });
  auto number = static_cast<unsigned>(known - kernels.begin());
  bool isNew = known == kernels.end();
  if (isNew)
    kernels.push_back(kernel);
  else
    kernel.erase();
  Kernel result{kernels[number].getName().str(), number, SmallVector<KernelSlot>(slots.all())};
  if (auto function = dyn_cast<func::FuncOp>(kernels[number].getOperation()); function && isNew)
    emitEntry(function, result.entry());
  return result;
}

} // namespace irh::convert
