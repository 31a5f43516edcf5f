//===- Calls.cpp - pointwise functions, draws and columns ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"

using llvm::dyn_cast;

namespace irh::sema {

/// `norm(f, inf)`.
bool ExprAnalyzer::isNormInf(const ast::CallExpr &call) const {
  if (call.callee.text != "norm" || call.arguments.size() != 2)
    return false;
  auto *kind = dyn_cast<ast::NameExpr>(call.arguments[1].value);
  return kind && kind->name.text == "inf";
}

bool isPointwise(const ast::CallExpr &call) {
  return findFunction(call.callee.text) &&
         (call.arguments.size() != 1 || !findReduction(call.callee.text));
}

const Expr *ExprAnalyzer::analyzeCall(const ast::CallExpr &call) {
  StringRef name = call.callee.text;
  Symbol *symbol = analysis.findDeclared(name, analysis.frame);
  if (symbol && symbol->kind == SymbolKind::Fn)
    return analyzeFnCall(call, *symbol);
  bool isUserFunction = symbol && symbol->isPoisoned;
  if (isUserFunction || isLater(LaterKind::Function, name)) {
    if (!isUserFunction)
      analysis.reportLater(context.item, name, call.callee.span);
    for (const ast::Argument &argument : call.arguments)
      analyzeMuted(*argument.value);
    return nullptr;
  }
  if (isFunctional(name))
    return analyzeFunctional(call);
  if (const ReductionInfo *reduction = findReduction(name); reduction && !isPointwise(call))
    return analyzeGlobalReduce(call, *reduction);
  if (const FunctionInfo *function = findFunction(name))
    return analyzeFunction(call, *function);
  if (const DistributionInfo *distribution = findDistribution(name))
    return analyzeDraw(call, *distribution);
  if (name == "column")
    return analyzeColumn(call);
  return name == "degree" ? analyzeDegreeOf(call) : reportUncallable(call);
}

const Expr *ExprAnalyzer::reportUncallable(const ast::CallExpr &call) {
  StringRef name = call.callee.text;
  if (isMatrixFunction(name)) {
    for (const ast::Argument &argument : call.arguments)
      analyzeMuted(*argument.value);
    error(diag::MatrixOutsideMatrix, call.callee.span, name);
    return nullptr;
  }
  for (const ast::Argument &argument : call.arguments)
    analyze(*argument.value);
  const Symbol *ofModel = analysis.findDeclared(name, /*from=*/nullptr);
  if (ofModel && ofModel->kind == SymbolKind::Fn) {
    error(diag::FnReadsModel, call.callee.span, name).note(ofModel->span, "declared here");
    return nullptr;
  }
  if (const Symbol *symbol = analysis.findDeclared(name, analysis.frame)) {
    error(diag::NotAFunction, call.callee.span, name).note(symbol->span, "declared here");
    return nullptr;
  }
  std::vector<StringRef> candidates(callableNames());
  for (const Symbol &symbol : analysis.symbols)
    if (symbol.isPoisoned || symbol.kind == SymbolKind::Fn)
      candidates.push_back(symbol.name);
  error(diag::UnknownFunction, call.callee.span, diag::quote(name), didYouMean(name, candidates));
  return nullptr;
}

bool ExprAnalyzer::rejectSet(const ast::CallExpr &call) {
  if (!call.set)
    return false;
  error(diag::SetOnFunction, call.set.span, call.callee.text);
  return true;
}

std::optional<llvm::SmallVector<const Expr *, 3>>
ExprAnalyzer::analyzeArguments(const ast::CallExpr &call) {
  llvm::SmallVector<const Expr *, 3> operands;
  bool areValid = !rejectSet(call);
  for (const ast::Argument &argument : call.arguments) {
    operands.push_back(analyze(*argument.value));
    areValid &= operands.back() != nullptr;
    if (!argument.name)
      continue;
    error(diag::NamedArgument, argument.name.span, call.callee.text);
    areValid = false;
  }
  return areValid ? std::optional(operands) : std::nullopt;
}

bool ExprAnalyzer::requireCount(const ast::CallExpr &call, unsigned count, bool isLeast) {
  size_t found = call.arguments.size();
  if (found == count || (isLeast && found > count))
    return true;
  error(diag::ArgumentCount, call.callee.span, call.callee.text,
        (isLeast ? "at least " : "") + std::to_string(count) +
            (count == 1 ? " argument" : " arguments"),
        std::to_string(found));
  return false;
}

const Expr *ExprAnalyzer::argumentAs(const Expr *operand, Type type, StringRef function) {
  std::string purpose = ("an argument of `" + function + "`").str();
  return requireType(analysis, operand, type, purpose);
}

/// The type that the operands of a function are brought to, given the widest of them.
static Type operandType(const FunctionInfo &function, Type widest) {
  switch (function.signature) {
  case Signature::OfReals:
  case Signature::FromReals:
    return Type::Real;
  case Signature::Analytic:
    return widest == Type::Complex ? Type::Complex : Type::Real;
  case Signature::Magnitude:
    return std::max(widest, Type::Int);
  case Signature::Ordered:
  case Signature::Rounding:
    return widest == Type::Int ? Type::Int : Type::Real;
  case Signature::Part:
  case Signature::Conjugate:
    return Type::Complex;
  case Signature::OfInts:
    return Type::Int;
  }
  llvm_unreachable("all signatures are listed");
}

static Type resultType(const FunctionInfo &function, Type operand) {
  switch (function.signature) {
  case Signature::FromReals:
    return Type::Complex;
  case Signature::Part:
    return Type::Real;
  case Signature::Magnitude:
    return operand == Type::Complex ? Type::Real : operand;
  default:
    return operand;
  }
}

/// Whether the function leaves a number of this type as it is: the real part of a real.
static bool isIdentity(const FunctionInfo &function, Type operand) {
  if (function.signature == Signature::Rounding)
    return operand == Type::Int;
  bool isReal = operand == Type::Int || operand == Type::Real;
  return isReal && (function.function == Function::RealPart || function.function == Function::Conj);
}

const Expr *ExprAnalyzer::makeCall(const ast::CallExpr &call, const FunctionInfo &function,
                                   Type result, ArrayRef<const Expr *> operands) {
  std::optional<Domain> domain = joinDomains(operands);
  if (!domain)
    return nullptr;
  bool isFolded = function.function == Function::Min || function.function == Function::Max;
  if (!isFolded)
    return make(Call{function.function}, result, *domain, call.span, operands.vec());
  const Expr *least = operands[0];
  for (const Expr *operand : operands.drop_front()) {
    Domain both = least->domain.isGlobal() ? operand->domain : least->domain;
    least = make(Call{function.function}, result, both, call.span, {least, operand});
  }
  return least;
}

const Expr *ExprAnalyzer::analyzeFunction(const ast::CallExpr &call, const FunctionInfo &function) {
  auto operands = analyzeArguments(call);
  bool isVariadic = function.function == Function::Min || function.function == Function::Max;
  if (!requireCount(call, function.numOperands, isVariadic) || !operands)
    return nullptr;
  Type widest = Type::Bool;
  for (const Expr *operand : *operands) {
    if (!requireNumber(*operand, function.spelling))
      return nullptr;
    widest = std::max(widest, operand->type);
  }
  if (isIdentity(function, widest))
    return (*operands)[0];
  Type type = operandType(function, widest);
  for (const Expr *&operand : *operands)
    if (!(operand = argumentAs(operand, type, function.spelling)))
      return nullptr;
  return makeCall(call, function, resultType(function, type), *operands);
}

std::string ExprAnalyzer::nextStream() {
  return (context.owner + "." + llvm::Twine(analysis.numDrawsOf[context.owner]++)).str();
}

const Expr *ExprAnalyzer::analyzeDraw(const ast::CallExpr &call,
                                      const DistributionInfo &distribution) {
  // Counted before the arguments: a draw among them comes later in the source.
  std::string stream = nextStream();
  auto operands = analyzeArguments(call);
  if (context.role != Role::Initial && context.role != Role::Assignment) {
    error(diag::DrawOutsideInitial, call.callee.span, distribution.spelling);
    return nullptr;
  }
  if (!reductions.empty()) {
    error(diag::DrawInReduction, call.callee.span, distribution.spelling);
    return nullptr;
  }
  if (!requireCount(call, distribution.numOperands, /*isLeast=*/false) || !operands)
    return nullptr;
  Type type = distribution.distribution == Distribution::Choice ? Type::Int : Type::Real;
  for (const Expr *&operand : *operands)
    if (!requireNumber(*operand, distribution.spelling) ||
        !(operand = argumentAs(operand, type, distribution.spelling)))
      return nullptr;
  if (!context.domain)
    return nullptr;
  std::string purpose = ("the draw `" + distribution.spelling + "`").str();
  for (const Expr *operand : *operands)
    if (!requireOn(analysis, operand, *context.domain, purpose))
      return nullptr;
  checkDrawRanges(analysis, distribution, *operands);
  return make(Draw{distribution.distribution, stream}, distribution.result, *context.domain,
              call.span, {operands->begin(), operands->end()});
}

/// `noise` is a draw of its own at each point and step, of which only a rate is made.
const Expr *ExprAnalyzer::analyzeNoise(const Reference &reference, Span span) {
  StringRef method = context.evolve ? context.evolve->method.name.text : StringRef();
  if (context.role != Role::Equation || method != kNoisyMethod) {
    // A method that does not exist has been reported.
    if (context.role != Role::Equation || findMethod(method))
      error(diag::NoiseOutsideRate, span);
    return nullptr;
  }
  if (reference.bracket || !reductions.empty()) {
    error(diag::NoiseElsewhere, span);
    return nullptr;
  }
  if (!context.domain)
    return nullptr;
  needs.noise = true;
  return make(Noise{nextStream()}, Type::Real, *context.domain, span);
}

/// The column's name, where it is known at compile time.
static const std::string *findText(const Expr &expr) {
  const auto *constant = std::get_if<Constant>(&expr.node);
  return constant && expr.type == Type::String ? &constant->text : nullptr;
}

const Expr *ExprAnalyzer::analyzeColumn(const ast::CallExpr &call) {
  auto operands = analyzeArguments(call);
  if (context.role != Role::Initial) {
    error(diag::ColumnOutsideInitial, call.callee.span);
    return nullptr;
  }
  if (!requireCount(call, 1, /*isLeast=*/false) || !operands)
    return nullptr;
  const std::string *name = findText(*(*operands)[0]);
  if (!name) {
    error(diag::ColumnNameNotConstant, (*operands)[0]->span);
    return nullptr;
  }
  std::optional<Domain> domain = setScopes.back().domain ? setScopes.back().domain : context.domain;
  if (!domain)
    return nullptr;
  if (domain->isGlobal()) {
    error(diag::ColumnWithoutSet, call.callee.span);
    return nullptr;
  }
  const Network &network = *domain->network;
  bool isFromFile =
      network.kind == NetworkKind::Read && (domain->kind == SetKind::Edges || network.nodesFile);
  bool isWholeValue = context.type && setScopes.front().root == &call;
  if (isFromFile)
    return make(Column{*name}, isWholeValue ? *context.type : Type::Real, *domain, call.span);
  error(diag::NoColumns, call.callee.span, spelling(*domain),
        network.kind == NetworkKind::Read ? "name a node file with `nodes:`"
                                          : "`read` a network from files")
      .note(network.nameSpan, "declared here");
  return nullptr;
}

/// `degree(G)`.
const Expr *ExprAnalyzer::analyzeDegreeOf(const ast::CallExpr &call) {
  if (rejectSet(call) || !requireCount(call, 1, /*isLeast=*/false))
    return nullptr;
  auto *name = dyn_cast<ast::NameExpr>(call.arguments[0].value);
  Symbol *symbol = name ? analysis.find(name->name.text) : nullptr;
  bool isAnyone = name && analysis.isGeneric() && analysis.isParameter(name->name.text);
  if (isAnyone || (symbol && symbol->isPoisoned))
    return nullptr;
  if (!symbol || symbol->kind != SymbolKind::Network) {
    error(diag::DegreeOfNoNetwork, call.arguments[0].span);
    return nullptr;
  }
  if (!readState("degree", call.span) || !symbol->network)
    return nullptr;
  return make(Degree{symbol->network}, Type::Int, {symbol->network, SetKind::Nodes}, call.span);
}

} // namespace irh::sema
