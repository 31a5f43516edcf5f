//===- Statements.h - what a model does, outside evolves and in their events ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_IRHTOFIELD_STATEMENTS_H
#define IRH_DIALECTS_CONVERT_IRHTOFIELD_STATEMENTS_H

#include "dialects/convert/IrhToField/Changes.h"

namespace irh::convert {

/// Emits statements at `host`, on a state that they may change.
class Statements {
public:
  Statements(mlir::OpBuilder &host, model::ModelOp model, State &state)
      : host(host), model(model), state(state) {}

  /// An observe, check, assign or save; `changes` takes what is assigned.
  void emitAction(mlir::Operation &action, Changes &changes);
  void emitEvolve(model::EvolveOp evolve);
  /// Observations that stand together, as one row.
  void emitRow(mlir::ArrayRef<model::ObserveOp> observes);

private:
  mlir::SmallVector<mlir::Value> expandGlobal(mlir::Region &region) {
    return Expansion(host, model, state).expandGlobal(region);
  }
  /// Null for a region that is not there.
  mlir::Value expandOptional(mlir::Region &region) {
    return region.empty() ? mlir::Value() : expandGlobal(region).front();
  }
  void emitObserve(model::ObserveOp observe);
  void emitSave(model::SaveOp save);
  mlir::SmallVector<mlir::StringAttr> findCarried(model::EvolveOp evolve);
  /// When an event or checkpoint is due; null where the model doesn't say.
  struct Cadence {
    mlir::Operation *op;
    mlir::Value every, within, seconds;
  };
  /// Before the loop: cadences do not change in it.
  mlir::SmallVector<Cadence> expandCadences(model::EvolveOp evolve);
  void emitBody(model::EvolveOp evolve, field::EvolveOp op,
                mlir::ArrayRef<mlir::StringAttr> carried, mlir::ArrayRef<Cadence> cadences);
  void emitEvent(model::EventOp event, mlir::ArrayRef<mlir::StringAttr> carried,
                 const Cadence &cadence);

  mlir::OpBuilder &host;
  model::ModelOp model;
  State &state;
};

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_IRHTOFIELD_STATEMENTS_H
