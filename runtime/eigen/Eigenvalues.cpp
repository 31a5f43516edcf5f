//===- Eigenvalues.cpp - a few eigenvalues from an end of the spectrum ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/Eigenvalues.h"

#include "runtime/core/Error.h"
#include "runtime/eigen/EigenvalueSearch.h"
#include "runtime/matrix/Arithmetic.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace irh::rt::eigen {
using abi::SpectrumEnd;
using matrix::HermitianMatrix;
using matrix::Workers;

double EigenvalueRequest::distance(double value) const {
  switch (end) {
  case SpectrumEnd::Smallest:
    return value;
  case SpectrumEnd::Largest:
    return -value;
  case SpectrumEnd::Magnitude:
    return -std::abs(value);
  case SpectrumEnd::Nearest:
    return std::abs(value - nearest);
  }
  return value;
}

/// The places, among all values, of those that are asked for.
static std::vector<std::size_t> pickFrom(const std::vector<double> &all,
                                         const EigenvalueRequest &request) {
  if (request.count == kAll)
    return placesInOrder(all, [](double value) { return value; });
  std::vector<std::size_t> places =
      placesInOrder(all, [&](double value) { return request.distance(value); });
  places.resize(static_cast<std::size_t>(request.count));
  return places;
}

static Eigenpairs solveWhole(SpectralMatrix &matrix, const EigenvalueRequest &request,
                             const Workers &workers) {
  const std::vector<double> &all = matrix.spectrum(workers);
  const std::vector<std::size_t> picked = pickFrom(all, request);
  Eigenpairs found;
  for (const std::size_t i : picked)
    found.values.push_back(all[i]);
  if (request.hasVectors)
    found.vectors = std::visit(
        [&](const auto &rows) { return denseEigenvectors(rows, picked, workers); }, matrix.rows);
  return found;
}

/// Gives a vector length 1 and the phase that Eigenpairs says.
template <typename T> static void standardize(field::Field &vector, const Workers &workers) {
  T *const values = vector.values<T>();
  const partition::LocalSet &nodes = *vector.set;
  double sizes[2] = {0, 0}; // Of all entries, and of the largest.
  for (std::int64_t node = 0; node < nodes.numOwned; ++node) {
    const double square = matrix::squaredSize(values[node]);
    sizes[0] += square;
    sizes[1] = std::max(sizes[1], square);
  }
  matrix::addOverRanks({sizes, 1}, workers.comm);
  workers.comm.allreduce(std::as_writable_bytes(std::span(sizes + 1, 1)),
                         combineEach<double, [](double a, double b) { return std::max(a, b); }>);
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  T entry = T();
  for (std::int64_t node = 0; node < nodes.numOwned; ++node) {
    const std::int64_t id = nodes.globalIds[static_cast<std::size_t>(node)];
    // A little less than half, so that entries which are equal but for rounding are alike.
    if (id < least && 4.01 * matrix::squaredSize(values[node]) >= sizes[1]) {
      least = id;
      entry = values[node];
    }
  }
  if (workers.comm.least(least) != least)
    entry = T();
  matrix::addOverRanks({reinterpret_cast<double *>(&entry), sizeof(T) / sizeof(double)},
                       workers.comm);
  if (sizes[0] == 0)
    return;
  const T factor = matrix::conjugate(entry) / (std::abs(entry) * std::sqrt(sizes[0]));
  for (std::int64_t node = 0; node < nodes.numOwned; ++node)
    values[node] *= factor;
}

Eigenpairs findEigenvalues(SpectralMatrix &matrix, const EigenvalueRequest &request,
                           const Workers &workers) {
  const std::int64_t numRows = matrix.numRows();
  if (request.count != kAll && request.count < 1)
    throw invalid("`count:` is " + std::to_string(request.count) +
                  "; at least one eigenvalue must be asked for");
  if (request.count > numRows)
    throw invalid(std::to_string(request.count) +
                  " eigenvalues are asked for, and the matrix has " + std::to_string(numRows) +
                  "; lower `count:`");
  // A basis of nearly all vectors is no gain.
  const bool isWhole = request.count == kAll || matrix.isDense() ||
                       (request.count > numRows / 8 && numRows <= kMostWholeRows);
  if (!isWhole && request.end == SpectrumEnd::Nearest)
    throw invalid("eigenvalues `nearest` to a number are found in small matrices alone, and this "
                  "one has " +
                  std::to_string(numRows) + " rows; ask for the smallest or the largest");
  return std::visit(
      [&]<typename T>(const HermitianMatrix<T> &rows) {
        Eigenpairs found = isWhole ? solveWhole(matrix, request, workers)
                                   : EigenvalueSearch<T>(rows, request, workers).run();
        for (field::Field &vector : found.vectors)
          standardize<T>(vector, workers);
        return found;
      },
      matrix.rows);
}

} // namespace irh::rt::eigen
