//===- Fields.cpp - fields, hidden rates and initial values ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Declarations.h"
#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Fold.h"
#include "compiler/Sema/Types.h"

using llvm::cast;

namespace irh::sema {

static Symmetry convertSymmetry(ast::EdgeSymmetry symmetry) {
  switch (symmetry) {
  case ast::EdgeSymmetry::Unstated:
  case ast::EdgeSymmetry::Symmetric:
    return Symmetry::Symmetric;
  case ast::EdgeSymmetry::Hermitian:
    return Symmetry::Hermitian;
  case ast::EdgeSymmetry::Antisymmetric:
    return Symmetry::Antisymmetric;
  }
  llvm_unreachable("all symmetries are listed");
}

/// The symmetry of a field of this type.
static Symmetry resolveSymmetry(Analysis &analysis, const ast::FieldDecl &decl, Type type) {
  Symmetry symmetry = convertSymmetry(decl.symmetry);
  bool isStated = decl.symmetry != ast::EdgeSymmetry::Unstated;
  if (isStated && decl.set.member.text != "edges")
    analysis.report(diag::SymmetryOfNodes, decl.symmetrySpan);
  else if (symmetry == Symmetry::Hermitian && type != Type::Complex)
    analysis.report(diag::HermitianType, decl.symmetrySpan, spelling(type));
  else if (symmetry == Symmetry::Antisymmetric && !isNumber(type))
    analysis.report(diag::AntisymmetricType, decl.symmetrySpan, spelling(type));
  return symmetry;
}

std::optional<Type> resolveFieldType(Analysis &analysis, const ast::Item &item,
                                     const ast::TypeName &typeName) {
  std::optional<Type> type = resolveType(analysis, item, typeName);
  if (type != Type::String)
    return type;
  analysis.report(diag::FieldOfStrings, typeName.span);
  return std::nullopt;
}

static void makeField(Analysis &analysis, Symbol &symbol) {
  auto &decl = cast<ast::FieldDecl>(*symbol.decl);
  std::optional<Type> type = resolveFieldType(analysis, decl, decl.type);
  std::optional<Domain> domain = resolveSet(analysis, decl.set);
  if (domain && domain->kind != SetKind::Nodes && domain->kind != SetKind::Edges) {
    analysis.report(diag::NotAFieldsSet, decl.set.member.span, spelling(domain->kind));
    domain.reset();
  }
  symbol.isPoisoned |= !type || !domain;
  if (symbol.isPoisoned)
    return;
  symbol.field =
      &analysis.model.fields.emplace_back(Field{.name = symbol.name,
                                                .doc = decl.doc.str(),
                                                .domain = *domain,
                                                .type = *type,
                                                .symmetry = resolveSymmetry(analysis, decl, *type),
                                                .span = decl.span,
                                                .nameSpan = symbol.span});
}

/// The field that `rate`, a field with a primed name, is the rate of.
static const Symbol *findBase(const Analysis &analysis, const Symbol &rate) {
  return analysis.find(StringRef(rate.name).drop_back());
}

/// A hidden rate is like the field whose rate it is, and 0 at first.
static void completeHiddenRate(Analysis &analysis, Symbol &symbol) {
  const Field *base = findBase(analysis, symbol)->field;
  if (!base) {
    symbol.isPoisoned = true;
    symbol.field = nullptr;
    return;
  }
  symbol.field->domain = base->domain;
  symbol.field->type = base->type;
  symbol.field->symmetry = base->symmetry;
  symbol.field->initial = analysis.makeConstant({}, base->type, symbol.span);
}

static void checkDeclaredRate(Analysis &analysis, Symbol &symbol) {
  const Field *base = findBase(analysis, symbol)->field;
  const Field *rate = symbol.field;
  if (!base || !rate ||
      (base->type == rate->type && base->domain == rate->domain &&
       base->symmetry == rate->symmetry))
    return;
  analysis.report(diag::RateUnlikeField, symbol.span, symbol.name, base->name)
      .note(base->nameSpan, "declared here");
  symbol.isPoisoned = true;
}

void makeFields(Analysis &analysis, ArrayRef<Definition> definitions) {
  std::vector<Symbol *> made;
  for (const Definition &definition : definitions)
    if (definition.symbol && definition.symbol->kind == SymbolKind::Field)
      made.push_back(definition.symbol);
  for (Symbol *symbol : made) {
    if (llvm::isa_and_present<ast::StateDecl>(symbol->decl))
      makeState(analysis, *symbol);
    else if (symbol->decl)
      makeField(analysis, *symbol);
    else
      symbol->field = &analysis.model.fields.emplace_back(
          Field{.name = symbol->name, .span = symbol->span, .nameSpan = symbol->span});
  }
  for (Symbol *symbol : made) {
    if (!symbol->decl)
      completeHiddenRate(analysis, *symbol);
    else if (StringRef(symbol->name).ends_with("'"))
      checkDeclaredRate(analysis, *symbol);
  }
}

static void reportMissingInitial(Analysis &analysis, const Symbol &symbol,
                                 const ast::FieldDecl &decl) {
  StringRef zero = symbol.field && symbol.field->type == Type::Bool ? " = false" : " = 0";
  Span end{decl.span.end, decl.span.end};
  analysis.report(diag::MissingInitial, symbol.span, symbol.name).fix(end, zero.str());
}

const Expr *analyzeInitial(Analysis &analysis, const Symbol &symbol, const ast::Item &item,
                           const ast::Expr &tree) {
  const Field *field = symbol.field;
  const Expr *value = analyzeExpr(analysis, tree,
                                  {.role = Role::Initial,
                                   .item = &item,
                                   .domain = field ? std::optional(field->domain) : std::nullopt,
                                   .isDomainPoisoned = !field,
                                   .type = field ? std::optional(field->type) : std::nullopt,
                                   .owner = symbol.name});
  if (!field)
    return nullptr;
  std::string purpose = "the initial value of `" + field->name + "`";
  return requireType(analysis, requireOn(analysis, value, field->domain, purpose), field->type,
                     purpose);
}

/// A directed edge is seen from one end alone. Where `directed:` is known only when the model runs,
/// the runtime checks this.
static void checkDirected(Analysis &analysis, const Field &field, const ast::FieldDecl &decl) {
  const Expr *directed = field.domain.network->directed;
  bool isOriented = field.symmetry != Symmetry::Symmetric;
  std::optional<Constant> value = isOriented && directed ? fold(*directed).value : std::nullopt;
  if (!value || !value->integer)
    return;
  StringRef symmetry = field.symmetry == Symmetry::Hermitian ? "hermitian" : "antisymmetric";
  analysis.report(diag::OrientedOnDirected, decl.symmetrySpan, field.domain.network->name, symmetry)
      .note(directed->span, "directed here");
}

void analyzeInitialValues(Analysis &analysis) {
  for (Symbol &symbol : analysis.symbols) {
    auto *decl = llvm::dyn_cast_if_present<ast::FieldDecl>(symbol.decl);
    if (!decl || analysis.isReportedLater(decl))
      continue;
    const Expr *initial = nullptr;
    if (decl->initial)
      initial = analyzeInitial(analysis, symbol, *decl, *decl->initial);
    else if (decl->name.numPrimes == 0)
      reportMissingInitial(analysis, symbol, *decl);
    else if (symbol.field)
      initial = analysis.makeConstant({}, symbol.field->type, symbol.span);
    if (symbol.field) {
      symbol.field->initial = initial;
      checkDirected(analysis, *symbol.field, *decl);
    }
  }
}

} // namespace irh::sema
