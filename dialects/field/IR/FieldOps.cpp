//===- FieldOps.cpp - syntax, checks and clean-up of `field` operations ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/field/IR/FieldDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#define GET_OP_CLASSES
#include "dialects/field/IR/FieldOps.cpp.inc"

using namespace mlir;

namespace irh::field {

LogicalResult ValuesType::verify(llvm::function_ref<InFlightDiagnostic()> emitError,
                                 FlatSymbolRefAttr, SetKind, Type element) {
  auto complex = dyn_cast<ComplexType>(element);
  if (element.isInteger(1) || element.isInteger(64) || element.isF64() ||
      (complex && complex.getElementType().isF64()))
    return success();
  return emitError() << "a field holds i1, i64, f64 or complex<f64>, not " << element;
}

//===- sweep ----------------------------------------------------------------===//

YieldOp SweepOp::getYield() { return cast<YieldOp>(getBlock()->getTerminator()); }

OperandRange SweepOp::getStoredOperands() {
  return getYield().getOperands().take_front(getNumStored());
}

OperandRange SweepOp::getReducedOperands() {
  return getYield().getOperands().drop_front(getNumStored());
}

Type SweepOp::reducedType(ReductionKind kind, Type element) {
  return kind == ReductionKind::NotFinite ? IntegerType::get(element.getContext(), 1) : element;
}

SweepOp SweepOp::withYields(RewriterBase &rewriter, ValueRange stored, ValueRange reduced,
                            ArrayRef<int32_t> kinds) {
  OpBuilder::InsertionGuard guard(rewriter);
  SmallVector<Type> types;
  for (Value value : stored)
    types.push_back(ValuesType::get(getContext(), getNetworkAttr(), getSet(), value.getType()));
  for (auto [value, kind] : llvm::zip_equal(reduced, kinds))
    types.push_back(reducedType(static_cast<ReductionKind>(kind), value.getType()));

  rewriter.setInsertionPoint(*this);
  OperationState state(getLoc(), SweepOp::getOperationName());
  state.addTypes(types);
  state.addRegion();
  state.getOrAddProperties<Properties>().network = getNetworkAttr();
  state.getOrAddProperties<Properties>().set = getSetAttr();
  state.getOrAddProperties<Properties>().kinds = rewriter.getDenseI32ArrayAttr(kinds);
  auto result = cast<SweepOp>(rewriter.create(state));

  SmallVector<Value> yields(stored);
  yields.append(reduced.begin(), reduced.end());
  YieldOp yield = getYield();
  rewriter.modifyOpInPlace(yield, [&] { yield.getOperandsMutable().assign(yields); });
  rewriter.inlineRegionBefore(getBody(), result.getBody(), result.getBody().end());
  return result;
}

/// sweep on @G nodes reduce [sum, max] { ... } : types
ParseResult SweepOp::parse(OpAsmParser &parser, OperationState &state) {
  FlatSymbolRefAttr network;
  StringRef set;
  SmallVector<int32_t> kinds;
  SMLoc setLoc;
  if (parser.parseKeyword("on") || parser.parseAttribute(network) ||
      parser.getCurrentLocation(&setLoc) || parser.parseKeyword(&set))
    return failure();
  std::optional<SetKind> kind = symbolizeSetKind(set);
  if (!kind)
    return parser.emitError(setLoc, "expected `nodes` or `edges`");
  if (succeeded(parser.parseOptionalKeyword("reduce"))) {
    auto parseKind = [&]() -> ParseResult {
      StringRef word;
      SMLoc loc = parser.getCurrentLocation();
      if (parser.parseKeyword(&word))
        return failure();
      std::optional<ReductionKind> reduction = symbolizeReductionKind(word);
      if (!reduction)
        return parser.emitError(loc, "unknown reduction `") << word << "`";
      kinds.push_back(static_cast<int32_t>(*reduction));
      return success();
    };
    if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Square, parseKind))
      return failure();
  }
  if (parser.parseRegion(*state.addRegion()) || parser.parseOptionalAttrDict(state.attributes))
    return failure();
  if (succeeded(parser.parseOptionalColon()) && parser.parseTypeList(state.types))
    return failure();
  auto &properties = state.getOrAddProperties<Properties>();
  properties.network = network;
  properties.set = SetKindAttr::get(parser.getContext(), *kind);
  properties.kinds = parser.getBuilder().getDenseI32ArrayAttr(kinds);
  return success();
}

