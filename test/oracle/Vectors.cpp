//===- Vectors.cpp - vectors that matrices give, by the plainest methods ----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/oracle/Evaluator.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace irh::oracle {
namespace {

Complex toComplex(const Value &value) {
  return std::get<Complex>(convert(value, sema::Type::Complex));
}

/// Gaussian elimination, with the largest pivot of each column.
std::vector<Complex> eliminate(DenseMatrix a, std::vector<Complex> b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k; i < n; ++i)
      if (std::abs(a[i][k]) > std::abs(a[pivot][k]))
        pivot = i;
    std::swap(a[k], a[pivot]);
    std::swap(b[k], b[pivot]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const Complex factor = a[i][k] / a[k][k];
      for (std::size_t j = k; j < n; ++j)
        a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j)
      b[k] -= a[k][j] * b[j];
    b[k] /= a[k][k];
  }
  return b;
}

std::vector<Complex> multiply(const DenseMatrix &a, const std::vector<Complex> &x) {
  std::vector<Complex> y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < x.size(); ++j)
      y[i] += a[i][j] * x[j];
  return y;
}

/// Many short steps of the power series.
std::vector<Complex> exponentiate(const DenseMatrix &a, Complex factor, std::vector<Complex> x) {
  double size = 0;
  for (const std::vector<Complex> &row : a) {
    double sum = 0;
    for (const Complex &entry : row)
      sum += std::abs(entry);
    size = std::max(size, sum);
  }
  const auto numSteps = static_cast<int>(std::ceil(2 * size * std::abs(factor))) + 1;
  for (int step = 0; step < numSteps; ++step) {
    std::vector<Complex> term = x;
    for (int k = 1; k < 30; ++k) {
      term = multiply(a, term);
      for (std::size_t i = 0; i < x.size(); ++i) {
        term[i] *= factor / static_cast<double>(numSteps * k);
        x[i] += term[i];
      }
    }
  }
  return x;
}

/// Length 1; the first entry that is not much smaller than the largest is real and above 0.
void standardize(std::vector<Complex> &x) {
  double square = 0;
  double largest = 0;
  for (const Complex &entry : x) {
    square += std::norm(entry);
    largest = std::max(largest, std::abs(entry));
  }
  const Complex first = *std::find_if(x.begin(), x.end(), [&](const Complex &entry) {
    return 4.01 * std::norm(entry) >= largest * largest;
  });
  for (Complex &entry : x)
    entry *= std::conj(first) / (std::abs(first) * std::sqrt(square));
}

/// Of an eigenvalue that is not repeated, by inverse iteration.
std::vector<Complex> eigenvectorOf(DenseMatrix a, double value) {
  for (std::size_t i = 0; i < a.size(); ++i)
    a[i][i] -= value + 1e-9 * (1 + std::abs(value));
  std::vector<Complex> x(a.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = 1 + std::sin(static_cast<double>(i + 1));
  for (int pass = 0; pass < 4; ++pass) {
    x = eliminate(a, x);
    standardize(x);
  }
  return x;
}

} // namespace

DenseMatrix Evaluator::writeOut(const sema::Matrix &matrix) {
  const Graph &graph = graphs.at(matrix.network);
  const auto count = static_cast<std::size_t>(graph.count(sema::SetKind::Nodes));
  DenseMatrix dense(count, std::vector<Complex>(count));
  for (std::size_t row = 0; row < count; ++row) {
    const auto node = static_cast<std::int64_t>(row);
    if (matrix.diagonal)
      dense[row][row] += toComplex(evaluate(*matrix.diagonal, {.node = node}));
    if (!matrix.entry)
      continue;
    for (const auto &neighbor : graph.rows(sema::Direction::Nbrs)[row])
      dense[row][static_cast<std::size_t>(neighbor.node)] +=
          toComplex(evaluate(*matrix.entry, {.node = node,
                                             .neighborNode = neighbor.node,
                                             .neighborEdge = neighbor.edge,
                                             .isNeighborFlipped = neighbor.isFlipped}));
  }
  return dense;
}

