//===- NetDialect.cpp - registers the `net` dialect ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/net/IR/NetDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"

#include "dialects/net/IR/NetDialect.cpp.inc"
#include "dialects/net/IR/NetEnums.cpp.inc"

void irh::net::NetDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/net/IR/NetOps.cpp.inc"
      >();
}
