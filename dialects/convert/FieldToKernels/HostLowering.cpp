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
  // A column of lists is one of reals, several to a cell.
  if (type.isF64() || isa<field::ListType>(type))
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

int64_t HostLowering::numSlots(Type type) { return isa<ComplexType>(type) ? 2 : 1; }

void HostLowering::storeSlot(Location loc, Value slots, int64_t position, Value value) {
  KernelCode code(builder, loc);
  auto store = [&](Value part, int64_t at) {
    LLVM::StoreOp::create(builder, loc, part, code.address(slots, code.i64(), code.index(at)));
  };
  if (isa<ComplexType>(value.getType())) {
    store(complex::ReOp::create(builder, loc, value), position);
    store(complex::ImOp::create(builder, loc, value), position + 1);
    return;
  }
  if (value.getType().isInteger(1))
    value = arith::ExtUIOp::create(builder, loc, builder.getI64Type(), value);
  store(value, position);
}

Value HostLowering::loadSlot(Location loc, Value slots, int64_t position, Type type) {
  KernelCode code(builder, loc);
  auto load = [&](Type part, int64_t at) {
    return code.load(part, slots, code.i64(), code.index(at));
  };
  if (isa<ComplexType>(type))
    return complex::CreateOp::create(builder, loc, type, load(code.f64(), position),
                                     load(code.f64(), position + 1));
  if (type.isInteger(1))
    return arith::TruncIOp::create(builder, loc, type, load(code.i64(), position));
  return load(type, position);
}

Value HostLowering::functionPointer(Location loc, StringRef name) {
  return emitFunctionPointer(builder, loc, program.module.lookupSymbol<func::FuncOp>(name));
}

Value HostLowering::nullPointer(Location loc) {
  return LLVM::ZeroOp::create(builder, loc, LLVM::LLVMPointerType::get(builder.getContext()));
}

Value HostLowering::flag(Location loc, Value condition) {
  return arith::ExtUIOp::create(builder, loc, builder.getI32Type(), scalars.lookup(condition));
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
      return isa<ValuesType>(value.getType()) &&
             StepBuffers::rootOf(value) == StepBuffers::rootOf(watch.getField());
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
  if (makesNetwork(op))
    return lowerNetwork(op);
  if (auto save = dyn_cast<field::SaveOp>(op))
    return lowerSave(save);
  if (auto draw = dyn_cast<field::DrawOp>(op))
    return lowerDraw(draw);
  if (auto holonomy = dyn_cast<net::HolonomyOp>(op))
    return lowerHolonomy(holonomy);
  if (lowerSpectral(op))
    return;
  if (isa<net::DegreesOp, net::IdsOp>(op))
    return; // Kernels take the network's own arrays.
  if (auto watch = dyn_cast<field::WatchOp>(op))
    return watches.push_back(watch);
  if (Value handle = lowerToHandle(op))
    return setHandle(op.getResult(0), handle);
  if (Value scalar = lowerToScalar(op))
    return scalars.map(op.getResult(0), scalar);
  if (!lowerEffect(op))
    builder.clone(op, scalars);
}

/// Fields that the runtime fills, or has.
Value HostLowering::lowerToHandle(Operation &op) {
  Location loc = op.getLoc();
  if (auto initial = dyn_cast<field::InitialOp>(op)) {
    announce(loc);
    Value handle = handleOf(initial.getField());
    call(RuntimeCall::irh_rt_field_initial, loc, {handle, string(loc, initial.getName())});
    return handle;
  }
  if (!isa<net::PositionOp, field::ColumnOp>(op))
    return {};
  announce(loc);
  auto type = cast<ValuesType>(op.getResult(0).getType());
  Value set = setHandle(loc, type.getNetwork(), type.getSet());
  if (auto position = dyn_cast<net::PositionOp>(op))
    return call(RuntimeCall::irh_rt_field_position, loc, {set, integer(loc, position.getAxis())});
  auto column = cast<field::ColumnOp>(op);
  Value element = integer(loc, static_cast<int64_t>(elementOf(type.getElement())), 32);
  return call(
      RuntimeCall::irh_rt_field_column, loc,
      {set, element, string(loc, column.getName()), integer(loc, column.getSymmetry(), 32)});
}

