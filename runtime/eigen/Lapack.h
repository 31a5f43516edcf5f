//===- Lapack.h - dense matrices, by LAPACK ---------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The library is loaded when a run first asks for it, as HDF5 and METIS are. One without threads
// may not be called by several at once: where ranks share a process, rank 0 alone does.

#ifndef IRH_RUNTIME_EIGEN_LAPACK_H
#define IRH_RUNTIME_EIGEN_LAPACK_H

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

namespace irh::rt::eigen {

using Complex = std::complex<double>;

enum class Vectors { No, Yes };

/// The eigenvalues of a Hermitian matrix, ascending; with Vectors::Yes its entries become those of
/// the eigenvectors, one after the other, else they are destroyed.
///
/// Shape   n^2 entries, column by column; those above the diagonal are not read.
/// Cost    about 4/3 n^3 multiplications and additions, 3 times as many with vectors. One thread.
/// Errors  InvalidArgument: LAPACK is not installed; Stopped: no convergence.
/// Source  LAPACK, xHEEVD and xSYEVD.
std::vector<double> solveDense(std::span<double> entries, std::int64_t n, Vectors vectors);
std::vector<double> solveDense(std::span<Complex> entries, std::int64_t n, Vectors vectors);

/// Eigenvalues, ascending, and the first entry of each eigenvector of a real symmetric tridiagonal
/// matrix: the points of a Gauss quadrature, and the roots of its weights.
struct Tridiagonal {
  std::vector<double> eigenvalues;
  std::vector<double> firstEntries;
};
/// Shape   `offDiagonal` has one entry fewer than `diagonal`. Cost: O(n^3). Errors: as above.
Tridiagonal solveTridiagonal(std::vector<double> diagonal, std::vector<double> offDiagonal);

} // namespace irh::rt::eigen

#endif // IRH_RUNTIME_EIGEN_LAPACK_H
