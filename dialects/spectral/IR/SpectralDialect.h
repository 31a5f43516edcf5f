//===- SpectralDialect.h - the `spectral` dialect -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_SPECTRAL_IR_SPECTRALDIALECT_H
#define IRH_DIALECTS_SPECTRAL_IR_SPECTRALDIALECT_H

#include "dialects/field/IR/FieldDialect.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/spectral/IR/SpectralDialect.h.inc"
#define GET_TYPEDEF_CLASSES
#include "dialects/spectral/IR/SpectralTypes.h.inc"
#define GET_OP_CLASSES
#include "dialects/spectral/IR/SpectralOps.h.inc"

#endif // IRH_DIALECTS_SPECTRAL_IR_SPECTRALDIALECT_H
