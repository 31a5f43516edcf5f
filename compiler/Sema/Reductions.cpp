//===- Reductions.cpp - over neighbours, and over whole sets ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"

using llvm::dyn_cast;

namespace irh::sema {

// Which network.

/// The first symbol in `expr` that lives on points; what a global reduction reads is its own.
static const Symbol *findSetDecider(Analysis &analysis, const ast::Expr &expr, unsigned depth = 1) {
  if (std::optional<Reference> reference = findReference(expr)) {
    if (const ast::Expr *argument = analysis.findArgument(reference->name.text)) {
      FrameScope scope(analysis, analysis.frame->caller);
      bool isNear = depth + argument->height < ast::Expr::kMaxHeight;
      bool isFollowed = isNear && ++analysis.unfolding.size < kMaxUnfolded;
      return isFollowed ? findSetDecider(analysis, *argument, depth + 1) : nullptr;
    }
    const Symbol *symbol = analysis.find(reference->name.text);
    bool lives =
        symbol && (symbol->isPoisoned || (symbol->field && !symbol->field->domain.isGlobal()) ||
                   (symbol->let && !symbol->let->domain.isGlobal()));
    return lives ? symbol : nullptr;
  }
  if (auto *index = dyn_cast<ast::IndexExpr>(&expr))
    return findSetDecider(analysis, *index->base, depth + 1);
  auto *call = dyn_cast<ast::CallExpr>(&expr);
  if (call && findReduction(call->callee.text) && !isPointwise(*call))
    return nullptr;
  const Symbol *found = nullptr;
  forEachOperand(expr, [&](const ast::Expr &operand) {
    if (!found)
      found = findSetDecider(analysis, operand, depth + 1);
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

const Symbol *ExprAnalyzer::findSetDecider() {
  for (const SetScope &scope : llvm::reverse(setScopes)) {
    FrameScope frame(analysis, scope.frame);
    const Symbol *decider = sema::findSetDecider(analysis, *scope.root);
    if (decider || !scope.isBody)
      return decider;
  }
  return nullptr;
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
  if (const Symbol *decider = findSetDecider())
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
  bool isParameter = analysis.isParameter(set.base.text);
  if ((symbol && symbol->isPoisoned) || (isParameter && analysis.isGeneric()))
    return std::nullopt;
  if (!symbol && isParameter) {
    analysis.report(diag::NotASet, set.base.span, set.base.text);
    return std::nullopt;
  }
  const Symbol *unseen = symbol ? nullptr : analysis.findDeclared(set.base.text, /*from=*/nullptr);
  if (unseen) {
    analysis.report(diag::FnReadsModel, set.base.span, unseen->name)
        .note(unseen->span, "declared here");
    return std::nullopt;
  }
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
  std::optional<SetKind> kind;
  for (SetKind candidate :
       {SetKind::Nodes, SetKind::Edges, SetKind::Triangles, SetKind::Cycles, SetKind::Components})
    if (spelling(candidate) == member)
      kind = candidate;
  if (!kind) {
    analysis.report(diag::UnknownSet, member.empty() ? set.base.span : set.member.span,
                    symbol->name);
    return std::nullopt;
  }
  return symbol->network ? std::optional(Domain{symbol->network, *kind}) : std::nullopt;
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
  StringRef name = expr.variable.text;
  bool isParameter = analysis.isParameter(name);
  const Symbol *symbol = isParameter ? nullptr : analysis.find(name);
  bool isShadowing = isParameter || isNeighbour(name);
  if (symbol)
    error(diag::Redeclared, expr.variable.span, diag::quote(expr.variable.text))
        .note(symbol->span, "first declared here");
  else if (isShadowing)
    error(diag::Redeclared, expr.variable.span, diag::quote(expr.variable.text));
  return !symbol && !isShadowing;
}

/// Which neighbours `nbrs` or `targets` are; none for another word.
static std::optional<Direction> findDirection(Analysis &analysis, const ast::Name &source) {
  if (source.text == "nbrs")
    return Direction::Nbrs;
  if (source.text == "targets")
    return Direction::Targets;
  analysis.report(diag::UnknownSource, source.span, diag::quote(source.text));
  return std::nullopt;
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
  std::optional<Direction> direction = findDirection(analysis, expr.source);
  isValid &= direction.has_value();
  isValid &= checkNeighbourReduction(analysis, expr.op);
  const Network *network = isValid ? decideNetwork(expr.source.text, expr.source.span) : nullptr;
  reductions.push_back({/*isGlobal=*/false, expr.variable.text, network, analysis.frame});
  const Expr *term = analyze(*expr.body);
  reductions.pop_back();
  if (!term || !network)
    return nullptr;
  Domain nodes{network, SetKind::Nodes};
  if (!requireOn(analysis, term, nodes, "what is reduced over neighbours"))
    return nullptr;
  ReduceKind kind = findReduction(expr.op.text)->kind;
  auto converted = convertTerm(term, kind, expr.op.text);
  return converted ? make(NeighbourReduce{kind, network, *direction}, converted->second, nodes,
                          expr.span, {converted->first})
                   : nullptr;
}

// Over a whole set.

/// Analyzes the argument of a global reduction, whose points are its own.
const Expr *ExprAnalyzer::analyzeTerm(const ast::CallExpr &call) {
  std::optional<Domain> stated = call.set ? resolveSet(analysis, call.set) : std::nullopt;
  reductions.push_back({/*isGlobal=*/true, "", nullptr, analysis.frame});
  bool isPoisoned = (call.set && !stated) || analysis.isGeneric();
  setScopes.push_back({call.arguments[0].value, stated, isPoisoned, analysis.frame});
  const Expr *term = analyze(*call.arguments[0].value);
  setScopes.pop_back();
  reductions.pop_back();
  if (!term || (call.set && !stated))
    return nullptr;
  if (!stated && term->type == Type::List)
    return term;
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
  if (term->type == Type::List)
    return analyzeListReduce(call, kind, *term);
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
