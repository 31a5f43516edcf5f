//===- Functionals.cpp - numbers of the whole of a matrix ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function of a matrix is a function of its eigenvalues: in the argument of `trace` the name of
// the matrix is an eigenvalue, and everything else is an ordinary expression.

#include "compiler/Sema/Declarations.h"
#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"

#include <array>
#include <utility>

using llvm::dyn_cast;

namespace irh::sema {

const Expr *ExprAnalyzer::analyzeFunctional(const ast::CallExpr &call) {
  if (rejectSet(call))
    return nullptr;
  StringRef name = call.callee.text;
  if (name == "trace")
    return analyzeTrace(call);
  if (name == "logdet")
    return analyzeLogDet(call);
  if (name == "expm")
    return analyzeExponential(call);
  if (name == "holonomy")
    return analyzeHolonomy(call);
  if (name == "iterations" || name == "residual")
    return analyzeOutcome(call);
  if (name == "error_of")
    return analyzeErrorOf(call, FunctionalPart::Error);
  if (name == "bias_of")
    return analyzeErrorOf(call, FunctionalPart::Bias);
  return analyzeEigs(call);
}

//===- Matrices as arguments ------------------------------------------------===//

bool ExprAnalyzer::readMatrix(const Matrix &matrix, StringRef user, Span span) {
  if (!meetNeeds(analysis.needsOfMatrix.lookup(&matrix), matrix.name, span))
    return false;
  if (matrix.isHermitian)
    return true;
  diag::Diagnostic &report =
      error(diag::NotHermitian, span, user, matrix.isHidden ? "this" : diag::quote(matrix.name));
  if (!matrix.isHidden)
    report.note(matrix.span, "declared here");
  return false;
}

const Matrix *ExprAnalyzer::resolveMatrix(const ast::CallExpr &call) {
  StringRef user = call.callee.text;
  const ast::Argument *first =
      call.arguments.empty() || call.arguments[0].name ? nullptr : &call.arguments[0];
  auto *name = first ? dyn_cast<ast::NameExpr>(first->value) : nullptr;
  const Symbol *symbol = name ? analysis.find(name->name.text) : nullptr;
  bool isAnyone = name && analysis.isGeneric() && analysis.isParameter(name->name.text);
  if (isAnyone || (symbol && symbol->isPoisoned))
    return nullptr;
  if (first && !name && isMatrixExpr(analysis, *first->value)) {
    const Matrix *made = analyzeMatrixExpr(analysis, *first->value, context.item);
    return made && readMatrix(*made, user, first->span) ? made : nullptr;
  }
  if (!symbol || symbol->kind != SymbolKind::Matrix) {
    error(diag::NamesNoMatrix, first ? first->span : call.callee.span, user);
    return nullptr;
  }
  return symbol->matrix && readMatrix(*symbol->matrix, user, first->span) ? symbol->matrix
                                                                          : nullptr;
}

const Expr *ExprAnalyzer::analyzeEigenvalue(const Symbol &symbol, const Reference &reference,
                                            Span span) {
  const Matrix &matrix = *symbol.matrix;
  // In a reduction it would be another value at each point.
  if (!isSpectral || !reductions.empty()) {
    error(diag::MatrixIsNoValue, span, matrix.name).note(symbol.span, "declared here");
    return nullptr;
  }
  if (rejectBracket(reference) || !readMatrix(matrix, "trace", span))
    return nullptr;
  return make(Eigenvalue{&matrix}, Type::Real, {}, span);
}

const Expr *ExprAnalyzer::makeFunctional(Functional functional, Type type) {
  Span span = functional.span;
  analysis.model.functionals.push_back(std::move(functional));
  return make(FunctionalValue{&analysis.model.functionals.back()}, type, {}, span);
}

const Expr *ExprAnalyzer::analyzeGlobal(const ast::Argument *argument, Type type,
                                        StringRef purpose) {
  return argument ? requireGlobal(analysis, analyze(*argument->value), type, purpose) : nullptr;
}

/// `method: dense`, `quadrature` or, where there is one, `sparse`; none after an error.
std::optional<FunctionalMethod> ExprAnalyzer::analyzeMethod(const ast::Argument *argument,
                                                            bool hasSparse) {
  if (!argument)
    return FunctionalMethod::Automatic;
  auto *word = dyn_cast<ast::NameExpr>(argument->value);
  if (word && word->name.text == "dense")
    return FunctionalMethod::Dense;
  if (word && word->name.text == "quadrature")
    return FunctionalMethod::Quadrature;
  if (word && word->name.text == "sparse" && hasSparse)
    return FunctionalMethod::Sparse;
  error(diag::UnknownWord, argument->value->span, argument->name.text,
        hasSparse ? "dense`, `sparse" : "dense", "quadrature");
  return std::nullopt;
}

/// `tolerance:`, `method:`, `probes:` and `steps:`, in this order. False after an error.
bool ExprAnalyzer::analyzeEstimate(Functional &functional,
                                   ArrayRef<const ast::Argument *> arguments, bool hasSparse) {
  functional.tolerance = analyzeGlobal(arguments[0], Type::Real, "the tolerance");
  std::optional<FunctionalMethod> method = analyzeMethod(arguments[1], hasSparse);
  functional.probes = analyzeGlobal(arguments[2], Type::Int, "`probes:`");
  functional.steps = analyzeGlobal(arguments[3], Type::Int, "`steps:`");
  functional.method = method.value_or(FunctionalMethod::Automatic);
  return method && (functional.tolerance || !arguments[0]) &&
         (functional.probes || !arguments[2]) && (functional.steps || !arguments[3]);
}

//===- Traces ---------------------------------------------------------------===//

namespace {

/// Makes expressions of one value for the whole model.
class Global {
public:
  Global(Analysis &analysis, Span span) : analysis(analysis), span(span) {}

