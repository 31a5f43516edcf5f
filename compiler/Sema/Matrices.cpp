//===- Matrices.cpp - matrices as one term for a node and one for an edge ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sums of matrices, and products with numbers and diagonals, have entries on the diagonal and at
// the edges alone: each is kept as two expressions, from the adjacency matrix on.

#include "compiler/Sema/Declarations.h"
#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/LinearForm.h"
#include "compiler/Sema/Types.h"
#include "compiler/Sema/Walk.h"

#include <utility>

using llvm::cast;
using llvm::dyn_cast;

namespace irh::sema {
namespace {

/// Null expressions are zeros.
struct Entries {
  const Network *network = nullptr;
  const Expr *diagonal = nullptr; ///< On the nodes, or one value.
  const Expr *entry = nullptr;    ///< The term of a reduction over nbrs.
};

class MatrixAnalyzer {
public:
  /// `name`: of the definitions that have to be made, in `item`.
  MatrixAnalyzer(Analysis &analysis, const ast::Item *item, std::string name)
      : analysis(analysis), item(item), name(std::move(name)) {}

  /// None after an error.
  std::optional<Entries> analyze(const ast::Expr &expr);

  Needs needs;

private:
  bool isMatrix(const ast::Expr &expr) const { return isMatrixExpr(analysis, expr); }
  std::optional<Entries> analyzeName(const ast::NameExpr &expr);
  std::optional<Entries> analyzeCall(const ast::CallExpr &call);
  std::optional<Entries> analyzeAdjacency(const ast::CallExpr &call);
  std::optional<Entries> analyzeDiag(const ast::CallExpr &call);
  std::optional<Entries> analyzeLinear(const ast::CallExpr &call);
  const Expr *analyzeMap(const ast::LambdaExpr &map, Field &argument);
  std::optional<Entries> analyzeBinary(const ast::BinaryExpr &expr);
  std::pair<std::optional<Entries>, std::optional<Entries>>
  analyzeBoth(const ast::BinaryExpr &expr);
  std::optional<Entries> addMatrices(const ast::BinaryExpr &expr);
  std::optional<Entries> multiplyMatrices(const ast::BinaryExpr &expr);
  std::optional<Entries> scale(const ast::BinaryExpr &expr, const ast::Expr &matrix,
                               const ast::Expr &number);
  std::optional<Entries> notAMatrix(Span span, const Expr *value = nullptr);

  const Network *resolveNetwork(const ast::CallExpr &call, const ast::Argument &argument);
  const Expr *analyzeValue(const ast::Expr &tree, std::optional<Domain> domain = std::nullopt);
  const Expr *weightAtNeighbour(const Expr &weight, const Needs &wanted, Span span);
  const Let &makeHidden(const Expr &value, const Needs &wanted);
  const Expr *number(int64_t value, Span span) {
    return analysis.makeConstant({.integer = value}, Type::Int, span);
  }
  const Expr *combine(BinaryOp op, const Expr *left, const Expr *right, Span span) {
    return makeArithmetic(analysis, op, left, right, span);
  }
  const Expr *negate(const Expr *value, Span span);

