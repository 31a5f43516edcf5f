//===- IrhToField.cpp - a model's declarations and statements to a program -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/IrhToField/Expansion.h"
#include "dialects/convert/IrhToField/Stepping.h"
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
  Program(model::ModelOp model, OpBuilder &host) : model(model), host(host) {}

  void emit();

private:
  SmallVector<Value> expandGlobal(Region &region) {
    return Expansion(host, model, state).expandGlobal(region);
  }
  void emitNetwork(model::NetworkOp op);
  void emitField(model::FieldOp op);
  void emitEvolve(model::EvolveOp op);
  void emitEvents(model::EvolveOp op, ArrayRef<Value> periods);
  void emitEvent(Operation *statement, Value period);
  void emitStatement(Operation *statement);
  void emitRow(ArrayRef<model::ObserveOp> observes);

  model::ModelOp model;
  OpBuilder &host;
  State state;
};

void Program::emit() {
  for (auto param : model.getOps<model::ParamOp>()) {
    if (!param.getIsSeed())
      continue;
    Value seed = model::ParamValueOp::create(host, param.getLoc(), host.getI64Type(),
                                             param.getIndex(), param.getSymName());
    model::UseSeedOp::create(host, param.getLoc(), seed);
  }
  for (auto network : model.getOps<model::NetworkOp>())
    emitNetwork(network);
  for (auto fieldOp : model.getOps<model::FieldOp>())
    emitField(fieldOp);

  SmallVector<model::ObserveOp> row;
  for (Operation &op : model.getBody().front()) {
    if (auto observe = dyn_cast<model::ObserveOp>(op)) {
      row.push_back(observe);
      continue;
    }
    if (!row.empty())
      emitRow(row);
    row.clear();
    if (auto evolve = dyn_cast<model::EvolveOp>(op))
      emitEvolve(evolve);
    if (isa<model::CheckOp>(op))
      emitStatement(&op);
  }
  if (!row.empty())
    emitRow(row);
}

void Program::emitNetwork(model::NetworkOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> arguments = expandGlobal(op.getArguments());
  switch (op.getKind()) {
  case model::NetworkKind::Ring:
    net::RingOp::create(host, loc, op.getSymName(), arguments[0]);
    return;
  case model::NetworkKind::WattsStrogatz: {
    Value seed = arguments.size() > 3 ? arguments[3] : Value();
    if (!seed)
      seed = model::RunSeedOp::create(host, loc, host.getI64Type());
    net::WattsStrogatzOp::create(host, loc, op.getSymName(), arguments[0], arguments[1],
                                 arguments[2], seed);
    return;
  }
  case model::NetworkKind::Read:
    net::ReadOp::create(host, loc, op.getSymName(), arguments[0],
                        arguments.size() > 1 ? arguments[1] : Value(), op.getDuplicates(),
                        op.getLoops());
    return;
  }
}

void Program::emitField(model::FieldOp op) {
  Points points{op.getNetworkAttr(), fieldSet(op.getSet())};
  Expansion expansion(host, model, state);
  field::SweepOp sweep = expansion.emitSweep(points, op.getLoc(), [&](Expansion::Point &point) {
    return Expansion::Outputs{point.expand(op.getInitial()), {}, {}};
  });
  state.fields[op.getSymNameAttr()] = sweep.getResult(0);
}

