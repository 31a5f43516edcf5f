//===- KernelCode.h - short forms for the code inside kernels -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Kernels speak of memory through `!llvm.ptr`, of control through `scf`, and of values through
// vectors of four lanes: always four, whatever the machine's registers hold, so that the order of
// every sum is part of the program and not of the target.

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNELCODE_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNELCODE_H

#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <functional>
#include <optional>

namespace irh::convert {

inline constexpr int64_t kNumLanes = 4;

/// The values of one SSA value at the points at hand: one vector (or scalar, of code for one
/// point), or two for a complex one.
struct Lanes {
  mlir::Value re, im;

  static Lanes of(llvm::ArrayRef<mlir::Value> parts) {
    return {parts[0], parts.size() == 2 ? parts[1] : mlir::Value()};
  }

  llvm::SmallVector<mlir::Value, 2> parts() const {
    return im ? llvm::SmallVector<mlir::Value, 2>{re, im} : llvm::SmallVector<mlir::Value, 2>{re};
  }
};

/// The 8-byte types that make up a value of `element` in a buffer: f64 twice for complex, i64 for
/// i1.
llvm::SmallVector<mlir::Type, 2> bufferParts(mlir::Type element);

/// Code for `numLanes` points at a time: vectors of so many lanes, or scalars for one.
class KernelCode {
public:
  KernelCode(mlir::OpBuilder &builder, mlir::Location loc, int64_t numLanes = kNumLanes)
      : builder(builder), loc(loc), numLanes(numLanes) {}

  mlir::Type i64() { return builder.getI64Type(); }
  mlir::Type f64() { return builder.getF64Type(); }
  mlir::Type pointer();
  /// What holds a value of `element` at each of the points at hand.
  mlir::Type lanesOf(mlir::Type element);

  mlir::Value index(int64_t value);
  mlir::Value add(mlir::Value a, mlir::Value b);
  mlir::Value sub(mlir::Value a, mlir::Value b);
  mlir::Value min(mlir::Value a, mlir::Value b);
  mlir::Value max(mlir::Value a, mlir::Value b);
  /// `count` rounded up to whole vectors.
  mlir::Value roundUp(mlir::Value count);
  mlir::Value roundDown(mlir::Value count);
  mlir::Value isLess(mlir::Value a, mlir::Value b);

  mlir::Value address(mlir::Value base, mlir::Type element, mlir::Value position);
  /// One value of `type` at `base[position]`, counted in `element`s.
  mlir::Value load(mlir::Type type, mlir::Value base, mlir::Type element, mlir::Value position);
  void store(mlir::Value value, mlir::Value base, mlir::Type element, mlir::Value position);
  mlir::Value load(mlir::Type type, mlir::Value base, mlir::Value position) {
    return load(type, base, type, position);
  }

  mlir::Value broadcast(mlir::Value scalar);
  mlir::Value splat(mlir::TypedAttr value);
  mlir::Value lane(mlir::Value vector, int64_t position);
  mlir::Value withLane(mlir::Value vector, mlir::Value scalar, int64_t position);
  mlir::Value shuffle(mlir::Value a, mlir::Value b, llvm::ArrayRef<int64_t> lanes);
  mlir::Value safeDivisor(mlir::Value divisor);
  /// Lanes below `count`, as a mask.
  mlir::Value firstLanes(mlir::Value count);

  /// Values of a field at the points position, position + 1, ...
  Lanes loadField(mlir::Value base, mlir::Type element, mlir::Value position);
  /// Stores the lanes of `mask`, or all without one.
  void storeField(const Lanes &value, mlir::Value base, mlir::Type element, mlir::Value position,
                  mlir::Value mask);
  /// The 8-byte parts of one value of a field.
  llvm::SmallVector<mlir::Value, 2> loadParts(mlir::Value base, mlir::Type element,
                                              mlir::Value position);
  /// Values in buffers, one buffer for each part.
  Lanes loadBuffers(llvm::ArrayRef<mlir::Value> buffers, mlir::Type element, mlir::Value position);
  void storeBuffers(const Lanes &value, llvm::ArrayRef<mlir::Value> buffers, mlir::Value position);

  void loop(mlir::Value lower, mlir::Value upper, int64_t step,
            llvm::function_ref<void(mlir::Value)> body);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  const int64_t numLanes;

private:
  mlir::Value fromBoolParts(mlir::Value parts);
  void storeOne(const Lanes &value, mlir::Value base, mlir::Type element, mlir::Value position);
};

/// Copies scalar operations to the points at hand, on demand.
class LaneCode {
public:
  /// Gives the lanes of values that are not computed here; nothing for those that are.
  using Source = std::function<std::optional<Lanes>(mlir::Value)>;

  LaneCode(KernelCode &code, Source source) : code(code), source(std::move(source)) {}

  Lanes get(mlir::Value value);

private:
  Lanes emit(mlir::Operation *op);

  KernelCode &code;
  Source source;
  llvm::DenseMap<mlir::Value, Lanes> known;
};

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNELCODE_H
