//===- HostLowering.cpp - the program around the kernels to runtime calls ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/FieldToKernels/HostLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using irh::field::ReductionKind;
using irh::field::ValuesType;

namespace irh::convert {

static abi::Element elementOf(Type type) {
  if (isa<ComplexType>(type))
    return abi::Element::Complex;
  if (type.isF64())
    return abi::Element::Real;
  return type.isInteger(1) ? abi::Element::Bool : abi::Element::Int;
}

static abi::Reduction reductionOf(ReductionKind kind, Type type) {
  bool isReal = type.isF64();
  switch (kind) {
  case ReductionKind::Sum:
    return isReal ? abi::Reduction::SumReal : abi::Reduction::SumInt;
  case ReductionKind::Min:
    return isReal ? abi::Reduction::MinReal : abi::Reduction::MinInt;
  case ReductionKind::Max:
    return isReal ? abi::Reduction::MaxReal : abi::Reduction::MaxInt;
  case ReductionKind::NotFinite:
    return abi::Reduction::NotFinite;
  case ReductionKind::Prod:
    break;
  }
  llvm_unreachable("a product over a whole set is refused by semantic analysis");
}

Value HostLowering::call(RuntimeCall which, Location loc, ValueRange arguments) {
  SmallVector<Value> all = {context};
  llvm::append_range(all, arguments);
  return emitRuntimeCall(builder, loc, program.module, which, all);
}

Value HostLowering::integer(Location loc, int64_t value, unsigned bits) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getIntegerAttr(builder.getIntegerType(bits), value));
}

Value HostLowering::string(Location loc, StringRef text) {
  return emitString(builder, loc, program.module, text);
}

/// Slots live in the entry block: a call in a loop must not grow the stack.
Value HostLowering::allocate(Location loc, int64_t count) {
  OpBuilder::InsertionGuard guard(builder);
  auto function = builder.getBlock()->getParentOp();
  builder.setInsertionPointToStart(&cast<func::FuncOp>(function).front());
  return LLVM::AllocaOp::create(builder, loc, LLVM::LLVMPointerType::get(builder.getContext()),
                                builder.getI64Type(), integer(loc, std::max<int64_t>(count, 1)));
}

void HostLowering::storeSlot(Location loc, Value slots, int64_t position, Value value) {
  KernelCode code(builder, loc);
  if (value.getType().isInteger(1))
    value = arith::ExtUIOp::create(builder, loc, builder.getI64Type(), value);
  LLVM::StoreOp::create(builder, loc, value, code.address(slots, code.i64(), code.index(position)));
}

Value HostLowering::setHandle(Location loc, FlatSymbolRefAttr network, field::SetKind set) {
  return call(RuntimeCall::irh_rt_set, loc,
              {networks.at(network.getAttr()), integer(loc, static_cast<int64_t>(set), 32)});
}

Value HostLowering::newField(Location loc, ValuesType type) {
  Value element = integer(loc, static_cast<int64_t>(elementOf(type.getElement())), 32);
  return call(RuntimeCall::irh_rt_field, loc,
              {setHandle(loc, type.getNetwork(), type.getSet()), element});
}

/// Tells the runtime which statement runs from here on, so that a failure can say where.
void HostLowering::announce(Location loc) {
  auto place = loc->findInstanceOf<FileLineColRange>();
  if (!place || announced == std::pair(place.getStartLine(), place.getStartColumn()))
    return;
  announced = {place.getStartLine(), place.getStartColumn()};
  call(RuntimeCall::irh_rt_at, loc,
       {integer(loc, announced.first, 32), integer(loc, announced.second, 32)});
}

void HostLowering::useBuffers(const StepBuffers &stepBuffers, ArrayRef<Value> handleOfBuffer) {
  buffers = &stepBuffers;
  bufferHandles.assign(handleOfBuffer.begin(), handleOfBuffer.end());
}

