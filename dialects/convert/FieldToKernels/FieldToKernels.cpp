//===- FieldToKernels.cpp - sweeps to kernels, the rest to runtime calls ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/HostLowering.h"
#include "dialects/convert/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace irh::convert {

#define GEN_PASS_DEF_CONVERTFIELDTOKERNELS
#include "dialects/convert/Passes.h.inc"

namespace {

/// Operation -> fields that nobody needs after it. A state belongs to its loop and what follows.
using LastUses = llvm::MapVector<Operation *, SmallVector<Value>>;

LastUses findLastUses(Block &body) {
  LastUses lastUses;
  for (Operation &op : body) {
    if (!isa<field::SweepOp, field::ColumnOp, net::PositionOp>(op) && !isFilledByRuntime(op))
      continue;
    for (Value value : op.getResults()) {
      if (!isa<field::ValuesType>(value.getType()))
        continue;
      Operation *last = &op;
      bool isState = false;
      forEachUse(value, [&](OpOperand &use) {
        Operation *user = body.findAncestorOpInBlock(*use.getOwner());
        last = last->isBeforeInBlock(user) ? user : last;
        auto loop = dyn_cast<field::LoopOp>(user);
        isState |= loop && llvm::is_contained(loop.getInitial(), use.get());
      });
      if (!isState)
        lastUses[last].push_back(value);
    }
  }
  return lastUses;
}

/// Lowers @irh_main; the functions of its loops follow as they are met.
void lowerMain(HostProgram &program, func::FuncOp before) {
  for (Operation &op : before.front())
    if (makesNetwork(op))
      program.networks.push_back(op.getAttrOfType<FlatSymbolRefAttr>("name"));

  OpBuilder builder(before);
  Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
  std::string name = before.getSymName().str();
  before.setSymName(name + "_before");
  auto after =
      func::FuncOp::create(builder, before.getLoc(), name, builder.getFunctionType({pointer}, {}));
  builder.setInsertionPointToStart(after.addEntryBlock());
  HostLowering lowering(program, builder, after.getArgument(0));
  LastUses lastUses = findLastUses(before.front());
  for (Operation &op : before.front().without_terminator()) {
    lowering.lower(op);
    for (Value value : lastUses.lookup(&op))
      lowering.call(RuntimeCall::irh_rt_field_release, op.getLoc(), {lowering.handleOf(value)});
  }
  func::ReturnOp::create(builder, before.getLoc());
}

struct ConvertFieldToKernels : impl::ConvertFieldToKernelsBase<ConvertFieldToKernels> {
  using ConvertFieldToKernelsBase::ConvertFieldToKernelsBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto main = module.lookupSymbol<func::FuncOp>("irh_main");
    if (!main)
      return;
    SmallVector<func::FuncOp> functions(module.getOps<func::FuncOp>());
    HostProgram program{module, device ? Runner::Device : Runner::Processor};
    lowerMain(program, main);
    for (func::FuncOp function : functions)
      function.erase();
  }
};

} // namespace
} // namespace irh::convert
