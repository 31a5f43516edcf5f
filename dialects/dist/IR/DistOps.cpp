//===- DistOps.cpp - checks of `dist` operations ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/dist/IR/DistDialect.h"

#include "mlir/IR/Builders.h"

#define GET_OP_CLASSES
#include "dialects/dist/IR/DistOps.cpp.inc"

using namespace mlir;

namespace irh::dist {

LogicalResult ExchangeOp::inferReturnTypes(MLIRContext *, std::optional<Location>,
                                           ValueRange operands, DictionaryAttr, OpaqueProperties,
                                           RegionRange, SmallVectorImpl<Type> &types) {
  types.assign(operands.getTypes().begin(), operands.getTypes().end());
  return success();
}

LogicalResult ExchangeOp::verify() {
  for (Type type : getResultTypes())
    if (cast<field::ValuesType>(type).getSet() != field::SetKind::Nodes)
      return emitOpError("exchanges node fields: edges are evaluated on both ranks");
  return success();
}

} // namespace irh::dist
