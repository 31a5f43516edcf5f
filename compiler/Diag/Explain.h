//===- Explain.h - what each diagnostic means, at length ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DIAG_EXPLAIN_H
#define IRH_COMPILER_DIAG_EXPLAIN_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace irh::diag {

/// The section of Explanations.md about `code`, without its `## `; empty if there is no such code.
llvm::StringRef explain(llvm::StringRef code);

/// Every code that is explained, in the order of the file.
llvm::SmallVector<llvm::StringRef> explainedCodes();

} // namespace irh::diag

#endif // IRH_COMPILER_DIAG_EXPLAIN_H
