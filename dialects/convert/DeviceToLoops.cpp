//===- DeviceToLoops.cpp - run the kernels of a device on the processor ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/RuntimeCalls.h"
#include "dialects/convert/LibraryFunctions.h"
#include "dialects/convert/Passes.h"
#include "runtime/abi/Abi.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace irh::convert {

#define GEN_PASS_DEF_CONVERTDEVICETOLOOPS
#include "dialects/convert/Passes.h.inc"

namespace {

constexpr int64_t kVectorLanes = 4;

/// On the processor functions take vectors, and give a value of one lane the bits of any other.
void computeInVector(Operation *op) {
  OpBuilder builder(op);
  Location loc = op->getLoc();
  auto type = VectorType::get({kVectorLanes}, op->getResult(0).getType());
  OperationState state(loc, op->getName());
  for (Value operand : op->getOperands())
    state.addOperands(vector::BroadcastOp::create(builder, loc, type, operand).getResult());
  state.addTypes(type);
  state.addAttributes(op->getAttrs());
  Value all = builder.create(state)->getResult(0);
  op->getResult(0).replaceAllUsesWith(vector::ExtractOp::create(builder, loc, all, int64_t(0)));
  op->erase();
}

/// void(parameters, block): the threads of a block, one after the other.
class BlockLoop {
public:
  BlockLoop(ModuleOp module, gpu::GPUFuncOp kernel)
      : kernel(kernel), loc(kernel.getLoc()), builder(module.getContext()) {
    builder.setInsertionPointToEnd(module.getBody());
  }

  func::FuncOp emit() {
    Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
    auto function =
        func::FuncOp::create(builder, loc, kernel.getName(),
                             builder.getFunctionType({pointer, builder.getI64Type()}, {}));
    builder.setInsertionPointToStart(function.addEntryBlock());
    loadParameters(function.getArgument(0));
    Value block = indexOf(function.getArgument(1));
    auto threads =
        scf::ForOp::create(builder, loc, number(0), number(abi::kThreadsPerBlock), number(1));
    func::ReturnOp::create(builder, loc);
    builder.setInsertionPointToStart(threads.getBody());
    cloneBody(block, indexOf(threads.getInductionVar()));
    function.walk([](Operation *op) {
      if (!libraryName(op).empty())
        computeInVector(op);
    });
    return function;
  }

private:
  Value number(int64_t value) {
    return arith::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(value));
  }

  Value indexOf(Value value) {
    return arith::IndexCastOp::create(builder, loc, builder.getIndexType(), value);
  }

  void loadParameters(Value parameters) {
    Type pointer = parameters.getType();
    for (auto [i, argument] : llvm::enumerate(kernel.getArguments())) {
      Value place = LLVM::GEPOp::create(builder, loc, pointer, pointer, parameters,
                                        ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(i)});
      Value address = LLVM::LoadOp::create(builder, loc, pointer, place);
      mapping.map(argument, LLVM::LoadOp::create(builder, loc, argument.getType(), address));
    }
  }

  void cloneBody(Value block, Value thread) {
    for (Operation &op : kernel.getBody().front().without_terminator()) {
      if (isa<gpu::BlockIdOp>(op))
        mapping.map(op.getResult(0), block);
      else if (isa<gpu::ThreadIdOp>(op))
        mapping.map(op.getResult(0), thread);
      else
        builder.clone(op, mapping);
    }
  }

  gpu::GPUFuncOp kernel;
  Location loc;
  OpBuilder builder;
  IRMapping mapping;
};

struct ConvertDeviceToLoops : impl::ConvertDeviceToLoopsBase<ConvertDeviceToLoops> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto main = module.lookupSymbol<func::FuncOp>("irh_main");
    auto devices = module.getOps<gpu::GPUModuleOp>();
    if (!main || devices.empty())
      return;
    gpu::GPUModuleOp device = *devices.begin();
    OpBuilder atStart = OpBuilder::atBlockBegin(&main.front());
    for (auto kernel : device.getOps<gpu::GPUFuncOp>()) {
      func::FuncOp loop = BlockLoop(module, kernel).emit();
      Value address = emitFunctionPointer(atStart, main.getLoc(), loop);
      emitRuntimeCall(atStart, main.getLoc(), module, RuntimeCall::irh_rt_emulate,
                      {main.getArgument(0), address});
    }
    device.erase();
  }
};

} // namespace
} // namespace irh::convert
