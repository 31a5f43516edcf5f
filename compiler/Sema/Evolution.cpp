//===- Evolution.cpp - evolve: its rates ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Statements.h"

namespace irh::sema {

/// What each equation of the evolve says: a second-order one is two rates.
static std::vector<Rate> collectRates(Analysis &analysis, const ast::EvolveStmt &stmt) {
  std::vector<Rate> rates;
  for (const Equation &equation : analysis.equations) {
    if (equation.evolve != &stmt || !equation.value)
      continue;
    const Field *field = equation.field->field;
    Span span = equation.stmt->span;
    if (equation.order() == 2) {
      const Field *rate = analysis.find(withPrimes(field->name, 1))->field;
      if (!rate)
        continue;
      rates.push_back(
          {field,
           analysis.make(
               {FieldValue{rate}, rate->type, rate->domain, equation.stmt->target.span, {}}),
           span});
      field = rate;
    }
    rates.push_back({field, equation.value, span});
  }
  return rates;
}

Evolve analyzeEvolve(Analysis &analysis, const ast::EvolveStmt &stmt) {
  Evolve evolve{.timeName = timeName(stmt).str(), .span = stmt.span};
  analyzeHeader(analysis, stmt, evolve);
  evolve.rates = collectRates(analysis, stmt);
  checkMethod(analysis, stmt, evolve);
  analyzeBody(analysis, stmt, evolve);
  return evolve;
}

} // namespace irh::sema
