//===- OutlineEvolve.cpp - bodies of evolves become functions ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/field/IR/FieldDialect.h"
#include "dialects/field/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace irh::field {

#define GEN_PASS_DEF_OUTLINEEVOLVE
#include "dialects/field/Transforms/Passes.h.inc"

namespace {

/// One evolve on its way to functions.
class Outliner {
public:
  Outliner(EvolveOp evolve, unsigned number) : evolve(evolve), number(number) {
    for (Value value : findUsedFromAbove())
      (isCheapToRepeat(value) ? repeated : captures).push_back(value);
    llvm::append_range(events, evolve.getBlock()->getOps<EventOp>());
    llvm::append_range(checkpoints, evolve.getBlock()->getOps<CheckpointOp>());
    canHold = !evolve.getTolerance() &&
              llvm::none_of(events, [](EventOp event) { return event.getNumResults() != 0; });
  }

  void run();

private:
  /// Constants and fields that are fixed arrays of the network need no passing on.
  static bool isCheapToRepeat(Value value) {
    Operation *op = value.getDefiningOp();
    return op && op->getNumOperands() == 0 && isPure(op);
  }

  /// Whether the step functions hold the event. Not where some event changes the state, for then
  /// their order matters; nor where a step may be taken again.
  bool isHeld(EventOp event) const {
    return canHold && !event.getWithin() && event.getCondition().empty();
  }

  llvm::SetVector<Value> findUsedFromAbove();
  func::FuncOp emitStep(StringRef suffix, bool withPeriodicEvents);
  FlatSymbolRefAttr emitEvent(unsigned index);
  Attribute emitCondition(unsigned index);
  func::FuncOp beginFunction(StringRef suffix, TypeRange leading, TypeRange results);
  IRMapping mapCaptures(OpBuilder &builder, func::FuncOp function, unsigned numLeading);
  IRMapping beginEventFunction(OpBuilder &builder, func::FuncOp function);
  void mapChanges(EventOp event, IRMapping &mapping);
  void collectColumns(SmallVector<StringRef> &names, SmallVector<Type> &types);
  LoopOp emitLoop(OpBuilder &builder, func::FuncOp step, func::FuncOp all);

