//===- LoopFunctions.cpp - step and event functions to runtime calls --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/HostLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using irh::field::ValuesType;

namespace irh::convert {

namespace {

/// One function of a loop, on its way.
class LoopFunction {
public:
  /// `numLeading`: arguments before the captures (time, time step, step number).
  LoopFunction(HostProgram &program, field::LoopOp loop, StringRef name, unsigned numLeading)
      : program(program), loop(loop), before(program.module.lookupSymbol<func::FuncOp>(name)),
        numLeading(numLeading), firstState(numLeading + loop.getCaptures().size()),
        buffers(before, firstState) {}

  const StepBuffers &getBuffers() const { return buffers; }

  /// `temporaries`: those of the whole loop.
  void lower(ArrayRef<Temporary> temporaries);

private:
  HostProgram &program;
  field::LoopOp loop;
  func::FuncOp before;
  unsigned numLeading, firstState;
  StepBuffers buffers;
};

void LoopFunction::lower(ArrayRef<Temporary> temporaries) {
  Location loc = before.getLoc();
  OpBuilder builder(before);
  Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
  SmallVector<Type> inputs = {pointer, pointer}; // Context and frame.
  for (BlockArgument argument : before.getArguments().take_front(numLeading))
    inputs.push_back(argument.getType());
  std::string name = before.getSymName().str();
  before.setSymName(name + "_before");
  auto after = func::FuncOp::create(builder, loc, name, builder.getFunctionType(inputs, {}));
  builder.setInsertionPointToStart(after.addEntryBlock());
  Value frame = after.getArgument(1);
  HostLowering lowering(program, builder, after.getArgument(0));
  KernelCode code(builder, loc);

  // The frame: networks, captures, states, temporaries.
  int64_t slot = 0;
  for (FlatSymbolRefAttr network : program.networks)
    lowering.setNetwork(network, lowering.loadSlot(loc, frame, slot++, pointer));
  SmallVector<Value> handleOfBuffer(numLeading);
  SmallVector<int64_t> slotOf(numLeading);
  for (auto [i, argument] : llvm::enumerate(before.getArguments())) {
    if (i < numLeading) {
      lowering.setScalar(argument, after.getArgument(2 + i));
      continue;
    }
    bool isField = isa<ValuesType>(argument.getType());
    Value value = lowering.loadSlot(loc, frame, slot, isField ? pointer : argument.getType());
    slotOf.push_back(slot);
    slot += HostLowering::numSlots(argument.getType());
    handleOfBuffer.push_back(isField ? value : Value());
    if (!isField)
      lowering.setScalar(argument, value);
  }
  for (const Temporary &temporary : buffers.temporaries()) {
    auto *position = llvm::find(temporaries, temporary);
    int64_t index = slot + std::distance(temporaries.begin(), position);
    handleOfBuffer.push_back(code.load(pointer, frame, code.i64(), code.index(index)));
  }

  lowering.useBuffers(buffers, handleOfBuffer);
  for (Operation &op : before.front().without_terminator())
    lowering.lower(op);
  lowering.endStep(firstState);
  for (auto [i, value] : llvm::enumerate(before.front().getTerminator()->getOperands()))
    if (!isa<ValuesType>(value.getType()) && value != before.getArgument(firstState + i))
      lowering.storeSlot(loc, frame, slotOf[firstState + i], lowering.scalarOf(value));
  func::ReturnOp::create(builder, loc);
}

} // namespace

LoweredLoop lowerLoopFunctions(HostProgram &program, field::LoopOp loop) {
  LoweredLoop lowered{loop.getStep().str(), loop.getAll().str(), {}};
  std::vector<LoopFunction> functions;
  functions.emplace_back(program, loop, loop.getStep(), field::EvolveOp::kNumTimeArguments);
  if (loop.getAll() != loop.getStep())
    functions.emplace_back(program, loop, loop.getAll(), field::EvolveOp::kNumTimeArguments);
  for (ArrayAttr names : {loop.getEvents(), loop.getConditions()})
    for (Attribute name : names)
      if (auto symbol = dyn_cast<FlatSymbolRefAttr>(name))
        functions.emplace_back(program, loop, symbol.getValue(), field::LoopOp::kNumEventArguments);
  for (const LoopFunction &function : functions)
    for (const Temporary &temporary : function.getBuffers().temporaries())
      if (!llvm::is_contained(lowered.temporaries, temporary))
        lowered.temporaries.push_back(temporary);
  for (LoopFunction &function : functions)
    function.lower(lowered.temporaries);
  return lowered;
}

} // namespace irh::convert
