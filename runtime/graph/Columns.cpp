//===- Columns.cpp - columns of the files that a network was read from ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Columns.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <type_traits>

namespace irh::rt::graph {

using abi::Symmetry;
using io::MatrixMarket;
using io::MatrixSymmetry;
using Complex = std::complex<double>;

static const Files &requireFiles(const Network &network, std::string_view column) {
  if (!network.files)
    throw invalid("there is no column `" + std::string(column) +
                  "`: the network was not read from a file");
  return *network.files;
}

static const io::CsvTable &requireNodeFile(const Network &network, std::string_view column) {
  const Files &files = requireFiles(network, column);
  if (!files.nodes)
    throw invalid("there is no column `" + std::string(column) +
                  "`: the network was read without a file of nodes; name one with `nodes:`");
  return *files.nodes;
}

std::vector<double> nodeReals(const Network &network, std::string_view column) {
  const io::CsvTable &table = requireNodeFile(network, column);
  return table.readReals(table.requireColumn(column));
}

std::vector<std::int64_t> nodeInts(const Network &network, std::string_view column) {
  const io::CsvTable &table = requireNodeFile(network, column);
  return table.readInts(table.requireColumn(column));
}

std::vector<std::int64_t> nodeBools(const Network &network, std::string_view column) {
  const io::CsvTable &table = requireNodeFile(network, column);
  return table.readBools(table.requireColumn(column));
}

namespace {

double conjugate(double value) { return value; }
std::int64_t conjugate(std::int64_t value) { return value; }
Complex conjugate(Complex value) { return std::conj(value); }

bool addChecked(double &sum, double value) {
  sum += value;
  return std::isfinite(sum);
}

bool addChecked(std::int64_t &sum, std::int64_t value) {
  return !__builtin_add_overflow(sum, value, &sum);
}

bool addChecked(Complex &sum, Complex value) {
  sum += value;
  return std::isfinite(sum.real()) && std::isfinite(sum.imag());
}

template <typename T> bool subtractChecked(T &sum, T value) { return addChecked(sum, -value); }

bool subtractChecked(std::int64_t &sum, std::int64_t value) {
  return !__builtin_sub_overflow(sum, value, &sum);
}

/// Adds a value, or what the other end sees of it.
template <typename T> bool addSeen(T &sum, T value, std::optional<Symmetry> turn) {
  if (!turn || *turn == Symmetry::Symmetric)
    return addChecked(sum, value);
  if (*turn == Symmetry::Hermitian)
    return addChecked(sum, conjugate(value));
  return subtractChecked(sum, value);
}

std::int64_t lineOf(const Files &files, std::int64_t row) {
  return files.matrix() ? files.matrix()->lineOf(row) : io::CsvTable::lineOfRow(row);
}

const std::string &pathOf(const Files &files) {
  return files.matrix() ? files.matrix()->path : files.table().path();
}

/// What a file leaves out above the diagonal is the mirror image of what stands below.
std::optional<Symmetry> symmetryOf(const MatrixMarket &matrix) {
  switch (matrix.symmetry) {
  case MatrixSymmetry::General:
    return std::nullopt;
  case MatrixSymmetry::Symmetric:
    return Symmetry::Symmetric;
  case MatrixSymmetry::Hermitian:
    return Symmetry::Hermitian;
  case MatrixSymmetry::Skew:
    return Symmetry::Antisymmetric;
  }
  return std::nullopt;
}

/// How edges take their values from rows.
class EdgeValues {
public:
  EdgeValues(const Network &network, const Files &files, Symmetry symmetry)
      : network(network), files(files), symmetry(symmetry),
        numEdges(static_cast<std::int64_t>(network.edges.size())) {}

