//===- Evaluator.cpp - the value of an expression at a point ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/oracle/Evaluator.h"

#include "runtime/graph/Columns.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace irh::oracle {

using sema::Domain;
using sema::Expr;
using sema::Place;
using sema::SetKind;
using sema::Type;
namespace draws = rt::random;

template <typename T> static auto &at(T &container, std::int64_t index) {
  return container.at(static_cast<std::size_t>(index));
}

// The state.

Evaluator::Evaluator(const sema::Model &model, const rt::program::Settings &settings)
    : model(model), settings(settings) {}

void Evaluator::addNetwork(const sema::Network &network, Graph graph) {
  graphs.emplace(&network, std::move(graph));
}

void Evaluator::setField(const sema::Field *field, FieldValues values) {
  fields[field] = std::move(values);
  forgetState();
}

void Evaluator::initialise(const sema::Field &field) {
  symmetry = static_cast<abi::Symmetry>(field.symmetry);
  setField(&field, evaluateOn(field.domain, *field.initial));
}

void Evaluator::setMoment(const Moment &when) {
  moment = when;
  forgetState();
}

void Evaluator::forgetState() {
  lets.clear();
  reductions.clear();
  spectra.clear();
  vectors.clear();
}

// Points.

/// The point at `place`, as a point of its own: what is read there has no neighbor at hand.
Point Evaluator::move(const Point &point, Place place, const Domain &domain) const {
  if (domain.isGlobal())
    return {};
  switch (place) {
  case Place::Here:
    return {.node = point.node, .edge = point.edge, .isFlipped = point.isFlipped};
  case Place::Neighbour:
    if (domain.kind == SetKind::Nodes)
      return {.node = point.neighborNode};
    return {.edge = point.neighborEdge, .isFlipped = point.isNeighborFlipped};
  case Place::Src:
    return {.node = at(graphOf(domain).edges, point.edge).src};
  case Place::Dst:
    return {.node = at(graphOf(domain).edges, point.edge).dst};
  }
  throw std::logic_error("a place");
}

std::int64_t Evaluator::nodeAt(const Point &point, Place place,
                               const sema::Network *network) const {
  return move(point, place, {network, SetKind::Nodes}).node;
}

/// Which of a domain's values belongs to the point.
static std::int64_t indexOf(const Domain &domain, const Point &point) {
  if (domain.isGlobal())
    return 0;
  return domain.kind == SetKind::Nodes ? point.node : point.edge;
}

// Expressions.

Value Evaluator::evaluate(const Expr &expr, const Point &point) {
  return std::visit([&](const auto &node) { return visit(node, expr, point); }, expr.node);
}

std::int64_t Evaluator::countOf(const Domain &domain) {
  switch (domain.kind) {
  case SetKind::Nodes:
  case SetKind::Edges:
    return graphOf(domain).count(domain.kind);
  case SetKind::Triangles:
    return std::ssize(trianglesOf(domain.network));
  default:
    throw std::logic_error("the oracle knows neither cycles nor components");
  }
}

FieldValues Evaluator::evaluateOn(const Domain &domain, const Expr &expr) {
  if (domain.isGlobal())
    return {evaluate(expr)};
  FieldValues values;
  for (std::int64_t i = 0; i < countOf(domain); ++i)
    values.push_back(evaluate(expr, domain.kind == SetKind::Nodes   ? Point{.node = i}
                                    : domain.kind == SetKind::Edges ? Point{.edge = i}
                                                                    : Point{.triangle = i}));
  return values;
}

std::vector<Value> Evaluator::evaluateOperands(const Expr &expr, const Point &point) {
  std::vector<Value> values;
  for (const Expr *operand : expr.operands)
    values.push_back(evaluate(*operand, point));
  return values;
}

const rt::program::ParamValue &Evaluator::paramValue(const sema::Param *param) const {
  for (std::size_t i = 0; i < model.params.size(); ++i)
    if (&model.params[i] == param)
      return settings.params[i];
  throw std::logic_error("a parameter of the model");
}

const std::string &Evaluator::text(const Expr &expr) const {
  if (const auto *constant = std::get_if<sema::Constant>(&expr.node))
    return constant->text;
  return std::get<std::string>(paramValue(std::get<sema::ParamValue>(expr.node).param));
}

