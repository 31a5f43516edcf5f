//===- KernelLattice.cpp - rows of a lattice, computed for each batch -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A lattice is never stored edge by edge: a batch that needs neighbours alone asks the runtime for
// its rows. What needs edges too (a field on them, or the sign) takes the network's arrays.

#include "dialects/convert/FieldToKernels/EdgePass.h"
#include "dialects/convert/FieldToKernels/KernelEmitter.h"
#include "dialects/convert/FieldToKernels/RuntimeCalls.h"

using namespace mlir;
using irh::field::ValuesType;

namespace irh::convert {

int64_t countLatticeAxes(ModuleOp module, field::SweepOp sweep) {
  int64_t numAxes = 0;
  module.walk([&](net::LatticeOp lattice) {
    if (lattice.getNameAttr() == sweep.getNetworkAttr())
      numAxes = static_cast<int64_t>(lattice.getShape().size());
  });
  return numAxes;
}

bool needsRowsAlone(net::ReduceOp reduce) {
  return reduce.getBlock()->getOps<net::SignOp>().empty() &&
         llvm::all_of(reduce.getFields(), [](Value field) {
           return cast<ValuesType>(field.getType()).getSet() == field::SetKind::Nodes;
         });
}

/// A node has at most two neighbours along each axis; columns are 4 bytes each.
void KernelEmitter::allocateRows() {
  latticeOffsets = allocate(kBatchRows + 1);
  latticeColumns = allocate(kBatchRows * numLatticeAxes);
}

void KernelEmitter::emitRows() {
  emitRuntimeCall(builder, code.loc, module, RuntimeCall::irh_rt_lattice_rows,
                  {function.getArgument(1 + *slots.ofNetwork()), batchBegin, batchRows,
                   latticeOffsets, latticeColumns});
}

} // namespace irh::convert