void HostLowering::endStep(unsigned firstState) {
  Location loc = builder.getUnknownLoc();
  for (auto [home, buffer] : buffers->swaps())
    call(RuntimeCall::irh_rt_field_swap, loc, {bufferHandles[home], bufferHandles[buffer]});
  for (field::WatchOp watch : watches) {
    announce(watch.getLoc());
    auto returned = watch->getBlock()->getTerminator()->getOperands();
    auto state = llvm::find_if(returned, [&](Value value) {
      return StepBuffers::rootOf(value) == StepBuffers::rootOf(watch.getField());
    });
    assert(state != returned.end() && "a watch is on a new state");
    Value home = bufferHandles[firstState + std::distance(returned.begin(), state)];
    Value flag = arith::ExtUIOp::create(builder, watch.getLoc(), builder.getI64Type(),
                                        scalars.lookup(watch.getFlag()));
    call(RuntimeCall::irh_rt_watch, watch.getLoc(), {home, flag});
  }
}

//===- Operations ---------------------------------------------------------------===//

void HostLowering::lower(Operation &op) {
  Location loc = op.getLoc();
  if (auto sweep = dyn_cast<field::SweepOp>(op))
    return lowerSweep(sweep);
  if (auto exchange = dyn_cast<dist::ExchangeOp>(op))
    return lowerExchange(exchange);
  if (auto row = dyn_cast<field::RowOp>(op))
    return lowerRow(row);
  if (auto record = dyn_cast<field::RecordOp>(op))
    return lowerRecord(record);
  if (auto loop = dyn_cast<field::LoopOp>(op))
    return lowerLoop(loop);
  if (isa<net::RingOp, net::WattsStrogatzOp, net::ReadOp>(op))
    return lowerNetwork(op);
  if (isa<net::DegreesOp, net::IdsOp>(op))
    return; // Kernels take the network's own arrays.
  if (auto watch = dyn_cast<field::WatchOp>(op))
    return watches.push_back(watch);
  if (auto param = dyn_cast<model::ParamValueOp>(op))
    return scalars.map(param.getResult(), lowerParam(param));
  if (auto text = dyn_cast<model::TextOp>(op))
    return scalars.map(text.getResult(), string(loc, text.getValue()));
  if (isa<model::RunSeedOp>(op))
    return scalars.map(op.getResult(0), call(RuntimeCall::irh_rt_run_seed, loc, {}));
  if (auto seed = dyn_cast<model::UseSeedOp>(op)) {
    call(RuntimeCall::irh_rt_use_seed, loc, {scalars.lookup(seed.getSeed())});
    return;
  }
  if (auto count = dyn_cast<field::CountOp>(op)) {
    Value set = setHandle(loc, count.getNetworkAttr(), count.getSet());
    return scalars.map(count.getResult(), call(RuntimeCall::irh_rt_set_count, loc, {set}));
  }
  if (auto column = dyn_cast<field::ColumnOp>(op)) {
    announce(loc);
    ValuesType type = column.getResult().getType();
    Value set = setHandle(loc, type.getNetwork(), type.getSet());
    Value element = integer(loc, static_cast<int64_t>(elementOf(type.getElement())), 32);
    handles[column.getResult()] =
        call(RuntimeCall::irh_rt_field_column, loc, {set, element, string(loc, column.getName())});
    return;
  }
  if (auto draw = dyn_cast<field::DrawOp>(op)) {
    ValuesType type = draw.getResult().getType();
    Value set = setHandle(loc, type.getNetwork(), type.getSet());
    handles[draw.getResult()] = call(RuntimeCall::irh_rt_field_draw, loc,
                                     {set, integer(loc, static_cast<int64_t>(draw.getKind()), 32),
                                      string(loc, draw.getStream())});
    return;
  }
  if (auto check = dyn_cast<field::CheckOp>(op)) {
    announce(loc);
    Value condition = arith::ExtUIOp::create(builder, loc, builder.getI32Type(),
                                             scalars.lookup(check.getCondition()));
    call(RuntimeCall::irh_rt_check, loc, {condition, string(loc, check.getMessage())});
    return;
  }
  builder.clone(op, scalars);
}

