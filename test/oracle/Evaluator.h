//===- Evaluator.h - the value of an expression at a point ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_ORACLE_EVALUATOR_H
#define IRH_TEST_ORACLE_EVALUATOR_H

#include "compiler/Sema/Model.h"
#include "runtime/abi/Abi.h"
#include "runtime/program/CommandLine.h"
#include "runtime/random/Draws.h"
#include "test/oracle/Graph.h"
#include "test/oracle/Numbers.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace irh::oracle {

/// Where an expression is evaluated: at a node or at an edge, and inside a neighbor reduction at
/// one of its neighbors too. All -1: nowhere, for global expressions.
struct Point {
  std::int64_t node = -1;
  std::int64_t edge = -1;
  bool isFlipped = false; ///< The edge is seen from its src.
  std::int64_t neighborNode = -1;
  std::int64_t neighborEdge = -1;
  bool isNeighborFlipped = false;
  std::int64_t triangle = -1;
};

/// A moment of the run, as expressions see it.
struct Moment {
  double t = 0;
  std::int64_t step = 0;
  std::uint64_t drawStep = 0; ///< The word of the step in a draw's key: 0 before an evolve.
  double dt = 0;              ///< Of the step that is taken: noise is divided by its root.
};

/// One value for each point; a single one where there is no set.
using FieldValues = std::vector<Value>;

/// By rows.
using DenseMatrix = std::vector<std::vector<Complex>>;

/// Evaluates the trees of a model. Fields and the moment are set from outside.
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
  /// The solution, by elimination.
  FieldValues solve(const sema::Solve &solve);
  void initialise(const sema::Field &field);
  const Moment &now() const { return moment; }
  void setMoment(const Moment &when);

  std::uint64_t seed = 0; ///< The run's.

private:
  // One for each kind of node.
  Value visit(const sema::Constant &, const sema::Expr &, const Point &);
  Value visit(const sema::ParamValue &, const sema::Expr &, const Point &);
  Value visit(const sema::FieldValue &, const sema::Expr &, const Point &);
  Value visit(const sema::LetValue &, const sema::Expr &, const Point &);
  Value visit(const sema::Convert &, const sema::Expr &, const Point &);
  Value visit(const sema::Unary &, const sema::Expr &, const Point &);
  Value visit(const sema::Binary &, const sema::Expr &, const Point &);
  Value visit(const sema::Call &, const sema::Expr &, const Point &);
  Value visit(const sema::Select &, const sema::Expr &, const Point &);
  Value visit(const sema::NeighbourReduce &, const sema::Expr &, const Point &);
  Value visit(const sema::GlobalReduce &, const sema::Expr &, const Point &);
  Value visit(const sema::SetCount &, const sema::Expr &, const Point &);
  Value visit(const sema::Position &, const sema::Expr &, const Point &);
  Value visit(const sema::Degree &, const sema::Expr &, const Point &);
  Value visit(const sema::Id &, const sema::Expr &, const Point &);
  Value visit(const sema::Time &, const sema::Expr &, const Point &);
  Value visit(const sema::StepNumber &, const sema::Expr &, const Point &);
  Value visit(const sema::Column &, const sema::Expr &, const Point &);
  Value visit(const sema::Draw &, const sema::Expr &, const Point &);
  Value visit(const sema::Noise &, const sema::Expr &, const Point &);
  Value visit(const sema::Eigenvalue &, const sema::Expr &, const Point &);
  Value visit(const sema::FunctionalValue &, const sema::Expr &, const Point &);

  Value visit(const sema::ListElement &, const sema::Expr &, const Point &);
  Value visit(const sema::ListReduce &, const sema::Expr &, const Point &);
  Value visit(const sema::VectorValue &, const sema::Expr &, const Point &);
  Value visit(const sema::Eigenvectors &, const sema::Expr &, const Point &);
  Value visit(const sema::Holonomy &, const sema::Expr &, const Point &);
  std::int64_t countOf(const sema::Domain &domain);
  /// The edges of each triangle, on the way around it.
  const std::vector<std::array<Point, 3>> &trianglesOf(const sema::Network *network);

  DenseMatrix writeOut(const sema::Matrix &matrix);
  std::vector<Complex> numbersOn(const sema::Network *network, const sema::Expr &expr);
  /// All eigenvalues, ascending, of the whole matrix written out.
  std::vector<double> spectrumOf(const sema::Matrix &matrix);
  Value eigenvaluesFrom(const sema::Functional &functional);

  Point move(const Point &point, sema::Place place, const sema::Domain &domain) const;
  std::int64_t nodeAt(const Point &point, sema::Place place, const sema::Network *network) const;
  const rt::program::ParamValue &paramValue(const sema::Param *param) const;
  std::vector<Value> evaluateOperands(const sema::Expr &expr, const Point &point);
  rt::random::Words drawWords(std::string_view stream, const sema::Domain &domain,
                              const Point &point) const;
  FieldValues readColumn(const std::string &name, const sema::Expr &expr) const;
  const Graph &graphOf(const sema::Domain &domain) const { return graphs.at(domain.network); }
  void forgetState();

  const sema::Model &model;
  const rt::program::Settings &settings;
  std::map<const sema::Network *, Graph> graphs;
  std::map<const sema::Field *, FieldValues> fields;
  std::map<const sema::Expr *, FieldValues> columns;
  abi::Symmetry symmetry = {}; ///< Of the field that is initialised: columns are read by it.
  Moment moment;
  double eigenvalue = 0; ///< At which a function of a matrix is evaluated.
  // What is known of the state at hand; forgotten whenever it changes.
  std::map<const sema::Let *, FieldValues> lets;
  std::map<const sema::Expr *, Value> reductions;
  std::map<const sema::Matrix *, std::vector<double>> spectra;
  std::map<const sema::Vector *, FieldValues> vectors;
  std::map<const sema::Network *, std::vector<std::array<Point, 3>>> triangles;
};

} // namespace irh::oracle

#endif // IRH_TEST_ORACLE_EVALUATOR_H
