//===- Buffers.h - which memory holds each field value of a step ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_FIELDTOKERNELS_BUFFERS_H
#define IRH_DIALECTS_CONVERT_FIELDTOKERNELS_BUFFERS_H

#include "dialects/field/IR/FieldDialect.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace irh::convert {

/// Calls `visit` for each use of the memory of `root`: through exchanges too. Watches do not count:
/// they run after the swaps, on the state's own memory.
void forEachUse(mlir::Value root, llvm::function_ref<void(mlir::OpOperand &)> visit);

/// Whether the first result is a field that the runtime fills, as often as the operation runs.
bool isFilledByRuntime(mlir::Operation &op);

/// A temporary field of a loop: its type, and its number among those of that type.
struct Temporary {
  field::ValuesType type;
  unsigned number;

  friend bool operator==(const Temporary &, const Temporary &) = default;
};

/// Which memory holds each field value of a step or event function.
///
/// A field that enters as an argument keeps the memory it came in. What a sweep stores, or the
/// runtime fills, gets, by liveness over the whole function, the memory of the state it becomes, if
/// nobody needs the old state any more; else that of a temporary. A sweep writes in place only
/// where it reads the old value at its own point and not at neighbours. States that ended elsewhere
/// are swapped with their temporary at the end. A field.select lives in the memory of the old
/// state.
class StepBuffers {
public:
  /// `firstState`: the argument that holds the first field of the state.
  StepBuffers(mlir::func::FuncOp function, unsigned firstState);

  /// The value whose memory `value` shares: an argument, or a result of a sweep, or of what the
  /// runtime fills. Exchanges work in place.
  static mlir::Value rootOf(mlir::Value value);

  /// Number of the memory of a value: below numArguments() the argument's own, above that
  /// temporaries.
  unsigned bufferOf(mlir::Value value) const { return buffers.at(rootOf(value)); }
  unsigned numArguments() const { return numArgs; }
  llvm::ArrayRef<Temporary> temporaries() const { return temps; }
  /// (argument of the state, number of its new value's memory) to swap at the end.
  llvm::ArrayRef<std::pair<unsigned, unsigned>> swaps() const { return swapList; }

private:
  void assign(mlir::OpResult result);
  bool isFreeFor(unsigned buffer, mlir::Operation *sweep) const;
  unsigned takeTemporary(field::ValuesType type, mlir::Operation *sweep);

  mlir::func::FuncOp function;
  unsigned firstState, numArgs;
  llvm::DenseMap<mlir::Value, unsigned> buffers;
  llvm::SmallVector<mlir::Value> holders; ///< Last value put into each memory.
  llvm::SmallVector<Temporary> temps;
  llvm::SmallVector<std::pair<unsigned, unsigned>> swapList;
};

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_FIELDTOKERNELS_BUFFERS_H