void SweepOp::print(OpAsmPrinter &printer) {
  printer << " on " << getNetworkAttr() << ' ' << stringifySetKind(getSet());
  if (!getKinds().empty()) {
    printer << " reduce [";
    llvm::interleaveComma(getKinds(), printer, [&](int32_t kind) {
      printer << stringifyReductionKind(static_cast<ReductionKind>(kind));
    });
    printer << ']';
  }
  printer << ' ';
  printer.printRegion(getBody(), /*printEntryBlockArgs=*/false);
  printer.printOptionalAttrDict((*this)->getAttrs(), {"network", "set", "kinds"});
  if (getNumResults() > 0)
    printer << " : " << getResultTypes();
}

LogicalResult SweepOp::verifyRegions() {
  if (getBlock()->getNumArguments() != 0)
    return emitOpError("body takes no arguments");
  if (getBlock()->empty() || !isa<YieldOp>(getBlock()->back()))
    return emitOpError("body must end in field.yield");
  if (getYield().getNumOperands() != getNumResults())
    return emitOpError("yields ") << getYield().getNumOperands() << " values for "
                                  << getNumResults() << " results";
  for (auto [i, value] : llvm::enumerate(getYield().getOperands())) {
    Type expected =
        i < getNumStored()
            ? Type(ValuesType::get(getContext(), getNetworkAttr(), getSet(), value.getType()))
            : reducedType(getReduction(i - getNumStored()), value.getType());
    if (getResult(i).getType() != expected)
      return emitOpError("result ")
             << i << " must have type " << expected << ", has " << getResult(i).getType();
  }
  return success();
}

/// Results that nobody uses are not computed.
LogicalResult SweepOp::canonicalize(SweepOp op, PatternRewriter &rewriter) {
  if (op.use_empty()) {
    rewriter.eraseOp(op);
    return success();
  }
  if (llvm::none_of(op.getResults(), [](Value value) { return value.use_empty(); }))
    return failure();

  SmallVector<Value> stored, reduced, used;
  SmallVector<int32_t> kinds;
  for (auto [i, value] : llvm::enumerate(op.getYield().getOperands())) {
    if (op.getResult(i).use_empty())
      continue;
    used.push_back(op.getResult(i));
    if (i < op.getNumStored()) {
      stored.push_back(value);
      continue;
    }
    reduced.push_back(value);
    kinds.push_back(op.getKinds()[i - op.getNumStored()]);
  }
  SweepOp slim = op.withYields(rewriter, stored, reduced, kinds);
  for (auto [before, after] : llvm::zip_equal(used, slim.getResults()))
    rewriter.replaceAllUsesWith(before, after);
  rewriter.eraseOp(op);
  return success();
}

//===- here -----------------------------------------------------------------===//

LogicalResult HereOp::verify() {
  auto sweep = (*this)->getParentOfType<SweepOp>();
  if (!sweep)
    return emitOpError("stands in the body of a field.sweep");
  ValuesType type = getField().getType();
  if (type.getNetwork() != sweep.getNetworkAttr() || type.getSet() != sweep.getSet())
    return emitOpError("reads a field on ")
           << type.getNetwork() << " " << stringifySetKind(type.getSet()) << " in a sweep on "
           << sweep.getNetworkAttr() << " " << stringifySetKind(sweep.getSet());
  return success();
}

//===- event ----------------------------------------------------------------===//

LogicalResult EventOp::verifyRegions() {
  auto yield = dyn_cast<YieldOp>(getBody().front().getTerminator());
  if (!yield || yield.getOperandTypes() != getResultTypes() ||
      getAssigned().size() != getNumResults())
    return emitOpError("yields what it assigns, one value for each result");
  if (!llvm::is_sorted(getAssigned(), std::less_equal<>()))
    return emitOpError("assigns values of the state in their order, each once");
  auto evolve = cast<EvolveOp>((*this)->getParentOp());
  for (auto [index, type] : llvm::zip_equal(getAssigned(), getResultTypes()))
    if (index < 0 || index >= static_cast<int32_t>(evolve.getInitial().size()) ||
        evolve.getInitial()[index].getType() != type)
      return emitOpError("assigns value ") << index << " of the state, which is no " << type;
  if (getCondition().empty())
    return success();
  auto due = dyn_cast<YieldOp>(getCondition().front().getTerminator());
  if (!due || due.getNumOperands() != 1 || !due.getOperandTypes()[0].isInteger(1))
    return emitOpError("condition yields one i1");
  return success();
}

