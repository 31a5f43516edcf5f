//===- Names.cpp - what each declaration calls its thing ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Analysis.h"
#include "compiler/Sema/Builtins.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using llvm::dyn_cast;
using llvm::isa;

namespace irh::sema {

std::string withPrimes(StringRef name, unsigned numPrimes) {
  return name.str() + std::string(numPrimes, '\'');
}

std::string didYouMean(StringRef name, ArrayRef<StringRef> candidates) {
  StringRef nearest = diag::nearestName(name, candidates);
  return nearest.empty() ? "" : ("; did you mean `" + nearest + "`?").str();
}

std::string didYouMeanOneOf(StringRef name, ArrayRef<StringRef> all) {
  std::string nearest = didYouMean(name, all);
  if (!nearest.empty() || all.empty())
    return nearest;
  return "; there are `" + llvm::join(all, "`, `") + "`";
}

std::vector<StringRef> fieldNames(const Analysis &analysis) {
  std::vector<StringRef> names;
  for (const Symbol &symbol : analysis.symbols)
    if (symbol.kind == SymbolKind::Field)
      names.push_back(symbol.name);
  return names;
}

void Analysis::reportLater(const ast::Item *item, StringRef word, Span span) {
  reportLaterPhrase(item, ("`" + word + "`").str(), span);
}

void Analysis::reportLaterPhrase(const ast::Item *item, StringRef phrase, Span span) {
  if (reportedLater.insert({item, phrase.str()}).second)
    diags.report(diag::NotSupportedYet, span, phrase);
}

bool Analysis::isReportedLater(const ast::Item *item) const {
  auto next = reportedLater.lower_bound({item, std::string()});
  return next != reportedLater.end() && next->first == item;
}

/// Enters `name`, unless it is taken.
static void declare(Analysis &analysis, SymbolKind kind, const ast::Name &name,
                    const ast::Decl *decl) {
  if (!name)
    return;
  std::string text = withPrimes(name.text, name.numPrimes);
  if (Symbol *first = analysis.find(text)) {
    analysis.report(diag::Redeclared, name.span, diag::quote(text))
        .note(first->span, "first declared here");
    return;
  }
  if (isBuiltinValue(text))
    analysis.report(diag::ShadowsBuiltin, name.span, text);
  Symbol &symbol = analysis.symbols.emplace_back(
      Symbol{.kind = kind, .name = text, .span = name.span, .decl = decl});
  symbol.isPoisoned = kind == SymbolKind::Unsupported;
  analysis.symbolOf[text] = &symbol;
  if (kind == SymbolKind::Network)
    analysis.networks.push_back(&symbol);
}

static void declareUnsupported(Analysis &analysis, const ast::Decl &decl, StringRef keyword,
                               ArrayRef<ast::Name> names) {
  analysis.reportLater(&decl, keyword, keywordSpan(decl, keyword));
  for (const ast::Name &name : names)
    declare(analysis, SymbolKind::Unsupported, name, &decl);
}

/// The call that a tuple or an indexed let takes its parts from, where it is an unsupported one.
static const ast::CallExpr *findUnsupportedCall(const ast::LetDecl &let) {
  auto *call = dyn_cast<ast::CallExpr>(let.value);
  return call && isLater(LaterKind::Function, call->callee.text) ? call : nullptr;
}

/// `let (lambda, v) = eigs(…)`.
static bool isEigenpairs(const ast::LetDecl &let) {
  auto *call = dyn_cast<ast::CallExpr>(let.value);
  return let.isTuple && let.names.size() == 2 && call && call->callee.text == "eigs";
}

static void declareLet(Analysis &analysis, const ast::LetDecl &let) {
  if (!let.isTuple && let.indices.empty())
    return declare(analysis, SymbolKind::Let, let.names[0], &let);
  if (isEigenpairs(let)) {
    declare(analysis, SymbolKind::Let, let.names[0], &let);
    return declare(analysis, SymbolKind::Eigenvectors, let.names[1], &let);
  }
  const ast::CallExpr *call = let.isTuple ? findUnsupportedCall(let) : nullptr;
  if (call)
    analysis.reportLater(&let, call->callee.text, call->callee.span);
  else
    analysis.reportLaterPhrase(
        &let, let.isTuple ? "a `let` of several names" : "a `let` with indices", let.names[0].span);
  for (const ast::Name &name : let.names)
    declare(analysis, SymbolKind::Unsupported, name, &let);
}

static void declareFn(Analysis &analysis, const ast::FnDecl &fn) {
  StringRef name = fn.name.text;
  if (llvm::is_contained(callableNames(), name) || isLater(LaterKind::Function, name))
    analysis.report(diag::ShadowsFunction, fn.name.span, name);
  declare(analysis, SymbolKind::Fn, fn.name, &fn);
  llvm::StringMap<Span> spans;
  for (const ast::Name &parameter : fn.parameters) {
    auto [first, isNew] = spans.try_emplace(parameter.text, parameter.span);
    if (!isNew)
      analysis.report(diag::Redeclared, parameter.span, diag::quote(parameter.text))
          .note(first->second, "first declared here");
    else if (isBuiltinValue(parameter.text))
      analysis.report(diag::ShadowsBuiltin, parameter.span, parameter.text);
  }
}

static void declareItem(Analysis &analysis, const ast::Item &item) {
  llvm::TypeSwitch<const ast::Item *>(&item)
      .Case<ast::ParamDecl>([&](auto *decl) {
        if (decl->isStatic)
          declareUnsupported(analysis, *decl, "static", decl->name);
        else
          declare(analysis, SymbolKind::Param, decl->name, decl);
      })
      .Case<ast::ConstDecl>(
          [&](auto *decl) { declare(analysis, SymbolKind::Const, decl->name, decl); })
      .Case<ast::LetDecl>([&](auto *decl) { declareLet(analysis, *decl); })
      .Case<ast::FieldDecl>(
          [&](auto *decl) { declare(analysis, SymbolKind::Field, decl->name, decl); })
      .Case<ast::NetworkDecl>(
          [&](auto *decl) { declare(analysis, SymbolKind::Network, decl->name, decl); })
      .Case<ast::StateDecl>(
          [&](auto *decl) { declare(analysis, SymbolKind::Field, decl->name, decl); })
      .Case<ast::FnDecl>([&](auto *decl) { declareFn(analysis, *decl); })
      .Case<ast::GridDecl>([&](auto *decl) {
        analysis.hasGrid = true;
        declareUnsupported(analysis, *decl, "grid", decl->name);
      })
      .Case<ast::IndexDecl>(
          [&](auto *decl) { declareUnsupported(analysis, *decl, "index", decl->names); })
      .Case<ast::MatrixDecl>(
          [&](auto *decl) { declare(analysis, SymbolKind::Matrix, decl->name, decl); })
      .Case<ast::BoundaryDecl>(
          [&](auto *decl) { declareUnsupported(analysis, *decl, "boundary", {}); })
      .Case<ast::EvolveStmt>([&](auto *stmt) { analysis.evolves.push_back(stmt); });
}

/// A time variable may not bear the name of a declaration.
static void checkTimeNames(Analysis &analysis) {
  for (const ast::EvolveStmt *evolve : analysis.evolves)
    if (Symbol *symbol = evolve->time ? analysis.find(evolve->time.text) : nullptr)
      analysis.report(diag::Redeclared, evolve->time.span, diag::quote(symbol->name))
          .note(symbol->span, "first declared here");
    else if (evolve->time && isBuiltinValue(evolve->time.text))
      analysis.report(diag::ShadowsBuiltin, evolve->time.span, evolve->time.text);
}

void declareNames(Analysis &analysis, const ast::File &file) {
  for (const ast::Item *item : file.items)
    if (!isa<ast::ModelDecl>(item))
      declareItem(analysis, *item);
  for (Symbol &symbol : analysis.symbols)
    symbol.isTopLevel = true;
  for (const ast::Item *item : analysis.tree.items)
    declareItem(analysis, *item);
  checkTimeNames(analysis);
}

} // namespace irh::sema
