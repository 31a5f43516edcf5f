//===- References.cpp - what a name, its primes and its bracket mean ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <numbers>

namespace irh::sema {

StringRef describe(SymbolKind kind) {
  switch (kind) {
  case SymbolKind::Param:
    return "a parameter";
  case SymbolKind::Const:
    return "a constant";
  case SymbolKind::Let:
    return "a `let`";
  case SymbolKind::Fn:
    return "a `fn`";
  case SymbolKind::Field:
    return "a field";
  case SymbolKind::Network:
    return "a network";
  case SymbolKind::Matrix:
    return "a matrix";
  case SymbolKind::Eigenvectors:
    return "a block of eigenvectors";
  case SymbolKind::Unsupported:
    return "not supported yet";
  }
  llvm_unreachable("all kinds are listed");
}

bool ExprAnalyzer::isAxis(StringRef name) const {
  static constexpr StringRef kAxes[] = {"x", "y", "z", "hx", "hy", "hz"};
  return analysis.hasGrid && llvm::is_contained(kAxes, name);
}

bool ExprAnalyzer::isNeighbour(StringRef name) const {
  return llvm::any_of(reductions, [&](const Reduction &reduction) {
    return reduction.variable == name && reduction.frame == analysis.frame;
  });
}

bool ExprAnalyzer::isTime(StringRef name) const {
  bool seesModel = !analysis.frame || analysis.frame->seesModel();
  return seesModel && llvm::any_of(analysis.evolves, [&](const ast::EvolveStmt *evolve) {
           return timeName(*evolve) == name;
         });
}

const Expr *ExprAnalyzer::analyzeReference(const ast::Expr &expr, const Reference &reference) {
  StringRef name = reference.name.text;
  if (isNeighbour(name)) {
    error(diag::NeighbourAsValue, expr.span, name);
    return nullptr;
  }
  if (auto parameter = analysis.frame ? analysis.frame->findParameter(name) : std::nullopt)
    return analyzeParameter(*parameter, reference, expr.span);
  if (Symbol *symbol = analysis.find(withPrimes(name, reference.numPrimes)))
    return analyzeSymbol(*symbol, reference, expr.span);
  if (reference.numPrimes != 0)
    return analyzeRate(reference, expr.span);
  return analyzeBuiltinValue(reference, expr.span);
}

const Expr *ExprAnalyzer::analyzeSymbol(const Symbol &symbol, const Reference &reference,
                                        Span span) {
  if (symbol.isPoisoned)
    return nullptr;
  if (context.role == Role::Constant && symbol.kind != SymbolKind::Const) {
    error(diag::NotConstant, span, diag::quote(symbol.name), describe(symbol.kind))
        .note(symbol.span, "declared here");
    return nullptr;
  }
  switch (symbol.kind) {
  case SymbolKind::Param:
    if (!symbol.param || rejectBracket(reference))
      return nullptr;
    return make(ParamValue{symbol.param}, symbol.param->type, {}, span);
  case SymbolKind::Const:
    if (!symbol.constant || rejectBracket(reference))
      return nullptr;
    return make(symbol.constant->node, symbol.constant->type, {}, span);
  case SymbolKind::Let:
    return symbol.let ? analyzeLet(*symbol.let, reference, span) : nullptr;
  case SymbolKind::Fn:
    error(diag::FunctionAsValue, span, symbol.name);
    return nullptr;
  case SymbolKind::Field:
    return symbol.field ? analyzeField(symbol, reference, span) : nullptr;
  case SymbolKind::Network:
    error(diag::NetworkIsNoValue, span, symbol.name);
    return nullptr;
  case SymbolKind::Matrix:
    return symbol.matrix ? analyzeEigenvalue(symbol, reference, span) : nullptr;
  case SymbolKind::Eigenvectors:
    return context.isSaved ? analyzeEigenvectors(symbol, span)
                           : analyzeEigenvector(symbol, reference, span);
  case SymbolKind::Unsupported:
    return nullptr;
  }
  llvm_unreachable("all kinds are listed");
}

bool ExprAnalyzer::rejectBracket(const Reference &reference) {
  if (!reference.bracket)
    return false;
  error(diag::BracketOnOneValue, reference.bracket->span, reference.name.text);
  return true;
}

const Expr *ExprAnalyzer::analyzeField(const Symbol &symbol, const Reference &reference,
                                       Span span) {
  const Field &field = *symbol.field;
  if (!readState(field.name, span))
    return nullptr;
  if (field.domain.isGlobal())
    return rejectBracket(reference) ? nullptr : make(FieldValue{&field}, field.type, {}, span);
  std::optional<Place> place = findPlaceOf(reference);
  std::optional<Domain> domain =
      place ? readAt(field.domain, *place, reference, span) : std::nullopt;
  if (domain && *place == Place::Here && field.symmetry != Symmetry::Symmetric)
    noteOriented(field);
  return domain ? make(FieldValue{&field, *place}, field.type, *domain, span) : nullptr;
}

const Expr *ExprAnalyzer::analyzeLet(const Let &let, const Reference &reference, Span span) {
  if (!meetNeeds(analysis.needsOf.lookup(&let), let.name, span))
    return nullptr;
  if (let.type == Type::List && reference.bracket)
    return analyzeListElement(let, reference, span);
  if (let.domain.isGlobal())
    return rejectBracket(reference) ? nullptr : make(LetValue{&let}, let.type, {}, span);
  std::optional<Place> place = findPlaceOf(reference);
  std::optional<Domain> domain = place ? readAt(let.domain, *place, reference, span) : std::nullopt;
  if (!domain || !checkOrientation(let, *place, span))
    return nullptr;
  return make(LetValue{&let, *place}, let.type, *domain, span);
}

/// The values of an oriented field here are those that `dst` sees; in a reduction over all points
/// this says nothing of the whole.
void ExprAnalyzer::noteOriented(const Field &field) {
  if (reductions.empty())
    needs.oriented = &field;
}

/// What a node sees of a let on edges is made of what it sees of the fields that the let reads. A
/// let that is of one direction, for it reads the ends too, must not read oriented fields.
bool ExprAnalyzer::checkOrientation(const Let &let, Place place, Span span) {
  Needs wanted = analysis.needsOf.lookup(&let);
  if (let.domain.kind != SetKind::Edges)
    return true;
  if (place == Place::Here && reductions.empty()) {
    needs.ends |= wanted.ends;
    needs.oriented = wanted.oriented ? wanted.oriented : needs.oriented;
  }
  if (place != Place::Neighbour || !wanted.ends || !wanted.oriented)
    return true;
  error(diag::LetOfOneDirection, span, let.name, wanted.oriented->name)
      .note(let.span, "defined here");
  return false;
}

bool ExprAnalyzer::readState(StringRef name, Span span) {
  needs.state = true;
  if (context.role != Role::Constant && context.role != Role::Argument)
    return true;
  error(context.role == Role::Constant ? diag::StateInConstant : diag::StateInArgument, span,
        diag::quote(name));
  return false;
}

/// A let may read the time of any evolve; its users then have to stand in such a one.
bool ExprAnalyzer::readTime(StringRef name, Span span) {
  bool isHere = context.evolve && timeName(*context.evolve) == name;
  if ((isHere || context.role == Role::Definition) && needs.time.empty())
    needs.time = name;
  if (isHere || (context.role == Role::Definition && needs.time == name))
    return true;
  error(diag::TimeOutsideEvolve, span, diag::quote(name));
  return false;
}

bool ExprAnalyzer::meetNeeds(const Needs &wanted, StringRef name, Span span) {
  if (wanted.noise) {
    error(diag::RateWithNoise, span, name);
    return false;
  }
  if (wanted.state && !readState(name, span))
    return false;
  bool isDefinition = context.role == Role::Definition;
  bool hasStep = !wanted.step || isDefinition || context.evolve;
  bool hasTime = wanted.time.empty() ||
                 (isDefinition ? needs.time.empty() || needs.time == wanted.time
                               : context.evolve && timeName(*context.evolve) == wanted.time);
  if (!hasStep || !hasTime) {
    error(diag::NeedsEvolve, span, diag::quote(name), wanted.time.empty() ? "step" : wanted.time);
    return false;
  }
  needs.step |= wanted.step;
  if (!wanted.time.empty())
    needs.time = wanted.time;
  return true;
}

// Rates.

/// The equation that `reference` is the rate of: that of the evolve at hand, else the only one.
Equation *ExprAnalyzer::findRate(const Symbol &field, const Reference &reference, Span span) {
  llvm::SmallVector<Equation *, 2> found;
  for (Equation &equation : analysis.equations) {
    if (equation.field == &field && equation.isPoisoned)
      return nullptr;
    if (equation.field != &field || equation.order() != reference.numPrimes)
      continue;
    if (equation.evolve == context.evolve)
      return &equation;
    found.push_back(&equation);
  }
  if (found.size() == 1)
    return found[0];
  std::string name = withPrimes(field.name, reference.numPrimes);
  if (analysis.isGeneric() && !found.empty())
    return nullptr; // The evolve around a call may decide.
  if (found.empty())
    error(diag::NoEquation, span, diag::quote(name), field.name).note(field.span, "declared here");
  else
    error(diag::AmbiguousRate, span, diag::quote(name))
        .note(found[0]->stmt->target.span, "one equation")
        .note(found[1]->stmt->target.span, "another");
  return nullptr;
}

/// `theta'` where no such field is stored: the right-hand side of its equation.
const Expr *ExprAnalyzer::analyzeRate(const Reference &reference, Span span) {
  Symbol *symbol = analysis.find(reference.name.text);
  if (!symbol)
    return reportUnknown(reference);
  if (symbol->isPoisoned)
    return nullptr;
  if (symbol->kind != SymbolKind::Field) {
    error(diag::RateOfNoField, span, symbol->name).note(symbol->span, "declared here");
    return nullptr;
  }
  Equation *equation = findRate(*symbol, reference, span);
  const Let *let = equation ? findRateLet(analysis, *equation) : nullptr;
  return let ? analyzeLet(*let, reference, span) : nullptr;
}

// Names that need no declaration.

const Expr *ExprAnalyzer::analyzeBuiltinValue(const Reference &reference, Span span) {
  StringRef name = reference.name.text;
  if (isTime(name) && context.role != Role::Constant)
    return rejectBracket(reference) || !readTime(name, span) ? nullptr
                                                             : make(Time{}, Type::Real, {}, span);
  if (name == "pi")
    return rejectBracket(reference)
               ? nullptr
               : make(Constant{.real = std::numbers::pi}, Type::Real, {}, span);
  if (name == "degree" || name == "id")
    return analyzeNodeBuiltin(reference, span);
  if (name == "noise")
    return analyzeNoise(reference, span);
  if (name == "position")
    return analyzePosition({reference.name}, reference.bracket, span);
  if (name == "step" && (context.evolve || context.role == Role::Definition)) {
    needs.step = true;
    return rejectBracket(reference) ? nullptr : make(StepNumber{}, Type::Int, {}, span);
  }
  return isAxis(name) ? nullptr : reportUnknown(reference);
}

std::optional<ExprAnalyzer::NodeRead> ExprAnalyzer::readNodes(const Reference &reference,
                                                              Span span) {
  StringRef name = reference.name.text;
  if (!readState(name, span))
    return std::nullopt;
  std::optional<Place> place = findPlaceOf(reference);
  const Network *network = decideNetwork(name, span);
  if (!place || !network)
    return std::nullopt;
  std::optional<Domain> domain = readAt({network, SetKind::Nodes}, *place, reference, span);
  return domain ? std::optional(NodeRead{network, *place, *domain}) : std::nullopt;
}

const Expr *ExprAnalyzer::analyzeNodeBuiltin(const Reference &reference, Span span) {
  std::optional<NodeRead> read = readNodes(reference, span);
  if (!read)
    return nullptr;
  if (reference.name.text == "degree")
    return make(Degree{read->network, read->place}, Type::Int, read->domain, span);
  return make(Id{read->network, read->place}, Type::Int, read->domain, span);
}

/// Where a word stands that is no value; empty for any other.
static StringRef useOfWord(StringRef name) {
  return llvm::StringSwitch<StringRef>(name)
      .Cases({"src", "dst"}, "a bracket, as in `f[src]`")
      .Cases({"nbrs", "targets"}, "a reduction, as in `sum(j in nbrs) f[j]`")
      .Case("inf", "`norm(f, inf)`")
      .Default("");
}

const Expr *ExprAnalyzer::reportUnknown(const Reference &reference) {
  StringRef name = reference.name.text;
  if (StringRef use = useOfWord(name); !use.empty()) {
    error(diag::NoValueOfItsOwn, reference.name.span, name, use);
    return nullptr;
  }
  if (name == "step") {
    error(diag::TimeOutsideEvolve, reference.name.span, diag::quote(name));
    return nullptr;
  }
  if (llvm::is_contained(callableNames(), name) || isLater(LaterKind::Function, name)) {
    error(diag::FunctionAsValue, reference.name.span, name);
    return nullptr;
  }
  if (const Symbol *symbol = analysis.findDeclared(name, /*from=*/nullptr)) {
    error(diag::FnReadsModel, reference.name.span, name).note(symbol->span, "declared here");
    return nullptr;
  }
  std::vector<StringRef> candidates(valueNames());
  if (analysis.frame)
    for (const ast::Name &parameter : llvm::cast<ast::FnDecl>(analysis.frame->fn->decl)->parameters)
      candidates.push_back(parameter.text);
  for (const Symbol &symbol : analysis.symbols)
    candidates.push_back(symbol.name);
  for (const ast::EvolveStmt *evolve : analysis.evolves)
    candidates.push_back(timeName(*evolve));
  error(diag::UnknownName, reference.name.span, diag::quote(name), didYouMean(name, candidates));
  return nullptr;
}

// Brackets.

std::optional<Place> ExprAnalyzer::findPlaceOf(const Reference &reference) {
  if (!reference.bracket)
    return Place::Here;
  ArrayRef<ast::IndexEntry> entries = reference.bracket->entries;
  if (entries.size() == 1 && entries[0].name && !entries[0].offset)
    return findPlaceOfName(entries[0].name);
  // An offset or a component; where it names an axis or an index, the grid is to blame.
  bool isPoisoned = llvm::any_of(entries, [&](const ast::IndexEntry &entry) {
    Symbol *symbol = analysis.find(entry.name.text);
    return isAxis(entry.name.text) || (symbol && symbol->isPoisoned);
  });
  if (!isPoisoned)
    error(diag::NotAPlace, entries[0].value->span, reference.name.text);
  return std::nullopt;
}

std::optional<Place> ExprAnalyzer::findPlaceOfName(const ast::Name &name) {
  if (auto parameter = analysis.frame ? analysis.frame->findParameter(name.text) : std::nullopt)
    return findPlaceOfParameter(*parameter, name);
  bool isInner = true;
  bool isBehindGlobal = false;
  for (const Reduction &reduction : llvm::reverse(reductions)) {
    bool isSeen = !reduction.isGlobal && reduction.frame == analysis.frame;
    if (isSeen && reduction.variable == name.text) {
      if (isInner)
        return Place::Neighbour;
      if (isBehindGlobal)
        error(diag::NeighbourInGlobal, name.span, name.text);
      else
        analysis.reportLaterPhrase(
            context.item, ("the neighbour `" + name.text + "` of an outer reduction").str(),
            name.span);
      return std::nullopt;
    }
    isInner = false;
    isBehindGlobal |= reduction.isGlobal;
  }
  if (name.text == "src")
    return Place::Src;
  if (name.text == "dst")
    return Place::Dst;
  if (outer && outer->isNeighbour(name.text)) {
    error(diag::NeighbourInArgument, name.span, name.text);
    return std::nullopt;
  }
  Symbol *symbol = analysis.find(name.text);
  if (!isAxis(name.text) && !(symbol && symbol->isPoisoned))
    error(diag::UnknownPlace, name.span, diag::quote(name.text));
  return std::nullopt;
}

/// An edge field without a bracket in a reduction. One of a `fn` names no neighbour of arguments.
void ExprAnalyzer::reportEdgeField(StringRef name, Span span) {
  const Reduction &reduction = reductions.back();
  diag::Diagnostic &report = error(diag::EdgeFieldInReduction, span, name, reduction.variable);
  if (reduction.frame == analysis.frame)
    report.fix(span, (name + "[" + reduction.variable + "]").str());
}

std::optional<Domain> ExprAnalyzer::readAt(Domain domain, Place place, const Reference &reference,
                                           Span span) {
  bool isEdge = domain.kind == SetKind::Edges;
  bool isInReduction = !reductions.empty() && !reductions.back().isGlobal;
  std::string name = withPrimes(reference.name.text, reference.numPrimes);
  switch (place) {
  case Place::Here:
    if (!isEdge || !isInReduction)
      return domain;
    reportEdgeField(name, span);
    return std::nullopt;
  case Place::Neighbour:
    if (!reductions.back().network)
      return std::nullopt;
    if (domain.network == reductions.back().network)
      return Domain{domain.network, SetKind::Nodes};
    error(diag::OtherNetwork, span, name, spelling(domain), reductions.back().network->name);
    return std::nullopt;
  case Place::Src:
  case Place::Dst:
    if (!isEdge && !isInReduction) {
      needs.ends |= reductions.empty();
      return Domain{domain.network, SetKind::Edges};
    }
    if (isInReduction)
      error(diag::EndInReduction, span, reductions.back().variable);
    else
      error(diag::EndOfEdgeField, span, name);
    return std::nullopt;
  }
  llvm_unreachable("all places are listed");
}

} // namespace irh::sema
