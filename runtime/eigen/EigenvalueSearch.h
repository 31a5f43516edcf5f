//===- EigenvalueSearch.h - eigenvalues at an end of a large spectrum -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_EIGEN_EIGENVALUESEARCH_H
#define IRH_RUNTIME_EIGEN_EIGENVALUESEARCH_H

#include "runtime/eigen/ChebyshevFilter.h"
#include "runtime/eigen/Eigenvalues.h"
#include "runtime/eigen/KrylovSchur.h"

#include <optional>
#include <utility>

namespace irh::rt::eigen {

/// Finds eigenvalues by a block Krylov-Schur method: blocks of four find eigenvalues of up to that
/// multiplicity, and more as the vectors of the first ones converge. Where the first basis does not
/// suffice, the next ones are of a Chebyshev polynomial of the matrix, which is large at the end of
/// the spectrum that is asked for; its interval follows what has been learnt of the spectrum. Where
/// a few eigenvalues lie so far from the rest that no polynomial makes both large, restarts go on
/// without. Each eigenvalue is a Rayleigh quotient of the matrix itself, and within its residual of
/// a true one.
///
/// Collective   over the ranks.
/// Cost         memory for max(40, 2 count + 16) vectors, and count more at the end; each step of a
///              basis takes as many products as its polynomial has degrees, and two passes over the
///              basis.
/// Determinism  the same bits for any number of threads; over ranks equal up to the tolerance.
/// Errors       Stopped: no convergence, with what was reached; those of `apply`, `solveDense`.
/// Source       H. Fang, Y. Saad, SIAM J. Sci. Comput. 34(4), 2012 (filtered Lanczos).
template <typename T> class EigenvalueSearch {
public:
  EigenvalueSearch(const matrix::HermitianMatrix<T> &matrix, const EigenvalueRequest &request,
                   const matrix::Workers &workers);

  Eigenpairs run();

private:
  using Block = matrix::Block<T>;

  /// What the matrix says of vectors: Rayleigh quotients, and lengths of what is left.
  struct Examined {
    std::vector<double> values, residuals;
  };

  double aim() const;
  bool isFound(const std::vector<double> &residuals);
  Ritz<T> searchPlainly();
  ChebyshevFilter filterFor(const Ritz<T> &ritz) const;
  std::optional<std::pair<double, double>> placesByDensity(const Ritz<T> &ritz) const;
  static Ritz<T> asOfMatrix(const ChebyshevFilter &filter, const Ritz<T> &ritz);
  bool searchWith(ChebyshevFilter &filter);
  std::optional<ChebyshevFilter> nextFilter(const ChebyshevFilter &filter, const Ritz<T> &ritz,
                                            bool hasRestarted) const;
  double relativeResidual(const ChebyshevFilter &filter, const Ritz<T> &ritz) const;
  bool isTimeToLook(std::size_t stride) const;
  void examine(const Ritz<T> &ritz);
  std::vector<field::Field> takeVectors(const std::vector<std::size_t> &order) const;
  std::size_t numKept() const;
  std::size_t numLarge(bool isDensityKnown) const;
  double mostRatio() const;

  const matrix::HermitianMatrix<T> &matrix;
  const EigenvalueRequest &request;
  matrix::Workers workers;
  std::size_t numWanted;
  KrylovSchur<T> basis;
  double bound;     ///< Of the sizes of all eigenvalues.
  double scale = 0; ///< The size of the largest that has been seen.
  double far = 0;   ///< Where the other end of the spectrum is, or beyond it.
  bool mayFilter = true;
  int numRestarts = 0;
  std::vector<Block> candidates; ///< The best vectors, when they were last examined.
  Examined found;
  std::size_t numFound = 0;
  double worst = 0; ///< Residual of those that are asked for.
};

} // namespace irh::rt::eigen

#endif // IRH_RUNTIME_EIGEN_EIGENVALUESEARCH_H
