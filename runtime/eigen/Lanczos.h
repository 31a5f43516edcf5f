//===- Lanczos.h - tridiagonal matrices of a block of vectors ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_EIGEN_LANCZOS_H
#define IRH_RUNTIME_EIGEN_LANCZOS_H

#include "runtime/matrix/HermitianMatrix.h"

#include <vector>

namespace irh::rt::eigen {

/// The tridiagonal matrix of a Lanczos run. It ends early where the vectors span a space that the
/// matrix does not leave.
struct LanczosRun {
  std::vector<double> diagonal;
  std::vector<double> offDiagonal; ///< One fewer.
};

/// A run from each column of `start`, which is overwritten; that of a column of zeros is empty.
/// Vectors lose their orthogonality as eigenvalues converge, which quadratures survive.
///
/// Collective   over the ranks. Cost: a product with the block and three passes over it, a step.
/// Errors       Aborted, std::bad_alloc.
/// Source       C. Lanczos, J. Res. Natl. Bur. Stand. 45(4), 1950, in the form of C. Paige, IMA J.
///              Appl. Math. 10(3), 1972.
template <typename T>
std::vector<LanczosRun> runLanczos(const matrix::HermitianMatrix<T> &matrix,
                                   matrix::Block<T> &start, int numSteps,
                                   const matrix::Workers &workers);

} // namespace irh::rt::eigen

#endif // IRH_RUNTIME_EIGEN_LANCZOS_H
