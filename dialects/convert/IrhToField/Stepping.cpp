//===- Stepping.cpp - time steppers as sweeps ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// With k[i] the rates at stage i of a Runge-Kutta method, the state of stage l is
// y + dt sum_i a[l][i] k[i], and the result is y + dt sum_i b[i] k[i]. Each sum is built up stage
// by stage in the sweep that computes k[i], so that no k is ever stored.

#include "dialects/convert/IrhToField/Stepping.h"

#include "dialects/convert/IrhToField/Tableau.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using irh::field::ReductionKind;
using irh::field::ValuesType;

namespace irh::convert {

namespace {

/// What all steppers share: rates, evaluated in sweeps or, of single values, in host code.
class Stepper {
public:
  Stepper(OpBuilder &host, model::EvolveOp evolve, const StepStart &start, Changes &changes)
      : host(host), evolve(evolve), model(evolve->getParentOfType<model::ModelOp>()), start(start),
        changes(changes), loc(evolve.getLoc()) {
    llvm::append_range(rates, evolve.getBody().getOps<model::RateOp>());
    for (model::RateOp rate : rates) {
      names.push_back(rate.getFieldAttr().getAttr());
      initial.push_back(start.state.fields.at(names.back()));
    }
  }

protected:
  /// Some rates with one domain: the points they live on, or nothing for single values.
  struct Group {
    std::optional<Points> points;
    SmallVector<unsigned> members;
  };
  SmallVector<Group> groupByDomain(ArrayRef<unsigned> which);
  /// `start` with some fields replaced, `fraction` of a step later.
  State stateAt(double fraction, ArrayRef<std::pair<StringAttr, Value>> values);
  /// fraction * dt
  Value part(double fraction);
  /// from + h * rate; without `from`, h * rate.
  Value advance(OpBuilder &at, Value from, Value h, Value rate);

  OpBuilder &host;
  model::EvolveOp evolve;
  model::ModelOp model;
  const StepStart &start;
  Changes &changes;
  Location loc;
  SmallVector<model::RateOp> rates;
  SmallVector<StringAttr> names;
  SmallVector<Value> initial;
};

SmallVector<Stepper::Group> Stepper::groupByDomain(ArrayRef<unsigned> which) {
  SmallVector<Group> groups;
  for (unsigned i : which) {
    std::optional<Points> points;
    if (auto type = dyn_cast<ValuesType>(initial[i].getType()))
      points = Points{type.getNetwork(), type.getSet()};
    auto *group = llvm::find_if(groups, [&](Group &entry) { return entry.points == points; });
    if (group == groups.end())
      group = &groups.emplace_back(Group{points, {}});
    group->members.push_back(i);
  }
  return groups;
}

State Stepper::stateAt(double fraction, ArrayRef<std::pair<StringAttr, Value>> values) {
  State state = start.state;
  state.forgetDefinitions();
  for (auto [name, value] : values)
    state.fields[name] = value;
  if (fraction != 0.0)
    state.time = arith::AddFOp::create(host, loc, start.state.time, part(fraction));
  return state;
}

Value Stepper::part(double fraction) {
  if (fraction == 1.0)
    return start.dt;
  Value factor = arith::ConstantOp::create(host, loc, host.getF64FloatAttr(fraction));
  return arith::MulFOp::create(host, loc, start.dt, factor);
}

Value Stepper::advance(OpBuilder &at, Value from, Value h, Value rate) {
  Location where = rate.getLoc();
  auto real = [&](Value y, Value k) -> Value {
    Value change = arith::MulFOp::create(at, where, h, k);
    return y ? arith::AddFOp::create(at, where, y, change) : change;
  };
  if (!isa<ComplexType>(rate.getType()))
    return real(from, rate);
  auto re = [&](Value z) { return z ? complex::ReOp::create(at, where, z) : Value(); };
  auto im = [&](Value z) { return z ? complex::ImOp::create(at, where, z) : Value(); };
  return complex::CreateOp::create(at, where, rate.getType(), real(re(from), re(rate)),
                                   real(im(from), im(rate)));
}

//===- Runge-Kutta ------------------------------------------------------------===//

class RungeKutta : Stepper {
public:
  RungeKutta(OpBuilder &host, model::EvolveOp evolve, const StepStart &start, Changes &changes)
      : Stepper(host, evolve, start, changes), tableau(tableauOf(evolve.getMethod())) {
    partial.assign(tableau.weights.size(), initial);
    error.assign(rates.size(), Value());
  }

