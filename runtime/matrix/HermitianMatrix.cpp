//===- HermitianMatrix.cpp - this rank's rows of a matrix of a network ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/matrix/HermitianMatrix.h"

#include "runtime/matrix/Arithmetic.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>

namespace irh::rt::matrix {
namespace {

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

template <typename T>
std::span<const T> arrayOf(partition::LocalNetwork &network, abi::NetworkArray which) {
  const std::span<const std::byte> bytes = network.array(which);
  return {reinterpret_cast<const T *>(bytes.data()), bytes.size() / sizeof(T)};
}

} // namespace

template <typename T>
HermitianMatrix<T>::HermitianMatrix(Place place, const field::Field *diagonalField,
                                    const field::Field *entries)
    : place(place) {
  const auto numOwned = index(nodes().numOwned);
  if (diagonalField) {
    diagonal = Array<double>(numOwned);
    std::copy_n(diagonalField->values<double>(), numOwned, diagonal.begin());
  }
  if (!entries)
    return;
  partition::LocalNetwork &network = *place.network;
  offsets = arrayOf<std::int64_t>(network, abi::NetworkArray::RowOffsets);
  columns = arrayOf<std::int32_t>(network, abi::NetworkArray::Columns);
  const auto edges = arrayOf<std::int32_t>(network, abi::NetworkArray::SlotEdges);
  const auto signs = arrayOf<std::int8_t>(network, abi::NetworkArray::SlotSigns);
  values = Array<T>(index(offsets[numOwned]));
  const T *const ofEdges = entries->values<T>();
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    const T value = ofEdges[edges[slot]];
    values[slot] = signs[slot] < 0 ? conjugate(value) : value;
  }
}

template <typename T>
template <int numColumns>
void HermitianMatrix<T>::applyRowsOf(const Block<T> &x, Block<T> &y, std::int64_t first,
                                     std::int64_t end) const {
  for (std::int64_t row = first; row < end; ++row) {
    const T *const here = x.row(row);
    std::array<T, numColumns> sums;
    for (int c = 0; c < numColumns; ++c)
      sums[index(c)] = diagonalAt(row) * here[c];
    for (std::int64_t slot = rowBegin(row); slot < rowBegin(row + 1); ++slot) {
      const T value = values[index(slot)];
      const T *const there = x.row(columns[index(slot)]);
      for (int c = 0; c < numColumns; ++c)
        addProductTo(sums[index(c)], value, there[c]);
    }
    std::copy(sums.begin(), sums.end(), y.row(row));
  }
}

template <typename T>
void HermitianMatrix<T>::applyRows(const Block<T> &x, Block<T> &y, std::int64_t first,
                                   std::int64_t end) const {
  switch (x.numColumns()) {
  case 1:
    return applyRowsOf<1>(x, y, first, end);
  case 2:
    return applyRowsOf<2>(x, y, first, end);
  case 4:
    return applyRowsOf<4>(x, y, first, end);
  case 8:
    return applyRowsOf<8>(x, y, first, end);
  default:
    return applyRowsOf<16>(x, y, first, end);
  }
}

template <typename T>
void HermitianMatrix<T>::apply(Block<T> &x, Block<T> &y, const Workers &workers) const {
  assert(std::has_single_bit(static_cast<unsigned>(x.numColumns())) && x.numColumns() <= 16);
  const std::int64_t numInterior = place.network->numInterior;
  field::Field *const exchanged[] = {&x.field};

  if (workers.comm.size() > 1)
    place.exchanger->start(exchanged, workers.comm);
  forEachRun(numInterior, workers.team,
             [&](std::int64_t first, std::int64_t end, int) { applyRows(x, y, first, end); });
  if (workers.comm.size() > 1)
    place.exchanger->finish();
  forEachRun(nodes().numOwned - numInterior, workers.team,
             [&](std::int64_t first, std::int64_t end, int) {
               applyRows(x, y, numInterior + first, numInterior + end);
             });
}

template <typename T> double HermitianMatrix<T>::bound(Communicator &comm) const {
  double largest = 0;
  for (std::int64_t row = 0; row < nodes().numOwned; ++row) {
    double sum = std::abs(diagonalAt(row));
    for (std::int64_t slot = rowBegin(row); slot < rowBegin(row + 1); ++slot)
      sum += std::abs(values[index(slot)]);
    largest = std::max(largest, sum);
  }
  comm.allreduce(std::as_writable_bytes(std::span(&largest, 1)),
                 combineEach<double, [](double a, double b) { return std::max(a, b); }>);
  return largest;
}

template class HermitianMatrix<double>;
template class HermitianMatrix<Complex>;

} // namespace irh::rt::matrix
