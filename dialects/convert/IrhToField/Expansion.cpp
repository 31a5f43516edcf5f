//===- Expansion.cpp - expressions with names to sweeps over values -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/convert/IrhToField/Expansion.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using irh::field::ReductionKind;
using irh::field::ValuesType;
using irh::model::Place;

namespace irh::convert {

field::SetKind fieldSet(model::SetKind set) {
  static_assert(static_cast<int>(model::SetKind::Nodes) == 1 &&
                static_cast<int>(field::SetKind::Components) ==
                    static_cast<int>(model::SetKind::Components) - 1);
  assert(set != model::SetKind::Global && "a global value has no set");
  return static_cast<field::SetKind>(static_cast<int>(set) - 1);
}

static ReductionKind fieldKind(model::ReduceKind kind) {
  switch (kind) {
  case model::ReduceKind::Sum:
    return ReductionKind::Sum;
  case model::ReduceKind::Min:
    return ReductionKind::Min;
  case model::ReduceKind::Max:
    return ReductionKind::Max;
  case model::ReduceKind::Prod:
    return ReductionKind::Prod;
  }
  llvm_unreachable("all kinds are covered");
}

/// The real numbers that make up a value: itself, or real and imaginary part.
static SmallVector<Value> realParts(OpBuilder &builder, Location loc, Value value) {
  if (!isa<ComplexType>(value.getType()))
    return {value};
  return {complex::ReOp::create(builder, loc, value), complex::ImOp::create(builder, loc, value)};
}

static Value fromRealParts(OpBuilder &builder, Location loc, Type type, ValueRange parts) {
  if (!isa<ComplexType>(type))
    return parts.front();
  return complex::CreateOp::create(builder, loc, type, parts[0], parts[1]);
}

/// A builder at the end of a block that has no parent yet.
OpBuilder Expansion::builderAt(Block *block) {
  OpBuilder builder(host.getContext());
  builder.setInsertionPointToEnd(block);
  return builder;
}

/// White noise is constant over a step, so that its integral over it has variance dt.
static Value scaleNoise(OpBuilder &builder, Location loc, Value variate, Value timeStep) {
  return arith::DivFOp::create(builder, loc, variate, math::SqrtOp::create(builder, loc, timeStep));
}

//===- Global expressions ----------------------------------------------------===//

SmallVector<Value> Expansion::expandGlobal(Region &region) {
  IRMapping mapping;
  for (Operation &op : region.front().without_terminator())
    mapping.map(op.getResult(0), expandGlobalOp(op, mapping));
  SmallVector<Value> results;
  for (Value value : region.front().getTerminator()->getOperands())
    results.push_back(mapping.lookup(value));
  return results;
}

Value Expansion::expandNamed(Operation &op) {
  Location loc = op.getLoc();
  if (isa<model::TimeOp>(op))
    return state.time;
  if (isa<model::StepNumberOp>(op))
    return state.stepNumber;
  if (auto reduce = dyn_cast<model::ReduceOp>(op))
    return reduceOverSet(reduce);
  if (auto count = dyn_cast<model::CountOp>(op))
    return field::CountOp::create(host, loc, count.getNetwork(), fieldSet(count.getSet()));
  if (isa<model::ParamValueOp, model::RunSeedOp, model::TextOp>(op))
    return host.clone(op)->getResult(0);
  if (auto read = dyn_cast<model::ReadOp>(op)) {
    Value value = state.fields.at(read.getFieldAttr().getAttr());
    return isa<ValuesType>(value.getType()) ? Value() : value;
  }
  if (auto functional = dyn_cast<model::FunctionalValueOp>(op))
    return expandFunctional(functional);
  if (auto let = dyn_cast<model::LetValueOp>(op)) {
    model::LetOp definition = findLet(let.getLetAttr());
    if (definition.getSet() != model::SetKind::Global)
      return {};
    StringAttr name = definition.getSymNameAttr();
    if (Value known = state.globalLets.lookup(name))
      return known;
    Value value = expandGlobal(definition.getValue()).front();
    return state.globalLets[name] = value;
  }
  return {};
}

Value Expansion::expandGlobalOp(Operation &op, IRMapping &mapping) {
  if (Value value = expandNamed(op))
    return value;
  if (auto element = dyn_cast<model::ListElementOp>(op))
    return field::ListElementOp::create(host, op.getLoc(), mapping.lookup(element.getList()),
                                        mapping.lookup(element.getIndex()));
  if (auto reduce = dyn_cast<model::ListReduceOp>(op))
    return field::ListReduceOp::create(host, op.getLoc(), reduce.getKind(),
                                       mapping.lookup(reduce.getList()));
  auto variate = [&](model::Standard kind, StringRef stream) {
    return field::VariateOp::create(host, op.getLoc(), static_cast<field::StandardKind>(kind),
                                    stream, state.drawStep);
  };
  if (auto draw = dyn_cast<model::DrawOp>(op))
    return variate(draw.getKind(), draw.getStream());
  if (auto noise = dyn_cast<model::NoiseOp>(op))
    return scaleNoise(host, op.getLoc(), variate(model::Standard::Normal, noise.getStream()),
                      state.timeStep);
  return host.clone(op, mapping)->getResult(0);
}

model::LetOp Expansion::findLet(FlatSymbolRefAttr name) {
  return cast<model::LetOp>(SymbolTable::lookupSymbolIn(model, name.getAttr()));
}

Value Expansion::reduceOverSet(model::ReduceOp op) {
  Points points{op.getNetworkAttr(), fieldSet(op.getSet())};
  Type type = op.getResult().getType();
  field::SweepOp sweep = emitSweep(points, op.getLoc(), [&](Point &point) {
    Value term = point.expand(op.getTerm()).front();
    Outputs outputs;
    outputs.reduced = realParts(point.builder, op.getLoc(), term);
    outputs.kinds.assign(outputs.reduced.size(), fieldKind(op.getKind()));
    return outputs;
  });
  return fromRealParts(host, op.getLoc(), type, sweep.getResults());
}

/// A region that only names a field is that field.
static model::ReadOp asPlainRead(Region &region) {
  Operation *terminator = region.front().getTerminator();
  auto read = terminator->getOperand(0).getDefiningOp<model::ReadOp>();
  return read && read.getPlace() == Place::Here ? read : model::ReadOp();
}

Value Expansion::expandField(Points points, Region &region) {
  if (model::ReadOp read = asPlainRead(region))
    return state.fields.at(read.getFieldAttr().getAttr());
  Value only = region.front().getTerminator()->getOperand(0);
  if (auto vector = only.getDefiningOp<model::VectorValueOp>();
      vector && vector.getPlace() == Place::Here)
    return expandVector(vector.getVectorAttr());
  field::SweepOp sweep = emitSweep(
      points, region.getLoc(), [&](Point &point) { return Outputs{point.expand(region), {}, {}}; });
  return sweep.getResult(0);
}

Value Expansion::storeLet(model::LetOp let) {
  if (Value stored = state.storedLets.lookup(let.getSymNameAttr()))
    return stored;
  Points points{let.getNetworkAttr(), fieldSet(let.getSet())};
  field::SweepOp sweep = emitSweep(points, let.getLoc(), [&](Point &point) {
    return Outputs{point.expand(let.getValue()), {}, {}};
  });
  return state.storedLets[let.getSymNameAttr()] = sweep.getResult(0);
}

//===- Matrices ----------------------------------------------------------------===//

Value Expansion::expandMatrix(FlatSymbolRefAttr name) {
  if (Value known = state.matrices.lookup(name.getAttr()))
    return known;
  auto op = cast<model::MatrixOp>(SymbolTable::lookupSymbolIn(model, name.getAttr()));
  Location loc = op.getLoc();
  auto store = [&](field::SetKind set, Region &region,
                   llvm::function_ref<SmallVector<Value>(Point &)> expand) -> Value {
    if (region.empty())
      return {};
    field::SweepOp sweep = emitSweep({op.getNetworkAttr(), set}, loc,
                                     [&](Point &point) { return Outputs{expand(point), {}, {}}; });
    return sweep.getResult(0);
  };
  auto storeEntries = [&](bool isBack) {
    return store(field::SetKind::Edges, op.getEntry(),
                 [&](Point &point) { return point.expandEntry(op.getEntry(), isBack); });
  };
  Value diagonal = store(field::SetKind::Nodes, op.getDiagonal(),
                         [&](Point &point) { return point.expand(op.getDiagonal()); });
  Value entries = storeEntries(/*isBack=*/false);
  Value back = op.getGeneral() ? storeEntries(/*isBack=*/true) : Value();
  Value matrix = spectral::MatrixOp::create(host, loc, op.getNetwork(), op.getSymName(), diagonal,
                                            entries, back, op.getGeneral());
  return state.matrices[name.getAttr()] = matrix;
}

Operation *Expansion::emitFunctional(model::FunctionalOp op) {
  Location loc = op.getLoc();
  Value matrix = expandMatrix(op.getMatrixAttr());
  auto argument = [&](Region &region) {
    return region.empty() ? Value() : expandGlobal(region).front();
  };
  Value tolerance = argument(op.getTolerance());
  Value probes = argument(op.getProbes()), steps = argument(op.getSteps());
  switch (op.getKind()) {
  case model::FunctionalKind::LogDet:
    return spectral::LogDetOp::create(host, loc, matrix, argument(op.getZero()), tolerance, probes,
                                      steps, op.getMethod());
  case model::FunctionalKind::Eigenvalues: {
    Value count = argument(op.getCount()), nearest = argument(op.getNearest());
    return spectral::EigenvaluesOp::create(host, loc, matrix, static_cast<int32_t>(op.getEnd()),
                                           count, nearest, tolerance, hasVectors(op));
  }
  case model::FunctionalKind::Trace:
    break;
  }
  std::unique_ptr<Block> function = expandFunction(op.getFunction());
  auto trace =
      spectral::TraceOp::create(host, loc, matrix, tolerance, probes, steps, op.getMethod());
  trace.getFunction().push_back(function.release());
  return trace;
}

/// What does not depend on the eigenvalue is emitted before.
std::unique_ptr<Block> Expansion::expandFunction(Region &region) {
  auto block = std::make_unique<Block>();
  OpBuilder inner = builderAt(block.get());
  IRMapping mapping;
  BlockArgument before = region.getArgument(0);
  mapping.map(before, block->addArgument(before.getType(), before.getLoc()));
  auto varies = [&](Value value) { return value.getParentBlock() == block.get(); };
  for (Operation &op : region.front().without_terminator()) {
    Value value = expandNamed(op);
    if (!value) {
      bool isInside = llvm::any_of(op.getOperands(),
                                   [&](Value operand) { return varies(mapping.lookup(operand)); });
      value = (isInside ? inner : host).clone(op, mapping)->getResult(0);
    }
    mapping.map(op.getResult(0), value);
  }
  Operation *yield = region.front().getTerminator();
  spectral::YieldOp::create(inner, yield->getLoc(), mapping.lookup(yield->getOperand(0)));
  return block;
}

Operation *Expansion::functionalOf(FlatSymbolRefAttr name) {
  if (Operation *known = state.functionals.lookup(name.getAttr()))
    return known;
  auto functional = cast<model::FunctionalOp>(SymbolTable::lookupSymbolIn(model, name.getAttr()));
  Operation *emitted = emitFunctional(functional);
  return state.functionals[name.getAttr()] = emitted;
}

Value Expansion::expandFunctional(model::FunctionalValueOp op) {
  return functionalOf(op.getFunctionalAttr())->getResult(static_cast<unsigned>(op.getPart()));
}

/// Whether anything of the model reads or saves the vectors of these eigenvalues.
bool Expansion::hasVectors(model::FunctionalOp op) {
  StringAttr name = op.getSymNameAttr();
  WalkResult result = model.walk([&](Operation *user) {
    auto vector = dyn_cast<model::VectorOp>(user);
    auto value = dyn_cast<model::FunctionalValueOp>(user);
    bool does = (vector && vector.getSourceAttr().getAttr() == name) ||
                (value && value.getFunctionalAttr().getAttr() == name &&
                 value->getParentOfType<model::SavedOp>());
    return does ? WalkResult::interrupt() : WalkResult::advance();
  });
  return result.wasInterrupted();
}

Value Expansion::expandVector(FlatSymbolRefAttr name) {
  if (Value known = state.vectors.lookup(name.getAttr()))
    return known;
  auto op = cast<model::VectorOp>(SymbolTable::lookupSymbolIn(model, name.getAttr()));
  Location loc = op.getLoc();
  auto type =
      ValuesType::get(host.getContext(), op.getNetworkAttr(), field::SetKind::Nodes, op.getType());
  Value vector;
  if (op.getKind() == model::VectorKind::Eigenvector) {
    Value index = expandGlobal(op.getIndex()).front();
    Operation *eigenvalues = functionalOf(op.getSourceAttr());
    vector = spectral::EigenvectorOp::create(host, loc, type, eigenvalues->getResult(0), index);
  } else {
    Value factor = expandGlobal(op.getFactor()).front();
    Value start = expandField({op.getNetworkAttr(), field::SetKind::Nodes}, op.getStart());
    vector = spectral::ExponentialOp::create(host, loc, type, expandMatrix(op.getSourceAttr()),
                                             factor, start);
  }
  return state.vectors[name.getAttr()] = vector;
}

//===- Cycles ------------------------------------------------------------------===//

Value Expansion::emitHolonomy(model::HolonomyOp op, Points cycles) {
  Location loc = op.getLoc();
  Points edges{cycles.network, field::SetKind::Edges};
  auto store = [&](bool isBack) -> Value {
    return emitSweep(edges, loc,
                     [&](Point &point) {
                       return Outputs{point.expandEdge(op.getValue(), isBack), {}, {}};
                     })
        .getResult(0);
  };
  auto type =
      ValuesType::get(host.getContext(), cycles.network, cycles.set, op.getResult().getType());
  Value forth = store(/*isBack=*/false), back = store(/*isBack=*/true);
  return net::HolonomyOp::create(host, loc, type, forth, back);
}

//===- Sweeps ----------------------------------------------------------------===//

field::SweepOp Expansion::emitSweep(Points points, Location loc,
                                    llvm::function_ref<Outputs(Point &)> body) {
  // The body first, apart: what it needs from before is emitted at `host` meanwhile.
  auto block = std::make_unique<Block>();
  Point point(*this, points, builderAt(block.get()));
  Outputs outputs = body(point);

  OperationState state(loc, field::SweepOp::getOperationName());
  SmallVector<Value> yields(outputs.stored);
  SmallVector<int32_t> kinds;
  for (Value value : outputs.stored)
    state.addTypes(ValuesType::get(host.getContext(), points.network, points.set, value.getType()));
  for (auto [value, kind] : llvm::zip_equal(outputs.reduced, outputs.kinds)) {
    state.addTypes(field::SweepOp::reducedType(kind, value.getType()));
    kinds.push_back(static_cast<int32_t>(kind));
    yields.push_back(value);
  }
  field::YieldOp::create(point.builder, loc, yields);
  auto &properties = state.getOrAddProperties<field::SweepOp::Properties>();
  properties.network = points.network;
  properties.set = field::SetKindAttr::get(host.getContext(), points.set);
  properties.kinds = host.getDenseI32ArrayAttr(kinds);
  state.addRegion()->push_back(block.release());
  return cast<field::SweepOp>(host.create(state));
}

/// What is read at the neighbours, while the body of a net.reduce is built.
struct Expansion::Point::Neighbourhood {
  Block *body;
  llvm::MapVector<Value, Value> arguments; ///< Field -> its value at the neighbour.
  llvm::DenseMap<std::pair<StringAttr, Place>, Value> lets; ///< As Point::lets.

