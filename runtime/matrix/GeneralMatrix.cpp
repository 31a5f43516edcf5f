//===- GeneralMatrix.cpp - this rank's rows of any matrix of a network ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/matrix/GeneralMatrix.h"

#include "runtime/matrix/Arithmetic.h"

#include <cassert>

namespace irh::rt::matrix {

namespace {

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

/// A real field may stand for a complex one.
template <typename T> T valueAt(const field::Field &field, std::size_t at) {
  if constexpr (std::is_same_v<T, Complex>)
    if (field.element == abi::Element::Complex)
      return field.values<Complex>()[at];
  return field.values<double>()[at];
}

void addTerm(double &sum, double a, double b) { sum += a * b; }
void addTerm(Complex &sum, double a, Complex b) { sum += a * b; }
void addTerm(Complex &sum, Complex a, Complex b) { addProductTo(sum, a, b); }

} // namespace

template <typename T>
GeneralMatrix<T>::GeneralMatrix(Place place, const GeneralEntries &given) : place(place) {
  const auto numOwned = index(nodes().numOwned);
  if (given.diagonal) {
    diagonal = Array<T>(numOwned);
    for (std::size_t node = 0; node < numOwned; ++node)
      diagonal[node] = valueAt<T>(*given.diagonal, node);
  }
  if (!given.entries)
    return;
  partition::LocalNetwork &network = *place.network;
  offsets = arrayOf<std::int64_t>(network, abi::NetworkArray::RowOffsets);
  columns = arrayOf<std::int32_t>(network, abi::NetworkArray::Columns);
  const auto edges = arrayOf<std::int32_t>(network, abi::NetworkArray::SlotEdges);
  const auto signs = arrayOf<std::int8_t>(network, abi::NetworkArray::SlotSigns);
  values = Array<T>(index(offsets[numOwned]));
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    const bool isBack = signs[slot] < 0 && given.back;
    values[slot] = valueAt<T>(isBack ? *given.back : *given.entries, index(edges[slot]));
  }
}

template <typename T>
template <typename V>
void GeneralMatrix<T>::apply(Block<V> &x, Block<V> &y, const Workers &workers) const {
  assert(x.numColumns() == 1 && y.numColumns() == 1);
  field::Field *const exchanged[] = {&x.field};
  if (workers.comm.size() > 1) {
    place.exchanger->start(exchanged, workers.comm);
    place.exchanger->finish();
  }
  const V *const from = std::as_const(x).row(0);
  V *const to = y.row(0);
  forEachRun(nodes().numOwned, workers.team, [&](std::int64_t first, std::int64_t end, int) {
    for (std::int64_t row = first; row < end; ++row) {
      V sum = V();
      visitRow(row, [&](std::int64_t column, T value) { addTerm(sum, value, from[column]); });
      to[row] = sum;
    }
  });
}

template class GeneralMatrix<double>;
template class GeneralMatrix<Complex>;
template void GeneralMatrix<double>::apply(Block<double> &, Block<double> &, const Workers &) const;
template void GeneralMatrix<double>::apply(Block<Complex> &, Block<Complex> &,
                                           const Workers &) const;
template void GeneralMatrix<Complex>::apply(Block<Complex> &, Block<Complex> &,
                                            const Workers &) const;

} // namespace irh::rt::matrix
