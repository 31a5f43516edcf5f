//===- MathToVectorCalls.cpp - call the vector functions of the C library ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/LibraryFunctions.h"
#include "dialects/convert/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/BuiltinOps.h"

using namespace mlir;

namespace irh::convert {

#define GEN_PASS_DEF_CONVERTMATHTOVECTORCALLS
#include "dialects/convert/Passes.h.inc"

namespace {

/// Emits calls of library functions, declaring them as they are met.
class LibraryCalls {
public:
  LibraryCalls(ModuleOp module, int64_t width) : module(module), width(width) {}

  Value replace(OpBuilder &builder, Operation *op, StringRef name);

private:
  Value call(OpBuilder &builder, Location loc, StringRef name, ValueRange arguments);
  std::string vectorName(StringRef name, size_t numArguments) const;

  ModuleOp module;
  int64_t width;
};

/// The name in the x86 vector function ABI: `b` for SSE, `d` for AVX2, a `v` for each argument.
std::string LibraryCalls::vectorName(StringRef name, size_t numArguments) const {
  std::string variant = width == 4 ? "_ZGVdN4" : "_ZGVbN2";
  return variant + std::string(numArguments, 'v') + "_" + name.str();
}

Value LibraryCalls::call(OpBuilder &builder, Location loc, StringRef name, ValueRange arguments) {
  auto callee = module.lookupSymbol<func::FuncOp>(name);
  if (!callee) {
    OpBuilder atModule = OpBuilder::atBlockBegin(module.getBody());
    callee = func::FuncOp::create(
        atModule, loc, name,
        builder.getFunctionType(arguments.getTypes(), {arguments[0].getType()}));
    callee.setPrivate();
  }
  return func::CallOp::create(builder, loc, callee, arguments).getResult(0);
}

/// Cuts the operands into pieces of `width` lanes (single values for 1), calls for each, and puts
/// the results together.
Value LibraryCalls::replace(OpBuilder &builder, Operation *op, StringRef name) {
  Location loc = op->getLoc();
  auto type = dyn_cast<VectorType>(op->getResult(0).getType());
  if (!type)
    return call(builder, loc, name, op->getOperands());
  int64_t size = type.getNumElements();
  if (width == size)
    return call(builder, loc, vectorName(name, op->getNumOperands()), op->getOperands());

  Value result = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  for (int64_t first = 0; first < size; first += width) {
    SmallVector<Value> pieces;
    for (Value operand : op->getOperands())
      pieces.push_back(width == 1 ? Value(vector::ExtractOp::create(builder, loc, operand, first))
                                  : vector::ExtractStridedSliceOp::create(
                                        builder, loc, operand, first, width, int64_t(1)));
    std::string callee = width == 1 ? name.str() : vectorName(name, pieces.size());
    Value part = call(builder, loc, callee, pieces);
    result = width == 1 ? Value(vector::InsertOp::create(builder, loc, part, result, first))
                        : vector::InsertStridedSliceOp::create(builder, loc, part, result, first,
                                                               int64_t(1));
  }
  return result;
}

struct ConvertMathToVectorCalls : impl::ConvertMathToVectorCallsBase<ConvertMathToVectorCalls> {
  using ConvertMathToVectorCallsBase::ConvertMathToVectorCallsBase;

  void runOnOperation() override {
    LibraryCalls calls(getOperation(), width);
    getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (isa<gpu::GPUModuleOp>(op)) // A device has functions of its own.
        return WalkResult::skip();
      StringRef name = libraryName(op);
      if (name.empty())
        return WalkResult::advance();
      OpBuilder builder(op);
      op->getResult(0).replaceAllUsesWith(calls.replace(builder, op, name));
      op->erase();
      return WalkResult::skip();
    });
  }
};

} // namespace
} // namespace irh::convert