  template <typename T> std::vector<T> combine(const std::vector<T> &ofRows) const {
    const MatrixMarket *matrix = files.matrix();
    if (!matrix) {
      if (symmetry == Symmetry::Hermitian && !std::is_same_v<T, Complex>)
        refuseTurnedRows();
      return addRows(ofRows, [](EdgeRow) { return true; }, symmetry);
    }
    if (network.isDirected)
      return addRows(ofRows, [](EdgeRow) { return true; }, symmetryOf(*matrix));
    std::vector<T> below = addRows(ofRows, [](EdgeRow row) { return !row.isTurned; }, std::nullopt);
    if (!symmetryOf(*matrix))
      check(below, addRows(ofRows, [&](EdgeRow row) { return row.isTurned; }, std::nullopt));
    else if (symmetryOf(*matrix) != symmetry)
      check(below, mirror(below, *symmetryOf(*matrix)));
    return below;
  }

private:
  /// Sums the rows that are taken; those that are turned as `turn` says.
  template <typename T, typename Take>
  std::vector<T> addRows(const std::vector<T> &ofRows, Take isTaken,
                         std::optional<Symmetry> turn) const {
    std::vector<T> ofEdges(static_cast<std::size_t>(numEdges));
    for (std::int64_t edge = 0; edge < numEdges; ++edge)
      for (const EdgeRow row : files.rowsOfEdges.of(edge))
        if (isTaken(row) && !addSeen(ofEdges[static_cast<std::size_t>(edge)], ofRows[row.row],
                                     row.isTurned ? turn : std::nullopt))
          throw invalidAt(pathOf(files), lineOf(files, row.row),
                          "the sum over duplicates of this edge is too large");
    return ofEdges;
  }

  /// A real part is the same from both ends and an imaginary one the opposite: nobody knows which
  /// a column of reals will be.
  void refuseTurnedRows() const {
    for (std::int64_t edge = 0; edge < numEdges; ++edge)
      for (const EdgeRow row : files.rowsOfEdges.of(edge))
        if (row.isTurned)
          throw invalidAt(pathOf(files), lineOf(files, row.row),
                          "this row names the larger end first, and a part of a hermitian value "
                          "may be another there; name the smaller one first, or read the column "
                          "into a field of its own, `real` or `real antisymmetric`");
  }

