//===- Statements.cpp - what a model does, outside evolves and in their events -===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/IrhToField/Statements.h"

#include "dialects/convert/IrhToField/Stepping.h"

using namespace mlir;

namespace irh::convert {

namespace {

/// While it lives, a state may be changed at will; then it is as it was, save what is known of
/// definitions: what was computed inside stays inside.
class InnerState {
public:
  explicit InnerState(State &state) : state(state), before(state) {}
  ~InnerState() { state = std::move(before); }
  InnerState(const InnerState &) = delete;
  InnerState &operator=(const InnerState &) = delete;

private:
  State &state;
  State before;
};

} // namespace

//===- Actions ----------------------------------------------------------------===//

void Statements::emitAction(Operation &action, Changes &changes) {
  Location loc = action.getLoc();
  if (auto observe = dyn_cast<model::ObserveOp>(action)) {
    emitObserve(observe);
  } else if (auto check = dyn_cast<model::CheckOp>(action)) {
    Value condition = expandGlobal(check.getCondition()).front();
    field::CheckOp::create(host, loc, condition, check.getMessage());
  } else if (auto require = dyn_cast<model::RequireOp>(action)) {
    Value condition = expandGlobal(require.getCondition()).front();
    field::RequireOp::create(host, loc, condition, require.getMessage());
  } else if (auto assign = dyn_cast<model::AssignOp>(action)) {
    expandAssign(host, assign, state, changes);
  } else if (auto solve = dyn_cast<model::SolveOp>(action)) {
    expandSolve(host, solve, state);
  } else {
    emitSave(cast<model::SaveOp>(action));
  }
}

void Statements::emitObserve(model::ObserveOp observe) {
  SmallVector<Value> values = expandGlobal(observe.getValues());
  for (auto [i, name] : llvm::enumerate(observe.getNames().getAsValueRange<StringAttr>()))
    field::RecordOp::create(host, observe.getLoc(), observe.getFirstColumn() + i, name, values[i]);
}

void Statements::emitSave(model::SaveOp save) {
  SmallVector<StringRef> names;
  SmallVector<Value> fields;
  Expansion expansion(host, model, state);
  for (auto saved : save.getColumns().getOps<model::SavedOp>()) {
    names.push_back(saved.getName());
    Operation *yield = saved.getValue().front().getTerminator();
    if (isa<model::ListType>(yield->getOperand(0).getType())) {
      fields.push_back(expandGlobal(saved.getValue()).front());
      continue;
    }
    fields.push_back(expansion.expandField({saved.getNetworkAttr(), fieldSet(saved.getSet())},
                                           saved.getValue()));
  }
  bool isTimed = static_cast<bool>(state.stepNumber);
  field::SaveOp::create(host, save.getLoc(), save.getFile(), static_cast<int32_t>(save.getFormat()),
                        host.getStrArrayAttr(names), isTimed, fields);
}

void Statements::emitRow(ArrayRef<model::ObserveOp> observes) {
  auto row = field::RowOp::create(host, model::ObserveOp(observes.front()).getLoc());
  OpBuilder::InsertionGuard guard(host);
  host.setInsertionPointToStart(&row.getBody().emplaceBlock());
  InnerState inner(state);
  for (model::ObserveOp observe : observes)
    emitObserve(observe);
}

//===- Evolves ----------------------------------------------------------------===//

/// What is carried through an evolve: what it changes, and then whatever else the run ever changes,
/// so that a checkpoint holds all that cannot be made again.
SmallVector<StringAttr> Statements::findCarried(model::EvolveOp evolve) {
  llvm::SetVector<StringAttr> names;
  auto collect = [&](Operation *root) {
    root->walk([&](Operation *op) {
      if (auto rate = dyn_cast<model::RateOp>(op))
        names.insert(rate.getFieldAttr().getAttr());
      for (StringAttr name : changedBy(*op))
        names.insert(name);
    });
  };
  collect(evolve);
  collect(model);
  return names.takeVector();
}

void Statements::emitEvolve(model::EvolveOp evolve) {
  Location loc = evolve.getLoc();
  SmallVector<Value> span = expandGlobal(evolve.getSpan());
  bool isAdaptive = evolve.getMethod() == model::Method::Dopri5;
  Value tolerance = isAdaptive ? span.pop_back_val() : Value();
  Value step = span.pop_back_val();
  Value from, to, steps;
  if (evolve.getBySteps())
    steps = span[0];
  else
    from = span[0], to = span[1];

  SmallVector<Cadence> cadences = expandCadences(evolve);
  SmallVector<StringAttr> carried = findCarried(evolve);
  SmallVector<Value> initial;
  for (StringAttr name : carried)
    initial.push_back(state.fields.at(name));
  ArrayAttr names = host.getArrayAttr(SmallVector<Attribute>(carried.begin(), carried.end()));
  auto op = field::EvolveOp::create(host, loc, TypeRange(ValueRange(initial)), evolve.getTime(),
                                    names, from, to, steps, step, tolerance, initial);
  emitBody(evolve, op, carried, cadences);
  state.forgetDefinitions();
  for (auto [name, value] : llvm::zip_equal(carried, op.getFinal()))
    state.fields[name] = value;
}

SmallVector<Statements::Cadence> Statements::expandCadences(model::EvolveOp evolve) {
  SmallVector<Cadence> cadences;
  for (Operation &op : evolve.getBody().front()) {
    if (auto event = dyn_cast<model::EventOp>(op))
      cadences.push_back(
          {event, expandOptional(event.getSteps()), expandOptional(event.getInterval()), Value()});
    if (auto checkpoint = dyn_cast<model::CheckpointOp>(op))
      cadences.push_back({checkpoint, expandOptional(checkpoint.getSteps()),
                          expandOptional(checkpoint.getInterval()),
                          expandOptional(checkpoint.getSeconds())});
  }
  return cadences;
}

void Statements::emitBody(model::EvolveOp evolve, field::EvolveOp op, ArrayRef<StringAttr> carried,
                          ArrayRef<Cadence> cadences) {
  Location loc = evolve.getLoc();
  Block &body = op.getBody().emplaceBlock();
  body.addArguments({host.getF64Type(), host.getF64Type(), host.getI64Type()}, {loc, loc, loc});
  InnerState inner(state);
  OpBuilder::InsertionGuard guard(host);
  host.setInsertionPointToStart(&body);
  state.forgetDefinitions();
  for (auto [name, value] : llvm::zip_equal(carried, op.getInitial()))
    state.fields[name] = body.addArgument(value.getType(), loc);
  state.time = body.getArgument(0);
  state.timeStep = body.getArgument(1);
  state.stepNumber = state.drawStep = body.getArgument(2);
  for (const Cadence &cadence : cadences) {
    if (auto event = dyn_cast<model::EventOp>(cadence.op))
      emitEvent(event, carried, cadence);
    else
      field::CheckpointOp::create(host, cadence.op->getLoc(), cadence.every, cadence.within,
                                  cadence.seconds);
  }
  StepEnd end = expandStep(host, evolve, {state, body.getArgument(1), op.getTolerance()});
  SmallVector<Value> next;
  for (StringAttr name : carried)
    next.push_back(end.state.fields.at(name));
  field::YieldOp::create(host, loc, next);
}

/// Names that the actions of `event` change, as numbers in `carried`.
static SmallVector<int32_t> findAssigned(model::EventOp event, ArrayRef<StringAttr> carried) {
  SmallVector<int32_t> assigned;
  for (auto [i, name] : llvm::enumerate(carried))
    if (llvm::any_of(event.getBody().front(),
                     [&](Operation &op) { return llvm::is_contained(changedBy(op), name); }))
      assigned.push_back(i);
  return assigned;
}

void Statements::emitEvent(model::EventOp event, ArrayRef<StringAttr> carried,
                           const Cadence &cadence) {
  Location loc = event.getLoc();
  SmallVector<int32_t> assigned = findAssigned(event, carried);
  SmallVector<Type> types;
  for (int32_t i : assigned)
    types.push_back(state.fields.at(carried[i]).getType());
  auto op = field::EventOp::create(host, loc, types, cadence.every, cadence.within,
                                   host.getDenseI32ArrayAttr(assigned));
  {
    OpBuilder::InsertionGuard guard(host);
    InnerState inner(state);
    host.setInsertionPointToStart(&op.getBody().emplaceBlock());
    Changes changes(host);
    for (Operation &action : event.getBody().front())
      emitAction(action, changes);
    changes.emitWatches(state, Value());
    SmallVector<Value> yields;
    for (int32_t i : assigned)
      yields.push_back(state.fields.at(carried[i]));
    field::YieldOp::create(host, loc, yields);
  }
  if (!event.getCondition().empty()) {
    OpBuilder::InsertionGuard guard(host);
    InnerState inner(state);
    host.setInsertionPointToStart(&op.getCondition().emplaceBlock());
    field::YieldOp::create(host, loc, expandGlobal(event.getCondition()));
  }
  for (auto [i, value] : llvm::zip_equal(assigned, op.getResults()))
    state.fields[carried[i]] = value;
  if (!assigned.empty())
    state.forgetDefinitions();
}

} // namespace irh::convert