std::vector<Complex> Evaluator::numbersOn(const sema::Network *network, const sema::Expr &expr) {
  std::vector<Complex> numbers;
  for (const Value &value : evaluateOn({network, sema::SetKind::Nodes}, expr))
    numbers.push_back(toComplex(value));
  return numbers;
}

static FieldValues asValues(const std::vector<Complex> &numbers, sema::Type type) {
  FieldValues values;
  for (const Complex &number : numbers)
    values.push_back(type == sema::Type::Complex ? Value(number) : Value(number.real()));
  return values;
}

FieldValues Evaluator::solve(const sema::Solve &solve) {
  const sema::Network *network = solve.matrix->network;
  return asValues(eliminate(writeOut(*solve.matrix), numbersOn(network, *solve.right)),
                  solve.unknown->type);
}

Value Evaluator::visit(const sema::VectorValue &node, const sema::Expr &, const Point &point) {
  const sema::Vector &vector = *node.vector;
  if (!vectors.contains(&vector)) {
    std::vector<Complex> numbers;
    if (vector.kind == sema::VectorKind::Exponential) {
      numbers = exponentiate(writeOut(*vector.matrix), toComplex(evaluate(*vector.factor)),
                             numbersOn(vector.matrix->network, *vector.start));
    } else {
      const Value list = eigenvaluesFrom(*vector.functional);
      const auto index = static_cast<std::size_t>(toInt(evaluate(*vector.index)));
      numbers = eigenvectorOf(writeOut(*vector.matrix), std::get<std::vector<double>>(list)[index]);
    }
    vectors[&vector] = asValues(numbers, vector.type);
  }
  const auto at = nodeAt(point, node.place, vector.matrix->network);
  return vectors[&vector][static_cast<std::size_t>(at)];
}

Value Evaluator::visit(const sema::Eigenvectors &, const sema::Expr &, const Point &) {
  throw std::logic_error("only files hold all eigenvectors");
}

Value Evaluator::visit(const sema::ListElement &, const sema::Expr &expr, const Point &) {
  const Value list = evaluate(*expr.operands[0]);
  const auto index = static_cast<std::size_t>(toInt(evaluate(*expr.operands[1])));
  return std::get<std::vector<double>>(list).at(index);
}

Value Evaluator::visit(const sema::ListReduce &node, const sema::Expr &expr, const Point &) {
  const Value list = evaluate(*expr.operands[0]);
  const auto &values = std::get<std::vector<double>>(list);
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  switch (node.kind) {
  case sema::ReduceKind::Sum:
    return sum;
  case sema::ReduceKind::Mean:
    return sum / static_cast<double>(values.size());
  case sema::ReduceKind::Min:
    return *std::min_element(values.begin(), values.end());
  default:
    return *std::max_element(values.begin(), values.end());
  }
}

const std::vector<std::array<Point, 3>> &Evaluator::trianglesOf(const sema::Network *network) {
  if (triangles.contains(network))
    return triangles[network];
  std::vector<std::array<Point, 3>> &found = triangles[network];
  const auto &rows = graphs.at(network).rows(sema::Direction::Nbrs);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (const auto &ij : rows[i])
      for (const auto &jk : rows[static_cast<std::size_t>(ij.node)])
        for (const auto &ki : rows[static_cast<std::size_t>(jk.node)])
          if (static_cast<std::int64_t>(i) < ij.node && ij.node < jk.node &&
              ki.node == static_cast<std::int64_t>(i))
            found.push_back({Point{.edge = ij.edge, .isFlipped = ij.isFlipped},
                             Point{.edge = jk.edge, .isFlipped = jk.isFlipped},
                             Point{.edge = ki.edge, .isFlipped = ki.isFlipped}});
  return found;
}

Value Evaluator::visit(const sema::Holonomy &, const sema::Expr &expr, const Point &point) {
  const auto &around =
      trianglesOf(expr.domain.network).at(static_cast<std::size_t>(point.triangle));
  Complex product = 1;
  for (const Point &edge : around)
    product *= toComplex(evaluate(*expr.operands[0], edge));
  return expr.type == sema::Type::Complex ? Value(product) : Value(product.real());
}

} // namespace irh::oracle
