//===- HostLowering.h - the program around the kernels to runtime calls -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Host functions are straight code: each operation becomes calls of the runtime's table. A field is
// a handle; a kernel gets its memory at each call, since handles may swap memory.

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_HOSTLOWERING_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_HOSTLOWERING_H

#include "dialects/convert/FieldToKernels/Buffers.h"
#include "dialects/convert/FieldToKernels/Kernel.h"
#include "dialects/convert/FieldToKernels/RuntimeCalls.h"
#include "dialects/dist/IR/DistDialect.h"
#include "dialects/irh/IR/IrhDialect.h"
#include "dialects/net/IR/NetDialect.h"
#include "dialects/spectral/IR/SpectralDialect.h"

#include "mlir/IR/IRMapping.h"

namespace irh::convert {

/// What one function of the host program has in common with the others it works with.
struct HostProgram {
  mlir::ModuleOp module;
  Runner runner;
  /// The networks, in the order in which they are made.
  llvm::SmallVector<mlir::FlatSymbolRefAttr> networks = {};
  int64_t numMatrices = 0, numTraces = 0, numLists = 0;
  KernelLibrary kernels{module, runner};
};

/// Lowers one function. Values of the old function are mapped as they are met.
class HostLowering {
public:
  HostLowering(HostProgram &program, mlir::OpBuilder &builder, mlir::Value context)
      : program(program), builder(builder), context(context) {}

  void lower(mlir::Operation &op);

  /// Handle of a field value.
  mlir::Value handleOf(mlir::Value field) { return handles.at(field); }
  void setHandle(mlir::Value field, mlir::Value handle) { handles[field] = handle; }
  void setNetwork(mlir::FlatSymbolRefAttr network, mlir::Value handle) {
    networks[network.getAttr()] = handle;
  }
  void setScalar(mlir::Value before, mlir::Value after) { scalars.map(before, after); }
  mlir::Value scalarOf(mlir::Value before) { return scalars.lookup(before); }

  /// Slots of 8 bytes that a value takes in an array of slots: a complex number two, others one.
  static int64_t numSlots(mlir::Type type);
  void storeSlot(mlir::Location loc, mlir::Value slots, int64_t position, mlir::Value value);
  mlir::Value loadSlot(mlir::Location loc, mlir::Value slots, int64_t position, mlir::Type type);

  /// In a step function: where each value lives, and the handle of each memory.
  void useBuffers(const StepBuffers &buffers, llvm::ArrayRef<mlir::Value> handleOfBuffer);
  /// Swaps and watches at the end of a step.
  void endStep(unsigned firstState);

  mlir::Value call(RuntimeCall call, mlir::Location loc, mlir::ValueRange arguments);
  mlir::Value allocate(mlir::Location loc, int64_t count);

private:
  mlir::Value lowerToHandle(mlir::Operation &op);
  mlir::Value lowerToScalar(mlir::Operation &op);
  bool lowerEffect(mlir::Operation &op);
  void lowerSweep(field::SweepOp sweep);
  mlir::Value slotValue(field::SweepOp sweep, const KernelSlot &slot, mlir::Value fieldHandle);
  void lowerExchange(dist::ExchangeOp exchange);
  void lowerRow(field::RowOp row);
  void lowerRecord(field::RecordOp record);
  void lowerSave(field::SaveOp save);
  void lowerDraw(field::DrawOp draw);
  void lowerHolonomy(net::HolonomyOp op);
  bool lowerSpectral(mlir::Operation &op);
  void lowerMatrix(spectral::MatrixOp matrix);
  void lowerTrace(spectral::TraceOp trace);
  void lowerLogDet(spectral::LogDetOp logdet);
  void lowerEigenvalues(spectral::EigenvaluesOp eigenvalues);
  void lowerEigenvector(spectral::EigenvectorOp eigenvector);
  void lowerExponential(spectral::ExponentialOp exponential);
  void lowerSolve(spectral::SolveOp solve);
  /// The handle of a field that the runtime fills: a new one, or inside a loop its memory.
  mlir::Value handleToFill(mlir::Value field);
  mlir::Value real(mlir::Location loc, double value);
  /// What a functional writes: its value and error.
  void mapResults(mlir::Operation &op, mlir::Value results);
  void lowerLoop(field::LoopOp loop);
  struct Frame;
  Frame makeFrame(field::LoopOp loop, llvm::ArrayRef<Temporary> temporaries);
  void registerEvents(field::LoopOp loop);
  void runLoop(field::LoopOp loop);
  void lowerNetwork(mlir::Operation &op);
  mlir::Value makeNetwork(mlir::Operation &op);
  mlir::Value lowerParam(model::ParamValueOp op);
  void declareTable(mlir::Location loc, llvm::ArrayRef<llvm::StringRef> names,
                    llvm::ArrayRef<mlir::Type> types);

  mlir::Value integer(mlir::Location loc, int64_t value, unsigned bits = 64);
  mlir::Value string(mlir::Location loc, llvm::StringRef text);
  mlir::Value setHandle(mlir::Location loc, mlir::FlatSymbolRefAttr network, field::SetKind set);
  mlir::Value newField(mlir::Location loc, field::ValuesType type);
  mlir::Value functionPointer(mlir::Location loc, llvm::StringRef name);
  mlir::Value nullPointer(mlir::Location loc);
  /// An i1 as the runtime takes it.
  mlir::Value flag(mlir::Location loc, mlir::Value condition);
  mlir::Value handleAt(mlir::Value field) {
    return buffers ? bufferHandles[buffers->bufferOf(field)] : handleOf(field);
  }
  void announce(mlir::Location loc);
  mlir::Value kindsArray(mlir::Location loc, field::SweepOp sweep);
  /// Numbers in the program's constants; null for none.
  mlir::Value constantArray(mlir::Location loc, mlir::Type element, llvm::ArrayRef<int32_t> values);

  HostProgram &program;
  mlir::OpBuilder &builder;
  mlir::Value context;
  mlir::IRMapping scalars;
  llvm::DenseMap<mlir::Value, mlir::Value> handles;
  llvm::DenseMap<mlir::StringAttr, mlir::Value> networks;
  const StepBuffers *buffers = nullptr;
  llvm::SmallVector<mlir::Value> bufferHandles;
  llvm::SmallVector<field::WatchOp> watches;
  std::pair<unsigned, unsigned> announced; ///< Line and column of the last statement.
};

/// Whether `op` makes a network; then it has its name.
bool makesNetwork(mlir::Operation &op);

/// A loop's functions, lowered. The frame of slots holds, in order: networks, captures, states,
/// temporaries.
struct LoweredLoop {
  std::string step, all;
  llvm::SmallVector<Temporary> temporaries;
};

/// Lowers the step and event functions of `loop`, and erases the old ones.
LoweredLoop lowerLoopFunctions(HostProgram &program, field::LoopOp loop);

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_FIELDTOKERNELS_HOSTLOWERING_H
