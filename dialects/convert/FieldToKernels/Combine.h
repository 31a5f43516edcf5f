//===- Combine.h - how two terms of a neighbour reduction become one -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Term m of a row belongs to partial sum m mod 4, and the row's sum is (0 + 2) + (1 + 3) of them:
// that order is part of the program, on every target.

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_COMBINE_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_COMBINE_H

#include "dialects/convert/FieldToKernels/KernelCode.h"
#include "dialects/field/IR/FieldDialect.h"

namespace irh::convert {

/// What a reduction of values of `type` starts from, each part on its own.
llvm::SmallVector<mlir::TypedAttr, 2> neutralOf(mlir::OpBuilder &builder, field::ReductionKind kind,
                                                mlir::Type type);

/// Two terms as one; of vectors, lane by lane.
Lanes combine(KernelCode &code, field::ReductionKind kind, const Lanes &a, const Lanes &b);

/// (0 + 2) + (1 + 3) of a row's partial sums.
Lanes combinePartialSums(KernelCode &code, field::ReductionKind kind, llvm::ArrayRef<Lanes> sums);

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_FIELDTOKERNELS_COMBINE_H
