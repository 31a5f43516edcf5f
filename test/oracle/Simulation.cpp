//===- Simulation.cpp - a model's statements, one after the other ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/oracle/Simulation.h"

#include "runtime/core/Error.h"
#include "runtime/report/Format.h"
#include "test/oracle/Evaluator.h"
#include "test/oracle/MakeNetwork.h"
#include "test/oracle/Methods.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace irh::oracle {
namespace {

using sema::Type;

/// Cells and the first failed check of a state, in the order of its events.
struct Row {
  std::vector<std::pair<std::string, Value>> cells;
  std::optional<std::string> failure;
};

/// The state of an evolve that a row belongs to.
struct State {
  std::string timeName;
  double t;
  std::int64_t step;
};

std::string toJson(const Row &row, const std::optional<State> &state) {
  std::vector<std::pair<std::string, Value>> cells = row.cells;
  if (state)
    cells.insert(cells.begin(), {{"step", state->step}, {state->timeName, state->t}});
  std::string text;
  for (const auto &[name, value] : cells)
    text += (text.empty() ? "{" : ", ") + rt::report::quoteJson(name) + ": " +
            rt::report::toJson(value);
  return text + "}";
}

/// An event of an evolve, and when it is due.
class Alarm {
public:
  Alarm(Evaluator &evaluator, const sema::Event &event, double from) : event(event), from(from) {
    if (const sema::Expr *steps = event.cadence.everySteps)
      everySteps = toInt(evaluator.evaluate(*steps));
    if (const sema::Expr *time = event.cadence.everyTime)
      everyTime = toReal(evaluator.evaluate(*time));
    if ((everySteps && *everySteps < 1) || (everyTime && !(*everyTime > 0)))
      throw rt::invalid("`every` must be positive");
  }

  /// Asked once for each state, in their order.
  bool isDue(Evaluator &evaluator, bool isLast) {
    const auto &[t, step, drawStep, dt] = evaluator.now();
    const bool hasCadence = everySteps || everyTime;
    bool isDue = hasCadence && (step == 0 || isLast);
    if (everySteps && step % *everySteps == 0)
      isDue = true;
    if (everyTime && (t - from) / *everyTime >= static_cast<double>(numPassed) - 1e-9) {
      isDue = true;
      while ((t - from) / *everyTime >= static_cast<double>(numPassed) - 1e-9)
        ++numPassed;
    }
    if (event.cadence.condition)
      return isDue || toBool(evaluator.evaluate(*event.cadence.condition));
    return isDue || !hasCadence;
  }

  const sema::Event &event;

private:
  double from;
  std::optional<std::int64_t> everySteps;
  std::optional<double> everyTime;
  std::int64_t numPassed = 0; ///< Multiples of everyTime that lie behind, 0 included.
};

/// Times of an evolve: state n stands at from + n dt, the last one at `to`.
struct Times {
  double from;
  double to;
  double dt;
  std::int64_t numSteps;
  bool isLastShort; ///< Else the last step is a dt too, however `to - from` rounds.

  double timeOf(std::int64_t step) const {
    return step == numSteps ? to : from + static_cast<double>(step) * dt;
  }
  double stepFrom(std::int64_t step) const {
    return step + 1 == numSteps && isLastShort ? to - timeOf(step) : dt;
  }
};

class Simulation {
public:
  Simulation(const sema::Model &model, const rt::program::Settings &settings)
      : evaluator(model, settings), model(model), settings(settings) {}

  void run() {
    chooseSeed();
    requireAll(/*readState=*/false);
    for (const sema::Network &network : model.networks)
      evaluator.addNetwork(network, makeNetwork(evaluator, network));
    for (const sema::Field &field : model.fields)
      evaluator.initialise(field);
    requireAll(/*readState=*/true);
    for (const sema::Statement &statement : model.statements)
      std::visit([&](const auto &what) { runStatement(what); }, statement);
    endRow(std::nullopt);
  }

private:
  std::int64_t toCount(const sema::Expr &expr) { return toInt(evaluator.evaluate(expr)); }
  double toNumber(const sema::Expr &expr) { return toReal(evaluator.evaluate(expr)); }

  void chooseSeed() {
    for (std::size_t i = 0; i < model.params.size(); ++i)
      if (&model.params[i] == model.seed)
        evaluator.seed = static_cast<std::uint64_t>(std::get<std::int64_t>(settings.params[i]));
    evaluator.seed = settings.seed.value_or(evaluator.seed);
  }

