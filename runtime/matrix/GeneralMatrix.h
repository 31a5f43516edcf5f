//===- GeneralMatrix.h - this rank's rows of any matrix of a network --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_MATRIX_GENERALMATRIX_H
#define IRH_RUNTIME_MATRIX_GENERALMATRIX_H

#include "runtime/matrix/HermitianMatrix.h"

#include <cstdint>
#include <variant>

namespace irh::rt::matrix {

/// What a general matrix is made of; null for zeros. All are of one element, Real or Complex.
struct GeneralEntries {
  const field::Field *diagonal; ///< On the nodes.
  const field::Field *entries;  ///< On the edges: in the row of dst and the column of src.
  const field::Field *back;     ///< Likewise in the row of src. Null where the edges are directed.
};

/// A matrix over the nodes of a network that need not be Hermitian, with entries on the diagonal
/// and at the edges. T is double or Complex.
template <typename T> class GeneralMatrix {
public:
  /// Copies the entries. Cost, errors: as of HermitianMatrix.
  GeneralMatrix(Place place, const GeneralEntries &given);

  std::int64_t numRows() const { return nodes().numGlobal; }
  const partition::LocalSet &nodes() const { return place.network->nodes; }

  /// y = M x, as HermitianMatrix does it, for vectors of T or of Complex.
  template <typename V> void apply(Block<V> &x, Block<V> &y, const Workers &workers) const;

  /// As HermitianMatrix does it.
  template <typename Visit> void visitRow(std::int64_t row, const Visit &visit) const {
    if (diagonal.size() != 0)
      visit(row, diagonal[static_cast<std::size_t>(row)]);
    if (offsets.empty())
      return;
    for (auto slot = offsets[static_cast<std::size_t>(row)];
         slot < offsets[static_cast<std::size_t>(row) + 1]; ++slot)
      visit(std::int64_t{columns[static_cast<std::size_t>(slot)]},
            values[static_cast<std::size_t>(slot)]);
  }

private:
  Place place;
  Array<T> diagonal;                     ///< Empty for zeros.
  std::span<const std::int64_t> offsets; ///< The network's; empty without entries at edges.
  std::span<const std::int32_t> columns;
  Array<T> values;
};

using AnyGeneralMatrix = std::variant<GeneralMatrix<double>, GeneralMatrix<Complex>>;

} // namespace irh::rt::matrix

#endif // IRH_RUNTIME_MATRIX_GENERALMATRIX_H
