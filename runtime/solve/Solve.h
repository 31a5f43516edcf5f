//===- Solve.h - linear equations -------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_SOLVE_SOLVE_H
#define IRH_RUNTIME_SOLVE_SOLVE_H

#include "runtime/solve/Operator.h"

#include <cstdint>

namespace irh::rt::solve {

struct SolveRequest {
  abi::SolveMethod method = abi::SolveMethod::Cg;
  double tolerance = 0;           ///< Of |b - A x| / |b|; 0: 1e-10.
  std::int64_t restart = 0;       ///< Vectors that Gmres keeps; 0: 30.
  std::int64_t maxIterations = 0; ///< 0: ten for each row, and 100 000 at most.
};

struct SolveOutcome {
  std::int64_t iterations = 0; ///< Products with the matrix, about; of Direct 1.
  double residual = 0;         ///< |b - A x|_2 / |b|_2, formed anew at the end; 0 where b is 0.
};

/// Finds x with A x = b; x is the first guess and becomes the solution. What lies along null
/// vectors that are known is taken out of x; where b has a part along them there is no solution.
///
///   Cg      Hermitian and positive: conjugate gradients, with the diagonal for a preconditioner
///           where it is above 0. Memory for 4 vectors.
///   Minres  Hermitian: minimal residuals. Memory for 7 vectors.
///   Gmres   any: generalized minimal residuals, that restart. Memory for `restart` + 3 vectors.
///
/// Collective   over the ranks.
/// Cost         a product and a few passes over vectors for each iteration.
/// Determinism  the same bits for any number of threads; over ranks equal up to the tolerance.
/// Errors       InvalidArgument: `tolerance` or `restart` out of range. Stopped: b is not finite;
///              no solution; no convergence, with what was reached; for Cg a matrix that is not
///              positive. Aborted.
/// Source       M. Hestenes, E. Stiefel, J. Res. NBS 49(6), 1952; C. Paige, M. Saunders, SIAM J.
///              Numer. Anal. 12(4), 1975; Y. Saad, M. Schultz, SIAM J. Sci. Stat. Comput. 7(3),
///              1986.
template <typename V>
SolveOutcome solve(const Operator<V> &op, matrix::Block<V> &b, matrix::Block<V> &x,
                   const SolveRequest &request, const matrix::Workers &workers);

} // namespace irh::rt::solve

#endif // IRH_RUNTIME_SOLVE_SOLVE_H
