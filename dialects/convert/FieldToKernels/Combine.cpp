//===- Combine.cpp - how two terms of a neighbour reduction become one -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/Combine.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <limits>

using namespace mlir;
using irh::field::ReductionKind;

namespace irh::convert {

static TypedAttr neutralPart(OpBuilder &builder, ReductionKind kind, Type type, bool isImaginary) {
  double infinity = std::numeric_limits<double>::infinity();
  auto number = [&](double real, int64_t integer) -> TypedAttr {
    return type.isF64() ? TypedAttr(builder.getF64FloatAttr(real))
                        : TypedAttr(builder.getI64IntegerAttr(integer));
  };
  switch (kind) {
  case ReductionKind::Sum:
    return number(0, 0);
  case ReductionKind::Prod:
    return number(isImaginary ? 0 : 1, 1);
  case ReductionKind::Min:
    return number(infinity, std::numeric_limits<int64_t>::max());
  case ReductionKind::Max:
    return number(-infinity, std::numeric_limits<int64_t>::min());
  case ReductionKind::NotFinite:
    break;
  }
  llvm_unreachable("not a neighbour reduction");
}

SmallVector<TypedAttr, 2> neutralOf(OpBuilder &builder, ReductionKind kind, Type type) {
  SmallVector<TypedAttr, 2> parts;
  for (Type part : bufferParts(type))
    parts.push_back(neutralPart(builder, kind, part, /*isImaginary=*/!parts.empty()));
  return parts;
}

template <typename RealOp, typename IntOp>
static Value combineAs(KernelCode &code, Value a, Value b) {
  if (getElementTypeOrSelf(a.getType()).isF64())
    return RealOp::create(code.builder, code.loc, a, b);
  return IntOp::create(code.builder, code.loc, a, b);
}

static Value combinePart(KernelCode &code, ReductionKind kind, Value a, Value b) {
  switch (kind) {
  case ReductionKind::Sum:
    return combineAs<arith::AddFOp, arith::AddIOp>(code, a, b);
  case ReductionKind::Prod:
    return combineAs<arith::MulFOp, arith::MulIOp>(code, a, b);
  case ReductionKind::Min:
    return combineAs<arith::MinimumFOp, arith::MinSIOp>(code, a, b);
  case ReductionKind::Max:
    return combineAs<arith::MaximumFOp, arith::MaxSIOp>(code, a, b);
  case ReductionKind::NotFinite:
    break;
  }
  llvm_unreachable("not a neighbour reduction");
}

Lanes combine(KernelCode &code, ReductionKind kind, const Lanes &a, const Lanes &b) {
  if (!a.im)
    return {combinePart(code, kind, a.re, b.re), {}};
  if (kind != ReductionKind::Prod)
    return {combinePart(code, kind, a.re, b.re), combinePart(code, kind, a.im, b.im)};
  auto times = [&](Value x, Value y) -> Value {
    return arith::MulFOp::create(code.builder, code.loc, x, y);
  };
  return {arith::SubFOp::create(code.builder, code.loc, times(a.re, b.re), times(a.im, b.im)),
          arith::AddFOp::create(code.builder, code.loc, times(a.re, b.im), times(a.im, b.re))};
}

Lanes combinePartialSums(KernelCode &code, ReductionKind kind, ArrayRef<Lanes> sums) {
  return combine(code, kind, combine(code, kind, sums[0], sums[2]),
                 combine(code, kind, sums[1], sums[3]));
}

} // namespace irh::convert
