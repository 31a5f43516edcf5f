//===- RuntimeCalls.cpp - calls from generated code into the runtime -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/RuntimeCalls.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

namespace irh::convert {

namespace {
enum class AbiType { Void, I32, I64, F64, Ptr };

struct Signature {
  StringRef name;
  AbiType result;
  SmallVector<AbiType> arguments;
};
} // namespace

static Signature signatureOf(RuntimeCall call) {
  using enum AbiType;
  switch (call) {
// The argument list of the table is in parentheses; IRH_LIST takes them off.
#define IRH_LIST(...) {__VA_ARGS__}
#define IRH_RUNTIME_CALL(name, result, arguments, contract)                                        \
  case RuntimeCall::name:                                                                          \
    return {#name, result, IRH_LIST arguments};
#include "runtime/abi/RuntimeCalls.def"
#undef IRH_LIST
  }
  llvm_unreachable("the table covers every call");
}

static Type mlirType(MLIRContext *context, AbiType type) {
  switch (type) {
  case AbiType::I32:
    return IntegerType::get(context, 32);
  case AbiType::I64:
    return IntegerType::get(context, 64);
  case AbiType::F64:
    return Float64Type::get(context);
  case AbiType::Ptr:
    return LLVM::LLVMPointerType::get(context);
  case AbiType::Void:
    break;
  }
  return {};
}

static func::FuncOp declare(ModuleOp module, const Signature &signature, Location loc) {
  if (auto known = module.lookupSymbol<func::FuncOp>(signature.name))
    return known;
  MLIRContext *context = module.getContext();
  SmallVector<Type> inputs, results;
  for (AbiType argument : signature.arguments)
    inputs.push_back(mlirType(context, argument));
  if (Type result = mlirType(context, signature.result))
    results.push_back(result);
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  auto function =
      func::FuncOp::create(builder, loc, signature.name, builder.getFunctionType(inputs, results));
  function.setPrivate();
  return function;
}

Value emitRuntimeCall(OpBuilder &builder, Location loc, ModuleOp module, RuntimeCall call,
                      ValueRange arguments) {
  func::FuncOp callee = declare(module, signatureOf(call), loc);
  auto op = func::CallOp::create(builder, loc, callee, arguments);
  return op.getNumResults() ? op.getResult(0) : Value();
}

Value emitFunctionPointer(OpBuilder &builder, Location loc, func::FuncOp function) {
  Value value =
      func::ConstantOp::create(builder, loc, function.getFunctionType(), function.getSymName());
  return UnrealizedConversionCastOp::create(builder, loc,
                                            LLVM::LLVMPointerType::get(builder.getContext()), value)
      .getResult(0);
}

Value emitString(OpBuilder &builder, Location loc, ModuleOp module, StringRef text) {
  std::string bytes = (text + Twine('\0')).str();
  auto global = llvm::find_if(module.getOps<LLVM::GlobalOp>(), [&](LLVM::GlobalOp op) {
    auto value = dyn_cast_or_null<StringAttr>(op.getValueOrNull());
    return value && value.getValue() == bytes;
  });
  auto known = module.getOps<LLVM::GlobalOp>();
  LLVM::GlobalOp string;
  if (global != known.end()) {
    string = *global;
  } else {
    unsigned number = std::distance(known.begin(), known.end());
    OpBuilder atModule = OpBuilder::atBlockBegin(module.getBody());
    auto type = LLVM::LLVMArrayType::get(builder.getI8Type(), bytes.size());
    string =
        LLVM::GlobalOp::create(atModule, loc, type, /*isConstant=*/true, LLVM::Linkage::Internal,
                               ("irh_data" + Twine(number)).str(), builder.getStringAttr(bytes));
  }
  return LLVM::AddressOfOp::create(builder, loc, string);
}

} // namespace irh::convert