Value HostLowering::lowerParam(model::ParamValueOp op) {
  Location loc = op.getLoc();
  Value index = integer(loc, op.getIndex());
  Type type = op.getResult().getType();
  if (type.isF64())
    return call(RuntimeCall::irh_rt_param_real, loc, {index});
  if (type.isInteger(64))
    return call(RuntimeCall::irh_rt_param_int, loc, {index});
  if (isa<model::StringType>(type))
    return call(RuntimeCall::irh_rt_param_string, loc, {index});
  Value number = call(RuntimeCall::irh_rt_param_bool, loc, {index});
  return arith::TruncIOp::create(builder, loc, builder.getI1Type(), number);
}

void HostLowering::lowerNetwork(Operation &op) {
  Location loc = op.getLoc();
  announce(loc);
  auto argument = [&](Value value) { return scalars.lookup(value); };
  auto name = op.getAttrOfType<FlatSymbolRefAttr>("name");
  if (auto ring = dyn_cast<net::RingOp>(op))
    return setNetwork(name,
                      call(RuntimeCall::irh_rt_network_ring, loc, {argument(ring.getNodes())}));
  if (auto small = dyn_cast<net::WattsStrogatzOp>(op))
    return setNetwork(name, call(RuntimeCall::irh_rt_network_watts_strogatz, loc,
                                 {argument(small.getNodes()), argument(small.getNeighbours()),
                                  argument(small.getRewire()), argument(small.getSeed())}));
  auto read = cast<net::ReadOp>(op);
  Value nodesFile =
      read.getNodesFile()
          ? argument(read.getNodesFile())
          : LLVM::ZeroOp::create(builder, loc, LLVM::LLVMPointerType::get(builder.getContext()));
  setNetwork(name,
             call(RuntimeCall::irh_rt_network_read, loc,
                  {argument(read.getEdgesFile()), nodesFile, integer(loc, read.getDuplicates(), 32),
                   integer(loc, read.getLoops(), 32)}));
}

void HostLowering::lowerExchange(dist::ExchangeOp exchange) {
  Location loc = exchange.getLoc();
  Value array = allocate(loc, exchange.getFields().size());
  for (auto [i, value] : llvm::enumerate(exchange.getFields())) {
    Value handle = buffers ? bufferHandles[buffers->bufferOf(value)] : handleOf(value);
    storeSlot(loc, array, i, handle);
    if (!buffers)
      handles[exchange.getResult(i)] = handle;
  }
  call(RuntimeCall::irh_rt_exchange, loc, {array, integer(loc, exchange.getFields().size())});
}

Value HostLowering::kindsArray(Location loc, field::SweepOp sweep) {
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  if (sweep.getKinds().empty())
    return LLVM::ZeroOp::create(builder, loc, pointer);
  SmallVector<int32_t> kinds;
  for (auto [i, value] : llvm::enumerate(sweep.getReducedOperands()))
    kinds.push_back(static_cast<int32_t>(reductionOf(sweep.getReduction(i), value.getType())));
  auto globals = program.module.getOps<LLVM::GlobalOp>();
  OpBuilder atModule = OpBuilder::atBlockBegin(program.module.getBody());
  auto type = LLVM::LLVMArrayType::get(builder.getI32Type(), kinds.size());
  auto name = "irh_data" + Twine(std::distance(globals.begin(), globals.end()));
  auto global =
      LLVM::GlobalOp::create(atModule, loc, type, /*isConstant=*/true, LLVM::Linkage::Internal,
                             name.str(), builder.getI32TensorAttr(kinds));
  return LLVM::AddressOfOp::create(builder, loc, global);
}

