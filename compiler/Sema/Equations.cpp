//===- Equations.cpp - which field has which equation, and the hidden rates ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Analysis.h"
#include "compiler/Sema/Builtins.h"

#include "llvm/ADT/STLExtras.h"

using llvm::dyn_cast;

namespace irh::sema {

/// The equation of `evolve` for the same field, if there is one before the last.
static const Equation *findEarlier(const Analysis &analysis, const Equation &last) {
  for (const Equation &equation : analysis.equations)
    if (&equation != &last && equation.field == last.field && equation.evolve == last.evolve)
      return &equation;
  return nullptr;
}

/// Whether the left side of an equation is a field as a whole, of first or second order.
static bool checkTarget(Analysis &analysis, Equation &equation) {
  const ast::Target &target = equation.stmt->target;
  Symbol *symbol = equation.field;
  if (!symbol) {
    analysis.report(diag::UnknownName, target.name.span, diag::quote(target.name.text),
                    didYouMean(target.name.text, fieldNames(analysis)));
    return false;
  }
  if (symbol->isPoisoned)
    return false;
  if (symbol->kind != SymbolKind::Field) {
    analysis.report(diag::RateOfNoField, target.name.span, symbol->name)
        .note(symbol->span, "declared here");
    return false;
  }
  if (target.numPrimes > 2) {
    analysis.report(diag::OrderTooHigh, target.span, symbol->name);
    return false;
  }
  return true;
}

static void checkDoubled(Analysis &analysis, Equation &equation) {
  const Equation *first = findEarlier(analysis, equation);
  if (!first)
    return;
  analysis.report(diag::TwoRates, equation.stmt->target.span, equation.field->name)
      .note(first->stmt->target.span, "its first equation");
  equation.isPoisoned = true;
}

/// Adds `theta'` where the model has `theta''` and does not declare the rate itself.
static void addHiddenRate(Analysis &analysis, const Equation &equation) {
  std::string name = withPrimes(equation.field->name, 1);
  if (analysis.find(name))
    return;
  analysis.symbolOf[name] = &analysis.symbols.emplace_back(
      Symbol{.kind = SymbolKind::Field, .name = name, .span = equation.stmt->target.span});
}

static void collectFrom(Analysis &analysis, const ast::EvolveStmt &evolve) {
  for (const ast::Stmt *stmt : evolve.body) {
    auto *assign = dyn_cast<ast::AssignStmt>(stmt);
    if (!assign || assign->target.numPrimes == 0)
      continue;
    Equation &equation = analysis.equations.emplace_back(Equation{
        .stmt = assign, .evolve = &evolve, .field = analysis.find(assign->target.name.text)});
    equation.isPoisoned = !checkTarget(analysis, equation);
    if (!equation.isPoisoned)
      checkDoubled(analysis, equation);
  }
}

/// A field cannot be of first order in one evolve and of second order in another: its rate would
/// be a value of the model in one and a stored field in the other.
static void checkOrders(Analysis &analysis) {
  llvm::DenseMap<const Symbol *, const Equation *> firstOf;
  for (Equation &equation : analysis.equations) {
    if (equation.isPoisoned)
      continue;
    const Equation *first = firstOf.try_emplace(equation.field, &equation).first->second;
    if (first->order() == equation.order())
      continue;
    analysis.report(diag::TwoOrders, equation.stmt->target.span, equation.field->name)
        .note(first->stmt->target.span, "its first equation");
    equation.isPoisoned = true;
  }
}

/// `field theta'` exists only beside an equation `theta''`.
static void checkDeclaredRates(Analysis &analysis) {
  for (Symbol &symbol : analysis.symbols) {
    StringRef name = symbol.name;
    if (symbol.kind != SymbolKind::Field || !name.consume_back("'"))
      continue;
    Symbol *base = analysis.find(name);
    if (base && base->isPoisoned)
      symbol.isPoisoned = true;
    bool hasEquation = llvm::any_of(analysis.equations, [&](const Equation &equation) {
      return equation.field == base && base && equation.order() == 2;
    });
    if (hasEquation || symbol.isPoisoned)
      continue;
    analysis.report(diag::RateWithoutEquation, symbol.span, symbol.name, name);
    symbol.isPoisoned = true;
  }
}

void collectEquations(Analysis &analysis) {
  for (const ast::EvolveStmt *evolve : analysis.evolves)
    collectFrom(analysis, *evolve);
  checkOrders(analysis);
  checkDeclaredRates(analysis);
  for (const Equation &equation : analysis.equations)
    if (!equation.isPoisoned && equation.order() == 2)
      addHiddenRate(analysis, equation);
}

} // namespace irh::sema
