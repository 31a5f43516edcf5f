//===- Definitions.cpp - consts, lets and the right-hand sides of equations ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Fold.h"
#include "compiler/Sema/Types.h"

namespace irh::sema {

/// A const is its value: every use becomes a Constant.
static void analyzeConst(Analysis &analysis, Symbol &symbol, const ast::Expr &tree) {
  const Expr *value = analyzeExpr(analysis, tree, {.role = Role::Constant, .item = symbol.decl});
  Folded folded = value ? fold(*value) : Folded{};
  if (folded.undefined)
    analysis.report(diag::UndefinedConstant, folded.undefined->span);
  symbol.isPoisoned = !folded.value;
  if (folded.value)
    symbol.constant = analysis.makeConstant(*folded.value, value->type, value->span);
}

static void analyzeLet(Analysis &analysis, Symbol &symbol, const ast::Expr &tree) {
  Context context{.role = Role::Definition, .item = symbol.decl};
  ExprAnalyzer analyzer(analysis, context);
  const Expr *value = analyzer.analyzeRoot(tree);
  if (value && value->type == Type::String) {
    analysis.report(diag::LetOfString, value->span);
    value = nullptr;
  }
  symbol.isPoisoned = !value;
  if (!value)
    return;
  symbol.let = &analysis.model.lets.emplace_back(Let{.name = symbol.name,
                                                     .domain = value->domain,
                                                     .type = value->type,
                                                     .value = value,
                                                     .span = symbol.decl->span});
  analysis.needsOf[symbol.let] = analyzer.needs;
}

/// Whether the left side is a field that can have a rate.
static bool checkRate(Analysis &analysis, const Equation &equation, const Field &field) {
  const ast::Target &target = equation.stmt->target;
  if (!target.entries.empty()) {
    analysis.report(diag::ComponentOfScalar, target.span, field.name);
    return false;
  }
  if (field.type == Type::Real || field.type == Type::Complex)
    return true;
  analysis.report(diag::RateOfWholeNumber, target.span, field.name, spelling(field.type))
      .note(field.nameSpan, "declared here");
  return false;
}

static void analyzeEquation(Analysis &analysis, Equation &equation) {
  const Field *field = equation.field ? equation.field->field : nullptr;
  std::string owner = field ? field->name + ".noise" : "";
  Context context{.role = Role::Equation,
                  .item = equation.stmt,
                  .evolve = equation.evolve,
                  .domain = field ? std::optional(field->domain) : std::nullopt,
                  .isDomainPoisoned = !field,
                  .owner = owner};
  ExprAnalyzer analyzer(analysis, context);
  const Expr *value = analyzer.analyzeRoot(*equation.stmt->value);
  if (!field || equation.isPoisoned || !checkRate(analysis, equation, *field))
    return;
  std::string purpose = "the equation of `" + field->name + "`";
  equation.value = requireType(analysis, requireOn(analysis, value, field->domain, purpose),
                               field->type, purpose);
  equation.needs = analyzer.needs;
}

void analyzeDefinitions(Analysis &analysis, ArrayRef<Definition> definitions) {
  for (const Definition &definition : definitions) {
    if (definition.equation)
      analyzeEquation(analysis, *definition.equation);
    else if (definition.symbol->kind == SymbolKind::Const)
      analyzeConst(analysis, *definition.symbol, *definition.value);
    else if (definition.symbol->kind == SymbolKind::Let)
      analyzeLet(analysis, *definition.symbol, *definition.value);
    else if (definition.symbol->kind == SymbolKind::Matrix)
      analyzeMatrix(analysis, *definition.symbol, *definition.value);
    else if (definition.symbol->kind == SymbolKind::Fn)
      checkFn(analysis, *definition.symbol);
  }
  // Of an equation whose left side is wrong, the right side may be wrong too.
  for (Equation &equation : analysis.equations)
    if (equation.isPoisoned && !analysis.isReportedLater(equation.stmt))
      analyzeEquation(analysis, equation);
}

const Let *findRateLet(Analysis &analysis, Equation &equation) {
  if (equation.let || !equation.value)
    return equation.let;
  const Field &field = *equation.field->field;
  equation.let =
      &analysis.model.lets.emplace_back(Let{.name = withPrimes(field.name, equation.order()),
                                            .domain = field.domain,
                                            .type = field.type,
                                            .value = equation.value,
                                            .span = equation.stmt->target.span});
  Needs needs = equation.needs;
  needs.state = true;
  if (field.symmetry != Symmetry::Symmetric)
    needs.oriented = &field;
  // An equation holds for what `dst` sees, whatever the ends see of its parts.
  needs.ends |= needs.oriented != nullptr;
  analysis.needsOf[equation.let] = needs;
  return equation.let;
}

} // namespace irh::sema
