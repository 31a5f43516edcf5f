//===- Dense.cpp - all eigenvalues of a small matrix ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/Dense.h"

#include "runtime/core/Error.h"
#include "runtime/core/FirstRank.h"
#include "runtime/eigen/Lapack.h"

#include <span>
#include <string>

namespace irh::rt::eigen {

namespace {

std::size_t idOf(const partition::LocalSet &nodes, std::int64_t local) {
  return static_cast<std::size_t>(nodes.globalIds[static_cast<std::size_t>(local)]);
}

/// All entries, column by column, on every rank.
template <typename T>
std::vector<T> writeOut(const matrix::HermitianMatrix<T> &rows, const matrix::Workers &workers) {
  const auto n = static_cast<std::size_t>(rows.numRows());
  std::vector<T> entries(n * n);
  // A loop adds to the diagonal.
  for (std::int64_t row = 0; row < rows.nodes().numOwned; ++row)
    rows.visitRow(row, [&](std::int64_t column, T value) {
      entries[idOf(rows.nodes(), row) + idOf(rows.nodes(), column) * n] += value;
    });
  // Each entry is one rank's alone: adding zeros is exact.
  if (workers.comm.size() > 1)
    workers.comm.allreduce(std::as_writable_bytes(std::span(entries)),
                           combineEach<double, [](double a, double b) { return a + b; }>);
  return entries;
}

} // namespace

template <typename T>
std::vector<double> denseSpectrum(const matrix::HermitianMatrix<T> &rows,
                                  const matrix::Workers &workers) {
  std::vector<T> entries = writeOut(rows, workers);
  std::vector<double> values(static_cast<std::size_t>(rows.numRows()));
  onFirstRank(workers.comm, "solve the matrix",
              [&] { values = solveDense(entries, rows.numRows(), Vectors::No); });
  takeFromFirstRank(values, workers.comm);
  return values;
}

template <typename T>
std::vector<field::Field> denseEigenvectors(const matrix::HermitianMatrix<T> &rows,
                                            std::span<const std::size_t> places,
                                            const matrix::Workers &workers) {
  const auto n = static_cast<std::size_t>(rows.numRows());
  std::vector<T> entries = writeOut(rows, workers);
  onFirstRank(workers.comm, "solve the matrix",
              [&] { solveDense(entries, rows.numRows(), Vectors::Yes); });
  std::vector<field::Field> vectors;
  for (const std::size_t place : places) {
    const std::span<T> column(entries.data() + place * n, n);
    takeFromFirstRank({reinterpret_cast<double *>(column.data()), n * sizeof(T) / sizeof(double)},
                      workers.comm);
    field::Field &made =
        vectors.emplace_back(field::makeField(rows.nodes(), matrix::kElementOf<T>));
    for (std::int64_t node = 0; node < rows.nodes().numOwned; ++node)
      made.values<T>()[node] = column[idOf(rows.nodes(), node)];
  }
  return vectors;
}

std::int64_t SpectralMatrix::numRows() const {
  return std::visit([](const auto &matrix) { return matrix.numRows(); }, rows);
}

bool SpectralMatrix::isDense() const {
  return std::visit(
      []<typename T>(const matrix::HermitianMatrix<T> &matrix) {
        return matrix.numRows() <= kMostDenseRows<T>;
      },
      rows);
}

const std::vector<double> &SpectralMatrix::spectrum(const matrix::Workers &workers) {
  if (numRows() > kMostWholeRows)
    throw invalid(
        "the matrix has " + std::to_string(numRows()) + " rows, and is solved whole up to " +
        std::to_string(kMostWholeRows) +
        "; ask for a few eigenvalues with `eigs`, or for a `trace` without `method: dense`");
  if (!known)
    known = std::visit([&](const auto &matrix) { return denseSpectrum(matrix, workers); }, rows);
  return *known;
}

template std::vector<field::Field> denseEigenvectors(const matrix::HermitianMatrix<double> &,
                                                     std::span<const std::size_t>,
                                                     const matrix::Workers &);
template std::vector<field::Field> denseEigenvectors(const matrix::HermitianMatrix<Complex> &,
                                                     std::span<const std::size_t>,
                                                     const matrix::Workers &);
template std::vector<double> denseSpectrum(const matrix::HermitianMatrix<double> &,
                                           const matrix::Workers &);
template std::vector<double> denseSpectrum(const matrix::HermitianMatrix<Complex> &,
                                           const matrix::Workers &);

} // namespace irh::rt::eigen
