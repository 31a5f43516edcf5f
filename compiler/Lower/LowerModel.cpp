//===- LowerModel.cpp - declarations and statements to `irh` operations -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lower/Lower.h"

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
  void lowerEvolve(const sema::Evolve &evolve);
  void lowerObserve(const sema::Observe &observe, int64_t firstColumn);
  void lowerCheck(const sema::Check &check);
  void lowerStatements(ArrayRef<sema::Statement> statements);

  /// Fills `region` with the expressions and a yield of their values; null ones are left out.
  void fillRegion(Region &region, ArrayRef<const sema::Expr *> values, Location loc);
  Type typeOf(sema::Type type) { return lowerType(builder.getContext(), type); }

  OpBuilder builder;
  ExprLowering expressions;
  const source::SourceFile &source;
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
  for (const sema::Field &field : model.fields)
    lowerField(field);
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

static model::NetworkKind networkKind(sema::NetworkKind kind) {
  switch (kind) {
  case sema::NetworkKind::Ring:
    return model::NetworkKind::Ring;
  case sema::NetworkKind::WattsStrogatz:
    return model::NetworkKind::WattsStrogatz;
  case sema::NetworkKind::Read:
    return model::NetworkKind::Read;
  }
  llvm_unreachable("all kinds are covered");
}

void ModelLowering::lowerNetwork(const sema::Network &network) {
  Location loc = expressions.locate(network.span);
  auto op = model::NetworkOp::create(builder, loc, network.name, networkKind(network.kind),
                                     static_cast<int32_t>(network.duplicates),
                                     static_cast<int32_t>(network.loops));
  switch (network.kind) {
  case sema::NetworkKind::Ring:
    return fillRegion(op.getArguments(), {network.nodes}, loc);
  case sema::NetworkKind::WattsStrogatz:
    return fillRegion(op.getArguments(),
                      {network.nodes, network.neighbours, network.rewire, network.seed}, loc);
  case sema::NetworkKind::Read:
    return fillRegion(op.getArguments(), {network.edgesFile, network.nodesFile}, loc);
  }
}

void ModelLowering::lowerField(const sema::Field &field) {
  Location loc = expressions.locate(field.span);
  auto op = model::FieldOp::create(builder, loc, field.name, setKindOf(field.domain),
                                   field.domain.network->name, typeOf(field.type));
  fillRegion(op.getInitial(), {field.initial}, loc);
}

void ModelLowering::lowerLet(const sema::Let &let) {
  Location loc = expressions.locate(let.span);
  auto op = model::LetOp::create(builder, loc, expressions.symbolOf(let), setKindOf(let.domain),
                                 networkOf(builder.getContext(), let.domain), typeOf(let.type));
  fillRegion(op.getValue(), {let.value}, loc);
}

void ModelLowering::lowerObserve(const sema::Observe &observe, int64_t firstColumn) {
  Location loc = expressions.locate(observe.span);
  SmallVector<StringRef> names;
  SmallVector<const sema::Expr *> values;
  for (const sema::RowColumn &column : observe.columns) {
    names.push_back(column.name);
    values.push_back(column.value);
  }
  auto op = model::ObserveOp::create(builder, loc, builder.getStrArrayAttr(names), firstColumn);
  fillRegion(op.getValues(), values, loc);
  if (observe.cadence.everySteps)
    fillRegion(op.getPeriod(), {observe.cadence.everySteps}, loc);
}

void ModelLowering::lowerCheck(const sema::Check &check) {
  Location loc = expressions.locate(check.span);
  auto op = model::CheckOp::create(builder, loc, check.message);
  fillRegion(op.getCondition(), {check.condition}, loc);
  if (check.cadence.everySteps)
    fillRegion(op.getPeriod(), {check.cadence.everySteps}, loc);
}

void ModelLowering::lowerEvolve(const sema::Evolve &evolve) {
  Location loc = expressions.locate(evolve.span);
  model::Method method =
      evolve.method == sema::Method::Euler ? model::Method::Euler : model::Method::Rk4;
  auto op = model::EvolveOp::create(builder, loc, evolve.timeName, method, evolve.steps != nullptr);
  if (evolve.steps)
    fillRegion(op.getSpan(), {evolve.steps, evolve.step}, loc);
  else
    fillRegion(op.getSpan(), {evolve.from, evolve.to, evolve.step}, loc);

  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&op.getBody().emplaceBlock());
  for (const sema::Rate &rate : evolve.rates) {
    Location rateLoc = expressions.locate(rate.span);
    auto rateOp = model::RateOp::create(builder, rateLoc, rate.field->name);
    fillRegion(rateOp.getValue(), {rate.value}, rateLoc);
  }
  int64_t firstColumn = 0;
  for (const auto &event : evolve.events) {
    if (const auto *observe = std::get_if<sema::Observe>(&event)) {
      lowerObserve(*observe, firstColumn);
      firstColumn += observe->columns.size();
    } else {
      lowerCheck(std::get<sema::Check>(event));
    }
  }
}

/// Consecutive observes outside an evolve form one row: their columns are numbered through.
void ModelLowering::lowerStatements(ArrayRef<sema::Statement> statements) {
  int64_t nextColumn = 0;
  for (const sema::Statement &statement : statements) {
    const auto *observe = std::get_if<sema::Observe>(&statement);
    if (!observe)
      nextColumn = 0;
    if (observe) {
      lowerObserve(*observe, nextColumn);
      nextColumn += observe->columns.size();
    } else if (const auto *evolve = std::get_if<sema::Evolve>(&statement)) {
      lowerEvolve(*evolve);
    } else {
      lowerCheck(std::get<sema::Check>(statement));
    }
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
