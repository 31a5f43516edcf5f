//===- DistDialect.h - the `dist` dialect -------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_DIST_IR_DISTDIALECT_H
#define IRH_DIALECTS_DIST_IR_DISTDIALECT_H

#include "dialects/field/IR/FieldDialect.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/dist/IR/DistDialect.h.inc"
#define GET_OP_CLASSES
#include "dialects/dist/IR/DistOps.h.inc"

#endif // IRH_DIALECTS_DIST_IR_DISTDIALECT_H
