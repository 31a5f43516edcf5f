//===- Methods.cpp - one step of a time stepper, as its textbook has it ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/oracle/Methods.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace irh::oracle {
namespace {

/// A value for each rate of an evolve, at each point of its field.
using RateValues = std::vector<FieldValues>;

/// A Runge-Kutta method: stage i is taken at t + c[i] dt from y + dt sum of a[i][j] k[j], and the
/// step is dt times the sum of b[i] k[i].
struct Tableau {
  std::vector<std::vector<double>> a;
  std::vector<double> b;
  std::vector<double> c;
};

const Tableau &tableauOf(sema::Method method) {
  static const Tableau euler{{{}}, {1}, {0}};
  static const Tableau midpoint{{{}, {0.5}}, {0, 1}, {0, 0.5}};
  static const Tableau rk4{
      {{}, {0.5}, {0, 0.5}, {0, 0, 1}}, {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6}, {0, 0.5, 0.5, 1}};
  static const Tableau ssprk3{{{}, {1}, {0.25, 0.25}}, {1.0 / 6, 1.0 / 6, 2.0 / 3}, {0, 1, 0.5}};
  static const Tableau dopri5{
      {{},
       {1.0 / 5},
       {3.0 / 40, 9.0 / 40},
       {44.0 / 45, -56.0 / 15, 32.0 / 9},
       {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
       {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
       {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}},
      {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84, 0},
      {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1}};
  switch (method) {
  case sema::Method::Euler:
  case sema::Method::EulerMaruyama:
    return euler;
  case sema::Method::Midpoint:
    return midpoint;
  case sema::Method::Rk4:
    return rk4;
  case sema::Method::Ssprk3:
    return ssprk3;
  case sema::Method::Dopri5:
    return dopri5;
  case sema::Method::Leapfrog:
    break;
  }
  throw std::logic_error("a Runge-Kutta method");
}

/// The weights of the fourth-order solution that stands beside dopri5's step.
const std::vector<double> kEmbedded = {
    5179.0 / 57600, 0, 7571.0 / 16695, 393.0 / 640, -92097.0 / 339200, 187.0 / 2100, 1.0 / 40};

/// Sets the moment for as long as it lives.
class MomentScope {
public:
  MomentScope(Evaluator &evaluator, const Moment &when)
      : evaluator(evaluator), before(evaluator.now()) {
    evaluator.setMoment(when);
  }
  ~MomentScope() { evaluator.setMoment(before); }
  MomentScope(const MomentScope &) = delete;
  MomentScope &operator=(const MomentScope &) = delete;

private:
  Evaluator &evaluator;
  Moment before;
};

/// One step of `dt` from the evaluator's moment.
class Step {
public:
  Step(Evaluator &evaluator, const sema::Evolve &evolve, double dt)
      : evaluator(evaluator), evolve(evolve), dt(dt), start(evaluator.now()) {
    for (const sema::Rate &rate : evolve.rates)
      y.push_back(evaluator.fieldValues(rate.field));
  }

  void takeRungeKutta() {
    const Tableau &tableau = tableauOf(evolve.method);
    for (std::size_t stage = 0; stage < tableau.c.size(); ++stage) {
      setState(combine(y, tableau.a[stage]));
      k.push_back(ratesAt(tableau.c[stage]));
    }
    setState(combine(y, tableau.b));
  }

  /// Kick, drift, kick. Rates come in pairs: of a position, and of its velocity.
  void takeLeapfrog() {
    kick(0);
    for (std::size_t x = 0; x < y.size(); x += 2)
      setField(x, plus(x, y[x], {dt}, {evaluator.fieldValues(evolve.rates[x + 1].field)}));
    kick(1);
  }

  /// The norm of the difference between the two solutions of dopri5, over what is tolerated.
  double errorNorm(double tolerance) {
    std::vector<double> weights = tableauOf(evolve.method).b;
    for (std::size_t i = 0; i < weights.size(); ++i)
      weights[i] -= kEmbedded[i];
    const RateValues errors = combine(zerosLike(y), weights);
    double sum = 0;
    double numComponents = 0;
    for (std::size_t f = 0; f < y.size(); ++f)
      for (std::size_t i = 0; i < y[f].size(); ++i, ++numComponents) {
        const double after = magnitude(evaluator.fieldValues(evolve.rates[f].field)[i]);
        const double size = std::max(magnitude(y[f][i]), after);
        const double relative = magnitude(errors[f][i]) / (tolerance * (1 + size));
        sum += relative * relative;
      }
    return numComponents == 0 ? 0 : std::sqrt(sum / numComponents);
  }

  void undo() { setState(y); }

private:
  static double magnitude(const Value &value) { return toReal(call(sema::Function::Abs, {value})); }

  static RateValues zerosLike(RateValues values) {
    for (FieldValues &field : values)
      for (Value &value : field)
        value = apply(sema::BinaryOp::Subtract, typeOf(value), value, value);
    return values;
  }

  static sema::Type typeOf(const Value &value) {
    return std::holds_alternative<Complex>(value) ? sema::Type::Complex : sema::Type::Real;
  }

  /// values + the sum of factors[j] * changes[j], for rate number f.
  FieldValues plus(std::size_t f, FieldValues values, const std::vector<double> &factors,
                   const std::vector<FieldValues> &changes) const {
    const sema::Type type = evolve.rates[f].field->type;
    for (std::size_t j = 0; j < factors.size(); ++j)
      for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = apply(sema::BinaryOp::Add, type, values[i],
                          apply(sema::BinaryOp::Multiply, type, Value(factors[j]), changes[j][i]));
    return values;
  }

  /// values + dt sum of weights[j] k[j].
  RateValues combine(const RateValues &values, std::vector<double> weights) const {
    for (double &weight : weights)
      weight *= dt;
    RateValues result;
    for (std::size_t f = 0; f < values.size(); ++f) {
      std::vector<FieldValues> changes;
      for (const RateValues &stage : k)
        changes.push_back(stage[f]);
      result.push_back(plus(f, values[f], weights, changes));
    }
    return result;
  }

  /// All rates of the state at hand, at t + c dt.
  RateValues ratesAt(double c) {
    Moment when = start;
    when.t += c * dt;
    when.dt = dt;
    const MomentScope scope(evaluator, when);
    RateValues rates;
    for (const sema::Rate &rate : evolve.rates)
      rates.push_back(evaluator.evaluateOn(rate.field->domain, *rate.value));
    return rates;
  }

  void kick(double c) {
    const RateValues rates = ratesAt(c);
    for (std::size_t v = 1; v < y.size(); v += 2)
      setField(v, plus(v, evaluator.fieldValues(evolve.rates[v].field), {dt / 2}, {rates[v]}));
  }

  void setField(std::size_t f, FieldValues values) {
    evaluator.setField(evolve.rates[f].field, std::move(values));
  }

  void setState(const RateValues &state) {
    for (std::size_t f = 0; f < state.size(); ++f)
      setField(f, state[f]);
  }

  Evaluator &evaluator;
  const sema::Evolve &evolve;
  double dt;
  Moment start;
  RateValues y;              ///< The state that the step starts from.
  std::vector<RateValues> k; ///< The rates of each stage.
};

} // namespace

void advance(Evaluator &evaluator, const sema::Evolve &evolve, double dt) {
  Step step(evaluator, evolve, dt);
  if (evolve.method == sema::Method::Leapfrog)
    step.takeLeapfrog();
  else
    step.takeRungeKutta();
}

double tryStep(Evaluator &evaluator, const sema::Evolve &evolve, double dt, double tolerance) {
  Step step(evaluator, evolve, dt);
  step.takeRungeKutta();
  const double norm = step.errorNorm(tolerance);
  if (!(norm <= 1))
    step.undo();
  return norm;
}

} // namespace irh::oracle
