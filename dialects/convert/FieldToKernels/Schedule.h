//===- Schedule.h - when each value of a sweep's body is computed ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A kernel works on a batch of rows in stages. Stage s computes, four rows at a time, the values
// at the node that the neighbour reductions of level s need; then all edges of the batch are
// walked once for those reductions; the last stage computes what is stored and reduced. A value is
// computed in the last stage that can still give it to all its users; what a later stage needs as
// well is kept in a row buffer.

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_SCHEDULE_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_SCHEDULE_H

#include "dialects/field/IR/FieldDialect.h"
#include "dialects/net/IR/NetDialect.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace irh::convert {

struct Schedule {
  explicit Schedule(field::SweepOp sweep);

  /// Number of stages; the last one has no neighbour reductions.
  unsigned numStages = 1;
  /// Neighbour reductions of each stage but the last.
  llvm::SmallVector<llvm::SmallVector<net::ReduceOp>> reduces;
  /// Values of the body that must be in a row buffer, and the stage that fills it.
  llvm::MapVector<mlir::Value, unsigned> buffered;

  /// Stage of an operation of the body.
  unsigned stageOf(mlir::Operation *op) const { return stages.lookup(op); }

  /// Whether a value is read again rather than kept: the reads of fields at the point itself, and
  /// constants.
  static bool isRepeatable(mlir::Operation *op);

private:
  void assignLevels(mlir::Block *body);
  void assignStages(mlir::Block *body);
  void collectBuffered(mlir::Block *body);

  llvm::DenseMap<mlir::Operation *, unsigned> levels;
  llvm::DenseMap<mlir::Operation *, unsigned> stages;
};

/// Values of `block` that the body of `reduce` uses: its values at the node.
llvm::SetVector<mlir::Value> capturedAtNode(net::ReduceOp reduce);

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_FIELDTOKERNELS_SCHEDULE_H
