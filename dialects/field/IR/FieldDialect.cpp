//===- FieldDialect.cpp - registers the `field` dialect ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/field/IR/FieldDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

#include "dialects/field/IR/FieldDialect.cpp.inc"
#include "dialects/field/IR/FieldEnums.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "dialects/field/IR/FieldTypes.cpp.inc"

void irh::field::FieldDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/field/IR/FieldTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/field/IR/FieldOps.cpp.inc"
      >();
}