Value Evaluator::visit(const sema::Constant &constant, const Expr &expr, const Point &) {
  switch (expr.type) {
  case Type::Bool:
    return constant.integer != 0;
  case Type::Int:
    return constant.integer;
  case Type::Real:
    return constant.real;
  case Type::Complex:
    return Complex(constant.real, constant.imaginary);
  case Type::String:
  case Type::List:
    break;
  }
  throw std::logic_error("a number");
}

Value Evaluator::visit(const sema::ParamValue &node, const Expr &, const Point &) {
  auto toValue = [](const auto &value) -> Value {
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>)
      throw std::logic_error("a number");
    else
      return value;
  };
  return std::visit(toValue, paramValue(node.param));
}

/// What the src of an edge sees of a value that the edge stores.
static Value flipped(const Value &value, sema::Symmetry symmetry) {
  switch (symmetry) {
  case sema::Symmetry::Symmetric:
    return value;
  case sema::Symmetry::Hermitian:
    return std::conj(std::get<Complex>(value));
  case sema::Symmetry::Antisymmetric:
    return negate(value);
  }
  throw std::logic_error("a symmetry");
}

Value Evaluator::visit(const sema::FieldValue &node, const Expr &, const Point &point) {
  const Domain &domain = node.field->domain;
  const Point there = move(point, node.place, domain);
  const Value &stored = at(fields.at(node.field), indexOf(domain, there));
  return there.isFlipped ? flipped(stored, node.field->symmetry) : stored;
}

/// A definition on edges, seen from their src, is put together there; all others are made once.
Value Evaluator::visit(const sema::LetValue &node, const Expr &, const Point &point) {
  const sema::Let &let = *node.let;
  const Point there = move(point, node.place, let.domain);
  if (there.isFlipped)
    return evaluate(*let.value, there);
  if (!lets.contains(&let))
    lets[&let] = evaluateOn(let.domain, *let.value);
  return at(lets[&let], indexOf(let.domain, there));
}

Value Evaluator::visit(const sema::Convert &, const Expr &expr, const Point &point) {
  return convert(evaluate(*expr.operands[0], point), expr.type);
}

Value Evaluator::visit(const sema::Unary &node, const Expr &expr, const Point &point) {
  const Value operand = evaluate(*expr.operands[0], point);
  return node.op == sema::UnaryOp::Not ? Value(!toBool(operand)) : negate(operand);
}

Value Evaluator::visit(const sema::Binary &node, const Expr &expr, const Point &point) {
  return apply(node.op, expr.type, evaluate(*expr.operands[0], point),
               evaluate(*expr.operands[1], point));
}

Value Evaluator::visit(const sema::Call &node, const Expr &expr, const Point &point) {
  return call(node.function, evaluateOperands(expr, point));
}

Value Evaluator::visit(const sema::Select &, const Expr &expr, const Point &point) {
  return evaluate(*expr.operands[toBool(evaluate(*expr.operands[0], point)) ? 1 : 2], point);
}

Value Evaluator::visit(const sema::NeighbourReduce &node, const Expr &expr, const Point &point) {
  std::vector<Value> terms;
  for (const auto &neighbor : at(graphs.at(node.network).rows(node.direction), point.node))
    terms.push_back(evaluate(*expr.operands[0], {.node = point.node,
                                                 .neighborNode = neighbor.node,
                                                 .neighborEdge = neighbor.edge,
                                                 .isNeighborFlipped = neighbor.isFlipped}));
  return reduce(node.kind, expr.type, terms);
}

Value Evaluator::visit(const sema::GlobalReduce &node, const Expr &expr, const Point &) {
  if (!reductions.contains(&expr))
    reductions[&expr] = reduce(node.kind, expr.type, evaluateOn(node.over, *expr.operands[0]));
  return reductions[&expr];
}

Value Evaluator::visit(const sema::SetCount &node, const Expr &, const Point &) {
  return countOf(node.over);
}

Value Evaluator::visit(const sema::Position &node, const Expr &, const Point &point) {
  return at(at(graphs.at(node.network).positions, node.axis),
            nodeAt(point, node.place, node.network));
}

Value Evaluator::visit(const sema::Degree &node, const Expr &, const Point &point) {
  const Graph &graph = graphs.at(node.network);
  return static_cast<std::int64_t>(at(graph.nbrs, nodeAt(point, node.place, node.network)).size());
}

