//===- Evaluator.cpp - the value of an expression at a point ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/oracle/Evaluator.h"

#include "runtime/random/Draws.h"

#include <algorithm>
#include <cmath>
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

// Networks.

Graph::Graph(rt::graph::Network network) : whole(std::move(network)) {
  rows.resize(static_cast<std::size_t>(whole.numNodes));
  for (std::int64_t edge = 0; edge < count(SetKind::Edges); ++edge) {
    const auto [src, dst] = at(whole.edges, edge);
    at(rows, src).push_back({dst, edge});
    if (dst != src)
      at(rows, dst).push_back({src, edge});
  }
  for (std::vector<Neighbor> &row : rows)
    std::sort(row.begin(), row.end(),
              [](const Neighbor &a, const Neighbor &b) { return a.node < b.node; });
}

std::int64_t Graph::count(SetKind kind) const {
  return kind == SetKind::Nodes ? whole.numNodes : static_cast<std::int64_t>(whole.edges.size());
}

// The state.

Evaluator::Evaluator(const sema::Model &model, const rt::program::Settings &settings)
    : model(model), settings(settings) {}

void Evaluator::addNetwork(const sema::Network &network, Graph graph) {
  graphs.emplace(&network, std::move(graph));
}

void Evaluator::setField(const sema::Field *field, FieldValues values) {
  fields[field] = std::move(values);
  reductions.clear();
}

void Evaluator::setTime(double t, std::int64_t step) {
  time = t;
  stepNumber = step;
  reductions.clear();
}

// Expressions.

Value Evaluator::evaluate(const Expr &expr, const Point &point) {
  return std::visit([&](const auto &node) { return visit(node, expr, point); }, expr.node);
}

FieldValues Evaluator::evaluateOn(const Domain &domain, const Expr &expr) {
  const std::int64_t numPoints = graphOf(domain).count(domain.kind);
  FieldValues values;
  for (std::int64_t i = 0; i < numPoints; ++i)
    values.push_back(
        evaluate(expr, domain.kind == SetKind::Nodes ? Point{.node = i} : Point{.edge = i}));
  return values;
}

std::vector<Value> Evaluator::evaluateOperands(const Expr &expr, const Point &point) {
  std::vector<Value> values;
  for (const Expr *operand : expr.operands)
    values.push_back(evaluate(*operand, point));
  return values;
}

const std::string &Evaluator::text(const Expr &expr) const {
  if (const auto *constant = std::get_if<sema::Constant>(&expr.node))
    return constant->text;
  const sema::Param *param = std::get<sema::ParamValue>(expr.node).param;
  for (std::size_t i = 0; i < model.params.size(); ++i)
    if (&model.params[i] == param)
      return std::get<std::string>(settings.params[i]);
  throw std::logic_error("a parameter of the model");
}

/// The point at `place`, as a point of its own: what is read there has no neighbor at hand.
Point Evaluator::move(const Point &point, Place place, const Domain &domain) const {
  switch (place) {
  case Place::Here:
    return {.node = point.node, .edge = point.edge};
  case Place::Neighbour:
    return domain.kind == SetKind::Nodes ? Point{.node = point.neighborNode}
                                         : Point{.edge = point.neighborEdge};
  case Place::Src:
    return {.node = at(graphOf(domain).whole.edges, point.edge).src};
  case Place::Dst:
    return {.node = at(graphOf(domain).whole.edges, point.edge).dst};
  }
  throw std::logic_error("a place");
}

static Value constantOf(const sema::Constant &constant, Type type) {
  switch (type) {
  case Type::Bool:
    return constant.integer != 0;
  case Type::Int:
    return constant.integer;
  case Type::Real:
    return constant.real;
  case Type::Complex:
    return Complex(constant.real, constant.imaginary);
  case Type::String:
    break;
  }
  throw std::logic_error("a number");
}

/// A real draw from the distribution, given a standard variate and the arguments.
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

double Evaluator::drawStandard(const sema::Draw &draw, const Expr &expr, const Point &point) const {
  draws::Key key{.a = static_cast<std::uint64_t>(point.node)};
  if (point.edge >= 0) {
    const auto [src, dst] = at(graphOf(expr.domain).whole.edges, point.edge);
    key = {.a = static_cast<std::uint64_t>(src), .b = static_cast<std::uint64_t>(dst)};
  }
  const draws::Words words = draws::draw(draws::makeStream(seed, draw.stream), key);
  const bool isNormal = draw.distribution == sema::Distribution::Normal ||
                        draw.distribution == sema::Distribution::Lognormal;
  return isNormal ? draws::normal(words) : draws::uniform(words);
}

