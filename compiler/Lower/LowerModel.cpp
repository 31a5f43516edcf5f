//===- LowerModel.cpp - declarations and statements to `irh` operations -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lower/Lower.h"

#include "compiler/Lower/Arithmetic.h"
#include "compiler/Lower/ExprLowering.h"

using namespace mlir;

namespace irh::lower {

namespace {

/// Emits one operation for each declaration and statement, in order.
class ModelLowering {
public:
  ModelLowering(MLIRContext *context, const source::SourceFile &source)
      : builder(context), expressions(builder, source), source(source) {}

  OwningOpRef<ModuleOp> run(const sema::Model &model);

private:
  void lowerParam(const sema::Param &param, int64_t index, bool isSeed);
  void lowerNetwork(const sema::Network &network);
  void lowerField(const sema::Field &field);
  void lowerLet(const sema::Let &let);
  void lowerMatrix(const sema::Matrix &matrix);
  void lowerFunctional(const sema::Functional &functional);
  void lowerVector(const sema::Vector &vector);
  void lowerRequire(const sema::Require &require);
  void lowerEvolve(const sema::Evolve &evolve);
  void lowerEvent(const sema::Event &event);
  void lowerCheckpoint(const sema::Checkpoint &checkpoint);
  void lowerStatements(ArrayRef<sema::Statement> statements);
  // One for each kind of action.
  void lower(const sema::Observe &observe);
  void lower(const sema::Check &check);
  void lower(const sema::Assignment &assignment);
  void lower(const sema::Save &save);
  void lower(const sema::Solve &solve);
  void lower(const sema::Evolve &evolve) { lowerEvolve(evolve); }

  /// Fills `region` with the expressions and a yield of their values; null ones are left out.
  void fillRegion(Region &region, ArrayRef<const sema::Expr *> values, Location loc);
  /// Likewise, where there is an expression at all.
  void fillOptional(Region &region, const sema::Expr *value, Location loc) {
    if (value)
      fillRegion(region, {value}, loc);
  }
  SmallVector<Value> networkArguments(const sema::Network &network, Location loc);
  Type typeOf(sema::Type type) { return lowerType(builder.getContext(), type); }

  OpBuilder builder;
  ExprLowering expressions;
  const source::SourceFile &source;
  int64_t nextColumn = 0; ///< Of the table that observations belong to.
};

} // namespace

OwningOpRef<ModuleOp> ModelLowering::run(const sema::Model &model) {
  Location loc = FileLineColLoc::get(builder.getStringAttr(source.path()), 1, 1);
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  builder.setInsertionPointToStart(module->getBody());
  auto op = model::ModelOp::create(builder, loc, model.name);
  builder.setInsertionPointToStart(&op.getBody().emplaceBlock());

  for (auto [index, param] : llvm::enumerate(model.params))
    lowerParam(param, index, &param == model.seed);
  for (const sema::Network &network : model.networks)
    lowerNetwork(network);
  for (const sema::Let &let : model.lets)
    lowerLet(let);
  for (const sema::Matrix &matrix : model.matrices)
    lowerMatrix(matrix);
  for (const sema::Functional &functional : model.functionals)
    lowerFunctional(functional);
  for (const sema::Vector &vector : model.vectors)
    lowerVector(vector);
  for (const sema::Field &field : model.fields)
    lowerField(field);
  for (const sema::Require &require : model.requirements)
    lowerRequire(require);
  lowerStatements(model.statements);
  return module;
}

void ModelLowering::fillRegion(Region &region, ArrayRef<const sema::Expr *> values, Location loc) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&region.emplaceBlock());
  SmallVector<Value> results;
  for (const sema::Expr *value : values)
    if (value)
      results.push_back(expressions.lower(*value));
  model::YieldOp::create(builder, loc, results);
}

void ModelLowering::lowerParam(const sema::Param &param, int64_t index, bool isSeed) {
  model::ParamOp::create(builder, expressions.locate(param.span), index, param.name,
                         typeOf(param.type), isSeed);
}

