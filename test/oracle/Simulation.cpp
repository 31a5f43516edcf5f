//===- Simulation.cpp - a model's statements, one after the other ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/oracle/Simulation.h"

#include "runtime/core/Error.h"
#include "runtime/graph/Generators.h"
#include "runtime/graph/ReadNetwork.h"
#include "runtime/report/Table.h"
#include "test/oracle/Evaluator.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

namespace irh::oracle {
namespace {

using rt::report::Table;
using sema::Type;

/// A Runge-Kutta method: stage i is taken at t + c[i] dt from y + dt sum of a[i][j] k[j], and the
/// step is dt times the sum of b[i] k[i].
struct Tableau {
  std::vector<std::vector<double>> a;
  std::vector<double> b;
  std::vector<double> c;
};

const Tableau &tableauOf(sema::Method method) {
  static const Tableau euler{{{}}, {1}, {0}};
  static const Tableau rk4{
      {{}, {0.5}, {0, 0.5}, {0, 0, 1}}, {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6}, {0, 0.5, 0.5, 1}};
  return method == sema::Method::Euler ? euler : rk4;
}

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
    for (const sema::Network &network : model.networks)
      evaluator.addNetwork(network, Graph(makeNetwork(network)));
    for (const sema::Field &field : model.fields)
      evaluator.setField(&field, evaluator.evaluateOn(field.domain, *field.initial));
    for (std::size_t i = 0; i < model.statements.size(); ++i)
      runStatement(i);
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

  rt::graph::Network makeNetwork(const sema::Network &network) {
    if (network.kind == sema::NetworkKind::Ring)
      return rt::graph::makeRing(toCount(*network.nodes));
    if (network.kind == sema::NetworkKind::WattsStrogatz)
      return rt::graph::makeSmallWorld(
          {.numNodes = toCount(*network.nodes),
           .numNeighbors = toCount(*network.neighbours),
           .rewire = toNumber(*network.rewire),
           .seed =
               network.seed ? static_cast<std::uint64_t>(toCount(*network.seed)) : evaluator.seed});
    rt::graph::NetworkFiles files{.edges = evaluator.text(*network.edgesFile), .nodes = {}};
    if (network.nodesFile)
      files.nodes = evaluator.text(*network.nodesFile);
    return rt::graph::readNetwork(files,
                                  {.duplicates = static_cast<abi::Duplicates>(network.duplicates),
                                   .loops = static_cast<abi::Loops>(network.loops)});
  }

  // Rows and checks.

  void runStatement(std::size_t index) {
    const sema::Statement &statement = model.statements[index];
    if (const auto *evolve = std::get_if<sema::Evolve>(&statement))
      return runEvolve(*evolve);
    if (const auto *check = std::get_if<sema::Check>(&statement))
      return runCheck(*check);
    // The first of consecutive observes writes the row of them all.
    if (index > 0 && std::holds_alternative<sema::Observe>(model.statements[index - 1]))
      return;
    std::vector<const sema::RowColumn *> columns;
    for (std::size_t i = index; i < model.statements.size(); ++i) {
      const auto *observe = std::get_if<sema::Observe>(&model.statements[i]);
      if (!observe)
        break;
      for (const sema::RowColumn &column : observe->columns)
        columns.push_back(&column);
    }
    writeRow(columns, std::nullopt);
  }

  void runCheck(const sema::Check &check) {
    if (!toBool(evaluator.evaluate(*check.condition)))
      throw rt::Error(rt::ErrorCode::Stopped, check.message);
  }

  void writeRow(const std::vector<const sema::RowColumn *> &columns,
                const std::optional<rt::report::RowState> &state) {
    if (columns.empty())
      return;
    Table table(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      table.declare(i, {columns[i]->name});
      table.set(i, evaluator.evaluate(*columns[i]->value));
    }
    const std::string row = table.takeRow(rt::report::Format::Jsonl, state);
    std::fwrite(row.data(), 1, row.size(), stdout);
  }

  // Time.

