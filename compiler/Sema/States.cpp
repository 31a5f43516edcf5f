//===- States.cpp - single stored values, and what a run requires ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Declarations.h"
#include "compiler/Sema/Expressions.h"

namespace irh::sema {

void makeState(Analysis &analysis, Symbol &symbol) {
  auto &decl = llvm::cast<ast::StateDecl>(*symbol.decl);
  std::optional<Type> type = resolveFieldType(analysis, decl, decl.type);
  symbol.isPoisoned |= !type;
  if (!symbol.isPoisoned)
    symbol.field = &analysis.model.fields.emplace_back(Field{.name = symbol.name,
                                                             .doc = decl.doc.str(),
                                                             .type = *type,
                                                             .span = decl.span,
                                                             .nameSpan = symbol.span});
}

void analyzeInitialStates(Analysis &analysis) {
  for (Symbol &symbol : analysis.symbols)
    if (auto *decl = llvm::dyn_cast_if_present<ast::StateDecl>(symbol.decl);
        decl && !analysis.isReportedLater(decl))
      if (const Expr *initial = analyzeInitial(analysis, symbol, *decl, *decl->initial))
        symbol.field->initial = initial;
}

static void analyzeRequire(Analysis &analysis, const ast::RequireDecl &decl) {
  Context context{.role = Role::Header, .item = &decl};
  ExprAnalyzer analyzer(analysis, context);
  const Expr *condition = analyzer.analyzeRoot(*decl.condition);
  condition = requireGlobal(analysis, condition, Type::Bool, "what is required");
  if (condition)
    analysis.model.requirements.push_back({.condition = condition,
                                           .message = decl.message.value.str(),
                                           .readsState = analyzer.needs.state,
                                           .span = decl.span});
}

void analyzeRequirements(Analysis &analysis) {
  for (const ast::Item *item : analysis.tree.items)
    if (auto *require = llvm::dyn_cast<ast::RequireDecl>(item))
      analyzeRequire(analysis, *require);
}

} // namespace irh::sema
