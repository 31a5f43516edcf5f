//===- KernelEmitter.h - the parts of a kernel under construction ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNELEMITTER_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNELEMITTER_H

#include "dialects/convert/FieldToKernels/Kernel.h"

namespace irh::convert {

class KernelEmitter {
public:
  /// `slots`: what the kernel takes between range and accumulators.
  KernelEmitter(mlir::ModuleOp module, field::SweepOp sweep, const KernelSlots &slots);

  /// The typed kernel.
  mlir::func::FuncOp emit(llvm::StringRef name);

private:
  // KernelEmitter.cpp: the function, its batches.
  void beginFunction(llvm::StringRef name);
  void allocateBuffers();
  mlir::Value allocate(int64_t count);
  void emitBatches();
  mlir::Value pointerTo(mlir::Value field);
  mlir::Value arrayPointer(abi::NetworkArray array);

  // KernelStages.cpp: what happens at the points of a batch, four at a time.
  void emitBatch();
  void emitStage(unsigned stage);
  void emitLastStage();
  void emitOutputs(mlir::Value row, mlir::Value mask);
  void emitAccumulation();
  LaneCode lanesAt(unsigned stage, mlir::Value row);
  std::optional<Lanes> broadcastOutside(mlir::Value value);
  Lanes gatherEnd(net::EndOp end, mlir::Value row);

  // KernelEdges.cpp: what happens at the edges of a batch.
  struct EdgePass; // The neighbour reductions of one stage, in one direction.
  int64_t chooseBatchEdges();
  void allocateEdgeBuffers(unsigned stage, bool areTargets, bool areComputed);
  void emitEdges(const EdgePass &pass);
  void emitEdgeGroup(const EdgePass &pass, mlir::Value firstRow, mlir::Value lastRow);
  void emitSegment(const EdgePass &pass, mlir::Value firstRow, mlir::Value lastRow,
                   mlir::Value start, mlir::Value count);
  void emitGathers(const EdgePass &pass, mlir::Value start, mlir::Value count);
  void emitSpreads(const EdgePass &pass, mlir::Value firstRow, mlir::Value lastRow,
                   mlir::Value start, mlir::Value count);
  void emitTerms(const EdgePass &pass, mlir::Value start, mlir::Value count);
  Lanes loadSigns(const EdgePass &pass, mlir::Type type, mlir::Value slot);
  void emitRowSums(const EdgePass &pass, mlir::Value firstRow, mlir::Value lastRow,
                   mlir::Value start, mlir::Value count);
  Lanes sumOfRow(const EdgePass &pass, unsigned term, mlir::Value row, mlir::Value begin,
                 mlir::Value end);
  mlir::Value rowOffset(const EdgePass &pass, mlir::Value row);
  mlir::Value loadIndex(const EdgePass &pass, abi::NetworkArray array, mlir::Value slot);

  // KernelLattice.cpp: rows that are computed.
  void allocateRows();
  void emitRows();

  mlir::ModuleOp module;
  field::SweepOp sweep;
  const KernelSlots &slots;
  Schedule schedule;
  mlir::OpBuilder builder;
  KernelCode code;
  int64_t numLatticeAxes;

  mlir::func::FuncOp function;
  mlir::Block *entry = nullptr;

  mlir::Value latticeOffsets, latticeColumns; ///< Rows of the batch at hand.

  int64_t batchEdges = kMostBatchEdges;
  mlir::Value batchBegin; ///< First point of the batch at hand.
  mlir::Value batchRows;  ///< Its number of points.
  llvm::DenseMap<mlir::Value, llvm::SmallVector<mlir::Value, 2>> rowBuffers;
  llvm::DenseMap<mlir::Value, Lanes> broadcasts;   ///< Scalars from outside, in the entry.
  llvm::SmallVector<mlir::Value> reductionBuffers; ///< One for each reduced output.
  std::vector<std::unique_ptr<EdgePass>> edgePasses;

public:
  ~KernelEmitter();
};

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_FIELDTOKERNELS_KERNELEMITTER_H
