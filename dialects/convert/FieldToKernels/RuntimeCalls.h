//===- RuntimeCalls.h - calls from generated code into the runtime -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_RUNTIMECALLS_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_RUNTIMECALLS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace irh::convert {

/// The calls of runtime/abi/RuntimeCalls.def.
enum class RuntimeCall {
#define IRH_RUNTIME_CALL(name, ...) name,
#include "runtime/abi/RuntimeCalls.def"
};

/// Emits a call at the builder's insertion point, declaring it in `module` first if it is new
/// there. Null if the call gives nothing.
mlir::Value emitRuntimeCall(mlir::OpBuilder &builder, mlir::Location loc, mlir::ModuleOp module,
                            RuntimeCall call, mlir::ValueRange arguments);

/// Address of a function of the module.
mlir::Value emitFunctionPointer(mlir::OpBuilder &builder, mlir::Location loc,
                                mlir::func::FuncOp function);

/// Address of a zero-terminated string in `module`.
mlir::Value emitString(mlir::OpBuilder &builder, mlir::Location loc, mlir::ModuleOp module,
                       llvm::StringRef text);

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_FIELDTOKERNELS_RUNTIMECALLS_H