/// What the generator of a network is given; see irh.network.
SmallVector<Value> ModelLowering::networkArguments(const sema::Network &network, Location loc) {
  SmallVector<Value> arguments;
  Arithmetic math(builder, loc);
  auto add = [&](const sema::Expr *value) {
    if (value)
      arguments.push_back(expressions.lower(*value));
  };
  auto addFlag = [&](const sema::Expr *value, int64_t otherwise) {
    arguments.push_back(value ? math.convert(expressions.lower(*value), builder.getI64Type())
                              : math.integer(otherwise));
  };
  add(network.nodes);
  switch (network.kind) {
  case sema::NetworkKind::Star:
    break;
  case sema::NetworkKind::Ring:
  case sema::NetworkKind::Complete:
    addFlag(network.directed, 0);
    break;
  case sema::NetworkKind::WattsStrogatz:
    add(network.neighbours);
    add(network.rewire);
    break;
  case sema::NetworkKind::Geometric:
    add(network.dim);
    add(network.radius ? network.radius : network.degree);
    addFlag(network.torus, 0);
    break;
  case sema::NetworkKind::ErdosRenyi:
    add(network.probability);
    addFlag(network.directed, 0);
    break;
  case sema::NetworkKind::BarabasiAlbert:
    add(network.attach);
    addFlag(network.directed, 0);
    break;
  case sema::NetworkKind::Lattice:
    addFlag(network.periodic, 0);
    for (const sema::Expr *extent : network.shape)
      add(extent);
    break;
  case sema::NetworkKind::Read:
    add(network.edgesFile);
    addFlag(network.directed, -1);
    add(network.nodesFile);
    break;
  }
  add(network.seed);
  return arguments;
}

void ModelLowering::lowerNetwork(const sema::Network &network) {
  static_assert(static_cast<int>(sema::NetworkKind::Star) ==
                static_cast<int>(model::NetworkKind::Star));
  Location loc = expressions.locate(network.span);
  bool isByDegree = network.kind == sema::NetworkKind::Geometric && !network.radius;
  auto op = model::NetworkOp::create(
      builder, loc, network.name, static_cast<model::NetworkKind>(network.kind),
      static_cast<int32_t>(network.duplicates), static_cast<int32_t>(network.loops), isByDegree);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&op.getArguments().emplaceBlock());
  model::YieldOp::create(builder, loc, networkArguments(network, loc));
}

void ModelLowering::lowerField(const sema::Field &field) {
  Location loc = expressions.locate(field.span);
  auto op =
      model::FieldOp::create(builder, loc, field.name, setKindOf(field.domain),
                             networkOf(builder.getContext(), field.domain), typeOf(field.type),
                             static_cast<model::Symmetry>(field.symmetry));
  fillRegion(op.getInitial(), {field.initial}, loc);
}

void ModelLowering::lowerLet(const sema::Let &let) {
  Location loc = expressions.locate(let.span);
  auto op = model::LetOp::create(builder, loc, expressions.symbolOf(let), setKindOf(let.domain),
                                 networkOf(builder.getContext(), let.domain), typeOf(let.type));
  fillRegion(op.getValue(), {let.value}, loc);
}

void ModelLowering::lowerMatrix(const sema::Matrix &matrix) {
  Location loc = expressions.locate(matrix.span);
  auto op = model::MatrixOp::create(builder, loc, matrix.name, matrix.network->name,
                                    /*isGeneral=*/!matrix.isHermitian);
  fillOptional(op.getDiagonal(), matrix.diagonal, loc);
  fillOptional(op.getEntry(), matrix.entry, loc);
}