  template <typename T> std::vector<T> mirror(const std::vector<T> &values, Symmetry how) const {
    std::vector<T> seen(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      addSeen(seen[i], values[i], how);
    return seen;
  }

  /// Refuses entries above the diagonal that are not what the symmetry makes of those below; an
  /// entry on it stands for both.
  template <typename T> void check(const std::vector<T> &below, std::vector<T> above) const {
    std::optional<std::int64_t> firstBad;
    double squares = 0;
    auto edge = network.edges.begin();
    for (std::int64_t i = 0; i < numEdges; ++i, ++edge) {
      const Complex here = toComplex(below[static_cast<std::size_t>(i)]);
      const bool isLoop = (*edge).src == (*edge).dst;
      const Complex there = isLoop ? here : toComplex(above[static_cast<std::size_t>(i)]);
      Complex expected{};
      addSeen(expected, here, symmetry);
      const double defect = std::abs(there - expected);
      squares += defect * defect;
      if (!firstBad && defect > 1e-12 * std::max(std::abs(here), std::abs(there)))
        firstBad = i;
    }
    if (firstBad)
      throw badPair(*firstBad, std::sqrt(2 * squares));
  }

  static Complex toComplex(Complex value) { return value; }
  static Complex toComplex(double value) { return value; }
  static Complex toComplex(std::int64_t value) { return static_cast<double>(value); }

  Error badPair(std::int64_t bad, double norm) const {
    static constexpr std::array kNames = {"symmetric", "hermitian", "antisymmetric"};
    static constexpr std::array kRules = {"equal", "conjugate to each other", "opposite"};
    const Edge edge = network.edges[static_cast<std::size_t>(bad)];
    const auto pair = [](std::int64_t row, std::int64_t column) {
      return "(" + std::to_string(row + 1) + ", " + std::to_string(column + 1) + ")";
    };
    const auto kind = static_cast<std::size_t>(symmetry);
    return invalid("`" + pathOf(files) + "` is not " + kNames[kind] + ": entries " +
                   pair(edge.dst, edge.src) + " and " + pair(edge.src, edge.dst) + " are not " +
                   kRules[kind] + " (norm of what differs: " + shortest(norm) +
                   "); declare the field otherwise, or read the network with `directed: true`");
  }

  const Network &network;
  const Files &files;
  Symmetry symmetry;
  std::int64_t numEdges;
};

void requireWeight(const MatrixMarket &matrix, std::string_view column) {
  if (column != "weight")
    throw invalid("`" + matrix.path + "` has no column `" + std::string(column) +
                  "`; the entries of a matrix are the column `weight`");
}

std::vector<double> readReals(const Files &files, std::string_view column) {
  const MatrixMarket *matrix = files.matrix();
  if (!matrix)
    return files.table().readReals(files.table().requireColumn(column));
  requireWeight(*matrix, column);
  if (matrix->field == io::MatrixField::Complex)
    throw invalid(
        "the entries of `" + matrix->path +
        "` are complex; a `complex` field takes them, with `column(\"weight\")` alone for "
        "its initial value");
  std::vector<double> values(matrix->rows.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = matrix->complexAt(static_cast<std::int64_t>(i)).real();
  return values;
}

std::vector<std::int64_t> readInts(const Files &files, std::string_view column) {
  const MatrixMarket *matrix = files.matrix();
  if (!matrix)
    return files.table().readInts(files.table().requireColumn(column));
  requireWeight(*matrix, column);
  if (matrix->field == io::MatrixField::Integer)
    return matrix->ints;
  if (matrix->field == io::MatrixField::Pattern)
    return std::vector<std::int64_t>(matrix->rows.size(), 1);
  throw invalid("the entries of `" + matrix->path +
                "` are not integers; declare the field that takes them `real` or `complex`");
}

std::vector<Complex> readComplexes(const Files &files, std::string_view column) {
  const MatrixMarket *matrix = files.matrix();
  if (!matrix) {
    const std::vector<double> reals = readReals(files, column);
    return {reals.begin(), reals.end()};
  }
  requireWeight(*matrix, column);
  std::vector<Complex> values(matrix->rows.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = matrix->complexAt(static_cast<std::int64_t>(i));
  return values;
}

} // namespace

std::vector<double> edgeReals(const Network &network, std::string_view column, Symmetry symmetry) {
  const Files &files = requireFiles(network, column);
  return EdgeValues(network, files, symmetry).combine(readReals(files, column));
}

std::vector<std::int64_t> edgeInts(const Network &network, std::string_view column,
                                   Symmetry symmetry) {
  const Files &files = requireFiles(network, column);
  return EdgeValues(network, files, symmetry).combine(readInts(files, column));
}

std::vector<std::int64_t> edgeBools(const Network &network, std::string_view column,
                                    Symmetry symmetry) {
  const Files &files = requireFiles(network, column);
  const std::vector<std::int64_t> rows =
      files.matrix() ? readInts(files, column)
                     : files.table().readBools(files.table().requireColumn(column));
  std::vector<std::int64_t> bools = EdgeValues(network, files, symmetry).combine(rows);
  for (const std::int64_t value : bools)
    if (value != 0 && value != 1)
      throw invalid("column `" + std::string(column) + "` comes to " + std::to_string(value) +
                    " at an edge, but a bool is 0 or 1");
  return bools;
}

std::vector<Complex> edgeComplexes(const Network &network, std::string_view column,
                                   Symmetry symmetry) {
  const Files &files = requireFiles(network, column);
  return EdgeValues(network, files, symmetry).combine(readComplexes(files, column));
}

} // namespace irh::rt::graph
