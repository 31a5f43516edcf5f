//===- IrhDialect.h - the `irh` dialect ---------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_IRH_IR_IRHDIALECT_H
#define IRH_DIALECTS_IRH_IR_IRHDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/irh/IR/IrhDialect.h.inc"
#include "dialects/irh/IR/IrhEnums.h.inc"
#define GET_TYPEDEF_CLASSES
#include "dialects/irh/IR/IrhTypes.h.inc"
#define GET_OP_CLASSES
#include "dialects/irh/IR/IrhOps.h.inc"

#endif // IRH_DIALECTS_IRH_IR_IRHDIALECT_H