void ModelLowering::lowerFunctional(const sema::Functional &functional) {
  static_assert(static_cast<int>(sema::FunctionalKind::Eigenvalues) ==
                static_cast<int>(model::FunctionalKind::Eigenvalues));
  static_assert(static_cast<int>(sema::SpectrumEnd::Nearest) ==
                static_cast<int>(model::SpectrumEnd::Nearest));
  Location loc = expressions.locate(functional.span);
  auto op = model::FunctionalOp::create(
      builder, loc, expressions.symbolOf(functional),
      static_cast<model::FunctionalKind>(functional.kind), functional.matrix->name,
      static_cast<model::SpectrumEnd>(functional.end), static_cast<int32_t>(functional.method));
  if (functional.function) {
    OpBuilder::InsertionGuard guard(builder);
    Block &block = op.getFunction().emplaceBlock();
    builder.setInsertionPointToStart(&block);
    expressions.setEigenvalue(block.addArgument(builder.getF64Type(), loc));
    Value value = expressions.lower(*functional.function);
    model::YieldOp::create(builder, loc, value);
  }
  fillOptional(op.getZero(), functional.zero, loc);
  fillOptional(op.getCount(), functional.count, loc);
  fillOptional(op.getNearest(), functional.nearest, loc);
  fillOptional(op.getTolerance(), functional.tolerance, loc);
  fillOptional(op.getProbes(), functional.probes, loc);
  fillOptional(op.getSteps(), functional.steps, loc);
}

void ModelLowering::lowerVector(const sema::Vector &vector) {
  Location loc = expressions.locate(vector.span);
  MLIRContext *context = builder.getContext();
  bool isEigenvector = vector.kind == sema::VectorKind::Eigenvector;
  auto source = isEigenvector ? FlatSymbolRefAttr::get(expressions.symbolOf(*vector.functional))
                              : FlatSymbolRefAttr::get(context, vector.matrix->name);
  auto op = model::VectorOp::create(
      builder, loc, expressions.symbolOf(vector),
      FlatSymbolRefAttr::get(context, vector.matrix->network->name),
      TypeAttr::get(typeOf(vector.type)),
      model::VectorKindAttr::get(context, static_cast<model::VectorKind>(vector.kind)), source);
  fillOptional(op.getIndex(), vector.index, loc);
  fillOptional(op.getFactor(), vector.factor, loc);
  fillOptional(op.getStart(), vector.start, loc);
}

void ModelLowering::lowerRequire(const sema::Require &require) {
  Location loc = expressions.locate(require.span);
  auto op = model::RequireOp::create(builder, loc, require.message, require.readsState);
  fillRegion(op.getCondition(), {require.condition}, loc);
}

//===- Actions ----------------------------------------------------------------===//

void ModelLowering::lower(const sema::Observe &observe) {
  Location loc = expressions.locate(observe.span);
  SmallVector<StringRef> names;
  SmallVector<const sema::Expr *> values;
  for (const sema::RowColumn &column : observe.columns) {
    names.push_back(column.name);
    values.push_back(column.value);
  }
  auto op = model::ObserveOp::create(builder, loc, builder.getStrArrayAttr(names), nextColumn);
  nextColumn += names.size();
  fillRegion(op.getValues(), values, loc);
}

void ModelLowering::lower(const sema::Check &check) {
  Location loc = expressions.locate(check.span);
  auto op = model::CheckOp::create(builder, loc, check.message);
  fillRegion(op.getCondition(), {check.condition}, loc);
}

void ModelLowering::lower(const sema::Assignment &assignment) {
  Location loc = expressions.locate(assignment.span);
  auto op = model::AssignOp::create(builder, loc, assignment.field->name);
  fillRegion(op.getValue(), {assignment.value}, loc);
}

void ModelLowering::lower(const sema::Save &save) {
  Location loc = expressions.locate(save.span);
  auto op =
      model::SaveOp::create(builder, loc, save.file, static_cast<model::FileFormat>(save.format));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&op.getColumns().emplaceBlock());
  for (const sema::SavedColumn &column : save.columns) {
    const sema::Domain &domain = column.value->domain;
    auto saved =
        model::SavedOp::create(builder, loc, column.name, setKindOf(domain), domain.network->name);
    fillRegion(saved.getValue(), {column.value}, loc);
  }
}

void ModelLowering::lower(const sema::Solve &solve) {
  Location loc = expressions.locate(solve.span);
  auto op = model::SolveOp::create(builder, loc, solve.unknown->name, solve.matrix->name,
                                   static_cast<model::SolveMethod>(solve.method),
                                   solve.iterations->name, solve.residual->name);
  fillRegion(op.getRight(), {solve.right}, loc);
  fillOptional(op.getTolerance(), solve.tolerance, loc);
  fillOptional(op.getRestart(), solve.restart, loc);
}

