//===- Vectors.cpp - values of nodes that matrices give ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Eigenvectors, exponentials and products of a matrix, and the numbers in lists of eigenvalues.

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Types.h"

#include "compiler/Sema/Declarations.h"

using llvm::dyn_cast;

namespace irh::sema {

//===- Lists ----------------------------------------------------------------===//

/// The one entry of a bracket, as a number; null after an error.
const Expr *ExprAnalyzer::analyzeIndex(const ast::IndexExpr &bracket, StringRef name) {
  if (bracket.entries.size() != 1) {
    error(diag::OneIndex, bracket.span, name);
    return nullptr;
  }
  std::string purpose = ("the number in the bracket of `" + name + "`").str();
  return requireGlobal(analysis, analyze(*bracket.entries[0].value), Type::Int, purpose);
}

/// One value for the model that the points of a sweep cannot find themselves.
const Expr *ExprAnalyzer::nameGlobal(const Expr *value, StringRef name) {
  const Let &let = makeHiddenLet(analysis, name.str() + ".part", *value);
  analysis.needsOf[&let] = needs;
  return make(LetValue{&let}, value->type, {}, value->span);
}

const Expr *ExprAnalyzer::analyzeListElement(const Let &let, const Reference &reference,
                                             Span span) {
  const Expr *index = analyzeIndex(*reference.bracket, let.name);
  if (!index)
    return nullptr;
  const Expr *list = make(LetValue{&let}, Type::List, {}, reference.name.span);
  return nameGlobal(make(ListElement{}, Type::Real, {}, span, {list, index}), "element");
}

const Expr *ExprAnalyzer::analyzeListReduce(const ast::CallExpr &call, ReduceKind kind,
                                            const Expr &list) {
  switch (kind) {
  case ReduceKind::Sum:
  case ReduceKind::Mean:
  case ReduceKind::Min:
  case ReduceKind::Max:
    return nameGlobal(make(ListReduce{kind}, Type::Real, {}, call.span, {&list}), "list");
  default:
    error(diag::NotOfLists, call.callee.span, call.callee.text);
    return nullptr;
  }
}

//===- Eigenvectors ---------------------------------------------------------===//

const Symbol *findEigenvalues(const Analysis &analysis, const Symbol &vectors) {
  auto &decl = llvm::cast<ast::LetDecl>(*vectors.decl);
  const Symbol *values = analysis.findDeclared(decl.names[0].text, /*from=*/nullptr);
  return values && values->decl == &decl ? values : nullptr;
}

const Functional *ExprAnalyzer::findEigenvectors(const Symbol &symbol, Span span) {
  const Symbol *values = findEigenvalues(analysis, symbol);
  if (!values || !values->let ||
      !meetNeeds(analysis.needsOf.lookup(values->let), symbol.name, span))
    return nullptr;
  auto *value = std::get_if<FunctionalValue>(&values->let->value->node);
  return value ? value->functional : nullptr;
}

const Expr *ExprAnalyzer::makeVector(Vector vector, Span span) {
  Domain nodes{vector.matrix->network, SetKind::Nodes};
  Type type = vector.type;
  vector.span = span;
  const Vector &made = analysis.model.vectors.emplace_back(std::move(vector));
  return make(VectorValue{&made}, type, nodes, span);
}

const Expr *ExprAnalyzer::analyzeEigenvector(const Symbol &symbol, const Reference &reference,
                                             Span span) {
  if (!reference.bracket) {
    error(diag::SeveralEigenvectors, span, symbol.name).note(symbol.span, "declared here");
    return nullptr;
  }
  const Functional *functional = findEigenvectors(symbol, span);
  const Expr *index = analyzeIndex(*reference.bracket, symbol.name);
  if (!functional || !index)
    return nullptr;
  return makeVector({.kind = VectorKind::Eigenvector,
                     .matrix = functional->matrix,
                     .type = functional->matrix->type,
                     .functional = functional,
                     .index = index},
                    span);
}

const Expr *ExprAnalyzer::analyzeEigenvectors(const Symbol &symbol, Span span) {
  const Functional *functional = findEigenvectors(symbol, span);
  if (!functional)
    return nullptr;
  const Matrix &matrix = *functional->matrix;
  return make(Eigenvectors{functional}, matrix.type, {matrix.network, SetKind::Nodes}, span);
}

//===- Exponentials ---------------------------------------------------------===//

/// A matrix, and the number before it; null without one.
struct ExprAnalyzer::ScaledMatrix {
  const Matrix *matrix = nullptr;
  const Expr *factor = nullptr;
};

/// `-1i * t * M`: the number apart from the matrix, which may be Hermitian alone.
std::optional<ExprAnalyzer::ScaledMatrix> ExprAnalyzer::analyzeScaled(const ast::Expr &tree) {
  auto isMatrix = [&](const ast::Expr &expr) { return isMatrixExpr(analysis, expr); };
  auto scale = [&](const ast::Expr &inner, const ast::Expr *number, BinaryOp op) {
    std::optional<ScaledMatrix> scaled = analyzeScaled(inner);
    const Expr *factor =
        number ? analyze(*number) : analysis.makeConstant({.integer = -1}, Type::Int, tree.span);
    if (!scaled || !factor || !requireNumber(*factor, "expm"))
      return std::optional<ScaledMatrix>();
    if (!factor->domain.isGlobal()) {
      error(diag::MatrixTimesField, factor->span, spelling(factor->domain));
      return std::optional<ScaledMatrix>();
    }
    const Expr *one = analysis.makeConstant({.integer = 1}, Type::Int, tree.span);
    const Expr *before = scaled->factor ? scaled->factor : one;
    bool isFirst = !scaled->factor && op == BinaryOp::Multiply;
    scaled->factor = isFirst ? factor : makeArithmetic(analysis, op, before, factor, tree.span);
    return scaled;
  };
  if (auto *unary = dyn_cast<ast::UnaryExpr>(&tree))
    if (unary->op == ast::UnaryOp::Negate && isMatrix(tree))
      return scale(*unary->operand, nullptr, BinaryOp::Multiply);
  auto *binary = dyn_cast<ast::BinaryExpr>(&tree);
  bool isLeft = binary && isMatrix(*binary->left), isRight = binary && isMatrix(*binary->right);
  if (binary && binary->op == ast::BinaryOp::Multiply && isLeft != isRight)
    return isLeft ? scale(*binary->left, binary->right, BinaryOp::Multiply)
                  : scale(*binary->right, binary->left, BinaryOp::Multiply);
  if (binary && binary->op == ast::BinaryOp::Divide && isLeft && !isRight)
    return scale(*binary->left, binary->right, BinaryOp::Divide);
  const Matrix *matrix = analyzeMatrixExpr(analysis, tree, context.item);
  return matrix ? std::optional(ScaledMatrix{matrix}) : std::nullopt;
}

const Expr *ExprAnalyzer::analyzeExponential(const ast::CallExpr &call) {
  for (const ast::Argument &argument : call.arguments)
    if (argument.name)
      error(diag::NamedArgument, argument.name.span, call.callee.text);
  if (!requireCount(call, 2, /*isLeast=*/false))
    return nullptr;
  const ast::Expr &tree = *call.arguments[0].value;
  if (!isMatrixExpr(analysis, tree)) {
    if (analyze(tree))
      error(diag::ExponentialOfNoMatrix, tree.span);
    return nullptr;
  }
  std::optional<ScaledMatrix> scaled = analyzeScaled(tree);
  const Expr *start = analyze(*call.arguments[1].value);
  if (!scaled || !start || !readMatrix(*scaled->matrix, "expm", tree.span))
    return nullptr;
  const Matrix &matrix = *scaled->matrix;
  Domain nodes{matrix.network, SetKind::Nodes};
  if (!requireNumber(*start, "expm") || !requireOn(analysis, start, nodes, "what `expm` acts on"))
    return nullptr;
  if (!reductions.empty() && !reductions.back().isGlobal) {
    error(diag::VectorInReduction, call.span, "expm");
    return nullptr;
  }
  const Expr *factor =
      scaled->factor ? scaled->factor : analysis.makeConstant({.integer = 1}, Type::Int, call.span);
  Type type = std::max({matrix.type, factor->type, start->type, Type::Real});
  return makeVector({.kind = VectorKind::Exponential,
                     .matrix = &matrix,
                     .type = type,
                     .factor = widen(analysis, factor, type),
                     .start = widen(analysis, start, type)},
                    call.span);
}

//===- Products -------------------------------------------------------------===//

/// `M * u` at a node: its row of the matrix, times what u is there and at the neighbours.
const Expr *ExprAnalyzer::analyzeMatrixProduct(const ast::BinaryExpr &expr) {
  const Matrix *matrix = analyzeMatrixExpr(analysis, *expr.left, context.item);
  const Expr *value = analyze(*expr.right);
  if (!matrix || !value || !requireNumber(*value, "*") ||
      !meetNeeds(analysis.needsOfMatrix.lookup(matrix), matrix->name, expr.left->span))
    return nullptr;
  Domain nodes{matrix->network, SetKind::Nodes};
  if (value->domain != nodes) {
    error(diag::MatrixTimesElse, findPlace(*value).span, spelling(value->domain), spelling(nodes));
    return nullptr;
  }
  if (!reductions.empty() && !reductions.back().isGlobal) {
    error(diag::VectorInReduction, expr.span, "*");
    return nullptr;
  }
  auto times = [&](const Expr *entry, const Expr *factor) {
    return makeArithmetic(analysis, BinaryOp::Multiply, entry, factor, expr.span);
  };
  const Expr *here = matrix->diagonal ? times(matrix->diagonal, value) : nullptr;
  if (!matrix->entry)
    return here ? here : times(analysis.makeConstant({}, Type::Real, expr.span), value);
  std::string owner = "product." + std::to_string(analysis.model.lets.size());
  const Expr *term = times(matrix->entry, atNeighbour(analysis, owner, *value));
  const Expr *sum =
      make(NeighbourReduce{ReduceKind::Sum, matrix->network}, term->type, nodes, expr.span, {term});
  return here ? makeArithmetic(analysis, BinaryOp::Add, here, sum, expr.span) : sum;
}

//===- Cycles ---------------------------------------------------------------===//

/// `holonomy(w)` in a reduction over triangles or cycles: a value of edges, multiplied around each.
const Expr *ExprAnalyzer::analyzeHolonomy(const ast::CallExpr &call) {
  auto operands = analyzeArguments(call);
  if (!requireCount(call, 1, /*isLeast=*/false) || !operands)
    return nullptr;
  std::optional<Domain> around = setScopes.back().domain;
  bool isAround = around && (around->kind == SetKind::Triangles || around->kind == SetKind::Cycles);
  if (setScopes.back().isPoisoned)
    return nullptr;
  if (!isAround) {
    error(diag::HolonomyOfNoCycle, call.callee.span);
    return nullptr;
  }
  const Expr *value = (*operands)[0];
  if (!requireNumber(*value, "holonomy"))
    return nullptr;
  Domain edges{around->network, SetKind::Edges};
  value = requireOn(analysis, value, edges, "what is multiplied around a cycle");
  if (!value)
    return nullptr;
  value = widen(analysis, value, std::max(Type::Real, value->type));
  return make(Holonomy{}, value->type, *around, call.span, {value});
}

} // namespace irh::sema
