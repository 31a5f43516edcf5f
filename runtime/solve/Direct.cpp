//===- Direct.cpp - linear equations by factoring ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/solve/Direct.h"

#include "runtime/core/AllToAll.h"
#include "runtime/core/Error.h"
#include "runtime/core/FirstRank.h"
#include "runtime/core/Text.h"
#include "runtime/solve/Vectors.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace irh::rt::solve {
namespace {

using factor::Entry;
using factor::SparseFactor;
using factor::Structure;
using matrix::Block;
using matrix::Complex;
using matrix::Workers;

/// What all ranks hold, on rank 0; nothing on others.
template <typename T> std::vector<T> gatherOnFirst(std::vector<T> mine, Communicator &comm) {
  std::vector<std::vector<T>> outgoing(static_cast<std::size_t>(comm.size()));
  outgoing[0] = std::move(mine);
  std::vector<T> all;
  for (const std::vector<T> &part : allToAll(outgoing, comm))
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

/// A matrix without the rows and columns of some nodes, on rank 0.
template <typename T> struct Reduced {
  std::vector<Entry<T>> entries;
  std::vector<std::int64_t> placeOf; ///< Of each node by global id; -1: left out.
  std::int64_t numRows = 0;
};

template <typename T, typename Matrix>
Reduced<T> reduce(const Matrix &rows, std::vector<std::int64_t> without, const Workers &workers) {
  const std::vector<std::int64_t> &ids = rows.nodes().globalIds;
  std::vector<Entry<T>> mine;
  for (std::int64_t row = 0; row < rows.nodes().numOwned; ++row)
    rows.visitRow(row, [&](std::int64_t column, T value) {
      mine.push_back(
          {ids[static_cast<std::size_t>(row)], ids[static_cast<std::size_t>(column)], value});
    });
  Reduced<T> reduced;
  const std::vector<Entry<T>> all = gatherOnFirst(std::move(mine), workers.comm);
  const std::vector<std::int64_t> leftOut = gatherOnFirst(std::move(without), workers.comm);
  if (workers.comm.rank() != 0)
    return reduced;
  reduced.placeOf.resize(static_cast<std::size_t>(rows.numRows()));
  for (const std::int64_t id : leftOut)
    reduced.placeOf[static_cast<std::size_t>(id)] = -1;
  for (std::int64_t &place : reduced.placeOf)
    place = place < 0 ? -1 : reduced.numRows++;
  for (const Entry<T> &entry : all) {
    const std::int64_t row = reduced.placeOf[static_cast<std::size_t>(entry.row)];
    const std::int64_t column = reduced.placeOf[static_cast<std::size_t>(entry.column)];
    if (row >= 0 && column >= 0)
      reduced.entries.push_back({row, column, entry.value});
  }
  return reduced;
}

/// The values of all nodes by global id, on rank 0.
template <typename V> std::vector<V> valuesOf(const Block<V> &block, Communicator &comm) {
  const std::vector<std::byte> bytes = field::gather(block.field, comm);
  std::vector<V> values(bytes.size() / sizeof(V));
  std::ranges::copy(bytes, reinterpret_cast<std::byte *>(values.data()));
  return values;
}

/// Solves for real and imaginary parts one after the other where the matrix is real.
template <typename T, typename V>
void solveFor(const SparseFactor<T> &factor, std::vector<V> &values) {
  if constexpr (std::is_same_v<T, V>) {
    factor.solve(values);
  } else if constexpr (std::is_same_v<V, Complex>) {
    std::vector<double> part(values.size());
    for (const bool isImaginary : {false, true}) {
      for (std::size_t i = 0; i < part.size(); ++i)
        part[i] = isImaginary ? values[i].imag() : values[i].real();
      factor.solve(part);
      for (std::size_t i = 0; i < part.size(); ++i)
        values[i] = isImaginary ? V(values[i].real(), part[i]) : V(part[i], values[i].imag());
    }
  }
}

template <typename T, typename V>
void solveReduced(const Reduced<T> &reduced, Structure structure, Block<V> &b, Block<V> &x,
                  const Workers &workers) {
  std::vector<V> values = valuesOf(b, workers.comm);
  onFirstRank(workers.comm, "solve the equations", [&] {
    std::vector<V> right(static_cast<std::size_t>(reduced.numRows));
    for (std::size_t id = 0; id < values.size(); ++id)
      if (reduced.placeOf[id] >= 0)
        right[static_cast<std::size_t>(reduced.placeOf[id])] = values[id];
    solveFor(SparseFactor<T>(reduced.numRows, reduced.entries, structure), right);
    for (std::size_t id = 0; id < values.size(); ++id)
      values[id] =
          reduced.placeOf[id] < 0 ? V() : right[static_cast<std::size_t>(reduced.placeOf[id])];
  });
  field::scatter(std::as_bytes(std::span(values)), x.field, workers.comm);
}

/// Sees whether x is a solution, with the operator itself.
template <typename V>
SolveOutcome checkSolution(const Operator<V> &op, Block<V> &b, Block<V> &x,
                           const Workers &workers) {
  const double size = length(b, workers);
  Block<V> left(*op.nodes, 1);
  op.apply(x, left);
  subtractFrom(left, b, workers);
  const double residual = size == 0 ? 0 : length(left, workers) / size;
  if (!(residual <= 1e-6))
    throw Error(ErrorCode::Stopped,
                "the equations were solved with a relative residual of " + shortest(residual) +
                    ": their matrix is singular, or nearly so, and they have no solution, or "
                    "none that double precision can tell");
  return {.iterations = 1, .residual = residual};
}

} // namespace

template <typename V>
SolveOutcome solveDirectly(eigen::SpectralMatrix &matrix, Block<V> &b, Block<V> &x,
                           const Workers &workers) {
  const Operator<V> op = operatorOf<V>(matrix, workers);
  std::visit(
      [&]<typename T>(const matrix::HermitianMatrix<T> &rows) {
        const auto &known = matrix.nullSpaceOf<T>(workers);
        const Reduced<T> reduced =
            reduce<T>(rows, known.leastNodes(rows.nodes(), workers.comm), workers);
        solveReduced(reduced, Structure::Hermitian, b, x, workers);
      },
      matrix.rows);
  if (op.project)
    op.project(x);
  return checkSolution(op, b, x, workers);
}

template <typename V>
SolveOutcome solveDirectly(const matrix::AnyGeneralMatrix &matrix, Block<V> &b, Block<V> &x,
                           const Workers &workers) {
  const Operator<V> op = operatorOf<V>(matrix, workers);
  std::visit(
      [&]<typename T>(const matrix::GeneralMatrix<T> &rows) {
        solveReduced(reduce<T>(rows, {}, workers), Structure::General, b, x, workers);
      },
      matrix);
  return checkSolution(op, b, x, workers);
}

/// A minor of a matrix with null vectors of entries of size 1, without one row of each, is what the
/// other eigenvalues multiply to over the number of nodes of each vector.
double factoredLogDeterminant(eigen::SpectralMatrix &matrix, const Workers &workers) {
  return std::visit(
      [&]<typename T>(const matrix::HermitianMatrix<T> &rows) {
        const auto &known = matrix.nullSpaceOf<T>(workers);
        const Reduced<T> reduced =
            reduce<T>(rows, known.leastNodes(rows.nodes(), workers.comm), workers);
        double sum = 0;
        onFirstRank(workers.comm, "factor the matrix", [&] {
          sum = SparseFactor<T>(reduced.numRows, reduced.entries, Structure::Hermitian)
                    .logDeterminant();
        });
        takeFromFirstRank({&sum, 1}, workers.comm);
        return sum + known.sumOfLogSizes(workers.comm);
      },
      matrix.rows);
}

template SolveOutcome solveDirectly(eigen::SpectralMatrix &, Block<double> &, Block<double> &,
                                    const Workers &);
template SolveOutcome solveDirectly(eigen::SpectralMatrix &, Block<Complex> &, Block<Complex> &,
                                    const Workers &);
template SolveOutcome solveDirectly(const matrix::AnyGeneralMatrix &, Block<double> &,
                                    Block<double> &, const Workers &);
template SolveOutcome solveDirectly(const matrix::AnyGeneralMatrix &, Block<Complex> &,
                                    Block<Complex> &, const Workers &);

} // namespace irh::rt::solve
