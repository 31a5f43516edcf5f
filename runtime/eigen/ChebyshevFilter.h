//===- ChebyshevFilter.h - polynomials large at an end of a spectrum ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_EIGEN_CHEBYSHEVFILTER_H
#define IRH_RUNTIME_EIGEN_CHEBYSHEVFILTER_H

#include "runtime/matrix/HermitianMatrix.h"

namespace irh::rt::eigen {

/// A Chebyshev polynomial p of the first kind, stretched so that it is small on an interval between
/// `edge` and `far`, and grows from `edge` on to p(end) = 1. Beyond `far` it grows too.
struct ChebyshevFilter {
  double far = 0, edge = 0, last = 0, end = 0;
  int degree = 1;

  /// For eigenvalues between `end` and `last`, which lies beyond `edge` or there: of a degree that
  /// makes p a hundred times as large at `last` as in the interval, but at `end` no more than
  /// `mostRatio` times as large as at `last`.
  static ChebyshevFilter forEigenvalues(double end, double last, double edge, double far,
                                        double mostRatio);

  /// p at an eigenvalue that is not in the interval; and where p has this value there. `edge` for
  /// values that p has in the interval.
  double at(double eigenvalue) const;
  /// Whether this is beyond `edge`, where p grows to the end.
  bool isBeyondEdge(double eigenvalue) const { return (eigenvalue - edge) * half() > 0; }
  double whereItIs(double value) const;

  /// y becomes p(M) x; x is overwritten.
  ///
  /// Collective   over the ranks.
  /// Cost         `degree` products, each one pass over the rows and both blocks.
  /// Determinism  as of `apply`.
  /// Errors       Aborted.
  /// Source       Y. Zhou, Y. Saad, SIAM J. Matrix Anal. Appl. 29(3), 2007.
  template <typename T>
  void apply(const matrix::HermitianMatrix<T> &matrix, matrix::Block<T> &x, matrix::Block<T> &y,
             const matrix::Workers &workers) const;

private:
  double middle() const { return (far + edge) / 2; }
  double half() const { return (edge - far) / 2; } ///< Below 0 where `edge` is.
};

} // namespace irh::rt::eigen

#endif // IRH_RUNTIME_EIGEN_CHEBYSHEVFILTER_H
