//===- LibraryFunctions.h - operations that machines have no instruction for -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_LIBRARYFUNCTIONS_H
#define IRH_DIALECTS_CONVERT_LIBRARYFUNCTIONS_H

#include "mlir/IR/Operation.h"

namespace irh::convert {

/// The C library's name of an operation on numbers, if it needs a call; else empty.
llvm::StringRef libraryName(mlir::Operation *op);

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_LIBRARYFUNCTIONS_H