//===- Evolution --------------------------------------------------------------===//

void ModelLowering::lowerEvent(const sema::Event &event) {
  Location loc = expressions.locate(event.span);
  auto op = model::EventOp::create(builder, loc);
  fillOptional(op.getSteps(), event.cadence.everySteps, loc);
  fillOptional(op.getInterval(), event.cadence.everyTime, loc);
  fillOptional(op.getCondition(), event.cadence.condition, loc);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&op.getBody().emplaceBlock());
  for (const sema::Action &action : event.actions)
    std::visit([&](const auto &stmt) { lower(stmt); }, action);
}

void ModelLowering::lowerCheckpoint(const sema::Checkpoint &checkpoint) {
  Location loc = expressions.locate(checkpoint.span);
  auto op = model::CheckpointOp::create(builder, loc);
  fillOptional(op.getSteps(), checkpoint.cadence.everySteps, loc);
  fillOptional(op.getInterval(), checkpoint.cadence.everyTime, loc);
  fillOptional(op.getSeconds(), checkpoint.cadence.everySeconds, loc);
}

void ModelLowering::lowerEvolve(const sema::Evolve &evolve) {
  static_assert(static_cast<int>(sema::Method::EulerMaruyama) ==
                static_cast<int>(model::Method::EulerMaruyama));
  Location loc = expressions.locate(evolve.span);
  auto op =
      model::EvolveOp::create(builder, loc, evolve.timeName,
                              static_cast<model::Method>(evolve.method), evolve.steps != nullptr);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(&op.getSpan().emplaceBlock());
    SmallVector<Value> span;
    for (const sema::Expr *value : {evolve.steps, evolve.steps ? nullptr : evolve.from, evolve.to})
      if (value)
        span.push_back(expressions.lower(*value));
    span.push_back(evolve.step ? expressions.lower(*evolve.step)
                               : Arithmetic(builder, loc).real(0));
    if (evolve.tolerance)
      span.push_back(expressions.lower(*evolve.tolerance));
    model::YieldOp::create(builder, loc, span);
  }

  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&op.getBody().emplaceBlock());
  for (const sema::Rate &rate : evolve.rates) {
    Location rateLoc = expressions.locate(rate.span);
    auto rateOp = model::RateOp::create(builder, rateLoc, rate.field->name);
    fillRegion(rateOp.getValue(), {rate.value}, rateLoc);
  }
  if (!evolve.afterStep.empty()) {
    auto afterStep = model::AfterStepOp::create(builder, loc);
    OpBuilder::InsertionGuard inner(builder);
    builder.setInsertionPointToStart(&afterStep.getBody().emplaceBlock());
    for (const sema::Assignment &assignment : evolve.afterStep)
      lower(assignment);
  }
  nextColumn = 0;
  for (const sema::Event &event : evolve.events)
    lowerEvent(event);
  for (const sema::Checkpoint &checkpoint : evolve.checkpoints)
    lowerCheckpoint(checkpoint);
}

/// Consecutive observes outside an evolve form one row: their columns are numbered through.
void ModelLowering::lowerStatements(ArrayRef<sema::Statement> statements) {
  for (const sema::Statement &statement : statements) {
    if (!std::holds_alternative<sema::Observe>(statement))
      nextColumn = 0;
    std::visit([&](const auto &stmt) { lower(stmt); }, statement);
    if (!std::holds_alternative<sema::Observe>(statement))
      nextColumn = 0;
  }
}

OwningOpRef<ModuleOp> lowerModel(const sema::Model &model, const source::SourceFile &source,
                                 MLIRContext &context) {
  context.loadDialect<model::IrhDialect>();
  context.getOrLoadDialect("arith");
  context.getOrLoadDialect("math");
  context.getOrLoadDialect("complex");
  context.getOrLoadDialect("field");
  return ModelLowering(&context, source).run(model);
}

} // namespace irh::lower