  const Expr *real(double value) const {
    return analysis.makeConstant({.real = value}, Type::Real, span);
  }
  const Expr *binary(BinaryOp op, const Expr *left, const Expr *right) const {
    return makeArithmetic(analysis, op, left, right, span);
  }
  const Expr *call(Function function, std::vector<const Expr *> operands,
                   Type type = Type::Real) const {
    Domain domain = operands[0]->domain;
    return analysis.make({Call{function}, type, domain, span, std::move(operands)});
  }
  const Expr *negate(const Expr *value) const {
    return analysis.make({Unary{UnaryOp::Negate}, value->type, value->domain, span, {value}});
  }
  const Expr *sumOver(const Expr *term, const Network *network) const {
    Domain nodes{network, SetKind::Nodes};
    return analysis.make({GlobalReduce{ReduceKind::Sum, nodes}, term->type, {}, span, {term}});
  }
  const Expr *sumOfNeighbours(const Expr *term, const Network *network) const {
    Domain nodes{network, SetKind::Nodes};
    return analysis.make(
        {NeighbourReduce{ReduceKind::Sum, network}, term->type, nodes, span, {term}});
  }
  /// |value|^2, a real.
  const Expr *square(const Expr *value) const {
    const Expr *size = value->type == Type::Complex ? call(Function::Abs, {value}) : value;
    return binary(BinaryOp::Multiply, size, size);
  }

  Analysis &analysis;
  Span span;
};

/// a0 + a1 x + a2 x^2; null coefficients are zeros.
using Quadratic = std::array<const Expr *, 3>;

/// Sees whether a function of the eigenvalue is a polynomial of degree 2 at most.
class Polynomial {
public:
  explicit Polynomial(const Global &make) : make(make) {}

  std::optional<Quadratic> find(const Expr &expr) const {
    if (std::holds_alternative<Eigenvalue>(expr.node))
      return Quadratic{nullptr, make.real(1), nullptr};
    if (!reads(expr))
      return Quadratic{&expr, nullptr, nullptr};
    if (std::holds_alternative<Unary>(expr.node)) {
      std::optional<Quadratic> operand = find(*expr.operands[0]);
      return operand ? std::optional(scaled(*operand, *make.real(-1))) : std::nullopt;
    }
    auto *binary = std::get_if<Binary>(&expr.node);
    return binary ? findBinary(binary->op, *expr.operands[0], *expr.operands[1]) : std::nullopt;
  }

private:
  static bool reads(const Expr &expr) {
    return std::holds_alternative<Eigenvalue>(expr.node) ||
           llvm::any_of(expr.operands, [](const Expr *operand) { return reads(*operand); });
  }

