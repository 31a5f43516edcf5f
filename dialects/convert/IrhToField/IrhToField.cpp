//===- IrhToField.cpp - a model's declarations and statements to a program -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/IrhToField/Statements.h"
#include "dialects/convert/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace irh::convert {

#define GEN_PASS_DEF_CONVERTIRHTOFIELD
#include "dialects/convert/Passes.h.inc"

namespace {

/// Emits @irh_main from the operations of one model, in their order.
class Program {
public:
  Program(model::ModelOp model, OpBuilder &host, bool isEmbedded)
      : model(model), host(host), isEmbedded(isEmbedded) {}

  void emit();

private:
  SmallVector<Value> expandGlobal(Region &region) {
    return Expansion(host, model, state).expandGlobal(region);
  }
  void emitSeed();
  void emitRequirements(bool afterInitial);
  void emitNetwork(model::NetworkOp op);
  Value seedOf(ArrayRef<Value> arguments, unsigned position, Location loc);
  void emitPositions();
  void emitField(model::FieldOp op);
  void emitFinalValues();
  void emitStatements();

  model::ModelOp model;
  OpBuilder &host;
  bool isEmbedded;
  State state;
};

void Program::emit() {
  emitSeed();
  emitRequirements(/*afterInitial=*/false);
  for (auto network : model.getOps<model::NetworkOp>())
    emitNetwork(network);
  emitPositions();
  for (auto fieldOp : model.getOps<model::FieldOp>())
    emitField(fieldOp);
  emitRequirements(/*afterInitial=*/true);
  emitStatements();
  if (isEmbedded)
    emitFinalValues();
}

void Program::emitSeed() {
  for (auto param : model.getOps<model::ParamOp>()) {
    if (!param.getIsSeed())
      continue;
    Value seed = model::ParamValueOp::create(host, param.getLoc(), host.getI64Type(),
                                             param.getIndex(), param.getSymName());
    model::UseSeedOp::create(host, param.getLoc(), seed);
  }
}

void Program::emitRequirements(bool afterInitial) {
  Changes none(host);
  for (auto require : model.getOps<model::RequireOp>())
    if (require.getAfterInitial() == afterInitial)
      Statements(host, model, state).emitAction(*require, none);
}

/// The last argument of a random network; the run's seed where the model gives none.
Value Program::seedOf(ArrayRef<Value> arguments, unsigned position, Location loc) {
  if (arguments.size() > position)
    return arguments[position];
  return model::RunSeedOp::create(host, loc, host.getI64Type());
}

void Program::emitNetwork(model::NetworkOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> a = expandGlobal(op.getArguments());
  StringRef name = op.getSymName();
  switch (op.getKind()) {
  case model::NetworkKind::Ring:
    net::RingOp::create(host, loc, name, a[0], a[1]);
    break;
  case model::NetworkKind::Complete:
    net::CompleteOp::create(host, loc, name, a[0], a[1]);
    break;
  case model::NetworkKind::Star:
    net::StarOp::create(host, loc, name, a[0]);
    break;
  case model::NetworkKind::WattsStrogatz:
    net::WattsStrogatzOp::create(host, loc, name, a[0], a[1], a[2], seedOf(a, 3, loc));
    break;
  case model::NetworkKind::Geometric:
    net::GeometricOp::create(host, loc, name, a[0], a[1], a[2], op.getByDegree(), a[3],
                             seedOf(a, 4, loc));
    break;
  case model::NetworkKind::ErdosRenyi:
    net::ErdosRenyiOp::create(host, loc, name, a[0], a[1], a[2], seedOf(a, 3, loc));
    break;
  case model::NetworkKind::BarabasiAlbert:
    net::BarabasiAlbertOp::create(host, loc, name, a[0], a[1], a[2], seedOf(a, 3, loc));
    break;
  case model::NetworkKind::Lattice:
    net::LatticeOp::create(host, loc, name, a[0], ArrayRef(a).drop_front());
    break;
  case model::NetworkKind::Read:
    net::ReadOp::create(host, loc, name, a[0], a.size() > 2 ? a[2] : Value(), a[1],
                        op.getDuplicates(), op.getLoops());
    break;
  }
  for (auto fieldOp : model.getOps<model::FieldOp>())
    if (fieldOp.getSymmetry() != model::Symmetry::Symmetric && fieldOp.getNetwork() == name)
      net::RequireUndirectedOp::create(host, fieldOp.getLoc(), name, fieldOp.getSymName());
}

/// Coordinates never change: those that some expression reads are made once.
void Program::emitPositions() {
  model.walk([&](model::PositionOp op) {
    Value &position = state.positions[{op.getNetworkAttr().getAttr(), op.getAxis()}];
    if (position)
      return;
    Type type = field::ValuesType::get(op.getContext(), op.getNetworkAttr(), field::SetKind::Nodes,
                                       host.getF64Type());
    position = net::PositionOp::create(host, op.getLoc(), type, op.getAxis());
  });
}

void Program::emitField(model::FieldOp op) {
  Expansion expansion(host, model, state);
  if (op.getSet() == model::SetKind::Global) {
    state.fields[op.getSymNameAttr()] = expansion.expandGlobal(op.getInitial()).front();
    return;
  }
  Points points{op.getNetworkAttr(), fieldSet(op.getSet())};
  field::SweepOp sweep = expansion.emitSweep(points, op.getLoc(), [&](Expansion::Point &point) {
    return Expansion::Outputs{point.expand(op.getInitial()), {}, {}};
  });
  Value values = sweep.getResult(0);
  if (isEmbedded)
    values = field::InitialOp::create(host, op.getLoc(), op.getSymName(), values);
  state.fields[op.getSymNameAttr()] = values;
}

void Program::emitFinalValues() {
  for (auto fieldOp : model.getOps<model::FieldOp>())
    if (fieldOp.getSet() != model::SetKind::Global)
      field::FinalOp::create(host, fieldOp.getLoc(), fieldOp.getSymName(),
                             state.fields.at(fieldOp.getSymNameAttr()));
}

void Program::emitStatements() {
  Statements statements(host, model, state);
  Changes changes(host); // Outside evolves nobody watches.
  SmallVector<model::ObserveOp> row;
  auto endRow = [&] {
    if (!row.empty())
      statements.emitRow(row);
    row.clear();
  };
  for (Operation &op : model.getBody().front()) {
    if (auto observe = dyn_cast<model::ObserveOp>(op)) {
      row.push_back(observe);
      continue;
    }
    endRow();
    if (auto evolve = dyn_cast<model::EvolveOp>(op))
      statements.emitEvolve(evolve);
    else if (isa<model::CheckOp, model::AssignOp, model::SaveOp, model::SolveOp>(op))
      statements.emitAction(op, changes);
  }
  endRow();
}

struct ConvertIrhToField : impl::ConvertIrhToFieldBase<ConvertIrhToField> {
  using ConvertIrhToFieldBase::ConvertIrhToFieldBase;

  void runOnOperation() override {
    auto models = llvm::to_vector(getOperation().getOps<model::ModelOp>());
    for (model::ModelOp model : models) {
      OpBuilder builder(model);
      auto main = func::FuncOp::create(builder, model.getLoc(), "irh_main",
                                       builder.getFunctionType({}, {}));
      builder.setInsertionPointToStart(main.addEntryBlock());
      Program(model, builder, embedded).emit();
      func::ReturnOp::create(builder, model.getLoc());
      model.erase();
    }
  }
};

} // namespace
} // namespace irh::convert
