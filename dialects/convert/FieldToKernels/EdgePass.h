//===- EdgePass.h - the neighbour reductions of one stage of a kernel -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_EDGEPASS_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_EDGEPASS_H

#include "dialects/convert/FieldToKernels/KernelEmitter.h"

namespace irh::convert {

/// The edges of a batch are walked once for all neighbour reductions of a stage in one direction:
/// what lies at the neighbours is gathered into buffers, what lies at the node is spread over the
/// node's edges, then the terms are computed four edges at a time, then each row is summed.
struct KernelEmitter::EdgePass {
  using Buffers = llvm::SmallVector<mlir::Value, 2>;

  /// A term of a reduction and where it goes.
  struct Term {
    mlir::Value result; ///< Of the net.reduce.
    mlir::Value yielded;
    field::ReductionKind kind;
    Buffers buffers;     ///< Values at the edges; filled by a gather if `isGathered`.
    Buffers laneBuffers; ///< Four partial sums for each row.
    bool isGathered;
  };

  unsigned stage;
  RowArrays rows;
  /// Of a lattice the rows of a batch are computed, not stored, where only they are needed.
  bool isComputed = false;
  llvm::SmallVector<net::ReduceOp> reduces;
  llvm::MapVector<mlir::Value, Buffers> gathered; ///< Field -> values at the edges.
  llvm::MapVector<mlir::Value, Buffers> spread;   ///< Value at the node -> at its edges.
  llvm::SmallVector<Term> terms;
};

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_FIELDTOKERNELS_EDGEPASS_H
