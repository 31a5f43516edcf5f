//===- KernelSlots.h - what a kernel is given, in order --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNELSLOTS_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNELSLOTS_H

#include "dialects/field/IR/FieldDialect.h"
#include "dialects/net/IR/NetDialect.h"
#include "runtime/abi/Abi.h"

#include <optional>

namespace irh::convert {

/// Something a kernel is given: the memory of a field, its network or an array of it, or a scalar.
struct KernelSlot {
  enum class Kind { Buffer, Network, Array, Scalar };
  Kind kind;
  unsigned buffer = 0;                                     ///< Of Buffer.
  bool isRead = false, isWritten = false;                  ///< Of Buffer.
  abi::NetworkArray array = abi::NetworkArray::RowOffsets; ///< Of Array.
  mlir::Value scalar = {};                                 ///< Of Scalar.
  /// Of Scalar: which number of a complex one.
  enum class Part { Whole, Re, Im } part = Part::Whole;
};

/// Number of the memory that holds a field at the sweep. Fields that share memory share the
/// number: one pointer serves both, since the kernel's pointers must not alias.
using BufferNumbers = llvm::function_ref<unsigned(mlir::Value)>;

/// The arrays of the network that hold the rows: over nbrs, or over targets.
struct RowArrays {
  abi::NetworkArray offsets, columns, edges, signs;
};

RowArrays rowArraysOf(net::ReduceOp reduce);

class KernelSlots {
public:
  /// `computesRows`: whether a kernel asks the network for the rows of a reduction, instead of
  /// reading them from its arrays.
  KernelSlots(field::SweepOp sweep, BufferNumbers bufferOf,
              llvm::function_ref<bool(net::ReduceOp)> computesRows);

  llvm::ArrayRef<KernelSlot> all() const { return slots; }
  /// Slot of the memory of a field, or of the network's array that is the field.
  unsigned ofField(mlir::Value field) const { return fieldSlots.at(field); }
  unsigned ofArray(abi::NetworkArray array) const {
    return arraySlots.at(static_cast<int32_t>(array));
  }
  /// Slot of the network itself, where rows are computed.
  std::optional<unsigned> ofNetwork() const { return networkSlot; }
  bool areRowsComputed(net::ReduceOp reduce) const { return computed.contains(reduce); }

  /// What a kernel's function takes for each slot: pointers, none of which alias, and scalars.
  llvm::SmallVector<mlir::Type> typesIn(mlir::MLIRContext *context) const;

private:
  unsigned addArray(abi::NetworkArray array);
  KernelSlot &addField(mlir::Value field, BufferNumbers bufferOf);
  void addNetwork(net::ReduceOp reduce);
  void addRows(net::ReduceOp reduce);
  void addScalar(mlir::Value value);

  llvm::SmallVector<KernelSlot> slots;
  llvm::DenseMap<mlir::Value, unsigned> fieldSlots;
  llvm::DenseMap<unsigned, unsigned> bufferSlots; ///< Buffer number -> slot.
  llvm::DenseMap<int32_t, unsigned> arraySlots;   ///< NetworkArray -> slot.
  std::optional<unsigned> networkSlot;
  llvm::DenseSet<mlir::Operation *> computed; ///< Reductions whose rows are.
};

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNELSLOTS_H