void Program::emitEvolve(model::EvolveOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> span = expandGlobal(op.getSpan());
  SmallVector<Value> periods;
  for (Operation &event : op.getBody().front()) {
    auto observe = dyn_cast<model::ObserveOp>(event);
    auto check = dyn_cast<model::CheckOp>(event);
    if (!observe && !check)
      continue;
    Region &period = observe ? observe.getPeriod() : check.getPeriod();
    periods.push_back(period.empty() ? Value() : expandGlobal(period).front());
  }

  SmallVector<Value> initial;
  SmallVector<StringAttr> names;
  for (auto rate : op.getBody().getOps<model::RateOp>()) {
    names.push_back(rate.getFieldAttr().getAttr());
    initial.push_back(state.fields.at(names.back()));
  }
  ArrayAttr nameList = host.getArrayAttr(SmallVector<Attribute>(names.begin(), names.end()));
  Value from, to, steps, step = span.back();
  if (op.getBySteps())
    steps = span[0];
  else
    from = span[0], to = span[1];
  auto evolve = field::EvolveOp::create(host, loc, TypeRange(ValueRange(initial)), op.getTime(),
                                        nameList, from, to, steps, step, initial);
  Block &body = evolve.getBody().emplaceBlock();
  body.addArguments({host.getF64Type(), host.getF64Type(), host.getI64Type()}, {loc, loc, loc});

  State outer = state;
  state.forgetDefinitions();
  for (auto [name, value] : llvm::zip_equal(names, initial))
    state.fields[name] = body.addArgument(value.getType(), loc);
  state.time = body.getArgument(0);
  state.stepNumber = body.getArgument(2);
  {
    OpBuilder::InsertionGuard guard(host);
    host.setInsertionPointToStart(&body);
    emitEvents(op, periods);
    SmallVector<Value> next = expandStep(host, op, state, body.getArgument(1));
    field::YieldOp::create(host, loc, next);
  }
  state = std::move(outer);
  state.forgetDefinitions();
  for (auto [name, value] : llvm::zip_equal(names, evolve.getFinal()))
    state.fields[name] = value;
}

void Program::emitEvents(model::EvolveOp op, ArrayRef<Value> periods) {
  unsigned next = 0;
  for (Operation &statement : op.getBody().front())
    if (isa<model::ObserveOp, model::CheckOp>(statement))
      emitEvent(&statement, periods[next++]);
}

void Program::emitEvent(Operation *statement, Value period) {
  auto event = field::EventOp::create(host, statement->getLoc(), period);
  OpBuilder::InsertionGuard guard(host);
  host.setInsertionPointToStart(&event.getBody().emplaceBlock());
  State before = state;
  emitStatement(statement);
  state = std::move(before); // What an event stores is known inside it only.
}

/// The cells or the check of a statement, here and now.
void Program::emitStatement(Operation *statement) {
  if (auto check = dyn_cast<model::CheckOp>(statement)) {
    Value condition = expandGlobal(check.getCondition()).front();
    field::CheckOp::create(host, check.getLoc(), condition, check.getMessage());
    return;
  }
  auto observe = cast<model::ObserveOp>(statement);
  SmallVector<Value> values = expandGlobal(observe.getValues());
  for (auto [i, name] : llvm::enumerate(observe.getNames().getAsValueRange<StringAttr>()))
    field::RecordOp::create(host, observe.getLoc(), observe.getFirstColumn() + i, name, values[i]);
}

void Program::emitRow(ArrayRef<model::ObserveOp> observes) {
  auto row = field::RowOp::create(host, model::ObserveOp(observes.front()).getLoc());
  OpBuilder::InsertionGuard guard(host);
  host.setInsertionPointToStart(&row.getBody().emplaceBlock());
  State before = state;
  for (model::ObserveOp observe : observes)
    emitStatement(observe);
  state = std::move(before); // What a row computes is known inside it only.
}

struct ConvertIrhToField : impl::ConvertIrhToFieldBase<ConvertIrhToField> {
  void runOnOperation() override {
    auto models = llvm::to_vector(getOperation().getOps<model::ModelOp>());
    for (model::ModelOp model : models) {
      OpBuilder builder(model);
      auto main = func::FuncOp::create(builder, model.getLoc(), "irh_main",
                                       builder.getFunctionType({}, {}));
      builder.setInsertionPointToStart(main.addEntryBlock());
      Program(model, builder).emit();
      func::ReturnOp::create(builder, model.getLoc());
      model.erase();
    }
  }
};

} // namespace
} // namespace irh::convert