/// Single values that the runtime knows.
Value HostLowering::lowerToScalar(Operation &op) {
  Location loc = op.getLoc();
  if (auto param = dyn_cast<model::ParamValueOp>(op))
    return lowerParam(param);
  if (auto text = dyn_cast<model::TextOp>(op))
    return string(loc, text.getValue());
  if (isa<model::RunSeedOp>(op))
    return call(RuntimeCall::irh_rt_run_seed, loc, {});
  if (auto count = dyn_cast<field::CountOp>(op)) {
    Value set = setHandle(loc, count.getNetworkAttr(), count.getSet());
    return call(RuntimeCall::irh_rt_set_count, loc, {set});
  }
  if (auto variate = dyn_cast<field::VariateOp>(op)) {
    Value step = variate.getStep() ? scalars.lookup(variate.getStep()) : integer(loc, -1);
    Value kind = integer(loc, static_cast<int64_t>(variate.getKind()), 32);
    return call(RuntimeCall::irh_rt_draw, loc, {kind, string(loc, variate.getStream()), step});
  }
  if (auto element = dyn_cast<field::ListElementOp>(op)) {
    announce(loc);
    return call(RuntimeCall::irh_rt_list_element, loc,
                {scalars.lookup(element.getList()), scalars.lookup(element.getIndex())});
  }
  if (auto reduce = dyn_cast<field::ListReduceOp>(op))
    return call(RuntimeCall::irh_rt_list_reduce, loc,
                {scalars.lookup(reduce.getList()), integer(loc, reduce.getKind(), 32)});
  if (auto error = dyn_cast<field::StepErrorOp>(op)) {
    Value accepted = call(RuntimeCall::irh_rt_step_error, loc,
                          {scalars.lookup(error.getSquares()), scalars.lookup(error.getCount())});
    return arith::TruncIOp::create(builder, loc, builder.getI1Type(), accepted);
  }
  return {};
}

