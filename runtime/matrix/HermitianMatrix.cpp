//===- HermitianMatrix.cpp - this rank's rows of a matrix of a network ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/matrix/HermitianMatrix.h"

#include "runtime/matrix/Arithmetic.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace irh::rt::matrix {
namespace {

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

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
void HermitianMatrix<T>::applyRows(const Block<T> &x, Block<T> &y, std::int64_t first,
                                   std::int64_t end) const {
  constexpr int kParts = sizeof(T) / sizeof(double);
  const auto multiply = kParts == 1 ? multiplyRealRows : multiplyComplexRows;
  multiply(view(), kParts * x.numColumns(), reinterpret_cast<const double *>(x.row(0)),
           reinterpret_cast<double *>(y.row(0)), first, end);
}

template <typename T> RowsView HermitianMatrix<T>::view() const {
  static_assert(kReadAhead * sizeof(std::int32_t) <= rt::kPadding);
  return {.diagonal = diagonal.data(),
          .offsets = offsets.data(),
          .columns = columns.data(),
          .values = reinterpret_cast<const double *>(values.data())};
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

template <typename T>
std::vector<double> HermitianMatrix<T>::applyRecurrence(Block<T> &x, Block<T> &y,
                                                        const Recurrence &recurrence,
                                                        const Workers &workers) const {
  constexpr std::size_t kParts = sizeof(T) / sizeof(double);
  const auto spread = [&](std::span<const double> ofColumns) {
    std::vector<double> ofLanes;
    for (const double value : ofColumns)
      ofLanes.insert(ofLanes.end(), kParts, value);
    return ofLanes;
  };
  const std::vector<double> ofScales = spread(recurrence.scales);
  const std::vector<double> ofFactors = spread(recurrence.factors);
  const std::size_t width = ofScales.size();
  const RowsView rows = view();
  const auto recur = kParts == 1 ? recurRealRows : recurComplexRows;
  const auto sumFrom = [&](std::int64_t begin, std::int64_t count) {
    return sumHere<double>(
        count, width, workers.team, [&](std::int64_t first, std::int64_t end, double *sums) {
          recur(rows, static_cast<int>(width), reinterpret_cast<const double *>(x.row(0)),
                {.shift = recurrence.shift,
                 .before = reinterpret_cast<double *>(y.row(0)),
                 .scales = ofScales.data(),
                 .factors = ofFactors.data(),
                 .sums = sums},
                begin + first, begin + end);
        });
  };
  const std::int64_t numInterior = place.network->numInterior;
  field::Field *const exchanged[] = {&x.field};
  if (workers.comm.size() > 1)
    place.exchanger->start(exchanged, workers.comm);
  // The addresses are taken once, before threads ask for them.
  const std::vector<double> inside = sumFrom(0, numInterior);
  if (workers.comm.size() > 1)
    place.exchanger->finish();
  const std::vector<double> outside = sumFrom(numInterior, nodes().numOwned - numInterior);
  std::vector<double> sums(width / kParts);
  for (std::size_t lane = 0; lane < width; ++lane)
    sums[lane / kParts] += inside[lane] + outside[lane];
  addOverRanks(sums, workers.comm);
  return sums;
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