  StepEnd emit();

private:
  /// A sum that a stage adds to: a row of the tableau, or (null) the error.
  struct Share {
    unsigned rate;
    std::optional<unsigned> row;
    double weight;
  };
  SmallVector<Share> sharesOf(unsigned stage, unsigned rate) const;
  Value &sumOf(const Share &share) {
    return share.row ? partial[*share.row][share.rate] : error[share.rate];
  }
  void emitStage(unsigned stage);
  void emitStageSweep(unsigned stage, const Group &group, State &state);
  void emitStageValues(unsigned stage, const Group &group, State &state);
  /// (|error| / (tolerance (1 + max(|old|, |new|))))^2
  Value squaredError(OpBuilder &at, Value estimate, Value before, Value after);
  bool isLast(unsigned stage) const { return stage + 1 == tableau.numStages(); }
  bool isResult(const Share &share) const {
    return share.row && *share.row + 1 == tableau.weights.size();
  }
  Value emitAcceptance();

  Tableau tableau;
  /// [row of the tableau][rate]: the sum so far.
  SmallVector<SmallVector<Value>> partial;
  SmallVector<Value> error;   ///< The error's sum so far, for each rate.
  SmallVector<Value> squares; ///< Sums of squared errors.
};

SmallVector<RungeKutta::Share> RungeKutta::sharesOf(unsigned stage, unsigned rate) const {
  SmallVector<Share> shares;
  for (unsigned row = stage + 1; row < tableau.weights.size(); ++row)
    if (stage < tableau.weights[row].size() && tableau.weights[row][stage] != 0.0)
      shares.push_back({rate, row, tableau.weights[row][stage]});
  if (!tableau.error.empty() && tableau.error[stage] != 0.0)
    shares.push_back({rate, std::nullopt, tableau.error[stage]});
  return shares;
}

void RungeKutta::emitStage(unsigned stage) {
  SmallVector<std::pair<StringAttr, Value>> values;
  for (auto [name, value] : llvm::zip_equal(names, partial[stage]))
    values.push_back({name, value});
  State state = stateAt(tableau.nodes[stage], values);
  for (const Group &group : groupByDomain(llvm::to_vector(llvm::seq<unsigned>(rates.size())))) {
    if (group.points)
      emitStageSweep(stage, group, state);
    else
      emitStageValues(stage, group, state);
  }
}

/// All rates on one set share a sweep.
void RungeKutta::emitStageSweep(unsigned stage, const Group &group, State &state) {
  Expansion expansion(host, model, state);
  SmallVector<Share> stored;      // In the order of the results.
  SmallVector<unsigned> numFlags; // Of each stored value.
  unsigned numSquares = 0;
  auto body = [&](Expansion::Point &point) {
    Expansion::Outputs outputs;
    for (unsigned i : group.members) {
      Value rate = point.expand(rates[i].getValue()).front();
      for (const Share &share : sharesOf(stage, i)) {
        Value before = sumOf(share);
        Value from = before ? point.readHere(before, rates[i].getLoc()) : Value();
        Value sum = advance(point.builder, from, part(share.weight), rate);
        if (!share.row && isLast(stage)) { // The whole error: nobody needs it but its size.
          Value old = point.readHere(initial[i], loc), now = point.readHere(partial.back()[i], loc);
          outputs.reduced.push_back(squaredError(point.builder, sum, old, now));
          outputs.kinds.push_back(ReductionKind::Sum);
          ++numSquares;
          continue;
        }
        outputs.stored.push_back(sum);
        stored.push_back(share);
      }
    }
    for (auto [value, share] : llvm::zip_equal(outputs.stored, stored))
      numFlags.push_back(isLast(stage) && isResult(share) ? addFlags(point.builder, value, outputs)
                                                          : 0);
    return outputs;
  };
  field::SweepOp sweep = expansion.emitSweep(*group.points, loc, body);
  unsigned next = stored.size();
  for (unsigned i = 0; i < numSquares; ++i)
    squares.push_back(sweep.getResult(next++));
  for (auto [result, share] : llvm::enumerate(stored)) {
    sumOf(share) = sweep.getResult(result);
    if (isLast(stage) && isResult(share))
      changes.add(names[share.rate], rates[share.rate].getLoc(),
                  joinFlags(host, sweep, next, numFlags[result]));
    next += numFlags[result];
  }
}

/// Rates of single values, in host code.
void RungeKutta::emitStageValues(unsigned stage, const Group &group, State &state) {
  Expansion expansion(host, model, state);
  for (unsigned i : group.members) {
    Value rate = expansion.expandGlobal(rates[i].getValue()).front();
    for (const Share &share : sharesOf(stage, i)) {
      Value sum = advance(host, sumOf(share), part(share.weight), rate);
      if (!share.row && isLast(stage))
        squares.push_back(squaredError(host, sum, initial[i], partial.back()[i]));
      else
        sumOf(share) = sum;
    }
    if (isLast(stage))
      changes.add(names[i], rates[i].getLoc(), Value());
  }
}

Value RungeKutta::squaredError(OpBuilder &at, Value estimate, Value before, Value after) {
  auto size = [&](Value value) -> Value {
    if (isa<ComplexType>(value.getType()))
      return complex::AbsOp::create(at, loc, at.getF64Type(), value);
    return math::AbsFOp::create(at, loc, value);
  };
  Value one = arith::ConstantOp::create(at, loc, at.getF64FloatAttr(1));
  Value largest = arith::MaximumFOp::create(at, loc, size(before), size(after));
  Value scale =
      arith::MulFOp::create(at, loc, start.tolerance, arith::AddFOp::create(at, loc, one, largest));
  Value ratio = arith::DivFOp::create(at, loc, size(estimate), scale);
  return arith::MulFOp::create(at, loc, ratio, ratio);
}

Value RungeKutta::emitAcceptance() {
  Value count = arith::ConstantOp::create(host, loc, host.getI64IntegerAttr(0));
  for (const Group &group : groupByDomain(llvm::to_vector(llvm::seq<unsigned>(rates.size())))) {
    Value each = arith::ConstantOp::create(host, loc, host.getI64IntegerAttr(group.members.size()));
    if (group.points) {
      Value points =
          field::CountOp::create(host, loc, group.points->network.getValue(), group.points->set);
      each = arith::MulIOp::create(host, loc, each, points);
    }
    count = arith::AddIOp::create(host, loc, count, each);
  }
  Value total = arith::ConstantOp::create(host, loc, host.getF64FloatAttr(0));
  for (Value sum : squares)
    total = arith::AddFOp::create(host, loc, total, sum);
  return field::StepErrorOp::create(host, loc, total, count);
}

StepEnd RungeKutta::emit() {
  for (unsigned stage = 0; stage < tableau.numStages(); ++stage)
    emitStage(stage);
  SmallVector<std::pair<StringAttr, Value>> values;
  for (auto [i, name] : llvm::enumerate(names)) {
    values.push_back({name, partial.back()[i]});
    if (tableau.endsAtResult)
      changes.add(name, rates[i].getLoc(), Value());
  }
  Value accepted = tableau.error.empty() ? Value() : emitAcceptance();
  return {stateAt(0, values), accepted};
}

//===- Leapfrog ---------------------------------------------------------------===//
//
// Kick, drift, kick: v += dt/2 a(x, t); x += dt v; v += dt/2 a(x, t + dt). Source: L. Verlet,
// Phys. Rev. 159 (1967) 98, in velocity form. Rates come in pairs: of a position, of its velocity.

class Leapfrog : Stepper {
public:
  using Stepper::Stepper;
  StepEnd emit();

private:
  enum class Half { First, Second };
  void emitHalf(Half half, const Group &group, State &state);

