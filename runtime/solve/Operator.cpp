//===- Operator.cpp - what a solver multiplies by ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/solve/Operator.h"

#include "runtime/core/Error.h"
#include "runtime/matrix/Arithmetic.h"

#include <type_traits>

namespace irh::rt::solve {

using matrix::Block;
using matrix::Complex;
using matrix::HermitianMatrix;
using matrix::Workers;

namespace {

[[noreturn]] void refuseComplex() {
  throw Error(ErrorCode::Internal, "a complex matrix was given real vectors");
}

/// Calls `work` with the block as vectors of T: those of the matrix.
template <typename T, typename V, typename Work>
void withVectorsOf(Block<V> &x, Block<V> &y, const Work &work) {
  if constexpr (std::is_same_v<T, V>) {
    work(x, y);
  } else if constexpr (std::is_same_v<V, Complex>) {
    RealView realX(x);
    RealView realY(y);
    work(realX.block, realY.block);
  } else {
    refuseComplex();
  }
}

template <typename T, typename V, typename Work> void withVectorsOf(Block<V> &x, const Work &work) {
  if constexpr (std::is_same_v<T, V>) {
    work(x);
  } else if constexpr (std::is_same_v<V, Complex>) {
    RealView real(x);
    work(real.block);
  } else {
    refuseComplex();
  }
}

template <typename T> std::vector<double> positiveDiagonal(const HermitianMatrix<T> &rows) {
  std::vector<double> diagonal;
  for (std::int64_t row = 0; row < rows.nodes().numOwned; ++row) {
    double here = 0;
    rows.visitRow(row, [&](std::int64_t column, T value) {
      if (column == row)
        here += matrix::realPart(value);
    });
    diagonal.push_back(here);
  }
  return diagonal;
}

} // namespace

template <typename V>
Operator<V> operatorOf(eigen::SpectralMatrix &matrix, const Workers &workers) {
  return std::visit(
      [&]<typename T>(const HermitianMatrix<T> &rows) {
        Operator<V> made{.nodes = &rows.nodes(), .apply = {}, .project = {}, .diagonal = {}};
        made.apply = [&rows, &workers](Block<V> &x, Block<V> &y) {
          withVectorsOf<T>(x, y,
                           [&](Block<T> &from, Block<T> &to) { rows.apply(from, to, workers); });
        };
        const eigen::NullSpace<T> &known = matrix.nullSpaceOf<T>(workers);
        if (known.dimension() > 0)
          made.project = [&known, &workers](Block<V> &x) {
            withVectorsOf<T>(x, [&](Block<T> &block) { known.project(block, workers); });
          };
        made.diagonal = positiveDiagonal(rows);
        std::int64_t isPositive = 1;
        for (const double entry : made.diagonal)
          isPositive &= entry > 0 ? 1 : 0;
        if (workers.comm.least(isPositive) == 0)
          made.diagonal.clear();
        return made;
      },
      matrix.rows);
}

template <typename V>
Operator<V> operatorOf(const matrix::AnyGeneralMatrix &matrix, const Workers &workers) {
  return std::visit(
      [&]<typename T>(const matrix::GeneralMatrix<T> &rows) {
        Operator<V> made{.nodes = &rows.nodes(), .apply = {}, .project = {}, .diagonal = {}};
        if constexpr (std::is_same_v<T, Complex> && std::is_same_v<V, double>)
          refuseComplex();
        else
          made.apply = [&rows, &workers](Block<V> &x, Block<V> &y) { rows.apply(x, y, workers); };
        return made;
      },
      matrix);
}

template Operator<double> operatorOf(eigen::SpectralMatrix &, const Workers &);
template Operator<Complex> operatorOf(eigen::SpectralMatrix &, const Workers &);
template Operator<double> operatorOf(const matrix::AnyGeneralMatrix &, const Workers &);
template Operator<Complex> operatorOf(const matrix::AnyGeneralMatrix &, const Workers &);

} // namespace irh::rt::solve
