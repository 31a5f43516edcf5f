//===- KernelCode.cpp - short forms for the code inside kernels -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/KernelCode.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace irh::convert {

SmallVector<Type, 2> bufferParts(Type element) {
  if (auto complex = dyn_cast<ComplexType>(element))
    return {complex.getElementType(), complex.getElementType()};
  if (element.isInteger(1))
    return {IntegerType::get(element.getContext(), 64)};
  return {element};
}

Type KernelCode::pointer() { return LLVM::LLVMPointerType::get(builder.getContext()); }

Type KernelCode::lanesOf(Type element) {
  return numLanes == 1 ? element : VectorType::get({numLanes}, element);
}

Value KernelCode::index(int64_t value) {
  return arith::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(value));
}
Value KernelCode::add(Value a, Value b) { return arith::AddIOp::create(builder, loc, a, b); }
Value KernelCode::sub(Value a, Value b) { return arith::SubIOp::create(builder, loc, a, b); }
Value KernelCode::min(Value a, Value b) { return arith::MinSIOp::create(builder, loc, a, b); }
Value KernelCode::max(Value a, Value b) { return arith::MaxSIOp::create(builder, loc, a, b); }

Value KernelCode::roundDown(Value count) {
  return arith::AndIOp::create(builder, loc, count, index(-kNumLanes));
}

Value KernelCode::roundUp(Value count) { return roundDown(add(count, index(kNumLanes - 1))); }

Value KernelCode::isLess(Value a, Value b) {
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, a, b);
}

Value KernelCode::address(Value base, Type element, Value position) {
  return LLVM::GEPOp::create(builder, loc, pointer(), element, base,
                             ArrayRef<LLVM::GEPArg>{LLVM::GEPArg(position)});
}

/// Fields are aligned to their elements only where a range starts.
static unsigned alignmentOf(Type element) {
  return getElementTypeOrSelf(element).getIntOrFloatBitWidth() / 8;
}

Value KernelCode::load(Type type, Value base, Type element, Value position) {
  return LLVM::LoadOp::create(builder, loc, type, address(base, element, position),
                              alignmentOf(element));
}

void KernelCode::store(Value value, Value base, Type element, Value position) {
  LLVM::StoreOp::create(builder, loc, value, address(base, element, position),
                        alignmentOf(element));
}

Value KernelCode::broadcast(Value scalar) {
  if (numLanes == 1)
    return scalar;
  return vector::BroadcastOp::create(builder, loc, lanesOf(scalar.getType()), scalar);
}

Value KernelCode::splat(TypedAttr value) {
  if (numLanes == 1)
    return arith::ConstantOp::create(builder, loc, value);
  auto type = cast<ShapedType>(lanesOf(value.getType()));
  return arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(type, Attribute(value)));
}

Value KernelCode::lane(Value vector, int64_t position) {
  return vector::ExtractOp::create(builder, loc, vector, position);
}

Value KernelCode::withLane(Value vector, Value scalar, int64_t position) {
  return vector::InsertOp::create(builder, loc, scalar, vector, position);
}

Value KernelCode::shuffle(Value a, Value b, ArrayRef<int64_t> lanes) {
  return vector::ShuffleOp::create(builder, loc, a, b, lanes);
}

Value KernelCode::firstLanes(Value count) {
  auto type = cast<ShapedType>(lanesOf(i64()));
  SmallVector<int64_t> positions = llvm::to_vector(llvm::seq<int64_t>(0, numLanes));
  Value lanes =
      arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(type, ArrayRef(positions)));
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, lanes, broadcast(count));
}

//===- Fields and buffers ----------------------------------------------------===//

static constexpr int64_t kEven[] = {0, 2, 4, 6};
static constexpr int64_t kOdd[] = {1, 3, 5, 7};
static constexpr int64_t kInterleave[] = {0, 4, 1, 5, 2, 6, 3, 7};

/// A bool as loadParts gives it, or as it lies in a buffer.
Value KernelCode::fromBoolParts(Value parts) {
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, parts,
                               splat(builder.getI64IntegerAttr(0)));
}

Lanes KernelCode::loadField(Value base, Type element, Value position) {
  if (numLanes == 1) {
    Lanes one = Lanes::of(loadParts(base, element, position));
    return element.isInteger(1) ? Lanes{fromBoolParts(one.re), {}} : one;
  }
  if (auto complex = dyn_cast<ComplexType>(element)) {
    Type part = complex.getElementType();
    Type both = VectorType::get({2 * numLanes}, part);
    Value pairs = load(both, base, part, add(position, position));
    return {shuffle(pairs, pairs, kEven), shuffle(pairs, pairs, kOdd)};
  }
  if (element.isInteger(1)) {
    Type byte = builder.getI8Type();
    Value bytes = load(lanesOf(byte), base, byte, position);
    Value zero = splat(builder.getI8IntegerAttr(0));
    return {arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, bytes, zero), {}};
  }
  return {load(lanesOf(element), base, element, position), {}};
}