void HostLowering::lowerSweep(field::SweepOp sweep) {
  Location loc = sweep.getLoc();
  announce(loc);
  // Outside a loop, each stored value is a new field.
  llvm::DenseMap<Value, unsigned> numbers;
  SmallVector<Value> numbered;
  auto numberOf = [&](Value value) -> unsigned {
    if (buffers)
      return buffers->bufferOf(value);
    Value handle = handleOf(value);
    auto [entry, isNew] = numbers.insert({handle, numbered.size()});
    if (isNew)
      numbered.push_back(handle);
    return entry->second;
  };
  if (!buffers)
    for (Value result : sweep.getResults().take_front(sweep.getNumStored()))
      handles[result] = newField(loc, cast<ValuesType>(result.getType()));

  Kernel kernel = program.kernels.emit(sweep, numberOf);
  Value slots = allocate(loc, kernel.slots.size());
  for (auto [i, slot] : llvm::enumerate(kernel.slots)) {
    Value value;
    switch (slot.kind) {
    case KernelSlot::Kind::Buffer:
      value = call(RuntimeCall::irh_rt_field_data, loc,
                   {buffers ? bufferHandles[slot.buffer] : numbered[slot.buffer]});
      break;
    case KernelSlot::Kind::Array:
      value = call(RuntimeCall::irh_rt_network_array, loc,
                   {networks.at(sweep.getNetworkAttr().getAttr()),
                    integer(loc, static_cast<int64_t>(slot.array), 32)});
      break;
    case KernelSlot::Kind::Scalar:
      value = scalars.lookup(slot.scalar);
      if (slot.part == KernelSlot::Part::Re)
        value = complex::ReOp::create(builder, loc, value);
      if (slot.part == KernelSlot::Part::Im)
        value = complex::ImOp::create(builder, loc, value);
      break;
    }
    storeSlot(loc, slots, i, value);
  }

  Value results = allocate(loc, sweep.getKinds().size());
  auto entry = program.module.lookupSymbol<func::FuncOp>(kernel.entry);
  Value function = func::ConstantOp::create(builder, loc, entry.getFunctionType(), kernel.entry);
  Value pointer = UnrealizedConversionCastOp::create(
                      builder, loc, LLVM::LLVMPointerType::get(builder.getContext()), function)
                      .getResult(0);
  call(RuntimeCall::irh_rt_sweep, loc,
       {setHandle(loc, sweep.getNetworkAttr(), sweep.getSet()), pointer, slots,
        integer(loc, sweep.getKinds().size()), kindsArray(loc, sweep), results});

  KernelCode code(builder, loc);
  for (auto [i, value] : llvm::enumerate(sweep.getResults().drop_front(sweep.getNumStored()))) {
    bool isFlag = value.getType().isInteger(1);
    Value loaded =
        code.load(isFlag ? code.i64() : value.getType(), results, code.i64(), code.index(i));
    scalars.map(value,
                isFlag ? arith::TruncIOp::create(builder, loc, value.getType(), loaded) : loaded);
  }
}

//===- Output -------------------------------------------------------------------===//

void HostLowering::declareTable(Location loc, ArrayRef<StringRef> names, ArrayRef<Type> types) {
  call(RuntimeCall::irh_rt_table, loc, {integer(loc, names.size())});
  for (auto [i, name] : llvm::enumerate(names))
    call(RuntimeCall::irh_rt_table_column, loc,
         {integer(loc, i), string(loc, name),
          integer(loc, static_cast<int64_t>(elementOf(types[i])), 32)});
}

void HostLowering::lowerRow(field::RowOp row) {
  Location loc = row.getLoc();
  SmallVector<StringRef> names;
  SmallVector<Type> types;
  for (auto record : row.getBody().getOps<field::RecordOp>()) {
    names.push_back(record.getName());
    types.push_back(record.getValue().getType());
  }
  declareTable(loc, names, types);
  for (Operation &op : row.getBody().front())
    lower(op);
  call(RuntimeCall::irh_rt_row_end, loc, {});
}