  Times timesOf(const sema::Evolve &evolve) {
    const double dt = toNumber(*evolve.step);
    if (!(dt > 0))
      throw rt::invalid("the step must be positive");
    if (evolve.steps) {
      const std::int64_t numSteps = toCount(*evolve.steps);
      return {0, static_cast<double>(numSteps) * dt, dt, numSteps, false};
    }
    const double from = toNumber(*evolve.from);
    const double to = toNumber(*evolve.to);
    const double exact = (to - from) / dt;
    const double whole = std::round(exact);
    const bool isWhole = std::abs(exact - whole) <= 1e-9 * std::max(1.0, exact);
    return {from, to, dt, static_cast<std::int64_t>(isWhole ? whole : std::ceil(exact)), !isWhole};
  }

  void runEvolve(const sema::Evolve &evolve) {
    const Times times = timesOf(evolve);
    for (std::int64_t step = 0; step <= times.numSteps; ++step) {
      evaluator.setTime(times.timeOf(step), step);
      runEvents(evolve, {step, times.timeOf(step), evolve.timeName}, step == times.numSteps);
      if (step < times.numSteps)
        advance(evolve, times, step);
    }
  }

  void runEvents(const sema::Evolve &evolve, const rt::report::RowState &state, bool isLast) {
    auto isDue = [&](const sema::Cadence &cadence) {
      return isLast || !cadence.everySteps || state.step % toCount(*cadence.everySteps) == 0;
    };
    std::vector<const sema::RowColumn *> columns;
    for (const auto &event : evolve.events)
      if (const auto *observe = std::get_if<sema::Observe>(&event))
        if (isDue(observe->cadence))
          for (const sema::RowColumn &column : observe->columns)
            columns.push_back(&column);
    writeRow(columns, state);
    for (const auto &event : evolve.events)
      if (const auto *check = std::get_if<sema::Check>(&event))
        if (isDue(check->cadence))
          runCheck(*check);
  }

  /// y + dt sum of weights[j] k[j], for every field that has a rate.
  void setCombination(const sema::Evolve &evolve, const std::vector<FieldValues> &y,
                      const std::vector<std::vector<FieldValues>> &k,
                      const std::vector<double> &weights, double dt) {
    for (std::size_t f = 0; f < y.size(); ++f) {
      const sema::Field *field = evolve.rates[f].field;
      FieldValues values = y[f];
      for (std::size_t j = 0; j < weights.size(); ++j)
        for (std::size_t i = 0; i < values.size(); ++i) {
          const Value change =
              apply(sema::BinaryOp::Multiply, field->type, Value(dt * weights[j]), k[j][f][i]);
          values[i] = apply(sema::BinaryOp::Add, field->type, values[i], change);
        }
      evaluator.setField(field, std::move(values));
    }
  }

  void advance(const sema::Evolve &evolve, const Times &times, std::int64_t step) {
    const Tableau &tableau = tableauOf(evolve.method);
    const double dt = times.stepFrom(step);
    std::vector<FieldValues> y;
    for (const sema::Rate &rate : evolve.rates)
      y.push_back(evaluator.fieldValues(rate.field));
    std::vector<std::vector<FieldValues>> k;
    for (std::size_t stage = 0; stage < tableau.c.size(); ++stage) {
      setCombination(evolve, y, k, tableau.a[stage], dt);
      evaluator.setTime(times.timeOf(step) + tableau.c[stage] * dt, step);
      std::vector<FieldValues> &rates = k.emplace_back();
      for (const sema::Rate &rate : evolve.rates)
        rates.push_back(evaluator.evaluateOn(rate.field->domain, *rate.value));
    }
    setCombination(evolve, y, k, tableau.b, dt);
    requireFinite(evolve);
  }

  void requireFinite(const sema::Evolve &evolve) const {
    for (const sema::Rate &rate : evolve.rates)
      for (const Value &value : evaluator.fieldValues(rate.field)) {
        const auto z = std::get<Complex>(convert(value, Type::Complex));
        if (settings.watchdog == rt::program::Watchdog::On &&
            !(std::isfinite(z.real()) && std::isfinite(z.imag())))
          throw rt::Error(rt::ErrorCode::Stopped, "`" + rate.field->name + "` is not finite");
      }
  }

  Evaluator evaluator;
  const sema::Model &model;
  const rt::program::Settings &settings;
};

} // namespace

void simulate(const sema::Model &model, const rt::program::Settings &settings) {
  Simulation(model, settings).run();
}

} // namespace irh::oracle