  Quadratic scaled(Quadratic all, const Expr &factor) const {
    for (const Expr *&one : all)
      one = one ? make.binary(BinaryOp::Multiply, one, &factor) : nullptr;
    return all;
  }

  std::optional<Quadratic> findBinary(BinaryOp op, const Expr &left, const Expr &right) const {
    std::optional<Quadratic> a = find(left);
    if (!a)
      return std::nullopt;
    if (op == BinaryOp::Power)
      return power(*a, right);
    std::optional<Quadratic> b = find(right);
    if (!b)
      return std::nullopt;
    switch (op) {
    case BinaryOp::Add:
    case BinaryOp::Subtract: {
      Quadratic sum;
      for (int i = 0; i < 3; ++i)
        sum[i] = !(*b)[i]              ? (*a)[i]
                 : (*a)[i]             ? make.binary(op, (*a)[i], (*b)[i])
                 : op == BinaryOp::Add ? (*b)[i]
                                       : make.negate((*b)[i]);
      return sum;
    }
    case BinaryOp::Multiply:
      return multiply(*a, *b);
    case BinaryOp::Divide:
      if (reads(right))
        return std::nullopt;
      for (const Expr *&one : *a)
        one = one ? make.binary(op, one, &right) : nullptr;
      return a;
    default:
      return std::nullopt;
    }
  }

  std::optional<Quadratic> power(const Quadratic &base, const Expr &exponent) const {
    const Expr *inner = &exponent;
    while (std::holds_alternative<Convert>(inner->node))
      inner = inner->operands[0];
    auto *constant = std::get_if<Constant>(&inner->node);
    double number = !constant                  ? -1
                    : inner->type == Type::Int ? static_cast<double>(constant->integer)
                                               : constant->real;
    if (number == 1)
      return base;
    return number == 2 ? multiply(base, base) : std::nullopt;
  }

  std::optional<Quadratic> multiply(const Quadratic &a, const Quadratic &b) const {
    Quadratic product = {};
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) {
        if (!a[i] || !b[j])
          continue;
        if (i + j > 2)
          return std::nullopt;
        const Expr *term = make.binary(BinaryOp::Multiply, a[i], b[j]);
        const Expr *&sum = product[i + j];
        sum = sum ? make.binary(BinaryOp::Add, sum, term) : term;
      }
    return product;
  }

  const Global &make;
};

/// The sums over nodes that the first powers of a Hermitian matrix have for traces.
class PowerTraces {
public:
  PowerTraces(const Global &make, const Matrix &matrix) : make(make), matrix(matrix) {
    if (matrix.network->loops == Loops::Keep && matrix.entry)
      splitLoops();
  }

