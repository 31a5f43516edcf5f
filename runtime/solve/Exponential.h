//===- Exponential.h - exp(a M) x --------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_SOLVE_EXPONENTIAL_H
#define IRH_RUNTIME_SOLVE_EXPONENTIAL_H

#include "runtime/solve/Operator.h"

namespace irh::rt::solve {

/// x becomes exp(factor M) x, by the Chebyshev series of the exponential over an interval that
/// holds all eigenvalues of M, which is Hermitian: exact to rounding, which for imaginary factors
/// keeps the length of x.
///
/// Collective   over the ranks.
/// Cost         for a spectrum of half width h about max(|factor| h, 8 sqrt(|factor| h)) + 20
///              products, each with a pass over two vectors more; memory for 3 vectors.
/// Determinism  the same bits for any number of threads and ranks: nothing is summed over nodes.
/// Errors       InvalidArgument: the factor is not finite, or so large that the exponential leaves
///              the range of a double. Aborted, std::bad_alloc.
/// Source       H. Tal-Ezer, R. Kosloff, J. Chem. Phys. 81(9), 1984; Bessel functions by downward
///              recurrence: J. Miller, see NIST DLMF 3.6.
template <typename V>
void applyExponential(eigen::SpectralMatrix &matrix, matrix::Complex factor, matrix::Block<V> &x,
                      const matrix::Workers &workers);

/// The factors before the Chebyshev polynomials T_0, T_1, … in exp(z s) for s in [-1, 1], over
/// exp(|Re z|): up to those that are lost in rounding.
std::vector<matrix::Complex> chebyshevOfExponential(matrix::Complex z);

} // namespace irh::rt::solve

#endif // IRH_RUNTIME_SOLVE_EXPONENTIAL_H