void HostLowering::lowerRecord(field::RecordOp record) {
  Location loc = record.getLoc();
  Value column = integer(loc, record.getColumn());
  Value value = scalars.lookup(record.getValue());
  if (isa<ComplexType>(value.getType())) {
    call(RuntimeCall::irh_rt_cell_complex, loc,
         {column, complex::ReOp::create(builder, loc, value),
          complex::ImOp::create(builder, loc, value)});
  } else if (value.getType().isF64()) {
    call(RuntimeCall::irh_rt_cell_real, loc, {column, value});
  } else if (value.getType().isInteger(1)) {
    Value number = arith::ExtUIOp::create(builder, loc, builder.getI32Type(), value);
    call(RuntimeCall::irh_rt_cell_bool, loc, {column, number});
  } else {
    call(RuntimeCall::irh_rt_cell_int, loc, {column, value});
  }
}

//===- Time ---------------------------------------------------------------------===//

static Value functionPointer(OpBuilder &builder, Location loc, ModuleOp module, StringRef name) {
  auto function = module.lookupSymbol<func::FuncOp>(name);
  Value value = func::ConstantOp::create(builder, loc, function.getFunctionType(), name);
  return UnrealizedConversionCastOp::create(builder, loc,
                                            LLVM::LLVMPointerType::get(builder.getContext()), value)
      .getResult(0);
}

void HostLowering::lowerLoop(field::LoopOp loop) {
  Location loc = loop.getLoc();
  announce(loc);
  LoweredLoop lowered = lowerLoopFunctions(program, loop);

  SmallVector<Value> frame;
  for (FlatSymbolRefAttr network : program.networks)
    frame.push_back(networks.at(network.getAttr()));
  for (Value capture : loop.getCaptures())
    frame.push_back(isa<ValuesType>(capture.getType()) ? handleOf(capture)
                                                       : scalars.lookup(capture));
  for (auto [i, initial] : llvm::enumerate(loop.getInitial())) {
    frame.push_back(handleOf(initial));
    handles[loop.getFinal()[i]] = frame.back();
    auto name = cast<StringAttr>(loop.getNames()[i]);
    call(RuntimeCall::irh_rt_field_name, loc, {frame.back(), string(loc, name)});
  }
  SmallVector<Value> temporaries;
  for (const Temporary &temporary : lowered.temporaries)
    temporaries.push_back(newField(loc, temporary.type));
  llvm::append_range(frame, temporaries);
  Value slots = allocate(loc, frame.size());
  for (auto [i, value] : llvm::enumerate(frame))
    storeSlot(loc, slots, i, value);

  SmallVector<StringRef> names;
  for (auto name : loop.getColumns().getAsRange<StringAttr>())
    names.push_back(name);
  SmallVector<Type> types;
  for (auto type : loop.getColumnTypes().getAsRange<TypeAttr>())
    types.push_back(type.getValue());
  declareTable(loc, names, types);

  auto pointerTo = [&](StringRef name) {
    return functionPointer(builder, loc, program.module, name);
  };
  call(RuntimeCall::irh_rt_evolve_begin, loc, {string(loc, loop.getTime()), slots});
  unsigned numPeriodic = loop.getPeriods().size();
  for (auto [i, event] : llvm::enumerate(lowered.events)) {
    announce(program.module.lookupSymbol(event)->getLoc());
    if (i < numPeriodic)
      call(RuntimeCall::irh_rt_evolve_event, loc,
           {pointerTo(event), scalars.lookup(loop.getPeriods()[i])});
    else
      call(RuntimeCall::irh_rt_evolve_each_step, loc, {pointerTo(event)});
  }
  announce(loc);
  Value step = pointerTo(lowered.step), all = pointerTo(lowered.all);
  Value dt = scalars.lookup(loop.getDt());
  if (loop.getSteps())
    call(RuntimeCall::irh_rt_evolve_steps, loc, {step, all, scalars.lookup(loop.getSteps()), dt});
  else
    call(RuntimeCall::irh_rt_evolve_span, loc,
         {step, all, scalars.lookup(loop.getFrom()), scalars.lookup(loop.getTo()), dt});
  for (Value temporary : temporaries)
    call(RuntimeCall::irh_rt_field_release, loc, {temporary});
}

} // namespace irh::convert
