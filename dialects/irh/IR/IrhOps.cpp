//===- IrhOps.cpp - generated definitions of `irh` operations ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/irh/IR/IrhDialect.h"

#include "mlir/IR/Builders.h"

#define GET_OP_CLASSES
#include "dialects/irh/IR/IrhOps.cpp.inc"