  const Expr *count() const {
    const Expr *number = make.analysis.make(
        {SetCount{{matrix.network, SetKind::Nodes}}, Type::Int, {}, make.span, {}});
    return widen(make.analysis, number, Type::Real);
  }
  /// Null where there is no diagonal.
  const Expr *first() const {
    const Expr *whole = wholeDiagonal();
    return whole ? make.sumOver(real(whole), matrix.network) : nullptr;
  }
  const Expr *second() const {
    const Expr *whole = wholeDiagonal();
    const Expr *sum = whole ? make.square(real(whole)) : nullptr;
    if (offDiagonal()) {
      const Expr *squares = make.sumOfNeighbours(make.square(offDiagonal()), matrix.network);
      sum = sum ? make.binary(BinaryOp::Add, sum, squares) : squares;
    }
    return sum ? make.sumOver(sum, matrix.network) : nullptr;
  }

private:
  /// An edge from a node to itself is an entry on the diagonal.
  void splitLoops() {
    Domain nodes{matrix.network, SetKind::Nodes};
    auto id = [&](Place place) {
      return make.analysis.make({Id{matrix.network, place}, Type::Int, nodes, make.span, {}});
    };
    const Expr *isLoop = make.analysis.make({Binary{BinaryOp::Equal},
                                             Type::Bool,
                                             nodes,
                                             make.span,
                                             {id(Place::Here), id(Place::Neighbour)}});
    const Expr *zero = widen(make.analysis, make.real(0), matrix.entry->type);
    auto select = [&](const Expr *loop, const Expr *other) {
      return make.analysis.make(
          {Select{}, matrix.entry->type, nodes, make.span, {isLoop, loop, other}});
    };
    loops = make.sumOfNeighbours(select(matrix.entry, zero), matrix.network);
    others = select(zero, matrix.entry);
  }
  const Expr *wholeDiagonal() const {
    if (loops && matrix.diagonal)
      return make.binary(BinaryOp::Add, matrix.diagonal, loops);
    return loops ? loops : matrix.diagonal;
  }
  const Expr *offDiagonal() const { return others ? others : matrix.entry; }
  const Expr *real(const Expr *value) const {
    // One value for all nodes becomes one at each.
    const Expr *part =
        value->type == Type::Complex ? make.call(Function::RealPart, {value}) : value;
    if (!part->domain.isGlobal())
      return part;
    Expr everywhere = *make.binary(BinaryOp::Multiply, part, make.real(1));
    everywhere.domain = {matrix.network, SetKind::Nodes};
    return make.analysis.make(std::move(everywhere));
  }

  const Global &make;
  const Matrix &matrix;
  const Expr *loops = nullptr;  ///< A value of each node; null without self-loops.
  const Expr *others = nullptr; ///< The term without them.
};

} // namespace

/// Where the function is a polynomial of degree 2 at most: sums over nodes and edges.
static const Expr *makeClosedForm(const Global &make, const Matrix &matrix, const Expr &function) {
  std::optional<Quadratic> found = Polynomial(make).find(function);
  if (!found)
    return nullptr;
  PowerTraces powers(make, matrix);
  auto [a0, a1, a2] = *found;
  const Expr *sum = nullptr;
  auto add = [&](const Expr *factor, const Expr *power) {
    if (!factor || !power)
      return;
    const Expr *term = make.binary(BinaryOp::Multiply, factor, power);
    sum = sum ? make.binary(BinaryOp::Add, sum, term) : term;
  };
  if (a0)
    add(a0, powers.count());
  if (a1)
    add(a1, powers.first());
  if (a2)
    add(a2, powers.second());
  return sum ? sum : make.real(0);
}

static const Matrix &matrixOf(const Expr &eigenvalue) {
  return *std::get<Eigenvalue>(eigenvalue.node).matrix;
}

/// An eigenvalue of each matrix that the expression names.
static void findMatrices(const Expr &expr, llvm::SmallVectorImpl<const Expr *> &found) {
  auto *value = std::get_if<Eigenvalue>(&expr.node);
  if (value &&
      llvm::none_of(found, [&](const Expr *other) { return &matrixOf(*other) == value->matrix; }))
    found.push_back(&expr);
  for (const Expr *operand : expr.operands)
    findMatrices(*operand, found);
}

const Expr *ExprAnalyzer::analyzeTrace(const ast::CallExpr &call) {
  const ast::Argument *first =
      call.arguments.empty() || call.arguments[0].name ? nullptr : &call.arguments[0];
  if (!first) {
    error(diag::ArgumentCount, call.callee.span, call.callee.text, "a function of a matrix", "0");
    return nullptr;
  }
  auto given = matchArguments(
      analysis, {call.callee.text, call.callee.span}, call.arguments.drop_front(),
      {{"tolerance", false}, {"method", false}, {"probes", false}, {"steps", false}});
  bool isInner = std::exchange(isSpectral, true);
  const Expr *function = analyze(*first->value);
  isSpectral = isInner;
  if (!function)
    return nullptr;
  llvm::SmallVector<const Expr *, 2> named;
  findMatrices(*function, named);
  if (named.empty())
    error(diag::TraceOfNoMatrix, first->span);
  else if (named.size() > 1)
    error(diag::TwoMatrices, named[1]->span, matrixOf(*named[0]).name, matrixOf(*named[1]).name);
  if (named.size() != 1)
    return nullptr;
  const Matrix &matrix = matrixOf(*named[0]);
  if (!function->domain.isGlobal() || !isNumber(function->type) ||
      function->type == Type::Complex) {
    error(diag::TraceNotReal, first->span,
          function->domain.isGlobal() ? spelling(function->type).str()
                                      : "a value on " + spelling(function->domain));
    return nullptr;
  }
  function = widen(analysis, function, Type::Real);
  Functional trace{
      .kind = FunctionalKind::Trace, .matrix = &matrix, .function = function, .span = call.span};
  if (!analyzeEstimate(trace, given, /*hasSparse=*/false))
    return nullptr;
  bool isFree = trace.method == FunctionalMethod::Automatic;
  Global make(analysis, call.span);
  const Expr *closed = isFree ? makeClosedForm(make, matrix, *function) : nullptr;
  return closed ? closed : makeFunctional(trace, Type::Real);
}

