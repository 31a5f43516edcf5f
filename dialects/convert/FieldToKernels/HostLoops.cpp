//===- HostLoops.cpp - loops to the runtime's time loop ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/HostLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using irh::field::ValuesType;

namespace irh::convert {

/// The slots of a loop, which its functions work in.
struct HostLowering::Frame {
  Value slots;
  SmallVector<int32_t> kinds; ///< See abi::SlotKind.
  SmallVector<int64_t> slotOfState;
  SmallVector<Value> temporaries;
};

HostLowering::Frame HostLowering::makeFrame(field::LoopOp loop, ArrayRef<Temporary> temporaries) {
  Location loc = loop.getLoc();
  Frame frame;
  SmallVector<Value> contents;
  auto add = [&](Value value, abi::SlotKind kind) {
    contents.push_back(value);
    frame.kinds.append(numSlots(value.getType()), static_cast<int32_t>(kind));
  };
  for (FlatSymbolRefAttr network : program.networks)
    add(networks.at(network.getAttr()), abi::SlotKind::Passing);
  for (Value capture : loop.getCaptures()) {
    if (isa<ValuesType>(capture.getType()))
      add(handleOf(capture), abi::SlotKind::Passing);
    else
      add(scalars.lookup(capture), abi::SlotKind::Scalar);
  }
  for (auto [i, initial] : llvm::enumerate(loop.getInitial())) {
    frame.slotOfState.push_back(static_cast<int64_t>(frame.kinds.size()));
    if (!isa<ValuesType>(initial.getType())) {
      add(scalars.lookup(initial), abi::SlotKind::Scalar);
      continue;
    }
    Value handle = handleOf(initial);
    add(handle, abi::SlotKind::Field);
    call(RuntimeCall::irh_rt_field_name, loc,
         {handle, string(loc, cast<StringAttr>(loop.getNames()[i]))});
  }
  for (const Temporary &temporary : temporaries) {
    frame.temporaries.push_back(newField(loc, temporary.type));
    add(frame.temporaries.back(), abi::SlotKind::Passing);
  }
  frame.slots = allocate(loc, static_cast<int64_t>(frame.kinds.size()));
  int64_t position = 0;
  for (Value value : contents) {
    storeSlot(loc, frame.slots, position, value);
    position += numSlots(value.getType());
  }
  return frame;
}

void HostLowering::registerEvents(field::LoopOp loop) {
  Location loc = loop.getLoc();
  Value never = arith::ConstantOp::create(builder, loc, builder.getF64FloatAttr(0));
  // For the runtime, 0 means that there is none.
  auto given = [&](Value cadence) {
    Value value = scalars.lookup(cadence), isPositive;
    bool isSteps = value.getType().isInteger(64);
    if (isSteps)
      isPositive =
          arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sgt, value, integer(loc, 0));
    else
      isPositive = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OGT, value, never);
    call(RuntimeCall::irh_rt_require, loc,
         {arith::ExtUIOp::create(builder, loc, builder.getI32Type(), isPositive),
          string(loc,
                 isSteps ? "`every` must be at least 1 step" : "`every` must be a time above 0")});
    return value;
  };
  for (auto [i, name] : llvm::enumerate(loop.getEvents().getAsRange<FlatSymbolRefAttr>())) {
    int32_t period = loop.getPeriodOf()[i], interval = loop.getIntervalOf()[i];
    auto condition = dyn_cast<FlatSymbolRefAttr>(loop.getConditions()[i]);
    announce(program.module.lookupSymbol(name.getAttr())->getLoc());
    call(RuntimeCall::irh_rt_evolve_event, loc,
         {functionPointer(loc, name.getValue()),
          period < 0 ? integer(loc, 0) : given(loop.getPeriods()[period]),
          interval < 0 ? never : given(loop.getIntervals()[interval]),
          condition ? functionPointer(loc, condition.getValue()) : nullPointer(loc),
          integer(loc, loop.getHeld()[i], 32)});
  }
  Value none = integer(loc, 0);
  for (Value steps : loop.getCheckpointSteps())
    call(RuntimeCall::irh_rt_checkpoint, loc, {given(steps), never, never});
  for (Value interval : loop.getCheckpointIntervals())
    call(RuntimeCall::irh_rt_checkpoint, loc, {none, given(interval), never});
  for (Value seconds : loop.getCheckpointSeconds())
    call(RuntimeCall::irh_rt_checkpoint, loc, {none, never, given(seconds)});
}

void HostLowering::runLoop(field::LoopOp loop) {
  Location loc = loop.getLoc();
  announce(loc);
  Value step = functionPointer(loc, loop.getStep()), all = functionPointer(loc, loop.getAll());
  Value dt = scalars.lookup(loop.getDt());
  if (loop.getSteps()) {
    call(RuntimeCall::irh_rt_evolve_steps, loc, {step, all, scalars.lookup(loop.getSteps()), dt});
    return;
  }
  Value from = scalars.lookup(loop.getFrom()), to = scalars.lookup(loop.getTo());
  if (loop.getTolerance())
    call(RuntimeCall::irh_rt_evolve_adaptive, loc,
         {step, from, to, dt, scalars.lookup(loop.getTolerance())});
  else
    call(RuntimeCall::irh_rt_evolve_span, loc, {step, all, from, to, dt});
}

void HostLowering::lowerLoop(field::LoopOp loop) {
  Location loc = loop.getLoc();
  announce(loc);
  LoweredLoop lowered = lowerLoopFunctions(program, loop);
  Frame frame = makeFrame(loop, lowered.temporaries);

  SmallVector<StringRef> names;
  for (auto name : loop.getColumns().getAsRange<StringAttr>())
    names.push_back(name);
  SmallVector<Type> types;
  for (auto type : loop.getColumnTypes().getAsRange<TypeAttr>())
    types.push_back(type.getValue());
  declareTable(loc, names, types);

  call(RuntimeCall::irh_rt_evolve_begin, loc,
       {string(loc, loop.getTime()), frame.slots,
        integer(loc, static_cast<int64_t>(frame.kinds.size())),
        constantArray(loc, builder.getI8Type(), frame.kinds)});
  registerEvents(loop);
  runLoop(loop);

  for (auto [initial, final, slot] :
       llvm::zip_equal(loop.getInitial(), loop.getFinal(), frame.slotOfState)) {
    if (isa<ValuesType>(final.getType()))
      handles[final] = handleOf(initial);
    else
      scalars.map(final, loadSlot(loc, frame.slots, slot, final.getType()));
  }
  for (Value temporary : frame.temporaries)
    call(RuntimeCall::irh_rt_field_release, loc, {temporary});
}

} // namespace irh::convert
