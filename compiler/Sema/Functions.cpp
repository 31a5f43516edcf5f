//===- Functions.cpp - fns: checked once, unfolded at each call ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Expressions.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using llvm::cast;
using llvm::dyn_cast;

namespace irh::sema {

static const ast::FnDecl &declOf(const Symbol &fn) { return cast<ast::FnDecl>(*fn.decl); }

// What a frame sees.

std::optional<size_t> Frame::findParameter(StringRef name) const {
  ArrayRef<ast::Name> parameters = declOf(*fn).parameters;
  auto *found =
      llvm::find_if(parameters, [&](const ast::Name &parameter) { return parameter.text == name; });
  return found == parameters.end() ? std::nullopt : std::optional(found - parameters.begin());
}

const ast::Expr &Frame::argument(size_t parameter) const {
  return *call->arguments[parameter].value;
}

bool Frame::seesModel() const { return !fn->isTopLevel; }

const ast::Expr *Analysis::findArgument(StringRef name) const {
  std::optional<size_t> parameter = frame ? frame->findParameter(name) : std::nullopt;
  return parameter && frame->call ? &frame->argument(*parameter) : nullptr;
}

/// What `name` means outside any parameter, from `from`.
Symbol *Analysis::findDeclared(StringRef name, const Frame *from) const {
  Symbol *symbol = symbolOf.lookup(name);
  bool isSeen = !symbol || symbol->isTopLevel || !from || from->seesModel();
  return isSeen ? symbol : nullptr;
}

Symbol *Analysis::find(StringRef name) const {
  const Frame *from = frame;
  while (from) {
    std::optional<size_t> parameter = from->findParameter(name);
    if (!parameter)
      break;
    auto *argument = from->call ? dyn_cast<ast::NameExpr>(&from->argument(*parameter)) : nullptr;
    if (!argument)
      return nullptr;
    name = argument->name.text;
    from = from->caller;
  }
  return findDeclared(name, from);
}

bool Analysis::isNewInCalls(StringRef code, Span span, std::string message) {
  return reportedInCalls.insert({span.begin, code.str() + message}).second;
}

void Analysis::noteCalls(diag::Diagnostic &report) const {
  constexpr unsigned kMaxNotes = 5;
  unsigned numNotes = 0;
  for (const Frame *at = frame; at && at->call; at = at->caller)
    if (++numNotes < kMaxNotes || !at->caller)
      report.note(at->call->callee.span, "in this call of `" + at->fn->name + "`");
}

// How far calls unfold.

bool ExprAnalyzer::unfold(unsigned height, unsigned size, Span span) {
  Unfolding &unfolding = analysis.unfolding;
  unfolding.highest = std::max(unfolding.highest, unfolding.height + height);
  if (unfolding.numCalls == 0)
    return true;
  if (unfolding.height + height > ast::Expr::kMaxHeight) {
    error(diag::NestingTooDeep, span);
    return false;
  }
  if (unfolding.size <= kMaxUnfolded)
    unfolding.size += size;
  if (unfolding.size <= kMaxUnfolded)
    return true;
  if (!unfolding.isReported)
    error(diag::UnfoldsTooFar, span, kMaxUnfolded);
  unfolding.isReported = true;
  return false;
}

// The declaration by itself.

void checkFn(Analysis &analysis, Symbol &symbol) {
  const ast::FnDecl &decl = declOf(symbol);
  unsigned numErrorsBefore = analysis.diags.numErrors();
  size_t numExpressions = analysis.model.expressions.size();
  Frame frame{.fn = &symbol};
  FrameScope scope(analysis, &frame);
  Context context{.role = Role::Definition, .item = &decl, .isDomainPoisoned = true};
  analyzeExpr(analysis, *decl.body, context);
  symbol.isPoisoned |= analysis.diags.numErrors() != numErrorsBefore;
  // What the body is made of comes with each call.
  while (analysis.model.expressions.size() != numExpressions)
    analysis.model.expressions.pop_back();
}

// Calls.

/// Analyzes an argument that no read of a parameter leads to. A name may stand for a point or a
/// network, and for a field that is read at other points, so of names only those are reported that
/// nothing bears.
void ExprAnalyzer::analyzeUnread(const ast::Expr &argument) {
  auto *name = dyn_cast<ast::NameExpr>(&argument);
  if (!name) {
    analyze(argument);
    return;
  }
  StringRef text = name->name.text;
  bool isKnown = isNeighbour(text) || isBuiltinValue(text) || isTime(text) || isAxis(text) ||
                 analysis.find(text) || analysis.isParameter(text);
  if (!isKnown)
    reportUnknown({.name = name->name});
}

bool ExprAnalyzer::checkCall(const ast::CallExpr &call, const Symbol &fn) {
  bool isValid = !rejectSet(call);
  for (const ast::Argument &argument : call.arguments) {
    if (!argument.name)
      continue;
    error(diag::NamedArgument, argument.name.span, fn.name);
    isValid = false;
  }
  return requireCount(call, declOf(fn).parameters.size(), /*isLeast=*/false) && isValid;
}

const Expr *ExprAnalyzer::analyzeFnCall(const ast::CallExpr &call, const Symbol &fn) {
  if (!checkCall(call, fn) || fn.isPoisoned || analysis.isGeneric()) {
    for (const ast::Argument &argument : call.arguments)
      analyzeUnread(*argument.value);
    return nullptr;
  }
  Frame frame{.fn = &fn,
              .call = &call,
              .caller = analysis.frame,
              .analyzer = this,
              .numReductions = reductions.size()};
  frame.arguments.resize(call.arguments.size());
  const Expr *body = analyzeBody(frame);
  for (size_t i = 0; i != frame.arguments.size(); ++i)
    if (!frame.arguments[i].isUsed)
      analyzeUnread(frame.argument(i));
  return body ? standAt(*body, call.span) : nullptr;
}

const Expr *ExprAnalyzer::analyzeBody(Frame &frame) {
  const ast::Expr &body = *declOf(*frame.fn).body;
  const SetScope &outer = setScopes.back();
  SetScope inner{&body, outer.domain, outer.isPoisoned, &frame, /*isBody=*/true};
  FrameScope scope(analysis, &frame);
  setScopes.push_back(inner);
  ++analysis.unfolding.numCalls;
  const Expr *value = analyze(body);
  --analysis.unfolding.numCalls;
  setScopes.pop_back();
  return value;
}

// Parameters.

const Expr *ExprAnalyzer::analyzeParameter(size_t parameter, const Reference &reference,
                                           Span span) {
  if (reference.numPrimes != 0) {
    error(diag::PrimeOnParameter, span, reference.name.text);
    return nullptr;
  }
  Frame &frame = *analysis.frame;
  if (!frame.call) {
    findPlaceOf(reference);
    return nullptr;
  }
  frame.arguments[parameter].isUsed = true;
  if (reference.bracket)
    return readArgument(frame, parameter, reference, span);
  const Expr *value = analyzeArgument(frame, parameter, span);
  return value ? standAt(*value, span) : nullptr;
}

/// The same value for those to whom it stands at `span`.
const Expr *ExprAnalyzer::standAt(const Expr &value, Span span) {
  return make(value.node, value.type, value.domain, span, value.operands);
}

/// The argument at the point at hand. In a reduction of the body this is another one than that of
/// the call, and the value another.
const Expr *ExprAnalyzer::analyzeArgument(Frame &frame, size_t parameter, Span span) {
  BoundArgument &argument = frame.arguments[parameter];
  if (argument.isLetMade && !argument.let)
    return nullptr; // It is wrong.
  bool isAtCall = frame.analyzer == this && reductions.size() == frame.numReductions;
  if (isAtCall && argument.isAnalyzed)
    return unfold(argument.height, argument.size, span) ? argument.value : nullptr;
  FrameScope scope(analysis, frame.caller);
  if (!isAtCall)
    return analyze(frame.argument(parameter));
  Unfolding &unfolding = analysis.unfolding;
  unsigned highestBefore = unfolding.highest, sizeBefore = unfolding.size;
  unfolding.highest = unfolding.height;
  argument.value = analyze(frame.argument(parameter));
  argument.isAnalyzed = true;
  argument.height = unfolding.highest - unfolding.height;
  argument.size = unfolding.size - sizeBefore;
  unfolding.highest = std::max(highestBefore, unfolding.highest);
  return argument.value;
}

/// The parameter that `parameter` of `frame` is but another name of.
static std::pair<Frame *, size_t> followNames(Frame *frame, size_t parameter) {
  while (frame->caller) {
    auto *name = dyn_cast<ast::NameExpr>(&frame->argument(parameter));
    auto passedOn = name ? frame->caller->findParameter(name->name.text) : std::nullopt;
    if (!passedOn)
      break;
    frame = frame->caller;
    parameter = *passedOn;
    frame->arguments[parameter].isUsed = true;
  }
  return {frame, parameter};
}

/// The let that holds the argument at each point, so that it may be read at others.
const Let *ExprAnalyzer::findArgumentLet(Frame &frame, size_t parameter) {
  BoundArgument &argument = frame.arguments[parameter];
  if (argument.isLetMade || (argument.isAnalyzed && !argument.value))
    return argument.let;
  argument.isLetMade = true;
  FrameScope scope(analysis, frame.caller);
  bool givesValues = context.role == Role::Initial || context.role == Role::Equation ||
                     context.role == Role::Assignment;
  Context inner{.role = givesValues ? Role::Statement : context.role,
                .item = context.item,
                .evolve = context.evolve};
  ExprAnalyzer analyzer(analysis, inner, this);
  const Expr *value = analyzer.analyzeRoot(frame.argument(parameter));
  if (!value)
    return nullptr;
  StringRef name = declOf(*frame.fn).parameters[parameter].text;
  argument.let = &analysis.model.lets.emplace_back(Let{.name = frame.fn->name + "." + name.str(),
                                                       .domain = value->domain,
                                                       .type = value->type,
                                                       .value = value,
                                                       .span = value->span});
  analysis.needsOf[argument.let] = analyzer.needs;
  return argument.let;
}

/// The argument at another point, as in `f[j]`: the field or let that it names, else a let of its
/// own.
const Expr *ExprAnalyzer::readArgument(Frame &frame, size_t parameter, const Reference &reference,
                                       Span span) {
  auto [origin, place] = followNames(&frame, parameter);
  std::optional<Reference> named = findReference(origin->argument(place));
  if (!named || named->bracket) {
    const Let *let = findArgumentLet(*origin, place);
    return let ? analyzeLet(*let, reference, span) : nullptr;
  }
  Symbol *symbol = nullptr;
  {
    FrameScope scope(analysis, origin->caller);
    symbol = analysis.find(withPrimes(named->name.text, named->numPrimes));
  }
  Reference there = reference;
  there.name = named->name;
  there.numPrimes = named->numPrimes;
  if (symbol)
    return analyzeSymbol(*symbol, there, span);
  if (named->numPrimes == 0 && isBuiltinValue(named->name.text))
    return analyzeBuiltinValue(there, span);
  const Let *let = findArgumentLet(*origin, place);
  return let ? analyzeLet(*let, reference, span) : nullptr;
}

std::optional<Place> ExprAnalyzer::findPlaceOfParameter(size_t parameter, const ast::Name &name) {
  Frame &frame = *analysis.frame;
  if (!frame.call)
    return std::nullopt;
  frame.arguments[parameter].isUsed = true;
  auto *argument = dyn_cast<ast::NameExpr>(&frame.argument(parameter));
  if (!argument) {
    error(diag::UnknownPlace, name.span, diag::quote(name.text));
    return std::nullopt;
  }
  FrameScope scope(analysis, frame.caller);
  return findPlaceOfName(argument->name);
}

} // namespace irh::sema