  EvolveOp evolve;
  unsigned number;
  SmallVector<Value> captures, repeated;
  SmallVector<EventOp> events;
  SmallVector<CheckpointOp> checkpoints;
  bool canHold;
};

/// Values from outside that the functions need. When an event is due is the loop's matter.
llvm::SetVector<Value> Outliner::findUsedFromAbove() {
  llvm::SetVector<Value> used;
  evolve.getBody().walk([&](Operation *op) {
    if (isa<EventOp, CheckpointOp>(op))
      return;
    for (Value operand : op->getOperands())
      if (!evolve.getBody().isAncestor(operand.getParentRegion()))
        used.insert(operand);
  });
  return used;
}

func::FuncOp Outliner::beginFunction(StringRef suffix, TypeRange leading, TypeRange results) {
  auto caller = evolve->getParentOfType<func::FuncOp>();
  OpBuilder builder(caller);
  SmallVector<Type> inputs(leading);
  llvm::append_range(inputs, ValueRange(captures).getTypes());
  llvm::append_range(inputs, evolve.getInitial().getTypes());
  std::string name = ("irh_evolve" + Twine(number) + "_" + suffix).str();
  auto function = func::FuncOp::create(builder, evolve.getLoc(), name,
                                       builder.getFunctionType(inputs, results));
  function.setPrivate();
  function.addEntryBlock();
  return function;
}

IRMapping Outliner::mapCaptures(OpBuilder &builder, func::FuncOp function, unsigned numLeading) {
  IRMapping mapping;
  ValueRange arguments = function.getArguments().drop_front(numLeading);
  mapping.map(captures, arguments.take_front(captures.size()));
  for (auto [inner, outer] :
       llvm::zip_equal(evolve.getBlock()->getArguments().drop_front(EvolveOp::kNumTimeArguments),
                       arguments.drop_front(captures.size())))
    mapping.map(inner, outer);
  for (Value value : repeated)
    mapping.map(value, builder.clone(*value.getDefiningOp())->getResult(0));
  return mapping;
}

/// Outside the event itself, what it changes has become the state before.
void Outliner::mapChanges(EventOp event, IRMapping &mapping) {
  for (auto [index, result] : llvm::zip_equal(event.getAssigned(), event.getResults()))
    mapping.map(result, mapping.lookup(
                            evolve.getBlock()->getArgument(EvolveOp::kNumTimeArguments + index)));
}

static void cloneBody(Block &body, OpBuilder &builder, IRMapping &mapping) {
  for (Operation &inner : body.without_terminator())
    builder.clone(inner, mapping);
}

func::FuncOp Outliner::emitStep(StringRef suffix, bool withPeriodicEvents) {
  Block *body = evolve.getBlock();
  auto leading = body->getArguments().take_front(EvolveOp::kNumTimeArguments);
  func::FuncOp function =
      beginFunction(suffix, ValueRange(leading).getTypes(), evolve.getResultTypes());
  OpBuilder builder = OpBuilder::atBlockEnd(&function.front());
  IRMapping mapping = mapCaptures(builder, function, EvolveOp::kNumTimeArguments);
  for (auto [inner, outer] : llvm::zip(leading, function.getArguments()))
    mapping.map(inner, outer);
  for (Operation &op : body->without_terminator()) {
    if (isa<CheckpointOp>(op))
      continue;
    auto event = dyn_cast<EventOp>(op);
    if (!event)
      builder.clone(op, mapping);
    else if (isHeld(event) && (withPeriodicEvents || !event.getEvery()))
      cloneBody(event.getBody().front(), builder, mapping);
    else
      mapChanges(event, mapping);
  }
  SmallVector<Value> next;
  for (Value value : body->getTerminator()->getOperands())
    next.push_back(mapping.lookupOrDefault(value));
  func::ReturnOp::create(builder, evolve.getLoc(), next);
  return function;
}

/// Of a function (t, step number, captures, state): what the body's values are in it.
IRMapping Outliner::beginEventFunction(OpBuilder &builder, func::FuncOp function) {
  Block *body = evolve.getBlock();
  IRMapping mapping = mapCaptures(builder, function, LoopOp::kNumEventArguments);
  mapping.map(body->getArgument(0), function.getArgument(0));
  mapping.map(body->getArgument(2), function.getArgument(1));
  for (EventOp event : events)
    mapChanges(event, mapping);
  return mapping;
}

/// The event alone: to the whole state where it changes some of it, else to nothing.
FlatSymbolRefAttr Outliner::emitEvent(unsigned index) {
  EventOp event = events[index];
  Block *body = evolve.getBlock();
  TypeRange results = event.getNumResults() ? TypeRange(evolve.getResultTypes()) : TypeRange();
  func::FuncOp function =
      beginFunction(("event" + Twine(index)).str(),
                    {body->getArgument(0).getType(), body->getArgument(2).getType()}, results);
  function->setLoc(event.getLoc());
  OpBuilder builder = OpBuilder::atBlockEnd(&function.front());
  IRMapping mapping = beginEventFunction(builder, function);
  cloneBody(event.getBody().front(), builder, mapping);
  SmallVector<Value> state(function.getArguments().take_back(results.size()));
  for (auto [position, value] :
       llvm::zip_equal(event.getAssigned(), event.getBody().front().getTerminator()->getOperands()))
    state[position] = mapping.lookupOrDefault(value);
  func::ReturnOp::create(builder, event.getLoc(), state);
  return FlatSymbolRefAttr::get(function);
}

/// The function that says whether the event is due; unit where that takes no function.
Attribute Outliner::emitCondition(unsigned index) {
  EventOp event = events[index];
  if (event.getCondition().empty())
    return UnitAttr::get(event.getContext());
  Block *body = evolve.getBlock();
  func::FuncOp function =
      beginFunction(("event" + Twine(index) + "_when").str(),
                    {body->getArgument(0).getType(), body->getArgument(2).getType()}, {});
  function->setLoc(event.getLoc());
  OpBuilder builder = OpBuilder::atBlockEnd(&function.front());
  IRMapping mapping = beginEventFunction(builder, function);
  Block &condition = event.getCondition().front();
  cloneBody(condition, builder, mapping);
  DueOp::create(builder, event.getLoc(),
                mapping.lookupOrDefault(condition.getTerminator()->getOperand(0)));
  func::ReturnOp::create(builder, event.getLoc());
  return FlatSymbolRefAttr::get(function);
}

/// The columns of the evolve's table, by their numbers.
void Outliner::collectColumns(SmallVector<StringRef> &names, SmallVector<Type> &types) {
  SmallVector<std::pair<int64_t, RecordOp>> records;
  evolve.walk([&](RecordOp record) { records.push_back({record.getColumn(), record}); });
  llvm::sort(records, llvm::less_first());
  for (auto &[column, record] : records) {
    names.push_back(record.getName());
    types.push_back(record.getValue().getType());
  }
}

LoopOp Outliner::emitLoop(OpBuilder &builder, func::FuncOp step, func::FuncOp all) {
  SmallVector<Attribute> functions, conditions;
  SmallVector<bool> held;
  SmallVector<Value> periods, intervals;
  SmallVector<int32_t> periodOf, intervalOf;
  auto add = [](SmallVector<Value> &values, SmallVector<int32_t> &numbers, Value value) {
    numbers.push_back(value ? static_cast<int32_t>(values.size()) : -1);
    if (value)
      values.push_back(value);
  };
  for (auto [i, event] : llvm::enumerate(events)) {
    functions.push_back(emitEvent(i));
    conditions.push_back(emitCondition(i));
    held.push_back(isHeld(event));
    add(periods, periodOf, event.getEvery());
    add(intervals, intervalOf, event.getWithin());
  }
  SmallVector<Value> everySteps, everyTime, everySeconds;
  for (CheckpointOp checkpoint : checkpoints) {
    if (checkpoint.getEvery())
      everySteps.push_back(checkpoint.getEvery());
    if (checkpoint.getWithin())
      everyTime.push_back(checkpoint.getWithin());
    if (checkpoint.getSeconds())
      everySeconds.push_back(checkpoint.getSeconds());
  }
  SmallVector<StringRef> columns;
  SmallVector<Type> columnTypes;
  collectColumns(columns, columnTypes);
  return LoopOp::create(
      builder, evolve.getLoc(), evolve.getResultTypes(), evolve.getTime(), evolve.getNames(),
      step.getSymName(), all.getSymName(), builder.getArrayAttr(functions),
      builder.getArrayAttr(conditions), held, periodOf, intervalOf,
      builder.getStrArrayAttr(columns), builder.getTypeArrayAttr(columnTypes), evolve.getFrom(),
      evolve.getTo(), evolve.getSteps(), evolve.getStep(), evolve.getTolerance(), periods,
      intervals, everySteps, everyTime, everySeconds, captures, evolve.getInitial());
}

void Outliner::run() {
  OpBuilder builder(evolve);
  bool hasPeriodic =
      llvm::any_of(events, [&](EventOp event) { return isHeld(event) && event.getEvery(); });
  func::FuncOp step = emitStep("step", /*withPeriodicEvents=*/false);
  func::FuncOp all = hasPeriodic ? emitStep("all", /*withPeriodicEvents=*/true) : step;
  LoopOp loop = emitLoop(builder, step, all);
  evolve.replaceAllUsesWith(loop.getFinal());
  evolve.erase();
}

struct OutlineEvolve : impl::OutlineEvolveBase<OutlineEvolve> {
  void runOnOperation() override {
    SmallVector<EvolveOp> evolves;
    getOperation().walk([&](EvolveOp evolve) { evolves.push_back(evolve); });
    for (auto [number, evolve] : llvm::enumerate(evolves))
      Outliner(evolve, number).run();
  }
};

} // namespace
} // namespace irh::field