  void requireAll(bool readState) {
    for (const sema::Require &require : model.requirements)
      if (require.readsState == readState && !toBool(evaluator.evaluate(*require.condition)))
        throw rt::invalid(require.message);
  }

  // Statements outside an evolve. Any but an observe ends the row.

  void runStatement(const sema::Observe &observe) { act(observe); }
  void runStatement(const sema::Evolve &evolve) {
    endRow(std::nullopt);
    if (evolve.method == sema::Method::Dopri5)
      runAdaptive(evolve);
    else
      runEvolve(evolve);
    evaluator.setMoment({});
  }
  template <typename Action> void runStatement(const Action &action) {
    endRow(std::nullopt);
    act(action);
    endRow(std::nullopt);
  }

  // Actions.

  void act(const sema::Observe &observe) {
    for (const sema::RowColumn &column : observe.columns)
      row.cells.emplace_back(column.name, evaluator.evaluate(*column.value));
  }
  void act(const sema::Check &check) {
    if (!row.failure && !toBool(evaluator.evaluate(*check.condition)))
      row.failure = check.message;
  }
  void act(const sema::Assignment &assignment) {
    evaluator.setField(assignment.field,
                       evaluator.evaluateOn(assignment.field->domain, *assignment.value));
  }
  void act(const sema::Save &) {} // Files are not compared.
  void act(const sema::Solve &solve) {
    evaluator.setField(solve.unknown, evaluator.solve(solve));
    evaluator.setField(solve.iterations, {Value(std::int64_t{1})}); // An elimination has none.
    evaluator.setField(solve.residual, {Value(0.0)});
  }

  /// Writes the row, if there are cells, and stops the run if a check failed.
  void endRow(const std::optional<State> &state) {
    const Row ended = std::exchange(row, {});
    if (!ended.cells.empty())
      std::printf("%s\n", toJson(ended, state).c_str());
    if (ended.failure)
      throw rt::Error(rt::ErrorCode::Stopped, *ended.failure);
  }

  // Time.

  static constexpr double kInfinity = std::numeric_limits<double>::infinity();

  Times timesOf(const sema::Evolve &evolve) {
    const double dt = toNumber(*evolve.step);
    if (!(dt > 0 && dt < kInfinity))
      throw rt::invalid("the step must be positive and finite");
    if (evolve.steps) {
      const std::int64_t numSteps = toCount(*evolve.steps);
      if (numSteps < 0)
        throw rt::invalid("a number of steps must not be negative");
      return {0, static_cast<double>(numSteps) * dt, dt, numSteps, false};
    }
    const auto [from, to] = endsOf(evolve);
    const double exact = (to - from) / dt;
    const double whole = std::round(exact);
    const bool isWhole = std::abs(exact - whole) <= 1e-9 * std::max(1.0, exact);
    return {from, to, dt, static_cast<std::int64_t>(isWhole ? whole : std::ceil(exact)), !isWhole};
  }

  std::pair<double, double> endsOf(const sema::Evolve &evolve) {
    const double from = toNumber(*evolve.from);
    const double to = toNumber(*evolve.to);
    if (!(std::isfinite(from) && std::isfinite(to) && from <= to))
      throw rt::invalid("times must be finite and in order");
    return {from, to};
  }

  std::vector<Alarm> alarmsOf(const sema::Evolve &evolve, double from) {
    std::vector<Alarm> alarms;
    for (const sema::Event &event : evolve.events)
      alarms.emplace_back(evaluator, event, from);
    return alarms;
  }

  void runEvolve(const sema::Evolve &evolve) {
    const Times times = timesOf(evolve);
    std::vector<Alarm> alarms = alarmsOf(evolve, times.from);
    for (std::int64_t step = 0; step <= times.numSteps; ++step) {
      beginState(times.timeOf(step), step);
      runEvents(evolve, alarms, step == times.numSteps);
      if (step == times.numSteps)
        return;
      advance(evaluator, evolve, times.stepFrom(step));
      endStep(evolve, times.stepFrom(step));
    }
  }