void KernelCode::storeField(const Lanes &value, Value base, Type element, Value position,
                            Value mask) {
  Value data = value.re;
  if (numLanes == 1)
    return storeOne(value, base, element, position);
  if (auto complex = dyn_cast<ComplexType>(element)) {
    data = shuffle(value.re, value.im, kInterleave);
    mask = mask ? shuffle(mask, mask, kInterleave) : mask;
    element = complex.getElementType();
    position = add(position, position);
  } else if (element.isInteger(1)) {
    element = builder.getI8Type();
    data = arith::ExtUIOp::create(builder, loc, lanesOf(element), value.re);
  }
  if (!mask)
    return store(data, base, element, position);
  LLVM::MaskedStoreOp::create(builder, loc, data, address(base, element, position), mask,
                              builder.getI32IntegerAttr(alignmentOf(element)));
}

void KernelCode::storeOne(const Lanes &value, Value base, Type element, Value position) {
  if (element.isInteger(1)) {
    Type byte = builder.getI8Type();
    return store(arith::ExtUIOp::create(builder, loc, byte, value.re), base, byte, position);
  }
  if (!value.im)
    return store(value.re, base, element, position);
  Type part = value.re.getType();
  Value twice = add(position, position);
  store(value.re, base, part, twice);
  store(value.im, base, part, add(twice, index(1)));
}

SmallVector<Value, 2> KernelCode::loadParts(Value base, Type element, Value position) {
  if (auto complex = dyn_cast<ComplexType>(element)) {
    Type part = complex.getElementType();
    Value twice = add(position, position);
    return {load(part, base, twice), load(part, base, add(twice, index(1)))};
  }
  if (element.isInteger(1)) {
    Value byte = load(builder.getI8Type(), base, position);
    return {arith::ExtUIOp::create(builder, loc, i64(), byte)};
  }
  return {load(element, base, position)};
}

Lanes KernelCode::loadBuffers(ArrayRef<Value> buffers, Type element, Value position) {
  SmallVector<Type, 2> types = bufferParts(element);
  Lanes lanes{load(lanesOf(types[0]), buffers[0], types[0], position), {}};
  if (buffers.size() == 2)
    lanes.im = load(lanesOf(types[1]), buffers[1], types[1], position);
  if (element.isInteger(1))
    lanes.re = fromBoolParts(lanes.re);
  return lanes;
}

void KernelCode::storeBuffers(const Lanes &value, ArrayRef<Value> buffers, Value position) {
  for (auto [part, buffer] : llvm::zip_equal(value.parts(), buffers)) {
    Type element = cast<VectorType>(part.getType()).getElementType();
    Value data = part;
    if (element.isInteger(1)) {
      element = i64();
      data = arith::ExtUIOp::create(builder, loc, lanesOf(element), part);
    }
    store(data, buffer, element, position);
  }
}

void KernelCode::loop(Value lower, Value upper, int64_t step,
                      llvm::function_ref<void(Value)> body) {
  auto loop = scf::ForOp::create(builder, loc, lower, upper, index(step));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  body(loop.getInductionVar());
}

//===- Lanes ------------------------------------------------------------------===//

Lanes LaneCode::get(Value value) {
  auto found = known.find(value);
  if (found != known.end())
    return found->second;
  std::optional<Lanes> given = source(value);
  Lanes lanes = given ? *given : emit(value.getDefiningOp());
  return known[value] = lanes;
}

/// A lane beyond the last row or edge may hold anything: a quotient that would stop the program is
/// one by 1 there. Divisors of lanes that count, and those of code for one point, are neither 0
/// nor -1.
Value KernelCode::safeDivisor(Value divisor) {
  auto isValue = [&](int64_t value) -> Value {
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, divisor,
                                 splat(builder.getI64IntegerAttr(value)));
  };
  Value traps = arith::OrIOp::create(builder, loc, isValue(0), isValue(-1));
  return arith::SelectOp::create(builder, loc, traps, splat(builder.getI64IntegerAttr(1)), divisor);
}

Lanes LaneCode::emit(Operation *op) {
  if (auto create = dyn_cast<complex::CreateOp>(op))
    return {get(create.getReal()).re, get(create.getImaginary()).re};
  if (auto re = dyn_cast<complex::ReOp>(op))
    return {get(re.getComplex()).re, {}};
  if (auto im = dyn_cast<complex::ImOp>(op))
    return {get(im.getComplex()).im, {}};
  if (auto constant = dyn_cast<arith::ConstantOp>(op))
    return {code.splat(constant.getValue()), {}};

  OperationState state(op->getLoc(), op->getName());
  for (Value operand : op->getOperands())
    state.addOperands(get(operand).re);
  if (isa<arith::DivSIOp>(op) && code.numLanes > 1)
    state.operands[1] = code.safeDivisor(state.operands[1]);
  state.addTypes(code.lanesOf(op->getResult(0).getType()));
  state.addAttributes(op->getAttrs());
  return {code.builder.create(state)->getResult(0), {}};
}

} // namespace irh::convert
