//===- NetDialect.h - the `net` dialect ---------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_NET_IR_NETDIALECT_H
#define IRH_DIALECTS_NET_IR_NETDIALECT_H

#include "dialects/field/IR/FieldDialect.h"
#include "dialects/irh/IR/IrhDialect.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/net/IR/NetDialect.h.inc"
#include "dialects/net/IR/NetEnums.h.inc"
#define GET_OP_CLASSES
#include "dialects/net/IR/NetOps.h.inc"

#endif // IRH_DIALECTS_NET_IR_NETDIALECT_H
