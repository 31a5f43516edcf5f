//===- Passes.h - transformations of the `dist` dialect -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_DIST_TRANSFORMS_PASSES_H
#define IRH_DIALECTS_DIST_TRANSFORMS_PASSES_H

#include "mlir/Pass/Pass.h"

namespace irh::dist {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "dialects/dist/Transforms/Passes.h.inc"

} // namespace irh::dist

#endif // IRH_DIALECTS_DIST_TRANSFORMS_PASSES_H
