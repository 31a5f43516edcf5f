//===- SpectralDialect.cpp - registers the `spectral` dialect -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/spectral/IR/SpectralDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

#include "dialects/spectral/IR/SpectralDialect.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "dialects/spectral/IR/SpectralTypes.cpp.inc"

void irh::spectral::SpectralDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/spectral/IR/SpectralTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/spectral/IR/SpectralOps.cpp.inc"
      >();
}
