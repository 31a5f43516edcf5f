//===- Lanczos.cpp - tridiagonal matrices of a block of vectors -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/Lanczos.h"

#include "runtime/matrix/Arithmetic.h"

#include <cmath>
#include <limits>
#include <utility>

namespace irh::rt::eigen {
namespace {

using matrix::Block;
using matrix::Workers;

/// The Euclidean length of each column.
template <typename T> std::vector<double> norms(const Block<T> &x, const Workers &workers) {
  std::vector<double> lengths;
  for (const T square : matrix::dots(x, x, workers))
    lengths.push_back(std::sqrt(matrix::realPart(square)));
  return lengths;
}

/// Calls `update(column, entries of a node ...)` at each entry.
template <typename T, typename Update>
void forEachEntry(Block<T> &x, const Workers &workers, const Update &update) {
  const int numColumns = x.numColumns();
  matrix::forEachRun(x.numOwned(), workers.team, [&](std::int64_t first, std::int64_t end, int) {
    for (std::int64_t node = first; node < end; ++node)
      for (int c = 0; c < numColumns; ++c)
        update(node, static_cast<std::size_t>(c), x.row(node)[c]);
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
  // A column that has ended is zero from then on.
  std::vector<bool> hasEnded(numColumns, false);
  std::vector<double> lengths = norms(now, workers);
  std::vector<double> factors(numColumns);
  for (std::size_t c = 0; c < numColumns; ++c)
    hasEnded[c] = lengths[c] == 0;
  const auto normalize = [&](Block<T> &x) {
    for (std::size_t c = 0; c < numColumns; ++c)
      factors[c] = hasEnded[c] ? 0 : 1 / lengths[c];
    forEachEntry(x, workers, [&](std::int64_t, std::size_t c, T &entry) { entry *= factors[c]; });
  };
  normalize(now);
  std::vector<double> beta(numColumns, 0.0);
  double scale = 0; // Of the eigenvalues seen so far.
  for (int step = 0; step < numSteps; ++step) {
    matrix.apply(now, product, workers);
    forEachEntry(product, workers, [&](std::int64_t node, std::size_t c, T &entry) {
      entry -= beta[c] * before.row(node)[c];
    });
    const std::vector<T> alphas = matrix::dots(now, product, workers);
    forEachEntry(product, workers, [&](std::int64_t node, std::size_t c, T &entry) {
      entry -= matrix::realPart(alphas[c]) * now.row(node)[c];
    });
    lengths = norms(product, workers);
    for (std::size_t c = 0; c < numColumns; ++c) {
      if (hasEnded[c])
        continue;
      const double alpha = matrix::realPart(alphas[c]);
      runs[c].diagonal.push_back(alpha);
      scale = std::max({scale, std::abs(alpha), lengths[c]});
      hasEnded[c] = lengths[c] <= 8 * std::numeric_limits<double>::epsilon() * scale;
      if (!hasEnded[c] && step + 1 < numSteps)
        runs[c].offDiagonal.push_back(lengths[c]);
      beta[c] = hasEnded[c] ? 0 : lengths[c];
    }
    normalize(product);
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