  SmallVector<Value> current; ///< The state so far, by rate.
};

/// A kick of some velocities by accelerations at `state`; the first half drifts too.
void Leapfrog::emitHalf(Half half, const Group &group, State &state) {
  Expansion expansion(host, model, state);
  SmallVector<Value> next(current);
  auto push = [&](OpBuilder &at, unsigned i, Value position, Value velocity, Value kick) {
    Value kicked = advance(at, velocity, part(0.5), kick);
    Value drifted = half == Half::First ? advance(at, position, start.dt, kicked) : Value();
    next[i] = kicked;
    if (drifted)
      next[i - 1] = drifted;
  };
  if (!group.points) {
    for (unsigned i : group.members)
      push(host, i, current[i - 1], current[i],
           expansion.expandGlobal(rates[i].getValue()).front());
    current = next;
    for (unsigned i : group.members)
      for (unsigned changed : {i - 1, i})
        changes.add(names[changed], rates[changed].getLoc(), Value());
    return;
  }

  SmallVector<std::pair<unsigned, unsigned>> stored; // Rate, number of flags.
  field::SweepOp sweep = expansion.emitSweep(*group.points, loc, [&](Expansion::Point &point) {
    Expansion::Outputs outputs;
    for (unsigned i : group.members) {
      Value kick = point.expand(rates[i].getValue()).front();
      push(point.builder, i, point.readHere(current[i - 1], loc), point.readHere(current[i], loc),
           kick);
      outputs.stored.push_back(next[i]);
      stored.push_back({i, 0});
      if (half == Half::First) {
        outputs.stored.push_back(next[i - 1]);
        stored.push_back({i - 1, 0});
      }
    }
    // Positions are whole after the drift, velocities after the second kick.
    for (auto [value, entry] : llvm::zip_equal(outputs.stored, stored))
      if ((half == Half::First) == (entry.first % 2 == 0))
        entry.second = addFlags(point.builder, value, outputs);
    return outputs;
  });
  unsigned flag = stored.size();
  for (auto [result, entry] : llvm::enumerate(stored)) {
    current[entry.first] = sweep.getResult(result);
    if (entry.second != 0)
      changes.add(names[entry.first], rates[entry.first].getLoc(),
                  joinFlags(host, sweep, flag, entry.second));
    flag += entry.second;
  }
}

StepEnd Leapfrog::emit() {
  SmallVector<unsigned> velocities;
  for (unsigned i = 1; i < rates.size(); i += 2)
    velocities.push_back(i);
  SmallVector<Group> groups = groupByDomain(velocities);
  current = initial;
  auto values = [&] {
    SmallVector<std::pair<StringAttr, Value>> result;
    for (auto [name, value] : llvm::zip_equal(names, current))
      result.push_back({name, value});
    return result;
  };
  State before = stateAt(0, {});
  for (const Group &group : groups)
    emitHalf(Half::First, group, before);
  State after = stateAt(1, values());
  for (const Group &group : groups)
    emitHalf(Half::Second, group, after);
  return {stateAt(0, values()), Value()};
}

} // namespace

//===- A whole step -----------------------------------------------------------===//

static StepEnd emitMethod(OpBuilder &host, model::EvolveOp evolve, const StepStart &start,
                          Changes &changes) {
  if (evolve.getMethod() == model::Method::Leapfrog)
    return Leapfrog(host, evolve, start, changes).emit();
  return RungeKutta(host, evolve, start, changes).emit();
}

/// The state is that of the next step, but draws are this step's.
static void emitAfterStep(OpBuilder &host, model::AfterStepOp op, const StepStart &start,
                          State &state, Changes &changes) {
  Location loc = op.getLoc();
  Value one = arith::ConstantOp::create(host, loc, host.getI64IntegerAttr(1));
  state.time = arith::AddFOp::create(host, loc, start.state.time, start.dt);
  state.stepNumber = arith::AddIOp::create(host, loc, start.state.stepNumber, one);
  for (auto assign : op.getBody().getOps<model::AssignOp>())
    expandAssign(host, assign, state, changes);
}

/// The new state where the step is accepted, else the old one.
static void selectAccepted(OpBuilder &host, const StepStart &start, StepEnd &end,
                           ArrayRef<StringAttr> names, Location loc) {
  for (StringAttr name : names) {
    Value &now = end.state.fields[name], old = start.state.fields.at(name);
    if (isa<ValuesType>(now.getType()))
      now = field::SelectOp::create(host, loc, end.accepted, now, old);
    else
      now = arith::SelectOp::create(host, loc, end.accepted, now, old);
  }
}

StepEnd expandStep(OpBuilder &host, model::EvolveOp evolve, const StepStart &start) {
  Changes changes(host);
  StepEnd end = emitMethod(host, evolve, start, changes);
  for (auto afterStep : evolve.getBody().getOps<model::AfterStepOp>())
    emitAfterStep(host, afterStep, start, end.state, changes);
  if (end.accepted)
    selectAccepted(host, start, end, changes.names(), evolve.getLoc());
  changes.emitWatches(end.state, end.accepted);
  return end;
}

} // namespace irh::convert
