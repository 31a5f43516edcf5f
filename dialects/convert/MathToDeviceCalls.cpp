//===- MathToDeviceCalls.cpp - call the functions of a device's library -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/LibraryFunctions.h"
#include "dialects/convert/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace irh::convert {

#define GEN_PASS_DEF_CONVERTMATHTODEVICECALLS
#include "dialects/convert/Passes.h.inc"

namespace {

/// LLVM's name of an operation that has one right answer, which each device has instructions for.
StringRef intrinsicName(Operation *op) {
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case<math::FmaOp>([](auto) { return "llvm.fma"; })
      .Case<math::SqrtOp>([](auto) { return "llvm.sqrt"; })
      .Case<math::AbsFOp>([](auto) { return "llvm.fabs"; })
      .Case<math::FloorOp>([](auto) { return "llvm.floor"; })
      .Case<math::CeilOp>([](auto) { return "llvm.ceil"; })
      .Case<math::RoundEvenOp>([](auto) { return "llvm.roundeven"; })
      .Case<math::CopySignOp>([](auto) { return "llvm.copysign"; })
      .Case<math::AbsIOp>([](auto) { return "llvm.abs"; })
      .Default([](Operation *) { return StringRef(); });
}

struct ConvertMathToDeviceCalls : impl::ConvertMathToDeviceCallsBase<ConvertMathToDeviceCalls> {
  using ConvertMathToDeviceCallsBase::ConvertMathToDeviceCallsBase;

  void runOnOperation() override {
    getOperation().walk([&](Operation *op) {
      OpBuilder builder(op);
      Value result;
      if (StringRef name = intrinsicName(op); !name.empty())
        result = callIntrinsic(builder, op, name);
      else if (StringRef name = libraryName(op); !name.empty())
        result = callFunction(builder, op, (prefix + name + suffix).str());
      else
        return;
      op->getResult(0).replaceAllUsesWith(result);
      op->erase();
    });
  }

  Value callIntrinsic(OpBuilder &builder, Operation *op, StringRef name) {
    SmallVector<Value> operands(op->getOperands());
    if (isa<math::AbsIOp>(op)) // Whether the least number may give anything at all.
      operands.push_back(LLVM::ConstantOp::create(builder, op->getLoc(), builder.getI1Type(),
                                                  builder.getBoolAttr(false)));
    return LLVM::CallIntrinsicOp::create(builder, op->getLoc(), op->getResult(0).getType(),
                                         builder.getStringAttr(name), operands)
        .getResult(0);
  }

  Value callFunction(OpBuilder &builder, Operation *op, StringRef name) {
    auto callee = getOperation().lookupSymbol<LLVM::LLVMFuncOp>(name);
    if (!callee) {
      OpBuilder atModule = OpBuilder::atBlockBegin(getOperation().getBody());
      auto type = LLVM::LLVMFunctionType::get(op->getResult(0).getType(),
                                              llvm::to_vector(op->getOperandTypes()));
      callee = LLVM::LLVMFuncOp::create(atModule, op->getLoc(), name, type);
    }
    return LLVM::CallOp::create(builder, op->getLoc(), callee, op->getOperands()).getResult();
  }
};

} // namespace
} // namespace irh::convert