  /// Steps are as long as the tolerance lets them be.
  ///
  /// Source  E. Hairer, S. Norsett and G. Wanner, Solving Ordinary Differential Equations I, 1993,
  ///         section II.4.
  void runAdaptive(const sema::Evolve &evolve) {
    const auto [from, to] = endsOf(evolve);
    const double tolerance = toNumber(*evolve.tolerance);
    double dt = evolve.step ? toNumber(*evolve.step) : (to - from) / 1000;
    if (!(tolerance > 0 && (dt > 0 || from == to)))
      throw rt::invalid("the tolerance and the step must be positive");
    std::vector<Alarm> alarms = alarmsOf(evolve, from);
    double t = from;
    for (std::int64_t step = 0;; ++step) {
      beginState(t, step);
      runEvents(evolve, alarms, t == to);
      if (t == to)
        return;
      const double taken = takeAdaptiveStep(evolve, tolerance, to, dt);
      endStep(evolve, taken);
      t = taken == to - t ? to : t + taken;
    }
  }

  /// Tries until a step is accepted, and gives its length; `dt` is then the next one's.
  double takeAdaptiveStep(const sema::Evolve &evolve, double tolerance, double to, double &dt) {
    const double rest = to - evaluator.now().t;
    for (bool isFirst = true;; isFirst = false) {
      const double tried = std::min(dt, rest);
      if (evaluator.now().t + tried == evaluator.now().t)
        throw rt::Error(rt::ErrorCode::Stopped, "the step is too small");
      const double norm = tryStep(evaluator, evolve, tried, tolerance);
      const bool isAccepted = norm <= 1;
      const double most = isAccepted && !isFirst ? 1 : 5;
      const double factor = std::isnan(norm) ? 0.2 : std::pow(norm, -0.2) * 0.9;
      dt = tried * std::clamp(factor, 0.2, most);
      if (isAccepted)
        return tried;
    }
  }

  void beginState(double t, std::int64_t step) {
    evaluator.setMoment({.t = t, .step = step, .drawStep = static_cast<std::uint64_t>(step) + 1});
  }

  void runEvents(const sema::Evolve &evolve, std::vector<Alarm> &alarms, bool isLast) {
    for (Alarm &alarm : alarms) {
      if (!alarm.isDue(evaluator, isLast))
        continue;
      for (const sema::Action &action : alarm.event.actions)
        std::visit([&](const auto &what) { act(what); }, action);
      if (row.failure)
        continue; // of a check: nobody watches any more
      for (const sema::Action &action : alarm.event.actions)
        if (const auto *assignment = std::get_if<sema::Assignment>(&action))
          if (!isFinite(assignment->field))
            row.failure = notFinite(assignment->field);
      if (row.failure)
        break;
    }
    endRow(State{evolve.timeName, evaluator.now().t, evaluator.now().step});
  }

  /// `after step`, which stands at the step's end but draws as the step does.
  void endStep(const sema::Evolve &evolve, double dt) {
    Moment end = evaluator.now();
    end.t += dt;
    ++end.step;
    evaluator.setMoment(end);
    for (const sema::Assignment &assignment : evolve.afterStep)
      act(assignment);
    requireFinite(evolve);
  }

  /// Of what a step has changed.
  void requireFinite(const sema::Evolve &evolve) const {
    std::vector<const sema::Field *> changed;
    for (const sema::Rate &rate : evolve.rates)
      changed.push_back(rate.field);
    for (const sema::Assignment &assignment : evolve.afterStep)
      changed.push_back(assignment.field);
    for (const sema::Field *field : changed)
      if (!isFinite(field))
        throw rt::Error(rt::ErrorCode::Stopped, notFinite(field));
  }

  bool isFinite(const sema::Field *field) const {
    if (settings.watchdog == rt::program::Watchdog::Off || field->type == Type::Bool)
      return true;
    const FieldValues &values = evaluator.fieldValues(field);
    return std::all_of(values.begin(), values.end(), [](const Value &value) {
      const auto z = std::get<Complex>(convert(value, Type::Complex));
      return std::isfinite(z.real()) && std::isfinite(z.imag());
    });
  }

  static std::string notFinite(const sema::Field *field) {
    return "`" + field->name + "` is not finite";
  }

  Evaluator evaluator;
  const sema::Model &model;
  const rt::program::Settings &settings;
  Row row;
};

} // namespace

void simulate(const sema::Model &model, const rt::program::Settings &settings) {
  Simulation(model, settings).run();
}

} // namespace irh::oracle
