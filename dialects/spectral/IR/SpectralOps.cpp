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
  if (failed(check(getDiagonal(), SetKind::Nodes, /*mayBeComplex=*/false)))
    return emitOpError("has reals of its network's nodes on the diagonal");
  if (failed(check(getEntries(), SetKind::Edges, /*mayBeComplex=*/true)))
    return emitOpError("has reals or complex numbers of its network's edges for entries");
  return success();
}

LogicalResult TraceOp::verifyRegions() {
  Block &block = getFunction().front();
  bool isFunction = block.getNumArguments() == 1 && block.getArgument(0).getType().isF64() &&
                    isa<YieldOp>(block.getTerminator());
  return isFunction ? success() : emitOpError("takes a function of one real");
}

} // namespace irh::spectral
