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
    for (auto event : evolve.getBlock()->getOps<EventOp>())
      events.push_back(event);
  }

  void run();

private:
  /// Constants and fields that are fixed arrays of the network need no passing on.
  static bool isCheapToRepeat(Value value) {
    Operation *op = value.getDefiningOp();
    return op && op->getNumOperands() == 0 && isPure(op);
  }

  llvm::SetVector<Value> findUsedFromAbove();
  func::FuncOp emitStep(StringRef suffix, bool withPeriodicEvents);
  func::FuncOp emitEvent(unsigned index);
  func::FuncOp beginFunction(StringRef suffix, TypeRange leading, TypeRange results);
  IRMapping mapCaptures(OpBuilder &builder, func::FuncOp function, unsigned numLeading);
  void collectColumns(SmallVector<StringRef> &names, SmallVector<Type> &types);

  EvolveOp evolve;
  unsigned number;
  SmallVector<Value> captures, repeated;
  SmallVector<EventOp> events;
};

/// Values from outside that the functions need. The period of an event is the loop's.
llvm::SetVector<Value> Outliner::findUsedFromAbove() {
  llvm::SetVector<Value> used;
  evolve.getBody().walk([&](Operation *op) {
    if (isa<EventOp>(op))
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
    auto event = dyn_cast<EventOp>(op);
    if (!event)
      builder.clone(op, mapping);
    else if (withPeriodicEvents || !event.getEvery())
      for (Operation &inner : event.getBody().front())
        builder.clone(inner, mapping);
  }
  SmallVector<Value> next;
  for (Value value : body->getTerminator()->getOperands())
    next.push_back(mapping.lookupOrDefault(value));
  func::ReturnOp::create(builder, evolve.getLoc(), next);
  return function;
}

func::FuncOp Outliner::emitEvent(unsigned index) {
  Block *body = evolve.getBlock();
  Value time = body->getArgument(0), stepNumber = body->getArgument(2);
  func::FuncOp function =
      beginFunction(("event" + Twine(index)).str(), {time.getType(), stepNumber.getType()}, {});
  function->setLoc(events[index].getLoc());
  OpBuilder builder = OpBuilder::atBlockEnd(&function.front());
  IRMapping mapping = mapCaptures(builder, function, /*numLeading=*/2);
  mapping.map(time, function.getArgument(0));
  mapping.map(stepNumber, function.getArgument(1));
  for (Operation &inner : events[index].getBody().front())
    builder.clone(inner, mapping);
  func::ReturnOp::create(builder, events[index].getLoc());
  return function;
}

void Outliner::collectColumns(SmallVector<StringRef> &names, SmallVector<Type> &types) {
  SmallVector<std::pair<int64_t, RecordOp>> records;
  evolve.walk([&](RecordOp record) { records.push_back({record.getColumn(), record}); });
  llvm::sort(records, llvm::less_first());
  for (auto &[column, record] : records) {
    names.push_back(record.getName());
    types.push_back(record.getValue().getType());
  }
}

void Outliner::run() {
  OpBuilder builder(evolve);
  bool hasPeriodic = llvm::any_of(events, [](EventOp event) { return !!event.getEvery(); });
  func::FuncOp step = emitStep("step", /*withPeriodicEvents=*/false);
  func::FuncOp all = hasPeriodic ? emitStep("all", /*withPeriodicEvents=*/true) : step;
  // Events with a period come first.
  SmallVector<Attribute> eventNames, eachStepNames;
  SmallVector<Value> periods;
  for (auto [i, event] : llvm::enumerate(events)) {
    (event.getEvery() ? eventNames : eachStepNames).push_back(FlatSymbolRefAttr::get(emitEvent(i)));
    if (event.getEvery())
      periods.push_back(event.getEvery());
  }
  llvm::append_range(eventNames, eachStepNames);
  SmallVector<StringRef> columns;
  SmallVector<Type> columnTypes;
  collectColumns(columns, columnTypes);

  auto loop = LoopOp::create(
      builder, evolve.getLoc(), evolve.getResultTypes(), evolve.getTime(), evolve.getNames(),
      step.getSymName(), all.getSymName(), builder.getArrayAttr(eventNames),
      builder.getStrArrayAttr(columns), builder.getTypeArrayAttr(columnTypes), evolve.getFrom(),
      evolve.getTo(), evolve.getSteps(), evolve.getStep(), periods, captures, evolve.getInitial());
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
