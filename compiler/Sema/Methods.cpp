//===- Methods.cpp - the methods of evolves, and what each asks for ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Declarations.h"
#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Fold.h"
#include "compiler/Sema/Statements.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

namespace irh::sema {

static constexpr std::pair<StringRef, Method> kMethods[] = {{"euler", Method::Euler},
                                                            {"midpoint", Method::Midpoint},
                                                            {"rk4", Method::Rk4},
                                                            {"ssprk3", Method::Ssprk3},
                                                            {"leapfrog", Method::Leapfrog},
                                                            {"dopri5", Method::Dopri5},
                                                            {kNoisyMethod, Method::EulerMaruyama}};

std::optional<Method> findMethod(StringRef name) {
  auto *found = llvm::find_if(kMethods, [&](auto &entry) { return entry.first == name; });
  return found == std::end(kMethods) ? std::nullopt : std::optional(found->second);
}

static const Expr *analyzeGlobal(Analysis &analysis, const ast::EvolveStmt &stmt,
                                 const ast::Expr *tree, Type type, StringRef purpose) {
  if (!tree)
    return nullptr;
  const Expr *value = analyzeExpr(analysis, *tree, {.role = Role::Header, .item = &stmt});
  return requireGlobal(analysis, value, type, purpose);
}

/// An argument of the method, a real number above 0.
static const Expr *analyzeArgument(Analysis &analysis, const ast::EvolveStmt &stmt,
                                   const ast::Argument *argument, StringRef purpose) {
  if (!argument)
    return nullptr;
  const Expr *value = analyzeGlobal(analysis, stmt, argument->value, Type::Real, purpose);
  Folded folded = value ? fold(*value) : Folded{};
  if (folded.value && !(folded.value->real > 0))
    analysis.report(diag::NotPositive, value->span, purpose);
  return value;
}

/// The time step, and the tolerance of a method that chooses its steps.
static void analyzeArguments(Analysis &analysis, const ast::EvolveStmt &stmt, Evolve &evolve) {
  bool isAdaptive = evolve.method == Method::Dopri5;
  for (const ast::Argument &argument : stmt.method.arguments)
    if (argument.name.text == "cfl")
      return analysis.reportLater(&stmt, "cfl", argument.name.span);
  llvm::SmallVector<ArgumentSpec, 2> specs = {{"step", !isAdaptive}};
  if (isAdaptive)
    specs.push_back({"tolerance", true});
  auto matched = matchArguments(analysis, {stmt.method.name.text, stmt.method.name.span},
                                stmt.method.arguments, specs);
  evolve.step = analyzeArgument(analysis, stmt, matched[0], "the time step");
  if (isAdaptive)
    evolve.tolerance = analyzeArgument(analysis, stmt, matched[1], "the tolerance");
}

void analyzeHeader(Analysis &analysis, const ast::EvolveStmt &stmt, Evolve &evolve) {
  evolve.from = analyzeGlobal(analysis, stmt, stmt.from, Type::Real, "the first time");
  evolve.to = analyzeGlobal(analysis, stmt, stmt.to, Type::Real, "the last time");
  evolve.steps = analyzeGlobal(analysis, stmt, stmt.numSteps, Type::Int, "the number of steps");
  if (stmt.numSteps)
    evolve.from = analysis.makeConstant({}, Type::Real, stmt.span);
  const ast::Name &name = stmt.method.name;
  if (std::optional<Method> method = findMethod(name.text)) {
    evolve.method = *method;
    return analyzeArguments(analysis, stmt, evolve);
  }
  std::vector<StringRef> names;
  for (auto &[known, method] : kMethods)
    names.push_back(known);
  analysis.report(diag::UnknownMethod, name.span, diag::quote(name.text),
                  didYouMeanOneOf(name.text, names));
}

// Leapfrog: kick, drift, kick needs accelerations that the velocities do not enter.

namespace {

/// Looks for a read of certain fields in an expression, through the lets that it reads.
class ReadFinder {
public:
  explicit ReadFinder(llvm::DenseSet<const Field *> fields) : fields(std::move(fields)) {}

  /// What reads one of the fields, and the part of `root` itself that it belongs to; null where
  /// nothing does.
  std::pair<const Expr *, const Expr *> find(const Expr &root) {
    add(&root, nullptr);
    while (!pending.empty()) {
      auto [expr, part] = pending.pop_back_val();
      auto *read = std::get_if<FieldValue>(&expr->node);
      if (read && fields.contains(read->field))
        return {expr, part ? part : expr};
      for (const Expr *operand : llvm::reverse(expr->operands)) {
        // The body of a `fn` stands elsewhere; what belongs to the equation is its call.
        bool isInside = source::cover(expr->span, operand->span) == expr->span;
        add(operand, part || isInside ? part : expr);
      }
      if (auto *let = std::get_if<LetValue>(&expr->node))
        add(let->let->value, part ? part : expr);
    }
    return {nullptr, nullptr};
  }

private:
  void add(const Expr *expr, const Expr *part) {
    if (seen.insert(expr).second)
      pending.push_back({expr, part});
  }

  llvm::DenseSet<const Field *> fields;
  llvm::DenseSet<const Expr *> seen;
  llvm::SmallVector<std::pair<const Expr *, const Expr *>> pending;
};

} // namespace

static void checkAcceleration(Analysis &analysis, const Equation &equation, ReadFinder finder) {
  if (!equation.value)
    return;
  auto [read, part] = finder.find(*equation.value);
  if (!read)
    return;
  StringRef rate = std::get<FieldValue>(read->node).field->name;
  diag::Diagnostic &report = analysis.report(diag::LeapfrogReadsRate, part->span, rate);
  if (read != part)
    report.note(read->span, "the rate is read here");
}

/// The equations of `stmt` that are right so far.
static std::vector<const Equation *> equationsOf(const Analysis &analysis,
                                                 const ast::EvolveStmt &stmt) {
  std::vector<const Equation *> equations;
  for (const Equation &equation : analysis.equations)
    if (equation.evolve == &stmt && !equation.isPoisoned)
      equations.push_back(&equation);
  return equations;
}

static void checkLeapfrog(Analysis &analysis, const ast::EvolveStmt &stmt) {
  llvm::DenseSet<const Field *> rates;
  for (const Equation *equation : equationsOf(analysis, stmt)) {
    if (equation->order() == 1)
      analysis.report(diag::LeapfrogFirstOrder, equation->stmt->target.span, equation->field->name);
    else if (const Symbol *rate = analysis.find(withPrimes(equation->field->name, 1)))
      rates.insert(rate->field);
  }
  for (const Equation *equation : equationsOf(analysis, stmt))
    checkAcceleration(analysis, *equation, ReadFinder(rates));
}

void checkMethod(Analysis &analysis, const ast::EvolveStmt &stmt, const Evolve &evolve) {
  if (evolve.method == Method::Leapfrog)
    checkLeapfrog(analysis, stmt);
  if (evolve.method == Method::Dopri5 && stmt.numSteps)
    analysis.report(diag::StepsOfAdaptive, stmt.numSteps->span, stmt.method.name.text);
}

} // namespace irh::sema
