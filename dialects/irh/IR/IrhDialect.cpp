//===- IrhDialect.cpp - registers the `irh` dialect ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/irh/IR/IrhDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

#include "dialects/irh/IR/IrhDialect.cpp.inc"
#include "dialects/irh/IR/IrhEnums.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "dialects/irh/IR/IrhTypes.cpp.inc"

void irh::model::IrhDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/irh/IR/IrhTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/irh/IR/IrhOps.cpp.inc"
      >();
}
