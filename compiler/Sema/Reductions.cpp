//===- Reductions.cpp - over neighbours, and over whole sets ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"

using llvm::dyn_cast;

namespace irh::sema {

// Which network.

/// The first symbol in `expr` that lives on points; what a global reduction reads is its own.
static const Symbol *findSetDecider(const Analysis &analysis, const ast::Expr &expr) {
  if (std::optional<Reference> reference = findReference(expr)) {
    const Symbol *symbol = analysis.find(reference->name.text);
    bool lives = symbol && (symbol->isPoisoned || symbol->kind == SymbolKind::Field ||
                            (symbol->let && !symbol->let->domain.isGlobal()));
    return lives ? symbol : nullptr;
  }
  auto *call = dyn_cast<ast::CallExpr>(&expr);
  if (call && findReduction(call->callee.text) && call->arguments.size() == 1)
    return nullptr;
  const Symbol *found = nullptr;
  forEachOperand(expr, [&](const ast::Expr &operand) {
    if (!found)
      found = findSetDecider(analysis, operand);
  });
  return found;
}

static const Network *networkOf(const Symbol &symbol) {
  if (symbol.isPoisoned)
    return nullptr;
  if (symbol.field)
    return symbol.field->domain.network;
  return symbol.let ? symbol.let->domain.network : nullptr;
}

const Network *ExprAnalyzer::decideNetwork(StringRef what, Span span) {
  const SetScope &scope = setScopes.back();
  if (scope.isPoisoned)
    return nullptr;
  if (scope.domain && !scope.domain->isGlobal())
    return scope.domain->network;
  if (analysis.networks.size() == 1)
    return analysis.networks[0]->network;
  if (analysis.networks.empty()) {
    error(diag::NoNetwork, span, diag::quote(what));
    return nullptr;
  }
  if (const Symbol *decider = findSetDecider(analysis, *scope.root))
    return networkOf(*decider);
  bool isPoisoned =
      llvm::any_of(analysis.networks, [](const Symbol *symbol) { return symbol->isPoisoned; });
  if (!isPoisoned)
    error(diag::AmbiguousNetwork, span, diag::quote(what), analysis.networks[0]->name)
        .note(analysis.networks[0]->span, "one network")
        .note(analysis.networks[1]->span, "another");
  return nullptr;
}

std::optional<Domain> resolveSet(Analysis &analysis, const ast::QualifiedName &set) {
  const Symbol *symbol = analysis.find(set.base.text);
  if (symbol && symbol->isPoisoned)
    return std::nullopt;
  std::vector<StringRef> networks;
  for (const Symbol *network : analysis.networks)
    networks.push_back(network->name);
  if (!symbol) {
    analysis.report(diag::UnknownName, set.base.span, diag::quote(set.base.text),
                    didYouMean(set.base.text, networks));
    return std::nullopt;
  }
  if (symbol->kind != SymbolKind::Network) {
    analysis.report(diag::NotASet, set.base.span, symbol->name).note(symbol->span, "declared here");
    return std::nullopt;
  }
  StringRef member = set.member.text;
  if (member != "nodes" && member != "edges") {
    analysis.report(diag::UnknownSet, member.empty() ? set.base.span : set.member.span,
                    symbol->name);
    return std::nullopt;
  }
  if (!symbol->network)
    return std::nullopt;
  return Domain{symbol->network, member == "nodes" ? SetKind::Nodes : SetKind::Edges};
}

// What is reduced.

std::optional<std::pair<const Expr *, Type>>
ExprAnalyzer::convertTerm(const Expr *term, ReduceKind kind, StringRef name) {
  switch (kind) {
  case ReduceKind::Count:
  case ReduceKind::Any:
  case ReduceKind::All:
    if (!requireBool(*term, name))
      return std::nullopt;
    return std::pair(term, kind == ReduceKind::Count ? Type::Int : Type::Bool);
  default:
    break;
  }
  if (!requireNumber(*term, name))
    return std::nullopt;
  bool isComplex = term->type == Type::Complex;
  switch (kind) {
  case ReduceKind::Min:
  case ReduceKind::Max:
    if (isComplex) {
      error(diag::NotOrdered, term->span, name);
      return std::nullopt;
    }
    return std::pair(term, term->type);
  case ReduceKind::Mean:
    term = widen(analysis, term, isComplex ? Type::Complex : Type::Real);
    return std::pair(term, term->type);
  case ReduceKind::Norm:
  case ReduceKind::NormInf:
    return std::pair(widen(analysis, term, isComplex ? Type::Complex : Type::Real), Type::Real);
  case ReduceKind::Std:
    term = argumentAs(term, Type::Real, name);
    return term ? std::optional(std::pair(term, Type::Real)) : std::nullopt;
  default:
    return std::pair(term, term->type);
  }
}

// Over neighbours.

bool ExprAnalyzer::checkVariable(const ast::ReduceExpr &expr) {
  const Symbol *symbol = analysis.find(expr.variable.text);
  bool isShadowing = llvm::any_of(reductions, [&](const Reduction &reduction) {
    return reduction.variable == expr.variable.text;
  });
  if (symbol)
    error(diag::Redeclared, expr.variable.span, diag::quote(expr.variable.text))
        .note(symbol->span, "first declared here");
  else if (isShadowing)
    error(diag::Redeclared, expr.variable.span, diag::quote(expr.variable.text));
  return !symbol && !isShadowing;
}

/// `nbrs`, the only source that is supported.
static bool checkSource(Analysis &analysis, const ast::ReduceExpr &expr, const ast::Item *item) {
  if (expr.source.text == "nbrs")
    return true;
  if (expr.source.text == "targets")
    analysis.reportLater(item, "targets", expr.source.span);
  else
    analysis.report(diag::UnknownSource, expr.source.span, diag::quote(expr.source.text));
  return false;
}

static bool checkNeighbourReduction(Analysis &analysis, const ast::Name &op) {
  const ReductionInfo *reduction = findReduction(op.text);
  if (reduction && reduction->scope != ReduceScope::Global)
    return true;
  static constexpr StringRef kNames[] = {"sum",  "mean",  "min", "max",
                                         "prod", "count", "any", "all"};
  analysis.report(diag::UnknownReduction, op.span, diag::quote(op.text),
                  didYouMean(op.text, kNames));
  return false;
}

const Expr *ExprAnalyzer::analyzeReduce(const ast::ReduceExpr &expr) {
  if (!readState(expr.source.text, expr.source.span))
    return nullptr;
  bool isValid = checkVariable(expr);
  isValid &= checkSource(analysis, expr, context.item);
  isValid &= checkNeighbourReduction(analysis, expr.op);
  const Network *network = isValid ? decideNetwork(expr.source.text, expr.source.span) : nullptr;
  reductions.push_back({/*isGlobal=*/false, expr.variable.text, network});
  const Expr *term = analyze(*expr.body);
  reductions.pop_back();
  if (!term || !network)
    return nullptr;
  Domain nodes{network, SetKind::Nodes};
  if (!requireOn(analysis, term, nodes, "what is reduced over neighbours"))
    return nullptr;
  ReduceKind kind = findReduction(expr.op.text)->kind;
  auto converted = convertTerm(term, kind, expr.op.text);
  return converted ? make(NeighbourReduce{kind, network}, converted->second, nodes, expr.span,
                          {converted->first})
                   : nullptr;
}

// Over a whole set.

/// Analyzes the argument of a global reduction, whose points are its own.
const Expr *ExprAnalyzer::analyzeTerm(const ast::CallExpr &call) {
  std::optional<Domain> stated = call.set ? resolveSet(analysis, call.set) : std::nullopt;
  reductions.push_back({/*isGlobal=*/true, "", nullptr});
  setScopes.push_back({call.arguments[0].value, stated, /*isPoisoned=*/call.set && !stated});
  const Expr *term = analyze(*call.arguments[0].value);
  setScopes.pop_back();
  reductions.pop_back();
  if (!term || (call.set && !stated))
    return nullptr;
  if (!stated && term->domain.isGlobal()) {
    error(diag::NoSetToReduce, call.arguments[0].span, call.callee.text);
    return nullptr;
  }
  return stated ? requireOn(analysis, term, *stated, "what is reduced here") : term;
}

const Expr *ExprAnalyzer::analyzeGlobalReduce(const ast::CallExpr &call,
                                              const ReductionInfo &reduction) {
  StringRef name = call.callee.text;
  for (const ast::Argument &argument : call.arguments)
    if (argument.name)
      error(diag::NamedArgument, argument.name.span, name);
  bool isInf = isNormInf(call);
  if (!isInf && !requireCount(call, 1, /*isLeast=*/false))
    return nullptr;
  auto *set = dyn_cast<ast::MemberExpr>(call.arguments[0].value);
  if (set && reduction.kind == ReduceKind::Count)
    return analyzeCount(call, *set);
  if (!readState(name, call.callee.span))
    return nullptr;
  if (reduction.scope == ReduceScope::Neighbours)
    error(diag::NotGlobal, call.callee.span, name);
  const Expr *term = analyzeTerm(call);
  if (!term || reduction.scope == ReduceScope::Neighbours)
    return nullptr;
  ReduceKind kind = isInf ? ReduceKind::NormInf : reduction.kind;
  auto converted = convertTerm(term, kind, name);
  if (!converted)
    return nullptr;
  Domain over = call.set ? *resolveSet(analysis, call.set) : term->domain;
  return make(GlobalReduce{kind, over}, converted->second, {}, call.span, {converted->first});
}

/// `count(G.nodes)`.
const Expr *ExprAnalyzer::analyzeCount(const ast::CallExpr &call, const ast::MemberExpr &set) {
  if (rejectSet(call) || !readState("count", call.span))
    return nullptr;
  std::optional<Domain> domain = resolveSet(analysis, {set.base, set.member, set.span});
  return domain ? make(SetCount{*domain}, Type::Int, {}, call.span) : nullptr;
}

} // namespace irh::sema
