//===- FieldDialect.h - the `field` dialect -----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_FIELD_IR_FIELDDIALECT_H
#define IRH_DIALECTS_FIELD_IR_FIELDDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/field/IR/FieldDialect.h.inc"
#include "dialects/field/IR/FieldEnums.h.inc"
#define GET_TYPEDEF_CLASSES
#include "dialects/field/IR/FieldTypes.h.inc"
#define GET_OP_CLASSES
#include "dialects/field/IR/FieldOps.h.inc"

#endif // IRH_DIALECTS_FIELD_IR_FIELDDIALECT_H
