//===- Direct.h - linear equations by factoring -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_SOLVE_DIRECT_H
#define IRH_RUNTIME_SOLVE_DIRECT_H

#include "runtime/factor/SparseFactor.h"
#include "runtime/solve/Solve.h"

namespace irh::rt::solve {

/// As `solve`, with a SparseFactor. Null vectors that are known are treated as there.
///
/// Collective   over the ranks; rank 0 gets the whole matrix and factors it.
/// Determinism  the same bits for any number of threads and ranks but for those of the residual.
/// Errors       as of SparseFactor; Stopped: no solution, or a residual above 1e-6; Aborted.
template <typename V>
SolveOutcome solveDirectly(eigen::SpectralMatrix &matrix, matrix::Block<V> &b, matrix::Block<V> &x,
                           const matrix::Workers &workers);
template <typename V>
SolveOutcome solveDirectly(const matrix::AnyGeneralMatrix &matrix, matrix::Block<V> &b,
                           matrix::Block<V> &x, const matrix::Workers &workers);

/// The sum of ln |lambda| over the eigenvalues that are not 0, by a factorization without one row
/// for each null vector that is known: their eigenvalues are the only ones that are left out.
/// Collective; errors as of SparseFactor, Aborted.
double factoredLogDeterminant(eigen::SpectralMatrix &matrix, const matrix::Workers &workers);

} // namespace irh::rt::solve

#endif // IRH_RUNTIME_SOLVE_DIRECT_H
