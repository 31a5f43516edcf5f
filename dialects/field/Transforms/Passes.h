//===- Passes.h - transformations of the `field` dialect -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_FIELD_TRANSFORMS_PASSES_H
#define IRH_DIALECTS_FIELD_TRANSFORMS_PASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"

namespace irh::field {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "dialects/field/Transforms/Passes.h.inc"

} // namespace irh::field

#endif // IRH_DIALECTS_FIELD_TRANSFORMS_PASSES_H