const FieldValues &Evaluator::columnValues(const sema::Column &column, const Expr &expr) {
  auto [known, isNew] = columns.try_emplace(&expr);
  if (!isNew)
    return known->second;
  const rt::graph::Network &network = graphOf(expr.domain).whole;
  const bool isOnNodes = expr.domain.kind == SetKind::Nodes;
  if (expr.type == Type::Real || expr.type == Type::Complex) {
    for (const double value :
         isOnNodes ? nodeReals(network, column.name) : edgeReals(network, column.name))
      known->second.push_back(convert(value, expr.type));
  } else {
    for (const std::int64_t value :
         isOnNodes ? nodeInts(network, column.name) : edgeInts(network, column.name))
      known->second.push_back(expr.type == Type::Bool ? Value(value != 0) : Value(value));
  }
  return known->second;
}

template <typename Node>
Value Evaluator::visit(const Node &node, const Expr &expr, const Point &point) {
  if constexpr (std::is_same_v<Node, sema::Constant>) {
    return constantOf(node, expr.type);
  } else if constexpr (std::is_same_v<Node, sema::ParamValue>) {
    for (std::size_t i = 0; i < model.params.size(); ++i)
      if (&model.params[i] == node.param)
        return std::visit(
            [](const auto &value) -> Value {
              if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>)
                throw std::logic_error("a number");
              else
                return value;
            },
            settings.params[i]);
    throw std::logic_error("a parameter of the model");
  } else if constexpr (std::is_same_v<Node, sema::FieldValue>) {
    const Point there = move(point, node.place, node.field->domain);
    return at(fields.at(node.field), there.edge >= 0 ? there.edge : there.node);
  } else if constexpr (std::is_same_v<Node, sema::LetValue>) {
    return evaluate(*node.let->value, move(point, node.place, node.let->domain));
  } else if constexpr (std::is_same_v<Node, sema::Convert>) {
    return convert(evaluate(*expr.operands[0], point), expr.type);
  } else if constexpr (std::is_same_v<Node, sema::Unary>) {
    const Value operand = evaluate(*expr.operands[0], point);
    return node.op == sema::UnaryOp::Not ? Value(!toBool(operand)) : negate(operand);
  } else if constexpr (std::is_same_v<Node, sema::Binary>) {
    return apply(node.op, expr.type, evaluate(*expr.operands[0], point),
                 evaluate(*expr.operands[1], point));
  } else if constexpr (std::is_same_v<Node, sema::Call>) {
    return call(node.function, evaluateOperands(expr, point));
  } else if constexpr (std::is_same_v<Node, sema::Select>) {
    return evaluate(*expr.operands[toBool(evaluate(*expr.operands[0], point)) ? 1 : 2], point);
  } else if constexpr (std::is_same_v<Node, sema::NeighbourReduce>) {
    std::vector<Value> terms;
    for (const auto [neighbor, edge] : at(graphs.at(node.network).rows, point.node))
      terms.push_back(evaluate(
          *expr.operands[0], {.node = point.node, .neighborNode = neighbor, .neighborEdge = edge}));
    return reduce(node.kind, expr.type, terms);
  } else if constexpr (std::is_same_v<Node, sema::GlobalReduce>) {
    if (!reductions.contains(&expr))
      reductions[&expr] = reduce(node.kind, expr.type, evaluateOn(node.over, *expr.operands[0]));
    return reductions[&expr];
  } else if constexpr (std::is_same_v<Node, sema::SetCount>) {
    return graphOf(node.over).count(node.over.kind);
  } else if constexpr (std::is_same_v<Node, sema::Degree>) {
    const Domain nodes{node.network, SetKind::Nodes};
    const std::int64_t row = move(point, node.place, nodes).node;
    return static_cast<std::int64_t>(at(graphs.at(node.network).rows, row).size());
  } else if constexpr (std::is_same_v<Node, sema::Id>) {
    const Domain nodes{node.network, SetKind::Nodes};
    return graphs.at(node.network).whole.idOf(move(point, node.place, nodes).node);
  } else if constexpr (std::is_same_v<Node, sema::Time>) {
    return time;
  } else if constexpr (std::is_same_v<Node, sema::StepNumber>) {
    return stepNumber;
  } else if constexpr (std::is_same_v<Node, sema::Column>) {
    return at(columnValues(node, expr), point.edge >= 0 ? point.edge : point.node);
  } else {
    static_assert(std::is_same_v<Node, sema::Draw>);
    return shapeDraw(node.distribution, drawStandard(node, expr, point),
                     evaluateOperands(expr, point));
  }
}

} // namespace irh::oracle
