//===- Dense.h - all eigenvalues of a small matrix --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_EIGEN_DENSE_H
#define IRH_RUNTIME_EIGEN_DENSE_H

#include "runtime/eigen/NullSpace.h"
#include "runtime/matrix/HermitianMatrix.h"

#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace irh::rt::eigen {

/// Up to so many rows a matrix is solved whole where that is one way of several: it then takes less
/// than ten seconds (real, 4096 rows: 8 s; complex, 2000 rows: 3 s; one core of an AMD EPYC).
template <typename T>
inline constexpr std::int64_t kMostDenseRows = std::is_same_v<T, double> ? 4096 : 2048;

/// Up to so many rows it is solved whole at all: 6.4 GB of complex entries.
inline constexpr std::int64_t kMostWholeRows = 20000;

/// A matrix, and its eigenvalues once somebody has asked for all of them.
struct SpectralMatrix {
  explicit SpectralMatrix(matrix::AnyMatrix rows) : rows(std::move(rows)) {}

  matrix::AnyMatrix rows;

  std::int64_t numRows() const;
  bool isDense() const; ///< Has at most kMostDenseRows.
  /// All eigenvalues, ascending; as `denseSpectrum`, once. Errors: InvalidArgument for more than
  /// kMostWholeRows.
  const std::vector<double> &spectrum(const matrix::Workers &workers);

  /// The null vectors that are known, found once. T is that of the rows.
  template <typename T> const NullSpace<T> &nullSpaceOf(const matrix::Workers &workers) {
    auto &found = std::get<std::optional<NullSpace<T>>>(nullSpaces);
    if (!found)
      found.emplace(std::get<matrix::HermitianMatrix<T>>(rows), workers);
    return *found;
  }

private:
  std::optional<std::vector<double>> known;
  std::tuple<std::optional<NullSpace<double>>, std::optional<NullSpace<matrix::Complex>>>
      nullSpaces;
};

/// All eigenvalues, ascending.
///
/// Collective   every rank gets the whole matrix; rank 0 solves it.
/// Cost         n^2 entries of memory on each rank, and as `solveDense`.
/// Determinism  the same bits for any number of threads and ranks.
/// Errors       as `solveDense`; Aborted, std::bad_alloc.
template <typename T>
std::vector<double> denseSpectrum(const matrix::HermitianMatrix<T> &matrix,
                                  const matrix::Workers &workers);

/// The eigenvectors of these eigenvalues, by their places from the least on. Costs and errors as of
/// `denseSpectrum`, which it does anew.
template <typename T>
std::vector<field::Field> denseEigenvectors(const matrix::HermitianMatrix<T> &matrix,
                                            std::span<const std::size_t> places,
                                            const matrix::Workers &workers);

} // namespace irh::rt::eigen

#endif // IRH_RUNTIME_EIGEN_DENSE_H