//===- Determinants and eigenvalues -----------------------------------------===//

const Expr *ExprAnalyzer::analyzeLogDet(const ast::CallExpr &call) {
  const Matrix *matrix = resolveMatrix(call);
  if (!matrix)
    return nullptr;
  auto named =
      matchArguments(analysis, {call.callee.text, call.callee.span}, call.arguments.drop_front(),
                     {{"tolerance", false},
                      {"method", false},
                      {"probes", false},
                      {"steps", false},
                      {"zero", false}});
  Functional logdet{.kind = FunctionalKind::LogDet, .matrix = matrix, .span = call.span};
  logdet.zero = analyzeGlobal(named[4], Type::Real, "`zero:`");
  bool isGood = analyzeEstimate(logdet, named, /*hasSparse=*/true);
  return isGood && (logdet.zero || !named[4]) ? makeFunctional(logdet, Type::Real) : nullptr;
}

/// `which: smallest`, or `nearest(s)`.
bool ExprAnalyzer::analyzeEnd(Functional &functional, const ast::Argument &argument) {
  static constexpr std::pair<StringRef, SpectrumEnd> kEnds[] = {
      {"smallest", SpectrumEnd::Smallest},
      {"largest", SpectrumEnd::Largest},
      {"magnitude", SpectrumEnd::Magnitude}};
  if (auto *word = dyn_cast<ast::NameExpr>(argument.value))
    for (auto [name, end] : kEnds)
      if (word->name.text == name) {
        functional.end = end;
        return true;
      }
  auto *near = dyn_cast<ast::CallExpr>(argument.value);
  if (!near || near->callee.text != "nearest" || near->arguments.size() != 1) {
    error(diag::UnknownEnd, argument.value->span);
    return false;
  }
  functional.end = SpectrumEnd::Nearest;
  functional.nearest = analyzeGlobal(&near->arguments[0], Type::Real, "`nearest`");
  return functional.nearest;
}

const Expr *ExprAnalyzer::analyzeEigs(const ast::CallExpr &call) {
  const Matrix *matrix = resolveMatrix(call);
  if (!matrix)
    return nullptr;
  Functional functional{.kind = FunctionalKind::Eigenvalues, .matrix = matrix, .span = call.span};
  ArgumentTaker taker{call.callee.text, call.callee.span};
  if (call.callee.text == "spectrum")
    return requireCount(call, 1, /*isLeast=*/false) ? makeFunctional(functional, Type::List)
                                                    : nullptr;
  auto named = matchArguments(analysis, taker, call.arguments.drop_front(),
                              {{"count", true}, {"which", true}, {"tolerance", false}});
  functional.count = analyzeGlobal(named[0], Type::Int, "`count:`");
  functional.tolerance = analyzeGlobal(named[2], Type::Real, "the tolerance");
  bool hasEnd = named[1] && analyzeEnd(functional, *named[1]);
  if (!hasEnd || !functional.count || (named[2] && !functional.tolerance))
    return nullptr;
  return makeFunctional(functional, Type::List);
}

//===- Errors ---------------------------------------------------------------===//

