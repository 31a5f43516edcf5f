//===- Operator.h - what a solver multiplies by -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_SOLVE_OPERATOR_H
#define IRH_RUNTIME_SOLVE_OPERATOR_H

#include "runtime/eigen/Dense.h"
#include "runtime/matrix/GeneralMatrix.h"

#include <functional>
#include <vector>

namespace irh::rt::solve {

/// A square matrix, for vectors of V (double or Complex) over the nodes of a network: blocks of one
/// column.
template <typename V> struct Operator {
  const partition::LocalSet *nodes;
  /// y = A x. Collective; the ghosts of x become fresh.
  std::function<void(matrix::Block<V> &x, matrix::Block<V> &y)> apply;
  /// Takes out what lies along the known null vectors, which are those of the conjugate transpose
  /// too. Collective; empty where none are known.
  std::function<void(matrix::Block<V> &)> project;
  /// The diagonal, of the owned nodes, where all of it is above 0; else empty.
  std::vector<double> diagonal;
};

/// Real rows multiply complex vectors too: as two columns.
///
/// The operator refers to `matrix` and `workers`, which must outlive it.
template <typename V>
Operator<V> operatorOf(eigen::SpectralMatrix &matrix, const matrix::Workers &workers);
template <typename V>
Operator<V> operatorOf(const matrix::AnyGeneralMatrix &matrix, const matrix::Workers &workers);

/// While it lives, a block of complex vectors is one of twice as many real ones.
class RealView {
public:
  explicit RealView(matrix::Block<matrix::Complex> &of) : of(of) {
    block.field.set = of.field.set;
    block.field.element = abi::Element::Real;
    block.field.numColumns = 2 * of.field.numColumns;
    block.field.memory = std::move(of.field.memory);
  }
  ~RealView() { of.field.memory = std::move(block.field.memory); }
  RealView(const RealView &) = delete;
  RealView &operator=(const RealView &) = delete;

  matrix::Block<double> block;

private:
  matrix::Block<matrix::Complex> &of;
};

} // namespace irh::rt::solve

#endif // IRH_RUNTIME_SOLVE_OPERATOR_H
