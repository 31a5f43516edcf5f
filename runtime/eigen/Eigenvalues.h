//===- Eigenvalues.h - a few eigenvalues from an end of the spectrum --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_EIGEN_EIGENVALUES_H
#define IRH_RUNTIME_EIGEN_EIGENVALUES_H

#include "runtime/abi/Abi.h"
#include "runtime/eigen/Dense.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace irh::rt::eigen {

inline constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::min();

/// What is asked for.
struct EigenvalueRequest {
  abi::SpectrumEnd end = abi::SpectrumEnd::Smallest;
  std::int64_t count = kAll; ///< At least 1; or all, ascending.
  double nearest = 0;        ///< Of SpectrumEnd::Nearest.
  double tolerance = 0;      ///< Of a residual, relative to the largest eigenvalue; 0: 1e-10.
  int maxRestarts = 300;
  std::uint64_t seed = 0;  ///< Of the vectors that the search starts from.
  bool hasVectors = false; ///< They are kept.

  /// What is sorted by: less is nearer to the end that is asked for.
  double distance(double value) const;
};

/// Eigenvalues, and a vector for each if they were asked for: on the nodes, of the element of the
/// matrix, of length 1. Of the entries that are at least half as large as the largest, that of the
/// least id is real and above 0. Where eigenvalues are equal, or nearly so, the vectors are some
/// basis of their space.
struct Eigenpairs {
  std::vector<double> values;
  std::vector<field::Field> vectors;
};

/// Eigenvalues from the end that is asked for, outward.
///
/// Small matrices, and all eigenvalues of any, are solved whole; others as EigenvalueSearch does.
///
/// Collective   over the ranks.
/// Cost         as `denseSpectrum`, or as EigenvalueSearch.
/// Determinism  the same bits for any number of threads; over ranks equal up to the tolerance.
/// Errors       InvalidArgument: more eigenvalues than rows, or Nearest of a matrix that is too
///              large to be solved whole; those of `denseSpectrum` and EigenvalueSearch.
Eigenpairs findEigenvalues(SpectralMatrix &matrix, const EigenvalueRequest &request,
                           const matrix::Workers &workers);

} // namespace irh::rt::eigen

#endif // IRH_RUNTIME_EIGEN_EIGENVALUES_H
