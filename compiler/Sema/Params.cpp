//===- Params.cpp - parameters: types, defaults and ranges ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Declarations.h"
#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Fold.h"
#include "compiler/Sema/Types.h"

using llvm::cast;

namespace irh::sema {

std::optional<Type> resolveType(Analysis &analysis, const ast::Item &item,
                                const ast::TypeName &type) {
  StringRef name = type.name.text;
  if (isLater(LaterKind::Type, name)) {
    analysis.reportLater(&item, name, type.name.span);
    return std::nullopt;
  }
  std::optional<Type> scalar = findScalarType(name);
  if (scalar && (!type.extents.empty() || type.element)) {
    analysis.report(diag::ScalarWithExtent, type.span, name);
    return std::nullopt;
  }
  static constexpr StringRef kTypes[] = {"int",    "real",   "complex", "bool",
                                         "string", "vector", "tensor",  "sym"};
  if (!scalar)
    analysis.report(diag::UnknownType, type.name.span, diag::quote(name),
                    didYouMeanOneOf(name, kTypes));
  return scalar;
}

void makeParams(Analysis &analysis) {
  for (Symbol &symbol : analysis.symbols) {
    if (symbol.kind != SymbolKind::Param)
      continue;
    auto *decl = cast<ast::ParamDecl>(symbol.decl);
    std::optional<Type> type = resolveType(analysis, *decl, decl->type);
    if (type == Type::Complex)
      analysis.reportLaterPhrase(decl, "a complex parameter", decl->type.span);
    if (!type || type == Type::Complex) {
      symbol.isPoisoned = true;
      continue;
    }
    symbol.param = &analysis.model.params.emplace_back(Param{.name = symbol.name,
                                                             .doc = decl->doc.str(),
                                                             .type = *type,
                                                             .span = decl->span,
                                                             .nameSpan = symbol.span});
    if (symbol.name == "seed" && *type == Type::Int)
      analysis.model.seed = symbol.param;
  }
}

/// The value of a default or a bound; none after an error, or where it depends on one.
static std::optional<Constant> evaluate(Analysis &analysis, const Expr *expr) {
  if (!expr)
    return std::nullopt;
  Folded folded = fold(*expr);
  if (folded.undefined)
    analysis.report(diag::UndefinedConstant, folded.undefined->span);
  return folded.value;
}

static std::optional<Bound> analyzeBound(Analysis &analysis, const ast::ParamDecl &decl,
                                         const ast::Expr *tree, bool isStrict) {
  if (!tree)
    return std::nullopt;
  const Expr *value = analyzeExpr(analysis, *tree, {.role = Role::Constant, .item = &decl});
  std::optional<Constant> bound =
      evaluate(analysis, requireType(analysis, value, Type::Real, "a bound"));
  return bound ? std::optional(Bound{bound->real, isStrict}) : std::nullopt;
}

/// Whether `value` keeps both bounds.
static bool isInRange(double value, const Param &param) {
  bool isAbove = !param.lower ||
                 (param.lower->strict ? value > param.lower->value : value >= param.lower->value);
  bool isBelow = !param.upper ||
                 (param.upper->strict ? value < param.upper->value : value <= param.upper->value);
  return isAbove && isBelow;
}

static bool isEmptyRange(const Param &param) {
  if (!param.lower || !param.upper)
    return false;
  bool isOpen = param.lower->strict || param.upper->strict;
  return param.lower->value > param.upper->value ||
         (isOpen && param.lower->value == param.upper->value);
}

static void analyzeRange(Analysis &analysis, Param &param, const ast::ParamDecl &decl) {
  if (!decl.range)
    return;
  if (!isNumber(param.type)) {
    analysis.report(diag::RangeOfNoNumber, decl.range.span, spelling(param.type));
    return;
  }
  param.lower = analyzeBound(analysis, decl, decl.range.low, decl.range.isLowExcluded);
  param.upper = analyzeBound(analysis, decl, decl.range.high, decl.range.isHighExcluded);
  if (isEmptyRange(param))
    analysis.report(diag::EmptyRange, decl.range.span);
}

static void analyzeDefault(Analysis &analysis, Param &param, const ast::ParamDecl &decl) {
  const Expr *value = analyzeExpr(analysis, *decl.value, {.role = Role::Constant, .item = &decl});
  std::string purpose = "the default of `" + param.name + "`";
  std::optional<Constant> constant =
      evaluate(analysis, requireType(analysis, value, param.type, purpose));
  if (!constant)
    return;
  param.defaultValue = *constant;
  double number = param.type == Type::Int ? static_cast<double>(constant->integer) : constant->real;
  if (isNumber(param.type) && !isEmptyRange(param) && !isInRange(number, param))
    analysis.report(diag::DefaultOutOfRange, decl.value->span, param.name)
        .note(decl.range.span, "its range");
}

void analyzeParams(Analysis &analysis) {
  for (Symbol &symbol : analysis.symbols) {
    if (!symbol.param)
      continue;
    auto *decl = cast<ast::ParamDecl>(symbol.decl);
    analyzeRange(analysis, *symbol.param, *decl);
    analyzeDefault(analysis, *symbol.param, *decl);
  }
}

} // namespace irh::sema
