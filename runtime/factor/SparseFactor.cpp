//===- SparseFactor.cpp - sparse matrices as products of triangles ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/factor/SparseFactor.h"

#include "runtime/core/Error.h"

#define EIGEN_MPL2_ONLY
#include <Eigen/OrderingMethods>
#include <Eigen/SparseCholesky>
#include <Eigen/SparseCore>
#include <Eigen/SparseLU>

#include <cmath>
#include <complex>
#include <limits>
#include <string>

namespace irh::rt::factor {
namespace {

using Complex = std::complex<double>;
using Permutation = Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, int>;
template <typename T> using Matrix = Eigen::SparseMatrix<T, Eigen::ColMajor, int>;
template <typename T> using Vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;

template <typename T> Matrix<T> assemble(std::int64_t n, std::span<const Entry<T>> entries) {
  std::vector<Eigen::Triplet<T, int>> triplets;
  triplets.reserve(entries.size());
  for (const Entry<T> &entry : entries)
    triplets.emplace_back(static_cast<int>(entry.row), static_cast<int>(entry.column), entry.value);
  Matrix<T> made(static_cast<int>(n), static_cast<int>(n));
  made.setFromTriplets(triplets.begin(), triplets.end());
  return made;
}

/// The numbers of L with columns in the order of `order`: each row walks up the elimination tree
/// from its entries. Source: T. Davis, Direct Methods for Sparse Linear Systems, 2006, chapter 4.
template <typename T>
std::optional<std::int64_t> countTriangle(const Matrix<T> &matrix, const Permutation &order) {
  const auto n = static_cast<std::size_t>(matrix.cols());
  // Eigen's order says where a column goes by its inverse.
  const Permutation placeOf = order.inverse();
  std::vector<int> parent(n, -1);
  std::vector<int> seenBy(n, -1);
  std::int64_t count = static_cast<std::int64_t>(n);
  for (int place = 0; place < matrix.cols(); ++place) {
    const int column = order.indices()[place];
    seenBy[static_cast<std::size_t>(place)] = place;
    for (typename Matrix<T>::InnerIterator it(matrix, column); it; ++it) {
      int at = placeOf.indices()[static_cast<int>(it.row())];
      while (at < place && seenBy[static_cast<std::size_t>(at)] != place) {
        int &up = parent[static_cast<std::size_t>(at)];
        if (up < 0)
          up = place;
        seenBy[static_cast<std::size_t>(at)] = place;
        if (++count > kMostFill)
          return std::nullopt;
        at = up;
      }
    }
  }
  return count;
}

template <typename T> Permutation orderOf(const Matrix<T> &matrix) {
  Permutation order;
  Eigen::AMDOrdering<int>()(matrix, order);
  return order;
}

} // namespace

template <typename T>
std::optional<std::int64_t> countFill(std::int64_t n, std::span<const Entry<T>> entries) {
  const Matrix<T> matrix = assemble(n, entries);
  if (n == 0)
    return 0;
  return countTriangle(matrix, orderOf(matrix));
}

template <typename T> struct SparseFactor<T>::Triangles {
  Eigen::SimplicialLDLT<Matrix<T>, Eigen::Lower, Eigen::AMDOrdering<int>> definite;
  Eigen::SparseLU<Matrix<T>, Eigen::AMDOrdering<int>> any;
  bool isDefinite = false;
  std::int64_t numRows = 0;

  /// Whether all pivots are well above 0.
  bool factorDefinite(const Matrix<T> &matrix) {
    definite.compute(matrix);
    if (definite.info() != Eigen::Success)
      return false;
    const auto &pivots = definite.vectorD();
    double largest = 0;
    for (int i = 0; i < pivots.size(); ++i)
      largest = std::max(largest, std::abs(pivots[i]));
    for (int i = 0; i < pivots.size(); ++i)
      if (!(std::real(pivots[i]) > 64 * std::numeric_limits<double>::epsilon() * largest))
        return false;
    return true;
  }
};

static Error singular() {
  return {ErrorCode::Stopped,
          "the matrix is singular, to rounding: one of its pivots is 0; look for nodes without "
          "edges, or for components whose rows add up to 0"};
}

template <typename T>
SparseFactor<T>::SparseFactor(std::int64_t n, std::span<const Entry<T>> entries,
                              Structure structure)
    : triangles(std::make_unique<Triangles>()) {
  triangles->numRows = n;
  if (n == 0)
    return;
  for (const Entry<T> &entry : entries)
    if (!std::isfinite(std::abs(entry.value)))
      throw Error(ErrorCode::Stopped, "an entry of the matrix is not finite");
  Matrix<T> matrix = assemble(n, entries);
  if (!countTriangle(matrix, orderOf(matrix)))
    throw invalid("the matrix of " + std::to_string(n) + " rows fills to more than " +
                  std::to_string(kMostFill) +
                  " numbers when it is factored; choose `cg`, `minres` or `gmres`");
  triangles->isDefinite = structure == Structure::Hermitian && triangles->factorDefinite(matrix);
  if (triangles->isDefinite)
    return;
  triangles->any.isSymmetric(true);
  triangles->any.setPivotThreshold(0.1);
  triangles->any.compute(matrix);
  if (triangles->any.info() != Eigen::Success)
    throw singular();
}

template <typename T> SparseFactor<T>::~SparseFactor() = default;
template <typename T> SparseFactor<T>::SparseFactor(SparseFactor &&) noexcept = default;
template <typename T>
SparseFactor<T> &SparseFactor<T>::operator=(SparseFactor &&) noexcept = default;

template <typename T> void SparseFactor<T>::solve(std::span<T> b) const {
  if (triangles->numRows == 0)
    return;
  Eigen::Map<Vector<T>> right(b.data(), static_cast<Eigen::Index>(b.size()));
  const Vector<T> solution = triangles->isDefinite ? Vector<T>(triangles->definite.solve(right))
                                                   : Vector<T>(triangles->any.solve(right));
  right = solution;
}

template <typename T> double SparseFactor<T>::logDeterminant() const {
  if (triangles->numRows == 0)
    return 0;
  if (!triangles->isDefinite)
    return std::real(triangles->any.logAbsDeterminant());
  double sum = 0;
  const auto &pivots = triangles->definite.vectorD();
  for (int i = 0; i < pivots.size(); ++i)
    sum += std::log(std::real(pivots[i]));
  return sum;
}

template class SparseFactor<double>;
template class SparseFactor<Complex>;
template std::optional<std::int64_t> countFill(std::int64_t, std::span<const Entry<double>>);
template std::optional<std::int64_t> countFill(std::int64_t, std::span<const Entry<Complex>>);

} // namespace irh::rt::factor
