//===- Changes.h - new values of the state, watched ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_IRHTOFIELD_CHANGES_H
#define IRH_DIALECTS_CONVERT_IRHTOFIELD_CHANGES_H

#include "dialects/convert/IrhToField/Expansion.h"

namespace irh::convert {

/// What changed in a state, by name, and whether a new value is not finite.
class Changes {
public:
  explicit Changes(mlir::OpBuilder &host) : host(host) {}

  /// `name` has a new value from a statement at `loc`. `flag` is its `not_finite` reduction; null
  /// where there is none.
  void add(mlir::StringAttr name, mlir::Location loc, mlir::Value flag) {
    entries.insert_or_assign(name, Entry{loc, flag});
  }
  llvm::SmallVector<mlir::StringAttr> names() const {
    return llvm::to_vector(llvm::make_first_range(entries));
  }
  /// Stops the run where a new value in `state` is not finite; of a step that may be refused, if it
  /// is `accepted` (else null).
  void emitWatches(const State &state, mlir::Value accepted);

private:
  struct Entry {
    mlir::Location loc;
    mlir::Value flag;
  };
  mlir::OpBuilder &host;
  llvm::MapVector<mlir::StringAttr, Entry> entries;
};

/// Adds `not_finite` reductions of `value` to a sweep's outputs; gives their number.
unsigned addFlags(mlir::OpBuilder &builder, mlir::Value value, Expansion::Outputs &outputs);
/// The flags from result `first` of `sweep` on, `count` of them, as one; null for none.
mlir::Value joinFlags(mlir::OpBuilder &host, field::SweepOp sweep, unsigned first, unsigned count);

/// Gives a field, or a single value, of `state` the value that `assign` says.
void expandAssign(mlir::OpBuilder &host, model::AssignOp assign, State &state, Changes &changes);
/// Gives the unknown of `solve`, and the states that say how it went, their values. The solver has
/// seen to it that all are finite.
void expandSolve(mlir::OpBuilder &host, model::SolveOp solve, State &state);
/// The fields and states that an assignment or a solve changes; none for any other operation.
llvm::SmallVector<mlir::StringAttr> changedBy(mlir::Operation &op);

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_IRHTOFIELD_CHANGES_H
