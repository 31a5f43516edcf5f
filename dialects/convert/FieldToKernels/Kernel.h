//===- Kernel.h - one sweep to one function over a range of points --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A kernel is `func(range, pointers noalias..., scalars..., accumulators)`. It takes the points of
// its range in batches of kBatchRows; see Schedule.h for the stages of a batch. Its pointers and
// scalars are its slots: what the caller passes, in order.

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNEL_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNEL_H

#include "dialects/convert/FieldToKernels/KernelCode.h"
#include "dialects/convert/FieldToKernels/KernelSlots.h"
#include "dialects/convert/FieldToKernels/Schedule.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace irh::convert {

/// A kernel and how to call it.
struct Kernel {
  std::string name;
  unsigned number; ///< Among those of the module.
  llvm::SmallVector<KernelSlot> slots;

  /// void(range, slots, accumulators): see irh_kernel. Kernels of devices have none.
  std::string entry() const { return name + "_entry"; }
};

/// What runs the kernels. Those of devices are in a module of their own, @irh_device.
enum class Runner { Processor, Device };

/// Axes of the lattice that the sweep's network is; 0 for any other network.
int64_t countLatticeAxes(mlir::ModuleOp module, field::SweepOp sweep);

/// Whether a reduction reads neighbours alone: neither fields on edges nor their signs.
bool needsRowsAlone(net::ReduceOp reduce);

/// The kernels of a module. Sweeps that differ only in what they are given share one: the stages of
/// a Runge-Kutta method do, and step functions with and without observations.
class KernelLibrary {
public:
  KernelLibrary(mlir::ModuleOp module, Runner runner) : module(module), runner(runner) {}

  /// The kernel of `sweep`, new or known.
  Kernel emit(field::SweepOp sweep, BufferNumbers bufferOf);

private:
  mlir::FunctionOpInterface emitNew(field::SweepOp sweep, const KernelSlots &slots);

  mlir::ModuleOp module;
  Runner runner;
  mlir::gpu::GPUModuleOp deviceModule; ///< Made with its first kernel.
  llvm::SmallVector<mlir::FunctionOpInterface> kernels;
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
