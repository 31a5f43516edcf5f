//===- Passes.h - conversions between dialects --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_PASSES_H
#define IRH_DIALECTS_CONVERT_PASSES_H

#include "mlir/Pass/Pass.h"

namespace irh::convert {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "dialects/convert/Passes.h.inc"

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_PASSES_H