Value Evaluator::visit(const sema::Id &node, const Expr &, const Point &point) {
  const Graph &graph = graphs.at(node.network);
  const std::int64_t row = nodeAt(point, node.place, node.network);
  return graph.read ? graph.read->idOf(row) : row;
}

Value Evaluator::visit(const sema::Time &, const Expr &, const Point &) { return moment.t; }

Value Evaluator::visit(const sema::StepNumber &, const Expr &, const Point &) {
  return moment.step;
}

// Columns.

template <typename Numbers> static FieldValues toValues(const Numbers &numbers, Type type) {
  FieldValues values;
  for (const auto number : numbers)
    values.push_back(type == Type::Bool ? Value(number != decltype(number)(0))
                                        : convert(Value(number), type));
  return values;
}

FieldValues Evaluator::readColumn(const std::string &name, const Expr &expr) const {
  const rt::graph::Network &network = graphOf(expr.domain).read.value();
  const bool isOnNodes = expr.domain.kind == SetKind::Nodes;
  if (expr.type == Type::Complex && !isOnNodes)
    return toValues(edgeComplexes(network, name, symmetry), expr.type);
  if (expr.type == Type::Real || expr.type == Type::Complex)
    return toValues(isOnNodes ? nodeReals(network, name) : edgeReals(network, name, symmetry),
                    expr.type);
  return toValues(isOnNodes ? nodeInts(network, name) : edgeInts(network, name, symmetry),
                  expr.type);
}

Value Evaluator::visit(const sema::Column &node, const Expr &expr, const Point &point) {
  if (!columns.contains(&expr))
    columns[&expr] = readColumn(node.name, expr);
  return at(columns[&expr], indexOf(expr.domain, point));
}

// Random numbers.

/// A draw from the distribution, given a standard variate and the arguments.
static Value shapeDraw(sema::Distribution distribution, double variate,
                       const std::vector<Value> &arguments) {
  switch (distribution) {
  case sema::Distribution::Uniform:
    return toReal(arguments[0]) + (toReal(arguments[1]) - toReal(arguments[0])) * variate;
  case sema::Distribution::Normal:
    return toReal(arguments[0]) + toReal(arguments[1]) * variate;
  case sema::Distribution::Lognormal:
    return std::exp(toReal(arguments[0]) + toReal(arguments[1]) * variate);
  case sema::Distribution::Exponential:
    return -std::log(1 - variate) / toReal(arguments[0]);
  case sema::Distribution::Bernoulli:
    return variate < toReal(arguments[0]);
  case sema::Distribution::Choice:
    return std::min(static_cast<std::int64_t>(variate * static_cast<double>(toInt(arguments[0]))),
                    toInt(arguments[0]) - 1);
  }
  throw std::logic_error("a distribution");
}

/// Random bits of a stream for the point, at the moment's step.
draws::Words Evaluator::drawWords(std::string_view stream, const Domain &domain,
                                  const Point &point) const {
  draws::Key key{.step = moment.drawStep};
  if (point.edge >= 0) {
    const auto [src, dst] = at(graphOf(domain).edges, point.edge);
    key.a = static_cast<std::uint64_t>(std::min(src, dst));
    key.b = static_cast<std::uint64_t>(std::max(src, dst));
    key.ordinal = src > dst ? 1 : 0;
  } else if (point.node >= 0) {
    key.a = static_cast<std::uint64_t>(point.node);
  }
  return draws::draw(draws::makeStream(seed, stream), key);
}

Value Evaluator::visit(const sema::Draw &node, const Expr &expr, const Point &point) {
  const draws::Words words = drawWords(node.stream, expr.domain, point);
  const bool isNormal = node.distribution == sema::Distribution::Normal ||
                        node.distribution == sema::Distribution::Lognormal;
  return shapeDraw(node.distribution, isNormal ? draws::normal(words) : draws::uniform(words),
                   evaluateOperands(expr, point));
}

Value Evaluator::visit(const sema::Noise &node, const Expr &expr, const Point &point) {
  return draws::normal(drawWords(node.stream, expr.domain, point)) / std::sqrt(moment.dt);
}

} // namespace irh::oracle