  explicit Neighbourhood(Block *body) : body(body) {}

  Value read(Value field, Location loc) {
    Value &argument = arguments[field];
    if (!argument)
      argument = body->addArgument(cast<ValuesType>(field.getType()).getElement(), loc);
    return argument;
  }
};

SmallVector<Value> Expansion::Point::expand(Region &region) {
  return expandBlock(region.front(), Site(), builder);
}

SmallVector<Value> Expansion::Point::expandEntry(Region &region, bool isBack) {
  return expandBlock(region.front(), {.isEntry = true, .isBack = isBack}, builder);
}

SmallVector<Value> Expansion::Point::expandEdge(Region &region, bool isBack) {
  return expandBlock(region.front(), {.isBack = isBack}, builder);
}

Value Expansion::Point::readHere(Value field, Location loc) {
  return field::HereOp::create(builder, loc, cast<ValuesType>(field.getType()).getElement(), field);
}

SmallVector<Value> Expansion::Point::expandBlock(Block &block, Site site, OpBuilder &at) {
  IRMapping mapping;
  for (Operation &op : block.without_terminator())
    mapping.map(op.getResult(0), expandOp(op, site, at, mapping));
  SmallVector<Value> results;
  for (Value value : block.getTerminator()->getOperands())
    results.push_back(mapping.lookup(value));
  return results;
}

/// A name read "here" inside a definition is read where the definition is.
Expansion::Point::Site Expansion::Point::siteOf(Place place, Site site, model::SetKind of) const {
  if (site.isEntry && place == Place::Here)
    return {site.isBack ? Place::Src : Place::Dst};
  if (site.isEntry)
    return of == model::SetKind::Edges ? Site{.isBack = site.isBack}
                                       : Site{site.isBack ? Place::Dst : Place::Src};
  if (place != Place::Here)
    return {place, site.around};
  return {site.place, site.place == Place::Neighbour ? site.around : nullptr, /*isEntry=*/false,
          site.isBack};
}

Value Expansion::Point::read(Value field, Site site, Location loc) {
  Type element = cast<ValuesType>(field.getType()).getElement();
  switch (site.place) {
  case Place::Here:
    return readHere(field, loc);
  case Place::Neighbour:
    return site.around->read(field, loc);
  case Place::Src:
    return net::EndOp::create(builder, loc, element, net::EdgeEnd::Src, field);
  case Place::Dst:
    return net::EndOp::create(builder, loc, element, net::EdgeEnd::Dst, field);
  }
  llvm_unreachable("all places are covered");
}

/// What the end of an edge at hand sees of a value that is stored as the edge's `dst` sees it.
static Value seenFromHere(OpBuilder &at, Location loc, Value stored, model::Symmetry symmetry) {
  Type type = stored.getType();
  if (symmetry == model::Symmetry::Symmetric)
    return stored;
  if (type.isInteger(64))
    return arith::MulIOp::create(at, loc, stored, net::SignOp::create(at, loc, type));
  Value sign = net::SignOp::create(at, loc, at.getF64Type());
  if (!isa<ComplexType>(type))
    return arith::MulFOp::create(at, loc, stored, sign);
  Value re = complex::ReOp::create(at, loc, stored), im = complex::ImOp::create(at, loc, stored);
  im = arith::MulFOp::create(at, loc, im, sign);
  if (symmetry == model::Symmetry::Antisymmetric)
    re = arith::MulFOp::create(at, loc, re, sign);
  return complex::CreateOp::create(at, loc, type, re, im);
}

/// What `src` sees of a value of the edge.
static Value seenFromSrc(OpBuilder &at, Location loc, Value stored, model::Symmetry symmetry) {
  auto negate = [&](Value value) -> Value {
    if (!value.getType().isInteger(64))
      return arith::NegFOp::create(at, loc, value);
    Value zero = arith::ConstantOp::create(at, loc, at.getI64IntegerAttr(0));
    return arith::SubIOp::create(at, loc, zero, value);
  };
  if (symmetry == model::Symmetry::Symmetric)
    return stored;
  if (!isa<ComplexType>(stored.getType()))
    return negate(stored);
  Value re = complex::ReOp::create(at, loc, stored), im = complex::ImOp::create(at, loc, stored);
  if (symmetry == model::Symmetry::Antisymmetric)
    re = negate(re);
  return complex::CreateOp::create(at, loc, stored.getType(), re, negate(im));
}

Value Expansion::Point::readField(model::ReadOp op, Site site, OpBuilder &at) {
  StringAttr name = op.getFieldAttr().getAttr();
  Value field = expansion.state.fields.at(name);
  if (!isa<ValuesType>(field.getType()))
    return field;
  auto declared = cast<model::FieldOp>(SymbolTable::lookupSymbolIn(expansion.model, name));
  Site target = siteOf(op.getPlace(), site, declared.getSet());
  Value value = read(field, target, op.getLoc());
  if (target.place == Place::Here && target.isBack && declared.getSet() == model::SetKind::Edges)
    return seenFromSrc(at, op.getLoc(), value, declared.getSymmetry());
  if (target.place != Place::Neighbour)
    return value;
  return seenFromHere(at, op.getLoc(), value, declared.getSymmetry());
}

Value Expansion::Point::drawHere(model::Standard kind, StringRef stream, Location loc) {
  OpBuilder &host = expansion.host;
  Type type = ValuesType::get(host.getContext(), points.network, points.set, host.getF64Type());
  return readHere(field::DrawOp::create(host, loc, type, static_cast<field::StandardKind>(kind),
                                        stream, expansion.state.drawStep),
                  loc);
}

Value Expansion::Point::expandOp(Operation &op, Site site, OpBuilder &at, IRMapping &mapping) {
  Location loc = op.getLoc();
  OpBuilder &host = expansion.host;
  auto onNodes = [&](FlatSymbolRefAttr network) {
    return ValuesType::get(op.getContext(), network, field::SetKind::Nodes, host.getI64Type());
  };
  auto onThisSet = [&] {
    return ValuesType::get(op.getContext(), points.network, points.set, op.getResult(0).getType());
  };
  if (auto readOp = dyn_cast<model::ReadOp>(op))
    return readField(readOp, site, at);
  if (auto position = dyn_cast<model::PositionOp>(op)) {
    std::pair key(position.getNetworkAttr().getAttr(), position.getAxis());
    return read(expansion.state.positions.at(key),
                siteOf(position.getPlace(), site, model::SetKind::Nodes), loc);
  }
  if (auto degree = dyn_cast<model::DegreeOp>(op))
    return read(net::DegreesOp::create(host, loc, onNodes(degree.getNetworkAttr())),
                siteOf(degree.getPlace(), site, model::SetKind::Nodes), loc);
  if (auto vector = dyn_cast<model::VectorValueOp>(op))
    return read(expansion.expandVector(vector.getVectorAttr()),
                siteOf(vector.getPlace(), site, model::SetKind::Nodes), loc);
  if (auto holonomy = dyn_cast<model::HolonomyOp>(op))
    return readHere(expansion.emitHolonomy(holonomy, points), loc);
  if (auto id = dyn_cast<model::IdOp>(op))
    return read(net::IdsOp::create(host, loc, onNodes(id.getNetworkAttr())),
                siteOf(id.getPlace(), site, model::SetKind::Nodes), loc);
  if (auto column = dyn_cast<model::ColumnOp>(op)) {
    auto owner = op.getParentOfType<model::FieldOp>();
    auto symmetry = owner ? owner.getSymmetry() : model::Symmetry::Symmetric;
    return readHere(field::ColumnOp::create(host, loc, onThisSet(), column.getName(),
                                            static_cast<int32_t>(symmetry)),
                    loc);
  }
  if (auto draw = dyn_cast<model::DrawOp>(op))
    return drawHere(draw.getKind(), draw.getStream(), loc);
  if (auto noise = dyn_cast<model::NoiseOp>(op))
    return scaleNoise(builder, loc, drawHere(model::Standard::Normal, noise.getStream(), loc),
                      expansion.state.timeStep);
  if (auto neighbours = dyn_cast<model::NeighboursOp>(op))
    return expandNeighbours(neighbours);
  if (Value value = expansion.expandNamed(op))
    return value;
  if (auto let = dyn_cast<model::LetValueOp>(op))
    return expandLet(let, site, at);
  return at.clone(op, mapping)->getResult(0);
}

/// Whether `op` looks from its point at others: at neighbours, or from an edge at its ends.
static bool looksElsewhere(Operation *op) {
  auto isEnd = [](Place place) { return place == Place::Src || place == Place::Dst; };
  return TypeSwitch<Operation *, bool>(op)
      .Case<model::NeighboursOp>([](auto) { return true; })
      .Case<model::ReadOp, model::LetValueOp, model::DegreeOp, model::IdOp, model::PositionOp,
            model::VectorValueOp>([&](auto read) { return isEnd(read.getPlace()); })
      .Default(false);
}

/// Whether the definition can be evaluated only where it is: it looks elsewhere, itself or through
/// another definition.
bool Expansion::looksElsewhere(model::LetOp let) {
  auto known = elsewhere.find(let);
  if (known != elsewhere.end())
    return known->second;
  WalkResult result = let.walk([&](Operation *op) {
    auto inner = dyn_cast<model::LetValueOp>(op);
    bool does =
        convert::looksElsewhere(op) || (inner && looksElsewhere(findLet(inner.getLetAttr())));
    return does ? WalkResult::interrupt() : WalkResult::advance();
  });
  return elsewhere[let] = result.wasInterrupted();
}

/// With `let d = f + 1`, `d[j]` is f[j] + 1, put together at the neighbour. With
/// `let d = sum(j in nbrs) f[j]`, it is read from a field that an earlier sweep stored.
Value Expansion::Point::expandLet(model::LetValueOp op, Site site, OpBuilder &at) {
  model::LetOp let = expansion.findLet(op.getLetAttr());
  Site target = siteOf(op.getPlace(), site, let.getSet());
  if (target.place != Place::Here && expansion.looksElsewhere(let))
    return read(expansion.storeLet(let), target, op.getLoc());

  // Each definition is put together once for each place.
  bool isAtNeighbour = target.place == Place::Neighbour;
  auto &known = isAtNeighbour ? target.around->lets : lets;
  std::pair key(let.getSymNameAttr(), target.place);
  if (Value value = known.lookup(key))
    return value;
  Value value = expandBlock(let.getValue().front(), target, isAtNeighbour ? at : builder).front();
  return known[key] = value;
}

Value Expansion::Point::expandNeighbours(model::NeighboursOp op) {
  Location loc = op.getLoc();
  auto block = std::make_unique<Block>();
  OpBuilder inner = expansion.builderAt(block.get());
  Neighbourhood around(block.get());
  Value term = expandBlock(op.getTerm().front(), Site{Place::Here, &around}, inner).front();
  // Parts of a complex number are summed apart, so that one that nobody needs can go; a product
  // mixes them.
  bool isProduct = op.getKind() == model::ReduceKind::Prod;
  SmallVector<Value> terms = isProduct ? SmallVector<Value>{term} : realParts(inner, loc, term);
  net::YieldOp::create(inner, loc, terms);

  OperationState state(loc, net::ReduceOp::getOperationName());
  for (auto &[field, argument] : around.arguments)
    state.addOperands(field);
  for (Value part : terms)
    state.addTypes(part.getType());
  SmallVector<int32_t> kinds(terms.size(), static_cast<int32_t>(fieldKind(op.getKind())));
  auto &properties = state.getOrAddProperties<net::ReduceOp::Properties>();
  properties.kinds = builder.getDenseI32ArrayAttr(kinds);
  if (op.getTargets())
    properties.targets = builder.getUnitAttr();
  state.addRegion()->push_back(block.release());
  Operation *reduce = builder.create(state);
  if (isProduct)
    return reduce->getResult(0);
  return fromRealParts(builder, loc, op.getResult().getType(), reduce->getResults());
}

} // namespace irh::convert
