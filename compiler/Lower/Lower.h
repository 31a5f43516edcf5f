//===- Lower.h - from the typed model to the `irh` dialect -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_LOWER_LOWER_H
#define IRH_COMPILER_LOWER_LOWER_H

#include "compiler/Sema/Model.h"
#include "compiler/Source/SourceFile.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace irh::lower {

/// Makes a module with one `irh.model`: each declaration and statement of `model` becomes one
/// operation, each expression a region. Operations carry the range in `source` they came from.
/// Cannot fail: what has no meaning was refused by semantic analysis.
mlir::OwningOpRef<mlir::ModuleOp>
lowerModel(const sema::Model &model, const source::SourceFile &source, mlir::MLIRContext &context);

} // namespace irh::lower

#endif // IRH_COMPILER_LOWER_LOWER_H