namespace {

/// The error of a value that is made of estimates, or the bias in it, to first order. Estimates are
/// independent of each other; of biases nothing is known, so their sizes add up.
class ErrorOf {
public:
  ErrorOf(const Global &make, FunctionalPart part) : make(make), part(part) {}

  const Expr *badPart = nullptr; ///< Of which no error is known.

  /// Null for a value that has none, and after an error.
  const Expr *find(const Expr &expr) {
    if (auto *value = std::get_if<FunctionalValue>(&expr.node)) {
      if (expr.type != Type::Real)
        return fail(expr);
      return make.analysis.make(
          {FunctionalValue{value->functional, part}, Type::Real, {}, make.span, {}});
    }
    if (auto *let = std::get_if<LetValue>(&expr.node))
      return find(*let->let->value);
    llvm::SmallVector<const Expr *, 2> errors;
    bool hasError = false;
    for (const Expr *operand : expr.operands) {
      errors.push_back(find(*operand));
      hasError |= errors.back() != nullptr;
    }
    return hasError ? combine(expr, errors) : nullptr;
  }

private:
  const Expr *fail(const Expr &expr) {
    badPart = badPart ? badPart : &expr;
    return nullptr;
  }
  const Expr *sizeTimes(const Expr *factor, const Expr *error) {
    return error ? make.binary(BinaryOp::Multiply, make.call(Function::Abs, {factor}), error)
                 : nullptr;
  }
  const Expr *join(const Expr *a, const Expr *b) {
    if (!a || !b)
      return a ? a : b;
    return part == FunctionalPart::Bias ? make.binary(BinaryOp::Add, a, b)
                                        : make.call(Function::Hypot, {a, b});
  }

  const Expr *combine(const Expr &expr, llvm::ArrayRef<const Expr *> errors) {
    if (expr.type != Type::Real)
      return fail(expr);
    if (std::holds_alternative<Unary>(expr.node))
      return errors[0];
    if (auto *binary = std::get_if<Binary>(&expr.node))
      return combineBinary(binary->op, expr, errors);
    auto *call = std::get_if<Call>(&expr.node);
    const Expr *operand = expr.operands[0];
    switch (call ? call->function : Function::Mod) {
    case Function::Abs:
      return errors[0];
    case Function::Log:
      return make.binary(BinaryOp::Divide, errors[0], make.call(Function::Abs, {operand}));
    case Function::Exp:
      return make.binary(BinaryOp::Multiply, errors[0], &expr);
    case Function::Sqrt:
      return make.binary(BinaryOp::Divide, errors[0],
                         make.binary(BinaryOp::Multiply, make.real(2), &expr));
    default:
      return fail(expr);
    }
  }

  const Expr *combineBinary(BinaryOp op, const Expr &expr, llvm::ArrayRef<const Expr *> errors) {
    const Expr *left = expr.operands[0], *right = expr.operands[1];
    switch (op) {
    case BinaryOp::Add:
    case BinaryOp::Subtract:
      return join(errors[0], errors[1]);
    case BinaryOp::Multiply:
      return join(sizeTimes(right, errors[0]), sizeTimes(left, errors[1]));
    case BinaryOp::Divide:
      return make.binary(BinaryOp::Divide, join(errors[0], sizeTimes(&expr, errors[1])),
                         make.call(Function::Abs, {right}));
    default:
      return fail(expr);
    }
  }

  const Global &make;
  FunctionalPart part;
};

} // namespace

const Expr *ExprAnalyzer::analyzeErrorOf(const ast::CallExpr &call, FunctionalPart part) {
  auto operands = analyzeArguments(call);
  if (!requireCount(call, 1, /*isLeast=*/false) || !operands)
    return nullptr;
  const Expr *value = (*operands)[0];
  Global make(analysis, call.span);
  ErrorOf errors(make, part);
  const Expr *found = value->domain.isGlobal() ? errors.find(*value) : nullptr;
  if (errors.badPart || !value->domain.isGlobal() || !isNumber(value->type)) {
    error(diag::NoErrorOf, call.arguments[0].span);
    return nullptr;
  }
  return found ? found : make.real(0);
}

} // namespace irh::sema
