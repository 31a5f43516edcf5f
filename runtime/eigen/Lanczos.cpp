//===- Lanczos.cpp - tridiagonal matrices of a block of vectors -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/Lanczos.h"

#include "runtime/matrix/Kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace irh::rt::eigen {
using matrix::Block;
using matrix::Workers;

/// w -= factors b, column by column; the squares of the lengths of what w has become.
template <typename T>
static std::vector<double> subtractAndSquare(Block<T> &w, Block<T> &b,
                                             const std::vector<double> &factors,
                                             const Workers &workers) {
  constexpr std::size_t kParts = sizeof(T) / sizeof(double);
  std::vector<double> ofLanes;
  for (const double factor : factors)
    ofLanes.insert(ofLanes.end(), kParts, factor);
  const std::vector<double> sums = matrix::sumRuns<double>(
      w.numOwned(), ofLanes.size(), workers,
      [&](std::int64_t first, std::int64_t end, double *into) {
        matrix::subtractAndSquare(reinterpret_cast<double *>(w.row(first)),
                                  reinterpret_cast<const double *>(b.row(first)), ofLanes.data(),
                                  into, static_cast<int>(ofLanes.size()), end - first);
      });
  std::vector<double> squares(factors.size());
  for (std::size_t lane = 0; lane < sums.size(); ++lane)
    squares[lane / kParts] += sums[lane];
  return squares;
}

template <typename T>
std::vector<LanczosRun> runLanczos(const matrix::HermitianMatrix<T> &matrix, Block<T> &start,
                                   int numSteps, const Workers &workers) {
  const auto numColumns = static_cast<std::size_t>(start.numColumns());
  std::vector<LanczosRun> runs(numColumns);
  // Vectors keep the lengths that they come with: 1 over it is taken into the next product.
  Block<T> before(matrix.nodes(), start.numColumns());
  Block<T> &now = start;
  std::vector<double> scales(numColumns), back(numColumns), along(numColumns), factors(numColumns);
  std::vector<bool> hasEnded(numColumns);
  std::vector<double> lengths;
  for (const double square : subtractAndSquare(now, before, factors, workers))
    lengths.push_back(std::sqrt(square));
  for (std::size_t c = 0; c < numColumns; ++c) {
    hasEnded[c] = lengths[c] == 0;
    scales[c] = hasEnded[c] ? 0 : 1 / lengths[c];
  }
  double largest = 0; // Of the entries so far.
  for (int step = 0; step < numSteps; ++step) {
    // before = M q - beta q_before, where q is `now` over its length.
    const std::vector<double> products =
        matrix.applyRecurrence(now, before, {.scales = scales, .factors = back}, workers);
    for (std::size_t c = 0; c < numColumns; ++c) {
      along[c] = products[c] * scales[c];
      factors[c] = along[c] * scales[c];
    }
    const std::vector<double> squares = subtractAndSquare(before, now, factors, workers);
    for (std::size_t c = 0; c < numColumns; ++c) {
      if (hasEnded[c])
        continue;
      const double length = std::sqrt(squares[c]);
      runs[c].diagonal.push_back(along[c]);
      largest = std::max({largest, std::abs(along[c]), length});
      hasEnded[c] = length <= 8 * std::numeric_limits<double>::epsilon() * largest;
      if (!hasEnded[c] && step + 1 < numSteps)
        runs[c].offDiagonal.push_back(length);
      // A column that has ended is multiplied by 0 from then on.
      back[c] = hasEnded[c] ? 0 : length * scales[c];
      scales[c] = hasEnded[c] ? 0 : 1 / length;
    }
    std::swap(before.field.memory, now.field.memory);
  }
  return runs;
}

template std::vector<LanczosRun> runLanczos(const matrix::HermitianMatrix<double> &,
                                            Block<double> &, int, const Workers &);
template std::vector<LanczosRun> runLanczos(const matrix::HermitianMatrix<matrix::Complex> &,
                                            Block<matrix::Complex> &, int, const Workers &);

} // namespace irh::rt::eigen
