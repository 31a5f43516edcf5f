//===- Order.h - in which order diagnostics are shown ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DIAG_ORDER_H
#define IRH_COMPILER_DIAG_ORDER_H

#include "compiler/Diag/Diagnostic.h"

namespace irh::diag {

/// Those kept, in the order of the text: of the main file, then of its imports. Those of one
/// place keep the order of their reports.
llvm::SmallVector<const Diagnostic *> inOrderOfPlace(const Engine &engine);

} // namespace irh::diag

#endif // IRH_COMPILER_DIAG_ORDER_H
