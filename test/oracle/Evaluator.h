//===- Evaluator.h - the value of an expression at a point ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_ORACLE_EVALUATOR_H
#define IRH_TEST_ORACLE_EVALUATOR_H

#include "compiler/Sema/Model.h"
#include "runtime/graph/Network.h"
#include "runtime/program/CommandLine.h"
#include "test/oracle/Numbers.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace irh::oracle {

/// A network with its neighbors spelled out: rows[i] lists those of node i by ascending row.
struct Graph {
  struct Neighbor {
    std::int64_t node;
    std::int64_t edge;
  };

  explicit Graph(rt::graph::Network network);
  std::int64_t count(sema::SetKind kind) const;

  rt::graph::Network whole;
  std::vector<std::vector<Neighbor>> rows;
};

/// Where an expression is evaluated: at a node or at an edge, and inside a neighbor reduction at
/// one of its neighbors too. All -1: nowhere, for global expressions.
struct Point {
  std::int64_t node = -1;
  std::int64_t edge = -1;
  std::int64_t neighborNode = -1;
  std::int64_t neighborEdge = -1;
};

using FieldValues = std::vector<Value>;

/// Evaluates the trees of a model. Fields and time are set from outside.
class Evaluator {
public:
  Evaluator(const sema::Model &model, const rt::program::Settings &settings);

  Value evaluate(const sema::Expr &expr, const Point &point = {});
  /// The value at every point of a set.
  FieldValues evaluateOn(const sema::Domain &domain, const sema::Expr &expr);
  const std::string &text(const sema::Expr &expr) const;

  void addNetwork(const sema::Network &network, Graph graph);
  const FieldValues &fieldValues(const sema::Field *field) const { return fields.at(field); }
  void setField(const sema::Field *field, FieldValues values);
  void setTime(double t, std::int64_t step);

  std::uint64_t seed = 0; ///< The run's.

private:
  template <typename Node>
  Value visit(const Node &node, const sema::Expr &expr, const Point &point);
  Point move(const Point &point, sema::Place place, const sema::Domain &domain) const;
  std::vector<Value> evaluateOperands(const sema::Expr &expr, const Point &point);
  double drawStandard(const sema::Draw &draw, const sema::Expr &expr, const Point &point) const;
  const FieldValues &columnValues(const sema::Column &column, const sema::Expr &expr);
  const Graph &graphOf(const sema::Domain &domain) const { return graphs.at(domain.network); }

  const sema::Model &model;
  const rt::program::Settings &settings;
  std::map<const sema::Network *, Graph> graphs;
  std::map<const sema::Field *, FieldValues> fields;
  double time = 0;
  std::int64_t stepNumber = 0;
  std::map<const sema::Expr *, FieldValues> columns;
  /// Global reductions of the state at hand; forgotten whenever it changes.
  std::map<const sema::Expr *, Value> reductions;
};

} // namespace irh::oracle

#endif // IRH_TEST_ORACLE_EVALUATOR_H