  Analysis &analysis;
  const ast::Item *item;
  std::string name;
};

} // namespace

std::optional<Entries> MatrixAnalyzer::notAMatrix(Span span, const Expr *value) {
  bool isOfNodes = value && !value->domain.isGlobal() && value->domain.kind == SetKind::Nodes;
  bool isNumber = value && value->domain.isGlobal();
  analysis.report(diag::NotAMatrix, span,
                  isOfNodes  ? "write `diag(…)` around it"
                  : isNumber ? "write `* identity(G)` behind it"
                             : "one is made of `adjacency(G)`, `diag(…)` and `identity(G)`, their "
                               "sums, and products with numbers and diagonals");
  return std::nullopt;
}

/// Whether the expression has a value for each point of a set, as far as the names in it tell.
static bool livesOnPoints(const Analysis &analysis, const ast::Expr &expr) {
  if (std::optional<Reference> reference = findReference(expr)) {
    StringRef name = reference->name.text;
    const Symbol *symbol = analysis.find(withPrimes(name, reference->numPrimes));
    if (!symbol)
      return name == "degree" || name == "id" || name == "position";
    return symbol->kind == SymbolKind::Eigenvectors ||
           (symbol->field && !symbol->field->domain.isGlobal()) ||
           (symbol->let && !symbol->let->domain.isGlobal());
  }
  if (llvm::isa<ast::ReduceExpr>(expr))
    return true;
  auto *call = dyn_cast<ast::CallExpr>(&expr);
  if (call && call->callee.text == "expm")
    return true;
  if (call && (isFunctional(call->callee.text) ||
               (findReduction(call->callee.text) && !isPointwise(*call))))
    return false;
  bool lives = false;
  forEachOperand(
      expr, [&](const ast::Expr &operand) { lives = lives || livesOnPoints(analysis, operand); });
  return lives;
}

bool isMatrixExpr(const Analysis &analysis, const ast::Expr &expr) {
  if (auto *name = dyn_cast<ast::NameExpr>(&expr)) {
    const Symbol *named = analysis.find(name->name.text);
    return named && named->kind == SymbolKind::Matrix;
  }
  if (auto *call = dyn_cast<ast::CallExpr>(&expr))
    return isMatrixFunction(call->callee.text) && !analysis.find(call->callee.text);
  if (auto *unary = dyn_cast<ast::UnaryExpr>(&expr))
    return isMatrixExpr(analysis, *unary->operand);
  auto *binary = dyn_cast<ast::BinaryExpr>(&expr);
  if (!binary)
    return false;
  // A matrix times values of nodes are such values.
  bool isLeft = isMatrixExpr(analysis, *binary->left);
  if (isLeft && binary->op == ast::BinaryOp::Multiply)
    return isMatrixExpr(analysis, *binary->right) || !livesOnPoints(analysis, *binary->right);
  return isLeft || isMatrixExpr(analysis, *binary->right);
}

std::optional<Entries> MatrixAnalyzer::analyze(const ast::Expr &expr) {
  auto *product = dyn_cast<ast::BinaryExpr>(&expr);
  bool isScaled = product && product->op == ast::BinaryOp::Multiply && isMatrix(*product->left);
  if (!isMatrix(expr) && !isScaled) {
    // What is wrong in it, or else that it is a number.
    const Expr *value = analyzeValue(expr);
    return value ? notAMatrix(expr.span, value) : std::nullopt;
  }
  if (auto *name = dyn_cast<ast::NameExpr>(&expr))
    return analyzeName(*name);
  if (auto *call = dyn_cast<ast::CallExpr>(&expr))
    return analyzeCall(*call);
  if (auto *binary = dyn_cast<ast::BinaryExpr>(&expr))
    return analyzeBinary(*binary);
  auto &unary = cast<ast::UnaryExpr>(expr);
  if (unary.op != ast::UnaryOp::Negate)
    return notAMatrix(expr.span);
  std::optional<Entries> operand = analyze(*unary.operand);
  if (!operand)
    return std::nullopt;
  return Entries{operand->network, negate(operand->diagonal, expr.span),
                 negate(operand->entry, expr.span)};
}

std::optional<Entries> MatrixAnalyzer::analyzeName(const ast::NameExpr &expr) {
  const Matrix *matrix = analysis.find(expr.name.text)->matrix;
  if (!matrix)
    return std::nullopt;
  Needs wanted = analysis.needsOfMatrix.lookup(matrix);
  needs.step |= wanted.step;
  if (!wanted.time.empty())
    needs.time = wanted.time;
  return Entries{matrix->network, matrix->diagonal, matrix->entry};
}

//===- What matrices are made of --------------------------------------------===//

const Expr *MatrixAnalyzer::analyzeValue(const ast::Expr &tree, std::optional<Domain> domain) {
  Context context{.role = Role::Definition, .item = item, .domain = domain};
  ExprAnalyzer analyzer(analysis, context);
  const Expr *value = analyzer.analyzeRoot(tree);
  needs.step |= analyzer.needs.step;
  if (!analyzer.needs.time.empty())
    needs.time = analyzer.needs.time;
  needs.ends = analyzer.needs.ends;
  needs.oriented = analyzer.needs.oriented;
  if (!value || isNumber(value->type))
    return value;
  analysis.report(diag::NotANumber, value->span, "a matrix", spelling(value->type),
                  value->type == Type::Bool ? "; write `if … then 1 else 0`" : "");
  return nullptr;
}

const Network *MatrixAnalyzer::resolveNetwork(const ast::CallExpr &call,
                                              const ast::Argument &argument) {
  auto *name = dyn_cast<ast::NameExpr>(argument.value);
  const Symbol *found = name ? analysis.find(name->name.text) : nullptr;
  if (found && (found->isPoisoned || found->network))
    return found->network;
  analysis.report(diag::MatrixOfNoNetwork, argument.value->span, call.callee.text);
  return nullptr;
}

std::optional<Entries> MatrixAnalyzer::analyzeCall(const ast::CallExpr &call) {
  if (call.callee.text == "adjacency")
    return analyzeAdjacency(call);
  if (call.callee.text == "diag")
    return analyzeDiag(call);
  if (call.callee.text == "linear")
    return analyzeLinear(call);
  if (call.arguments.size() != 1) {
    analysis.report(diag::ArgumentCount, call.callee.span, call.callee.text, "1 argument",
                    std::to_string(call.arguments.size()));
    return std::nullopt;
  }
  const Network *network = resolveNetwork(call, call.arguments[0]);
  if (!network)
    return std::nullopt;
  return Entries{network, number(1, call.span), nullptr};
}

std::optional<Entries> MatrixAnalyzer::analyzeAdjacency(const ast::CallExpr &call) {
  if (call.arguments.empty()) {
    analysis.report(diag::ArgumentCount, call.callee.span, call.callee.text, "a network", "0");
    return std::nullopt;
  }
  const Network *network = resolveNetwork(call, call.arguments[0]);
  std::vector<const ast::Argument *> matched =
      matchArguments(analysis, {call.callee.text, call.callee.span}, call.arguments.drop_front(),
                     {{"weight", false}});
  if (!matched[0])
    return network && call.arguments.size() == 1
               ? std::optional(Entries{network, nullptr, number(1, call.span)})
               : std::nullopt;
  const Expr *weight = analyzeValue(*matched[0]->value);
  if (!network || !weight)
    return std::nullopt;
  if (!weight->domain.isGlobal() && weight->domain != Domain{network, SetKind::Edges}) {
    analysis.report(diag::WeightElsewhere, findPlace(*weight).span, spelling(weight->domain),
                    network->name);
    return std::nullopt;
  }
  const Expr *entry = weightAtNeighbour(*weight, needs, matched[0]->value->span);
  return entry ? std::optional(Entries{network, nullptr, entry}) : std::nullopt;
}

const Let &makeHiddenLet(Analysis &analysis, std::string name, const Expr &value) {
  return analysis.model.lets.emplace_back(Let{.name = std::move(name),
                                              .domain = value.domain,
                                              .type = value.type,
                                              .value = &value,
                                              .span = value.span});
}

const Let &MatrixAnalyzer::makeHidden(const Expr &value, const Needs &wanted) {
  const Let &let = makeHiddenLet(analysis, name + ".part", value);
  analysis.needsOf[&let] = wanted;
  return let;
}

/// What a node sees of a value of the edge.
const Expr *MatrixAnalyzer::weightAtNeighbour(const Expr &weight, const Needs &wanted, Span span) {
  if (weight.domain.isGlobal())
    return &weight;
  Domain nodes{weight.domain.network, SetKind::Nodes};
  if (auto *value = std::get_if<FieldValue>(&weight.node); value && value->place == Place::Here)
    return analysis.make(
        {FieldValue{value->field, Place::Neighbour}, weight.type, nodes, weight.span, {}});
  if (wanted.ends && wanted.oriented) {
    analysis.report(diag::LetOfOneDirection, span, "weight", wanted.oriented->name);
    return nullptr;
  }
  return analysis.make({LetValue{&makeHidden(weight, wanted), Place::Neighbour},
                        weight.type,
                        nodes,
                        weight.span,
                        {}});
}

const Expr *atNeighbour(Analysis &analysis, const std::string &owner, const Expr &value) {
  if (value.domain.isGlobal())
    return &value;
  Expr read = value;
  if (auto *field = std::get_if<FieldValue>(&read.node); field && field->place == Place::Here)
    field->place = Place::Neighbour;
  else if (auto *let = std::get_if<LetValue>(&read.node); let && let->place == Place::Here)
    let->place = Place::Neighbour;
  else
    read = {LetValue{&makeHiddenLet(analysis, owner + ".part", value), Place::Neighbour},
            value.type,
            value.domain,
            value.span,
            {}};
  return analysis.make(std::move(read));
}

std::optional<Entries> MatrixAnalyzer::analyzeDiag(const ast::CallExpr &call) {
  if (call.arguments.size() != 1 || call.arguments[0].name) {
    analysis.report(diag::ArgumentCount, call.callee.span, call.callee.text, "1 argument",
                    std::to_string(call.arguments.size()));
    return std::nullopt;
  }
  const Expr *value = analyzeValue(*call.arguments[0].value);
  if (!value)
    return std::nullopt;
  if (value->domain.isGlobal())
    analysis.report(diag::DiagonalOfOneValue, value->span);
  else if (value->domain.kind == SetKind::Edges)
    analysis.report(diag::DiagonalOfEdges, findPlace(*value).span, spelling(value->domain));
  else
    return Entries{value->domain.network, value, nullptr};
  return std::nullopt;
}

//===- Linear maps ----------------------------------------------------------===//

/// What the map makes of a value of the nodes. Its name hides any other in the map alone: all
/// definitions that the map reads are analyzed before it.
const Expr *MatrixAnalyzer::analyzeMap(const ast::LambdaExpr &map, Field &argument) {
  Symbol symbol{.kind = SymbolKind::Field,
                .name = argument.name,
                .span = map.parameter.span,
                .field = &argument};
  Symbol *hidden = std::exchange(analysis.symbolOf[argument.name], &symbol);
  const Expr *value = analyzeValue(*map.body, argument.domain);
  if (hidden)
    analysis.symbolOf[argument.name] = hidden;
  else
    analysis.symbolOf.erase(argument.name);
  return requireOn(analysis, value, argument.domain, "what `linear` gives");
}

std::optional<Entries> MatrixAnalyzer::analyzeLinear(const ast::CallExpr &call) {
  bool isNamed = call.arguments.size() == 2;
  auto *map =
      call.arguments.empty() ? nullptr : dyn_cast<ast::LambdaExpr>(call.arguments.back().value);
  bool isAlone = !isNamed && analysis.networks.size() == 1;
  if (!map || call.arguments.size() > 2 || call.arguments.back().name || !(isNamed || isAlone)) {
    analysis.report(diag::LinearOfNoMap, call.callee.span);
    return std::nullopt;
  }
  const Network *network =
      isNamed ? resolveNetwork(call, call.arguments[0]) : analysis.networks[0]->network;
  if (!network)
    return std::nullopt;
  Field &argument = analysis.arguments.emplace_back(Field{.name = map->parameter.text.str(),
                                                          .domain = {network, SetKind::Nodes},
                                                          .type = Type::Real,
                                                          .span = map->span,
                                                          .nameSpan = map->parameter.span});
  const Expr *value = analyzeMap(*map, argument);
  if (!value)
    return std::nullopt;
  LinearForm form(analysis, argument, call.span);
  std::optional<LinearParts> parts = form.find(*value);
  if (form.fault())
    analysis.report(diag::NotLinear, form.fault()->span, argument.name, form.fault()->reason);
  else if (parts->rest)
    analysis.report(diag::LinearHasConstant, findPlace(*parts->rest).span, argument.name);
  else
    return Entries{network, parts->here, parts->there};
  return std::nullopt;
}

//===- Sums and products ----------------------------------------------------===//

const Expr *MatrixAnalyzer::negate(const Expr *value, Span span) {
  if (!value)
    return nullptr;
  return analysis.make({Unary{UnaryOp::Negate}, value->type, value->domain, span, {value}});
}

/// Both operands, of one network; none after an error.
std::pair<std::optional<Entries>, std::optional<Entries>>
MatrixAnalyzer::analyzeBoth(const ast::BinaryExpr &expr) {
  std::optional<Entries> left = analyze(*expr.left), right = analyze(*expr.right);
  if (!left || !right || left->network == right->network)
    return {left, right};
  analysis.report(diag::MatricesOfTwoNetworks, expr.right->span, right->network->name,
                  left->network->name);
  return {};
}

std::optional<Entries> MatrixAnalyzer::addMatrices(const ast::BinaryExpr &expr) {
  auto [left, right] = analyzeBoth(expr);
  if (!left || !right)
    return std::nullopt;
  bool isSum = expr.op == ast::BinaryOp::Add;
  auto add = [&](const Expr *a, const Expr *b) {
    if (a && b)
      return combine(isSum ? BinaryOp::Add : BinaryOp::Subtract, a, b, expr.span);
    return a || isSum ? (a ? a : b) : negate(b, expr.span);
  };
  return Entries{left->network, add(left->diagonal, right->diagonal),
                 add(left->entry, right->entry)};
}

std::optional<Entries> MatrixAnalyzer::multiplyMatrices(const ast::BinaryExpr &expr) {
  auto [left, right] = analyzeBoth(expr);
  if (!left || !right)
    return std::nullopt;
  if (left->entry && right->entry) {
    analysis.report(diag::MatrixProduct, expr.span);
    return std::nullopt;
  }
  auto times = [&](const Expr *a, const Expr *b) {
    return a && b ? combine(BinaryOp::Multiply, a, b, expr.span) : nullptr;
  };
  // The factor on the left is that of this row, the one on the right that of the column.
  auto here = [&](const Expr *factor) {
    return factor ? asEntryFactor(analysis, name, *factor) : nullptr;
  };
  auto there = [&](const Expr *factor) {
    return factor ? atNeighbour(analysis, name, *factor) : nullptr;
  };
  const Expr *entry = left->entry ? times(left->entry, there(right->diagonal))
                                  : times(here(left->diagonal), right->entry);
  return Entries{left->network, times(left->diagonal, right->diagonal), entry};
}

std::optional<Entries> MatrixAnalyzer::scale(const ast::BinaryExpr &expr, const ast::Expr &matrix,
                                             const ast::Expr &number) {
  std::optional<Entries> entries = analyze(matrix);
  const Expr *factor = analyzeValue(number);
  if (factor && !factor->domain.isGlobal()) {
    analysis.report(diag::MatrixTimesField, factor->span, spelling(factor->domain));
    return std::nullopt;
  }
  if (!entries || !factor)
    return std::nullopt;
  BinaryOp op = expr.op == ast::BinaryOp::Divide ? BinaryOp::Divide : BinaryOp::Multiply;
  auto apply = [&](const Expr *value) {
    return value ? combine(op, value, factor, expr.span) : nullptr;
  };
  return Entries{entries->network, apply(entries->diagonal), apply(entries->entry)};
}

std::optional<Entries> MatrixAnalyzer::analyzeBinary(const ast::BinaryExpr &expr) {
  bool isLeft = isMatrix(*expr.left), isRight = isMatrix(*expr.right);
  switch (expr.op) {
  case ast::BinaryOp::Add:
  case ast::BinaryOp::Subtract:
    return addMatrices(expr);
  case ast::BinaryOp::Multiply:
    if (isLeft && isRight)
      return multiplyMatrices(expr);
    return isLeft ? scale(expr, *expr.left, *expr.right) : scale(expr, *expr.right, *expr.left);
  case ast::BinaryOp::Divide:
    if (isLeft && !isRight)
      return scale(expr, *expr.left, *expr.right);
    [[fallthrough]];
  default:
    return notAMatrix(expr.span);
  }
}

//===- The declaration ------------------------------------------------------===//

/// Reals, or complex numbers.
static const Expr *asNumbers(Analysis &analysis, const Expr *value) {
  return value ? widen(analysis, value, std::max(Type::Real, value->type)) : nullptr;
}

/// The matrix of these entries, whose `network` is known.
static const Matrix *makeMatrix(Analysis &analysis, Matrix matrix, const Needs &needs) {
  matrix.diagonal = asNumbers(analysis, matrix.diagonal);
  matrix.entry = asNumbers(analysis, matrix.entry);
  matrix.type = matrix.entry ? matrix.entry->type : Type::Real;
  matrix.isHermitian = isHermitian(matrix);
  if (matrix.diagonal && matrix.diagonal->type == Type::Complex) {
    const Expr &diagonal = *matrix.diagonal;
    if (matrix.isHermitian)
      matrix.diagonal = analysis.make(
          {Call{Function::RealPart}, Type::Real, diagonal.domain, diagonal.span, {&diagonal}});
    else
      matrix.type = Type::Complex;
  }
  const Matrix *made = &analysis.model.matrices.emplace_back(std::move(matrix));
  Needs &known = analysis.needsOfMatrix[made];
  known = needs;
  known.state = true;
  return made;
}

void analyzeMatrix(Analysis &analysis, Symbol &symbol, const ast::Expr &tree) {
  MatrixAnalyzer analyzer(analysis, symbol.decl, symbol.name);
  std::optional<Entries> entries = analyzer.analyze(tree);
  symbol.isPoisoned = !entries;
  if (entries)
    symbol.matrix = makeMatrix(analysis,
                               {.name = symbol.name,
                                .network = entries->network,
                                .diagonal = entries->diagonal,
                                .entry = entries->entry,
                                .span = symbol.decl->span},
                               analyzer.needs);
}

const Matrix *makeHiddenMatrix(Analysis &analysis, Matrix matrix, const Needs &needs) {
  matrix.name = "matrix." + std::to_string(analysis.model.matrices.size());
  matrix.isHidden = true;
  return makeMatrix(analysis, std::move(matrix), needs);
}

const Matrix *analyzeMatrixExpr(Analysis &analysis, const ast::Expr &tree, const ast::Item *item) {
  if (auto *name = dyn_cast<ast::NameExpr>(&tree))
    if (const Symbol *named = analysis.find(name->name.text))
      return named->matrix;
  MatrixAnalyzer analyzer(analysis, item,
                          "matrix." + std::to_string(analysis.model.matrices.size()));
  std::optional<Entries> entries = analyzer.analyze(tree);
  if (!entries)
    return nullptr;
  return makeHiddenMatrix(analysis,
                          {.network = entries->network,
                           .diagonal = entries->diagonal,
                           .entry = entries->entry,
                           .span = tree.span},
                          analyzer.needs);
}

} // namespace irh::sema
