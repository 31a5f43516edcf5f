//===- DeviceHelpers.cpp - kernels that every program for devices has -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Values of scattered points to a message and back: see abi::DeviceHelper.

#include "dialects/convert/FieldToKernels/DeviceKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace irh::convert {

namespace {

/// name(values, points, count, units, message): a thread for each point.
void emitCopy(gpu::GPUModuleOp module, StringRef name, bool intoMessage) {
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  KernelCode code(builder, module.getLoc(), /*numLanes=*/1);
  gpu::GPUFuncOp function = beginDeviceFunction(
      code, name, {code.pointer(), code.pointer(), code.i64(), code.i64(), code.pointer()});
  auto [values, points, count, units, message] =
      std::tuple(function.getArgument(0), function.getArgument(1), function.getArgument(2),
                 function.getArgument(3), function.getArgument(4));
  Value thread = threadNumber(code);
  auto isPoint =
      scf::IfOp::create(builder, code.loc, code.isLess(thread, count), /*withElseRegion=*/false);
  gpu::ReturnOp::create(builder, code.loc);
  builder.setInsertionPointToStart(&isPoint.getThenRegion().front());
  Value point = arith::ExtUIOp::create(builder, code.loc, code.i64(),
                                       code.load(builder.getI32Type(), points, thread));
  Value atPoint = arith::MulIOp::create(builder, code.loc, point, units);
  Value inMessage = arith::MulIOp::create(builder, code.loc, thread, units);
  code.loop(code.index(0), units, 1, [&](Value unit) {
    Value here = code.add(atPoint, unit);
    Value there = code.add(inMessage, unit);
    if (intoMessage)
      code.store(code.load(code.i64(), values, here), message, code.i64(), there);
    else
      code.store(code.load(code.i64(), message, there), values, code.i64(), here);
  });
}

} // namespace

void emitDeviceHelpers(gpu::GPUModuleOp module) {
  emitCopy(module, "irh_pack", /*intoMessage=*/true);
  emitCopy(module, "irh_unpack", /*intoMessage=*/false);
}

} // namespace irh::convert
