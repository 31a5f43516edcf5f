//===- Kernel.h - one sweep to one function over a range of points --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A kernel is `func(range, pointers noalias..., scalars..., accumulators)`. It takes the points of
// its range in batches of kBatchRows; see Schedule.h for the stages of a batch. Its pointers and
// scalars are its slots: what the caller passes, in order.

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNEL_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNEL_H

#include "dialects/convert/FieldToKernels/KernelCode.h"
#include "dialects/convert/FieldToKernels/Schedule.h"
#include "runtime/abi/Abi.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace irh::convert {

/// Something a kernel is given: the memory of a field, its network or an array of it, or a scalar.
struct KernelSlot {
  enum class Kind { Buffer, Network, Array, Scalar };
  Kind kind;
  unsigned buffer = 0;                                     ///< Of Buffer.
  abi::NetworkArray array = abi::NetworkArray::RowOffsets; ///< Of Array.
  mlir::Value scalar;                                      ///< Of Scalar.
  /// Of Scalar: which number of a complex one.
  enum class Part { Whole, Re, Im } part = Part::Whole;
};

/// A kernel and how to call it.
struct Kernel {
  std::string entry; ///< void(range, slots, accumulators): see irh_kernel.
  llvm::SmallVector<KernelSlot> slots;
};

/// Number of the memory that holds a field at the sweep. Fields that share memory share the
/// number: one pointer serves both, since the kernel's pointers must not alias.
using BufferNumbers = llvm::function_ref<unsigned(mlir::Value)>;

/// The kernels of a module. Sweeps that differ only in what they are given share one: the stages of
/// a Runge-Kutta method do, and step functions with and without observations.
class KernelLibrary {
public:
  explicit KernelLibrary(mlir::ModuleOp module) : module(module) {}

  /// The kernel of `sweep`, new or known.
  Kernel emit(field::SweepOp sweep, BufferNumbers bufferOf);

private:
  mlir::ModuleOp module;
  llvm::SmallVector<mlir::func::FuncOp> kernels;
};

/// Rows of a batch, and the most edges that are walked at a time. The buffers of usual kernels stay
/// in the first caches; a kernel with very many buffers walks fewer edges at a time, so that they
/// fit the stack.
inline constexpr int64_t kBatchRows = 64;
inline constexpr int64_t kMostBatchEdges = 2048;
inline constexpr int64_t kFewestBatchEdges = 64;
inline constexpr int64_t kEdgeBufferBytes = 512 * 1024;

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNEL_H
