//===- Stepping.cpp - explicit Runge-Kutta methods as sweeps -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Source: E. Hairer, S. P. Norsett, G. Wanner, Solving Ordinary Differential Equations I, II.1.
// With k[i] the rates at stage i, the state of stage l is y + dt sum_i a[l][i] k[i], and the result
// is y + dt sum_i b[i] k[i]. Each sum is built up stage by stage in the sweep that computes k[i],
// so that no k is ever stored.

#include "dialects/convert/IrhToField/Stepping.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"

using namespace mlir;
using irh::field::ReductionKind;
using irh::field::ValuesType;

namespace irh::convert {

namespace {

/// Row l of `weights` gives the state of stage l from the stages before; the last row gives the
/// result. `nodes[l]` is the time of stage l, in steps.
struct Tableau {
  SmallVector<SmallVector<double>> weights;
  SmallVector<double> nodes;

  unsigned numStages() const { return nodes.size(); }
};

Tableau tableauOf(model::Method method) {
  switch (method) {
  case model::Method::Euler:
    return {{{}, {1.0}}, {0.0}};
  case model::Method::Rk4:
    return {{{}, {0.5}, {0.0, 0.5}, {0.0, 0.0, 1.0}, {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6}},
            {0.0, 0.5, 0.5, 1.0}};
  }
  llvm_unreachable("all methods are covered");
}

/// One step under construction.
class Step {
public:
  Step(OpBuilder &host, model::EvolveOp evolve, const State &start, Value dt)
      : host(host), evolve(evolve), start(start), dt(dt), tableau(tableauOf(evolve.getMethod())) {
    for (auto rate : evolve.getBody().getOps<model::RateOp>())
      rates.push_back(rate);
    Value none;
    partial.assign(tableau.numStages() + 1, SmallVector<Value>(rates.size(), none));
    for (SmallVector<Value> &target : partial)
      for (auto [i, rate] : llvm::enumerate(rates))
        target[i] = start.fields.at(rate.getFieldAttr().getAttr());
  }

  SmallVector<Value> emit() {
    for (unsigned stage = 0; stage < tableau.numStages(); ++stage)
      emitStage(stage);
    return partial.back();
  }

private:
  void emitStage(unsigned stage);
  void emitStageSweep(unsigned stage, Points points, ArrayRef<unsigned> members, State &state);
  Value scaledStep(double weight, Location loc);
  Value advance(OpBuilder &at, Location loc, Value from, Value h, Value rate);
  void watch(Value value, Value flag, Location loc);

  OpBuilder &host;
  model::EvolveOp evolve;
  const State &start;
  Value dt;
  Tableau tableau;
  SmallVector<model::RateOp> rates;
  /// [stage, or the result last][rate]: the sum so far.
  SmallVector<SmallVector<Value>> partial;
};

Value Step::scaledStep(double weight, Location loc) {
  if (weight == 1.0)
    return dt;
  Value factor = arith::ConstantOp::create(host, loc, host.getF64FloatAttr(weight));
  return arith::MulFOp::create(host, loc, dt, factor);
}

/// from + h * rate
Value Step::advance(OpBuilder &at, Location loc, Value from, Value h, Value rate) {
  auto real = [&](Value y, Value k) -> Value {
    return arith::AddFOp::create(at, loc, y, arith::MulFOp::create(at, loc, h, k));
  };
  if (!isa<ComplexType>(from.getType()))
    return real(from, rate);
  Value re = real(complex::ReOp::create(at, loc, from), complex::ReOp::create(at, loc, rate));
  Value im = real(complex::ImOp::create(at, loc, from), complex::ImOp::create(at, loc, rate));
  return complex::CreateOp::create(at, loc, from.getType(), re, im);
}

void Step::emitStage(unsigned stage) {
  Location loc = evolve.getLoc();
  State state = start;
  state.forgetDefinitions();
  for (auto [i, rate] : llvm::enumerate(rates))
    state.fields[rate.getFieldAttr().getAttr()] = partial[stage][i];
  if (tableau.nodes[stage] != 0.0)
    state.time =
        arith::AddFOp::create(host, loc, start.time, scaledStep(tableau.nodes[stage], loc));

  // All rates on one set share a sweep.
  SmallVector<std::pair<Points, SmallVector<unsigned>>> groups;
  for (auto [i, value] : llvm::enumerate(partial[stage])) {
    auto type = cast<ValuesType>(value.getType());
    Points points{type.getNetwork(), type.getSet()};
    auto *group = llvm::find_if(groups, [&](auto &entry) { return entry.first == points; });
    if (group == groups.end())
      group = &groups.emplace_back(points, SmallVector<unsigned>());
    group->second.push_back(i);
  }
  for (auto &[points, members] : groups)
    emitStageSweep(stage, points, members, state);
}

void Step::emitStageSweep(unsigned stage, Points points, ArrayRef<unsigned> members, State &state) {
  Expansion expansion(host, evolve->getParentOfType<model::ModelOp>(), state);
  bool isLast = stage + 1 == tableau.numStages();
  SmallVector<std::pair<unsigned, unsigned>> stored; // (target, rate), in the order of results.
  SmallVector<unsigned> numFlags;                    // For each rate of the last stage.
  auto body = [&](Expansion::Point &point) {
    Expansion::Outputs outputs;
    for (unsigned i : members) {
      Location loc = rates[i].getLoc();
      Value rate = point.expand(rates[i].getValue()).front();
      for (unsigned target = stage + 1; target <= tableau.numStages(); ++target) {
        const SmallVector<double> &weights = tableau.weights[target];
        if (stage >= weights.size() || weights[stage] == 0.0)
          continue;
        Value from = point.readHere(partial[target][i], loc);
        Value sum = advance(point.builder, loc, from, scaledStep(weights[stage], loc), rate);
        outputs.stored.push_back(sum);
        stored.push_back({target, i});
      }
    }
    if (!isLast)
      return outputs;
    for (Value sum : outputs.stored) {
      size_t before = outputs.reduced.size();
      if (isa<ComplexType>(sum.getType())) {
        outputs.reduced.push_back(complex::ReOp::create(point.builder, sum.getLoc(), sum));
        outputs.reduced.push_back(complex::ImOp::create(point.builder, sum.getLoc(), sum));
      } else {
        outputs.reduced.push_back(sum);
      }
      numFlags.push_back(outputs.reduced.size() - before);
    }
    outputs.kinds.assign(outputs.reduced.size(), ReductionKind::NotFinite);
    return outputs;
  };
  field::SweepOp sweep = expansion.emitSweep(points, evolve.getLoc(), body);

  for (auto [result, entry] : llvm::enumerate(stored))
    partial[entry.first][entry.second] = sweep.getResult(result);
  unsigned flag = stored.size();
  for (auto [result, count] : llvm::enumerate(numFlags)) {
    Location loc = rates[stored[result].second].getLoc();
    Value bad = sweep.getResult(flag);
    if (count == 2)
      bad = arith::OrIOp::create(host, loc, bad, sweep.getResult(flag + 1));
    watch(sweep.getResult(result), bad, loc);
    flag += count;
  }
}

void Step::watch(Value value, Value flag, Location loc) {
  field::WatchOp::create(host, loc, value, flag);
}

} // namespace

SmallVector<Value> expandStep(OpBuilder &host, model::EvolveOp evolve, const State &start,
                              Value dt) {
  return Step(host, evolve, start, dt).emit();
}

} // namespace irh::convert
