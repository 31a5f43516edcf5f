//===- NetOps.cpp - syntax and checks of `net` operations --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/irh/IR/IrhDialect.h"
#include "dialects/net/IR/NetDialect.h"

#include "mlir/IR/Builders.h"

#define GET_OP_CLASSES
#include "dialects/net/IR/NetOps.cpp.inc"

using namespace mlir;
using irh::field::ReductionKind;
using irh::field::SetKind;
using irh::field::SweepOp;
using irh::field::ValuesType;

namespace irh::net {

YieldOp ReduceOp::getYield() { return cast<YieldOp>(getBlock()->getTerminator()); }

/// reduce targets [sum, max] (%a : type, %b : type) { ^bb0(...): ... } : types
ParseResult ReduceOp::parse(OpAsmParser &parser, OperationState &state) {
  SmallVector<int32_t> kinds;
  auto parseKind = [&]() -> ParseResult {
    StringRef word;
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseKeyword(&word))
      return failure();
    std::optional<ReductionKind> kind = field::symbolizeReductionKind(word);
    if (!kind || *kind == ReductionKind::NotFinite)
      return parser.emitError(loc, "unknown neighbour reduction `") << word << "`";
    kinds.push_back(static_cast<int32_t>(*kind));
    return success();
  };
  SmallVector<OpAsmParser::UnresolvedOperand> fields;
  SmallVector<Type> types;
  auto parseField = [&]() -> ParseResult {
    return failure(parser.parseOperand(fields.emplace_back()) ||
                   parser.parseColonType(types.emplace_back()));
  };
  if (succeeded(parser.parseOptionalKeyword("targets")))
    state.getOrAddProperties<Properties>().targets = parser.getBuilder().getUnitAttr();
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Square, parseKind) ||
      parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, parseField) ||
      parser.resolveOperands(fields, types, loc, state.operands) ||
      parser.parseRegion(*state.addRegion()) || parser.parseOptionalAttrDict(state.attributes) ||
      parser.parseColon() || parser.parseTypeList(state.types))
    return failure();
  state.getOrAddProperties<Properties>().kinds = parser.getBuilder().getDenseI32ArrayAttr(kinds);
  return success();
}

void ReduceOp::print(OpAsmPrinter &printer) {
  if (getTargets())
    printer << " targets";
  printer << " [";
  llvm::interleaveComma(getKinds(), printer, [&](int32_t kind) {
    printer << field::stringifyReductionKind(static_cast<ReductionKind>(kind));
  });
  printer << "] (";
  llvm::interleaveComma(getFields(), printer,
                        [&](Value value) { printer << value << " : " << value.getType(); });
  printer << ") ";
  printer.printRegion(getBody());
  printer.printOptionalAttrDict((*this)->getAttrs(), {"kinds", "targets"});
  printer << " : " << getResultTypes();
}

LogicalResult ReduceOp::verifyRegions() {
  auto sweep = (*this)->getParentOfType<SweepOp>();
  if (!sweep || sweep.getSet() != SetKind::Nodes)
    return emitOpError("stands in a field.sweep over nodes");
  for (Value value : getFields())
    if (cast<ValuesType>(value.getType()).getNetwork() != sweep.getNetworkAttr())
      return emitOpError("reads a field of another network");
  if (getBlock()->getNumArguments() != getFields().size())
    return emitOpError("body takes one value for each field");
  for (auto [argument, value] : llvm::zip_equal(getBlock()->getArguments(), getFields()))
    if (argument.getType() != cast<ValuesType>(value.getType()).getElement())
      return emitOpError("body argument ") << argument.getArgNumber() << " must have type "
                                           << cast<ValuesType>(value.getType()).getElement();
  auto yield = dyn_cast<YieldOp>(getBlock()->getTerminator());
  if (!yield || yield.getOperandTypes() != getResultTypes() || getKinds().size() != getNumResults())
    return emitOpError("yields one term for each kind and result, of the result's type");
  return success();
}

LogicalResult EndOp::verify() {
  auto sweep = (*this)->getParentOfType<SweepOp>();
  if (!sweep || sweep.getSet() != SetKind::Edges)
    return emitOpError("stands in a field.sweep over edges");
  ValuesType type = getField().getType();
  if (type.getSet() != SetKind::Nodes || type.getNetwork() != sweep.getNetworkAttr())
    return emitOpError("reads a field on the nodes of the sweep's network");
  return success();
}

LogicalResult HolonomyOp::verify() {
  ValuesType forth = getForth().getType(), result = getResult().getType();
  bool areEdges = forth.getSet() == SetKind::Edges && getBack().getType() == forth;
  bool areCycles = result.getSet() == SetKind::Triangles || result.getSet() == SetKind::Cycles;
  if (!areEdges || !areCycles || result.getNetwork() != forth.getNetwork() ||
      result.getElement() != forth.getElement())
    return emitOpError("takes two fields of the edges, and gives one of the network's triangles or "
                       "cycles, of the same type");
  return success();
}

} // namespace irh::net