//===- save -----------------------------------------------------------------===//

LogicalResult SaveOp::verify() {
  if (getNames().size() != getFields().size())
    return emitOpError("has ") << getNames().size() << " names for " << getFields().size()
                               << " fields";
  return success();
}

//===- evolve ---------------------------------------------------------------===//

/// What an evolve and the loop it becomes have in common.
template <typename Op> static LogicalResult verifySpan(Op op) {
  if (!!op.getFrom() != !!op.getTo() || !!op.getFrom() == !!op.getSteps())
    return op.emitOpError("goes either from a time to a time or for a number of steps");
  if (op.getTolerance() && op.getSteps())
    return op.emitOpError("has a tolerance, so it goes from a time to a time");
  if (op.getNames().size() != op.getInitial().size())
    return op.emitOpError("has ") << op.getNames().size() << " names for a state of "
                                  << op.getInitial().size() << " values";
  return success();
}

LogicalResult EvolveOp::verifyRegions() {
  if (failed(verifySpan(*this)))
    return failure();
  Block *block = getBlock();
  if (block->getNumArguments() != kNumTimeArguments + getInitial().size())
    return emitOpError("body takes t, dt, the step number and the state");
  auto yield = dyn_cast<YieldOp>(block->getTerminator());
  if (!yield || yield.getOperandTypes() != getInitial().getTypes() ||
      getResultTypes() != getInitial().getTypes())
    return emitOpError("body yields the next state, of the types of the initial one");
  return success();
}

//===- loop -----------------------------------------------------------------===//

LogicalResult LoopOp::verify() {
  if (failed(verifySpan(*this)))
    return failure();
  if (getFinal().getTypes() != getInitial().getTypes())
    return emitOpError("ends in a state of the types of the initial one");
  size_t numEvents = getEvents().size();
  for (size_t size :
       {getConditions().size(), getHeld().size(), getPeriodOf().size(), getIntervalOf().size()})
    if (size != numEvents)
      return emitOpError("has ") << numEvents << " events, but says of " << size
                                 << " when they are due";
  auto isNumberIn = [](ValueRange values) {
    return [size = static_cast<int32_t>(values.size())](int32_t number) {
      return number >= -1 && number < size;
    };
  };
  if (!llvm::all_of(getPeriodOf(), isNumberIn(getPeriods())) ||
      !llvm::all_of(getIntervalOf(), isNumberIn(getIntervals())))
    return emitOpError("has no such period or interval");
  if (getColumns().size() != getColumnTypes().size())
    return emitOpError("has ") << getColumns().size() << " columns of " << getColumnTypes().size()
                               << " types";
  return success();
}

/// Each function takes some leading arguments, the captures and the state.
LogicalResult LoopOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto verifyUse = [&](FlatSymbolRefAttr name, unsigned numLeading,
                       bool mayGiveNothing) -> LogicalResult {
    auto function = symbols.lookupNearestSymbolFrom<FunctionOpInterface>(*this, name);
    if (!function)
      return emitOpError("calls ") << name << ", which is no function";
    SmallVector<Type> types(getCaptures().getTypes());
    llvm::append_range(types, getInitial().getTypes());
    ArrayRef<Type> arguments = function.getArgumentTypes(), results = function.getResultTypes();
    bool isState = results == ArrayRef<Type>(SmallVector<Type>(getInitial().getTypes()));
    if (arguments.size() != numLeading + types.size() ||
        arguments.drop_front(numLeading) != ArrayRef<Type>(types) ||
        !(isState || (mayGiveNothing && results.empty())))
      return emitOpError("calls ") << name << ", which is no function of its captures and state";
    return success();
  };
  bool isRight = succeeded(verifyUse(getStepAttr(), EvolveOp::kNumTimeArguments, false)) &&
                 succeeded(verifyUse(getAllAttr(), EvolveOp::kNumTimeArguments, false));
  for (ArrayAttr names : {getEvents(), getConditions()})
    for (Attribute name : names)
      if (auto symbol = dyn_cast<FlatSymbolRefAttr>(name))
        isRight = isRight && succeeded(verifyUse(symbol, kNumEventArguments, true));
  return success(isRight);
}

} // namespace irh::field