/// Calls for the sake of what they do; false for any other operation.
bool HostLowering::lowerEffect(Operation &op) {
  Location loc = op.getLoc();
  if (auto select = dyn_cast<field::SelectOp>(op)) {
    call(RuntimeCall::irh_rt_field_swap_if, loc,
         {handleAt(select.getIfFalse()), handleAt(select.getIfTrue()),
          flag(loc, select.getCondition())});
    return true;
  }
  if (auto due = dyn_cast<field::DueOp>(op)) {
    call(RuntimeCall::irh_rt_due, loc, {flag(loc, due.getCondition())});
    return true;
  }
  if (auto final = dyn_cast<field::FinalOp>(op)) {
    call(RuntimeCall::irh_rt_field_final, loc,
         {handleOf(final.getField()), string(loc, final.getName())});
    return true;
  }
  if (auto seed = dyn_cast<model::UseSeedOp>(op)) {
    call(RuntimeCall::irh_rt_use_seed, loc, {scalars.lookup(seed.getSeed())});
    return true;
  }
  // What follows may fail, at its own place.
  if (!isa<net::RequireUndirectedOp, field::WatchValueOp, field::RequireOp, field::CheckOp>(op))
    return false;
  announce(loc);
  if (auto undirected = dyn_cast<net::RequireUndirectedOp>(op))
    call(RuntimeCall::irh_rt_undirected, loc,
         {networks.at(undirected.getNameAttr().getAttr()), string(loc, undirected.getField())});
  if (auto watch = dyn_cast<field::WatchValueOp>(op))
    call(RuntimeCall::irh_rt_watch_scalar, loc,
         {string(loc, watch.getName()), scalars.lookup(watch.getValue())});
  if (auto require = dyn_cast<field::RequireOp>(op))
    call(RuntimeCall::irh_rt_require, loc,
         {flag(loc, require.getCondition()), string(loc, require.getMessage())});
  if (auto check = dyn_cast<field::CheckOp>(op))
    call(RuntimeCall::irh_rt_check, loc,
         {flag(loc, check.getCondition()), string(loc, check.getMessage())});
  return true;
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

/// Outside a loop a field of variates is new; inside, its memory is filled again at each step.
void HostLowering::lowerDraw(field::DrawOp draw) {
  Location loc = draw.getLoc();
  Value kind = integer(loc, static_cast<int64_t>(draw.getKind()), 32);
  Value stream = string(loc, draw.getStream());
  if (buffers) {
    assert(draw.getStep() && "a loop draws anew at each step");
    call(RuntimeCall::irh_rt_field_fill, loc,
         {handleAt(draw.getResult()), kind, stream, scalars.lookup(draw.getStep())});
    return;
  }
  ValuesType type = draw.getResult().getType();
  Value set = setHandle(loc, type.getNetwork(), type.getSet());
  handles[draw.getResult()] = call(RuntimeCall::irh_rt_field_draw, loc, {set, kind, stream});
}

void HostLowering::lowerHolonomy(net::HolonomyOp op) {
  announce(op.getLoc());
  Value target = handleToFill(op.getResult());
  call(RuntimeCall::irh_rt_holonomy, op.getLoc(),
       {handleAt(op.getForth()), handleAt(op.getBack()), target});
}

bool makesNetwork(Operation &op) {
  return isa<net::RingOp, net::WattsStrogatzOp, net::GeometricOp, net::ErdosRenyiOp,
             net::BarabasiAlbertOp, net::LatticeOp, net::CompleteOp, net::StarOp, net::ReadOp>(op);
}

void HostLowering::lowerNetwork(Operation &op) {
  announce(op.getLoc());
  setNetwork(op.getAttrOfType<FlatSymbolRefAttr>("name"), makeNetwork(op));
}

Value HostLowering::makeNetwork(Operation &op) {
  Location loc = op.getLoc();
  SmallVector<Value> a;
  for (Value operand : op.getOperands())
    a.push_back(scalars.lookup(operand));
  auto word = [&](Value value) -> Value { // i64 to i32
    return arith::TruncIOp::create(builder, loc, builder.getI32Type(), value);
  };
  if (isa<net::RingOp>(op))
    return call(RuntimeCall::irh_rt_network_ring, loc, {a[0], word(a[1])});
  if (isa<net::CompleteOp>(op))
    return call(RuntimeCall::irh_rt_network_complete, loc, {a[0], word(a[1])});
  if (isa<net::StarOp>(op))
    return call(RuntimeCall::irh_rt_network_star, loc, {a[0]});
  if (isa<net::WattsStrogatzOp>(op))
    return call(RuntimeCall::irh_rt_network_watts_strogatz, loc, a);
  if (auto geometric = dyn_cast<net::GeometricOp>(op))
    return call(RuntimeCall::irh_rt_network_geometric, loc,
                {a[0], a[1], a[2], integer(loc, geometric.getByDegree(), 32), word(a[3]), a[4]});
  if (isa<net::ErdosRenyiOp>(op))
    return call(RuntimeCall::irh_rt_network_erdos_renyi, loc, {a[0], a[1], word(a[2]), a[3]});
  if (isa<net::BarabasiAlbertOp>(op))
    return call(RuntimeCall::irh_rt_network_barabasi_albert, loc, {a[0], a[1], word(a[2]), a[3]});
  if (isa<net::LatticeOp>(op)) {
    Value shape = allocate(loc, a.size() - 1);
    for (auto [i, extent] : llvm::enumerate(ArrayRef(a).drop_front()))
      storeSlot(loc, shape, i, extent);
    return call(RuntimeCall::irh_rt_network_lattice, loc,
                {shape, integer(loc, a.size() - 1), word(a[0])});
  }
  auto read = cast<net::ReadOp>(op);
  Value nodesFile = read.getNodesFile() ? scalars.lookup(read.getNodesFile()) : nullPointer(loc);
  return call(RuntimeCall::irh_rt_network_read, loc,
              {a[0], nodesFile, integer(loc, read.getDuplicates(), 32),
               integer(loc, read.getLoops(), 32), word(scalars.lookup(read.getDirected()))});
}

void HostLowering::lowerExchange(dist::ExchangeOp exchange) {
  Location loc = exchange.getLoc();
  Value array = allocate(loc, exchange.getFields().size());
  for (auto [i, value] : llvm::enumerate(exchange.getFields())) {
    Value handle = handleAt(value);
    storeSlot(loc, array, i, handle);
    if (!buffers)
      handles[exchange.getResult(i)] = handle;
  }
  call(RuntimeCall::irh_rt_exchange, loc, {array, integer(loc, exchange.getFields().size())});
}

Value HostLowering::constantArray(Location loc, Type element, ArrayRef<int32_t> values) {
  if (values.empty())
    return nullPointer(loc);
  auto globals = program.module.getOps<LLVM::GlobalOp>();
  OpBuilder atModule = OpBuilder::atBlockBegin(program.module.getBody());
  SmallVector<APInt> numbers;
  for (int32_t value : values)
    numbers.push_back(APInt(element.getIntOrFloatBitWidth(), value, /*isSigned=*/true));
  int64_t count = static_cast<int64_t>(values.size());
  auto data = DenseElementsAttr::get(RankedTensorType::get(count, element), numbers);
  auto name = "irh_data" + Twine(std::distance(globals.begin(), globals.end()));
  auto global =
      LLVM::GlobalOp::create(atModule, loc, LLVM::LLVMArrayType::get(element, count),
                             /*isConstant=*/true, LLVM::Linkage::Internal, name.str(), data);
  return LLVM::AddressOfOp::create(builder, loc, global);
}

Value HostLowering::kindsArray(Location loc, field::SweepOp sweep) {
  SmallVector<int32_t> kinds;
  for (auto [i, value] : llvm::enumerate(sweep.getReducedOperands()))
    kinds.push_back(static_cast<int32_t>(reductionOf(sweep.getReduction(i), value.getType())));
  return constantArray(loc, builder.getI32Type(), kinds);
}

/// What the kernel is given for a slot; `field` is the handle of a Buffer.
Value HostLowering::slotValue(field::SweepOp sweep, const KernelSlot &slot, Value field) {
  Location loc = sweep.getLoc();
  bool isDevice = program.runner == Runner::Device;
  switch (slot.kind) {
  case KernelSlot::Kind::Buffer: {
    if (!isDevice)
      return call(RuntimeCall::irh_rt_field_data, loc, {field});
    abi::Access access = !slot.isWritten ? abi::Access::Read
                         : slot.isRead   ? abi::Access::ReadWrite
                                         : abi::Access::Write;
    return call(RuntimeCall::irh_rt_field_device, loc,
                {field, integer(loc, static_cast<int64_t>(access), 32)});
  }
  case KernelSlot::Kind::Network:
    return networks.at(sweep.getNetworkAttr().getAttr());
  case KernelSlot::Kind::Array:
    return call(isDevice ? RuntimeCall::irh_rt_network_device : RuntimeCall::irh_rt_network_array,
                loc,
                {networks.at(sweep.getNetworkAttr().getAttr()),
                 integer(loc, static_cast<int64_t>(slot.array), 32)});
  case KernelSlot::Kind::Scalar:
    break;
  }
  Value scalar = scalars.lookup(slot.scalar);
  if (slot.part == KernelSlot::Part::Re)
    return complex::ReOp::create(builder, loc, scalar);
  if (slot.part == KernelSlot::Part::Im)
    return complex::ImOp::create(builder, loc, scalar);
  return scalar;
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
  ArrayRef<Value> fields = buffers ? ArrayRef(bufferHandles) : ArrayRef(numbered);
  Value slots = allocate(loc, kernel.slots.size());
  for (auto [i, slot] : llvm::enumerate(kernel.slots)) {
    bool isField = slot.kind == KernelSlot::Kind::Buffer;
    storeSlot(loc, slots, i, slotValue(sweep, slot, isField ? fields[slot.buffer] : Value()));
  }

  Value set = setHandle(loc, sweep.getNetworkAttr(), sweep.getSet());
  Value numReductions = integer(loc, sweep.getKinds().size());
  Value kinds = kindsArray(loc, sweep);
  Value results = allocate(loc, sweep.getKinds().size());
  if (program.runner == Runner::Device)
    call(RuntimeCall::irh_rt_launch, loc,
         {set, integer(loc, kernel.number, 32), slots, integer(loc, kernel.slots.size()),
          numReductions, kinds, results});
  else
    call(RuntimeCall::irh_rt_sweep, loc,
         {set, functionPointer(loc, kernel.entry()), slots, numReductions, kinds, results});

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
  } else if (isa<field::ListType>(record.getValue().getType())) {
    call(RuntimeCall::irh_rt_cell_list, loc, {column, value});
  } else if (value.getType().isF64()) {
    call(RuntimeCall::irh_rt_cell_real, loc, {column, value});
  } else if (value.getType().isInteger(1)) {
    Value number = arith::ExtUIOp::create(builder, loc, builder.getI32Type(), value);
    call(RuntimeCall::irh_rt_cell_bool, loc, {column, number});
  } else {
    call(RuntimeCall::irh_rt_cell_int, loc, {column, value});
  }
}

void HostLowering::lowerSave(field::SaveOp save) {
  Location loc = save.getLoc();
  announce(loc);
  int64_t count = static_cast<int64_t>(save.getFields().size());
  Value names = allocate(loc, count), fields = allocate(loc, count), lists = allocate(loc, count);
  for (int64_t i = 0; i < count; ++i) {
    Value saved = save.getFields()[i];
    bool isList = isa<field::ListType>(saved.getType());
    storeSlot(loc, names, i, string(loc, cast<StringAttr>(save.getNames()[i])));
    storeSlot(loc, fields, i, isList ? nullPointer(loc) : handleAt(saved));
    storeSlot(loc, lists, i, isList ? scalars.lookup(saved) : nullPointer(loc));
  }
  call(RuntimeCall::irh_rt_save, loc,
       {string(loc, save.getFile()), integer(loc, save.getFormat(), 32), integer(loc, count), names,
        fields, lists, integer(loc, save.getTimed(), 32)});
}

} // namespace irh::convert
