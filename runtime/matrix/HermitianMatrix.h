//===- HermitianMatrix.h - this rank's rows of a matrix of a network --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_MATRIX_HERMITIANMATRIX_H
#define IRH_RUNTIME_MATRIX_HERMITIANMATRIX_H

#include "runtime/core/Array.h"
#include "runtime/halo/Exchange.h"
#include "runtime/matrix/Block.h"
#include "runtime/matrix/Kernels.h"
#include "runtime/partition/LocalNetwork.h"

#include <cstdint>
#include <string>
#include <variant>

namespace irh::rt::matrix {

/// Where a matrix lives.
struct Place {
  partition::LocalNetwork *network;
  halo::Exchanger *exchanger;
};

/// One of the arrays of the rows of a network.
template <typename T>
std::span<const T> arrayOf(partition::LocalNetwork &network, abi::NetworkArray which) {
  const std::span<const std::byte> bytes = network.array(which);
  return {reinterpret_cast<const T *>(bytes.data()), bytes.size() / sizeof(T)};
}

/// A Hermitian matrix over the nodes of an undirected network, with entries on the diagonal and at
/// the edges: rows of the owned nodes, as the local network orders them. T is double or Complex.
template <typename T> class HermitianMatrix {
public:
  /// Copies the entries. `diagonal` is a Real field of the nodes; `entries` a field of T on the
  /// edges, in the row of dst and the column of src; null for zeros.
  ///
  /// Cost    a pass over the edges; 8 bytes a node, and 12 (Complex: 20) for each end of an edge.
  /// Errors  std::bad_alloc.
  HermitianMatrix(Place place, const field::Field *diagonal, const field::Field *entries);

  std::int64_t numRows() const { return nodes().numGlobal; }
  const partition::LocalSet &nodes() const { return place.network->nodes; }

  /// y = M x.
  ///
  /// Collective   over the ranks.
  /// Shape        blocks of this matrix's nodes, of equally many columns; the ghosts of x become
  ///              fresh, those of y are not written.
  /// Cost         one pass over the rows for all columns, one exchange.
  /// Determinism  the same bits for any number of threads and ranks, and any other columns.
  /// Errors       Aborted.
  void apply(Block<T> &x, Block<T> &y, const Workers &workers) const;

  /// A step of a three-term recurrence with a product in it, in one pass over the rows:
  /// y = scales (M x - shift x) - factors y, column by column. Gives the real part of x^H y for
  /// each column. Otherwise as `apply`; over ranks the sums are equal up to rounding.
  struct Recurrence {
    std::span<const double> scales, factors; ///< Of each column.
    double shift = 0;
  };
  std::vector<double> applyRecurrence(Block<T> &x, Block<T> &y, const Recurrence &recurrence,
                                      const Workers &workers) const;

  /// Calls `visit(column, value)`, local, for each entry of an owned row: the diagonal, and each
  /// edge.
  template <typename Visit> void visitRow(std::int64_t row, const Visit &visit) const {
    visit(row, T(diagonalAt(row)));
    for (std::int64_t slot = rowBegin(row); slot < rowBegin(row + 1); ++slot)
      visit(std::int64_t{columns[static_cast<std::size_t>(slot)]},
            values[static_cast<std::size_t>(slot)]);
  }

  /// Fresh ghosts of a field of the nodes. Collective. Errors: Aborted, std::bad_alloc.
  void exchange(field::Field &ofNodes, Communicator &comm) const {
    field::Field *const exchanged[] = {&ofNodes};
    place.exchanger->start(exchanged, comm);
    place.exchanger->finish();
  }

  /// A bound of the sizes of all eigenvalues: the largest sum of a row's sizes (Gershgorin).
  /// Collective. Errors: Aborted.
  double bound(Communicator &comm) const;

private:
  double diagonalAt(std::int64_t row) const {
    return diagonal.size() == 0 ? 0 : diagonal[static_cast<std::size_t>(row)];
  }
  std::int64_t rowBegin(std::int64_t row) const {
    return offsets.empty() ? 0 : offsets[static_cast<std::size_t>(row)];
  }
  RowsView view() const;
  void applyRows(const Block<T> &x, Block<T> &y, std::int64_t first, std::int64_t end) const;

  Place place;
  Array<double> diagonal;                ///< Empty for zeros.
  std::span<const std::int64_t> offsets; ///< The network's; empty without entries at edges.
  std::span<const std::int32_t> columns;
  Array<T> values;
};

using AnyMatrix = std::variant<HermitianMatrix<double>, HermitianMatrix<Complex>>;

} // namespace irh::rt::matrix

#endif // IRH_RUNTIME_MATRIX_HERMITIANMATRIX_H
