//===- Lanczos.cpp - tridiagonal matrices of a block of vectors -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/Lanczos.h"

#include "runtime/matrix/Kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace irh::rt::eigen {
namespace {

using matrix::Block;
using matrix::Workers;

/// A block as doubles: `perColumn` lanes for each column.
template <typename T> struct Lanes {
  static constexpr std::size_t perColumn = sizeof(T) / sizeof(double);

  explicit Lanes(const Block<T> &like)
      : numColumns(static_cast<std::size_t>(like.numColumns())),
        width(static_cast<int>(numColumns * perColumn)) {}

  static double *data(Block<T> &block, std::int64_t node) {
    return reinterpret_cast<double *>(block.row(node));
  }
  /// A factor of each column, for each of its lanes.
  std::vector<double> spread(const std::vector<double> &ofColumns) const {
    std::vector<double> factors;
    for (const double factor : ofColumns)
      factors.insert(factors.end(), perColumn, factor);
    return factors;
  }
  /// The sum of the lanes of each column.
  std::vector<double> fold(const std::vector<double> &ofLanes) const {
    std::vector<double> sums(numColumns);
    for (std::size_t lane = 0; lane < ofLanes.size(); ++lane)
      sums[lane / perColumn] += ofLanes[lane];
    return sums;
  }

  std::size_t numColumns;
  int width;
};

/// w -= factors b; the real parts of the products of n and what w has become.
template <typename T>
std::vector<double> subtractAndDot(Block<T> &w, Block<T> &b, const std::vector<double> &factors,
                                   Block<T> &n, const Workers &workers) {
  const Lanes<T> lanes(w);
  const std::vector<double> ofLanes = lanes.spread(factors);
  return lanes.fold(matrix::sumRuns<double>(
      w.numOwned(), static_cast<std::size_t>(lanes.width), workers,
      [&](std::int64_t first, std::int64_t end, double *sums) {
        matrix::subtractAndDot(lanes.data(w, first), lanes.data(b, first), ofLanes.data(),
                               lanes.data(n, first), sums, lanes.width, end - first);
      }));
}

template <typename T>
void scale(Block<T> &w, const std::vector<double> &factors, const Workers &workers) {
  const Lanes<T> lanes(w);
  const std::vector<double> ofLanes = lanes.spread(factors);
  matrix::forEachRun(w.numOwned(), workers.team, [&](std::int64_t first, std::int64_t end, int) {
    matrix::scaleRows(lanes.data(w, first), ofLanes.data(), lanes.width, end - first);
  });
}

} // namespace

template <typename T>
std::vector<LanczosRun> runLanczos(const matrix::HermitianMatrix<T> &matrix, Block<T> &start,
                                   int numSteps, const Workers &workers) {
  const auto numColumns = static_cast<std::size_t>(start.numColumns());
  std::vector<LanczosRun> runs(numColumns);
  Block<T> before(matrix.nodes(), start.numColumns());
  Block<T> product(matrix.nodes(), start.numColumns());
  Block<T> &now = start;
  const std::vector<double> none(numColumns);
  std::vector<double> squares = subtractAndDot(now, before, none, now, workers);
  // A column that has ended is zero from then on.
  std::vector<bool> hasEnded(numColumns);
  std::vector<double> factors(numColumns);
  for (std::size_t c = 0; c < numColumns; ++c) {
    hasEnded[c] = squares[c] == 0;
    factors[c] = hasEnded[c] ? 0 : 1 / std::sqrt(squares[c]);
  }
  scale(now, factors, workers);
  std::vector<double> beta(numColumns);
  double largest = 0; // Of the entries so far.
  for (int step = 0; step < numSteps; ++step) {
    matrix.apply(now, product, workers);
    const std::vector<double> alpha = subtractAndDot(product, before, beta, now, workers);
    squares = subtractAndDot(product, now, alpha, product, workers);
    for (std::size_t c = 0; c < numColumns; ++c) {
      if (hasEnded[c])
        continue;
      const double length = std::sqrt(squares[c]);
      runs[c].diagonal.push_back(alpha[c]);
      largest = std::max({largest, std::abs(alpha[c]), length});
      hasEnded[c] = length <= 8 * std::numeric_limits<double>::epsilon() * largest;
      if (!hasEnded[c] && step + 1 < numSteps)
        runs[c].offDiagonal.push_back(length);
      beta[c] = hasEnded[c] ? 0 : length;
      factors[c] = hasEnded[c] ? 0 : 1 / length;
    }
    scale(product, factors, workers);
    std::swap(before.field.memory, now.field.memory);
    std::swap(now.field.memory, product.field.memory);
  }
  return runs;
}

template std::vector<LanczosRun> runLanczos(const matrix::HermitianMatrix<double> &,
                                            Block<double> &, int, const Workers &);
template std::vector<LanczosRun> runLanczos(const matrix::HermitianMatrix<matrix::Complex> &,
                                            Block<matrix::Complex> &, int, const Workers &);

} // namespace irh::rt::eigen
