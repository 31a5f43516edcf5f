//===- DeviceKernel.h - one sweep to one function for the threads of a device ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A device's kernel is `gpu.func(slots..., first, end, owned, flags, values)`, each of 8 bytes. A
// thread is a point of [first, end); neighbouring threads are neighbouring points, so what they
// read and write at their own points is contiguous. Values stay in registers from stage to stage.
// What the sweep reduces goes to values[i * owned + point] for reduction i, or, of NotFinite, sets
// flags[i]; points from `owned` on are copies, which count nowhere.

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_DEVICEKERNEL_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_DEVICEKERNEL_H

#include "dialects/convert/FieldToKernels/KernelCode.h"
#include "dialects/convert/FieldToKernels/KernelSlots.h"
#include "dialects/convert/FieldToKernels/Schedule.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace irh::convert {

/// An empty kernel of blocks of kThreadsPerBlock; no two of its pointers alias. The builder stands
/// in its body.
mlir::gpu::GPUFuncOp beginDeviceFunction(KernelCode &code, llvm::StringRef name,
                                         llvm::ArrayRef<mlir::Type> inputs);

/// block * kThreadsPerBlock + thread.
mlir::Value threadNumber(KernelCode &code);

/// The kernels of abi::DeviceHelper.
void emitDeviceHelpers(mlir::gpu::GPUModuleOp module);

class DeviceKernel {
public:
  DeviceKernel(mlir::gpu::GPUModuleOp module, field::SweepOp sweep, const KernelSlots &slots);

  mlir::gpu::GPUFuncOp emit(llvm::StringRef name);

private:
  // DeviceKernel.cpp: the function, and what happens at a point.
  void beginFunction(llvm::StringRef name);
  void emitPoint();
  void emitOutputs();
  void emitReduced(unsigned reduction, mlir::Value value);
  std::optional<Lanes> valueOutside(mlir::Value value);
  std::optional<Lanes> valueAtPoint(mlir::Value value);
  Lanes loadEnd(net::EndOp end);
  mlir::Value pointerTo(mlir::Value field) { return function.getArgument(slots.ofField(field)); }
  mlir::Value arrayPointer(abi::NetworkArray array) {
    return function.getArgument(slots.ofArray(array));
  }
  mlir::Value loadIndex(abi::NetworkArray array, mlir::Value position);

  // DeviceRows.cpp: what happens along the row of a point.
  struct Term;
  void emitRow(llvm::ArrayRef<net::ReduceOp> reduces);
  LaneCode codeAtSlot(const RowArrays &rows, mlir::Value slot);
  Lanes loadSign(const RowArrays &rows, mlir::Value slot, mlir::Type type);

  mlir::gpu::GPUModuleOp module;
  field::SweepOp sweep;
  const KernelSlots &slots;
  Schedule schedule;
  mlir::OpBuilder builder;
  KernelCode code;

  mlir::gpu::GPUFuncOp function;
  mlir::Value first, end, numOwned, flags, values; ///< The arguments after the slots.
  mlir::Value point;
  llvm::DenseMap<mlir::Value, Lanes> scalars; ///< From outside the sweep.
  llvm::DenseMap<mlir::Value, Lanes> sums;    ///< Results of neighbour reductions.
  LaneCode atPoint;
};

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_FIELDTOKERNELS_DEVICEKERNEL_H
