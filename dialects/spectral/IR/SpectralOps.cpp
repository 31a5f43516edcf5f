//===- SpectralOps.cpp - checks of `spectral` operations ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/spectral/IR/SpectralDialect.h"

#include "mlir/IR/Builders.h"

#define GET_OP_CLASSES
#include "dialects/spectral/IR/SpectralOps.cpp.inc"

using namespace mlir;
using irh::field::SetKind;
using irh::field::ValuesType;

namespace irh::spectral {

LogicalResult MatrixOp::verify() {
  auto check = [&](Value field, SetKind set, bool mayBeComplex) {
    if (!field)
      return success();
    auto type = cast<ValuesType>(field.getType());
    Type element = type.getElement();
    bool isNumber = element.isF64() || (mayBeComplex && isa<ComplexType>(element));
    return success(type.getNetwork() == getNetworkAttr() && type.getSet() == set && isNumber);
  };
  bool isGeneral = static_cast<bool>(getBack());
  if (failed(check(getDiagonal(), SetKind::Nodes, getGeneral())))
    return emitOpError("has reals of its network's nodes on the diagonal");
  for (Value field : {getEntries(), getBack()})
    if (failed(check(field, SetKind::Edges, /*mayBeComplex=*/true)))
      return emitOpError("has reals or complex numbers of its network's edges for entries");
  if (isGeneral && (!getEntries() || getBack().getType() != getEntries().getType()))
    return emitOpError("has entries of one type both ways");
  return success();
}

/// Values of all nodes of one network.
static bool areOfNodes(TypeRange types) {
  return llvm::all_of(types, [&](Type type) {
    auto values = cast<ValuesType>(type);
    return values.getSet() == SetKind::Nodes &&
           values.getNetwork() == cast<ValuesType>(types.front()).getNetwork();
  });
}

LogicalResult ExponentialOp::verify() {
  Type element = cast<ValuesType>(getResult().getType()).getElement();
  if (!areOfNodes({getStart().getType(), getResult().getType()}))
    return emitOpError("takes and gives values of the nodes of one network");
  if (getStart().getType() != getResult().getType() || getFactor().getType() != element)
    return emitOpError("takes a factor and values of the type that it gives");
  return success();
}

LogicalResult SolveOp::verify() {
  Type type = getSolution().getType();
  if (!areOfNodes(type) || getRight().getType() != type || getStart().getType() != type)
    return emitOpError("takes and gives values of the nodes of one network, of one type");
  return success();
}

LogicalResult TraceOp::verifyRegions() {
  Block &block = getFunction().front();
  bool isFunction = block.getNumArguments() == 1 && block.getArgument(0).getType().isF64() &&
                    isa<YieldOp>(block.getTerminator());
  return isFunction ? success() : emitOpError("takes a function of one real");
}

} // namespace irh::spectral
