//===- MatrixMarket.h - sparse matrices in their exchange format ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_IO_MATRIXMARKET_H
#define IRH_RUNTIME_IO_MATRIXMARKET_H

#include <complex>
#include <cstdint>
#include <string>
#include <vector>

namespace irh::rt::io {

/// What the entries are, and which of them a file leaves out: those above the diagonal, for all but
/// General. The values are places in the tables of names in MatrixMarket.cpp.
enum class MatrixField { Real, Complex, Integer, Pattern };
enum class MatrixSymmetry { General, Symmetric, Hermitian, Skew };

/// A file of `coordinate` entries, as it stands there. Rows and columns count from 0 here.
struct MatrixMarket {
  std::string path;
  MatrixField field = MatrixField::Real;
  MatrixSymmetry symmetry = MatrixSymmetry::General;
  std::int64_t numRows = 0;
  std::int64_t numColumns = 0;
  std::int64_t firstLine = 0; ///< Of the entries; each has a line of its own.
  std::vector<std::int32_t> rows;
  std::vector<std::int32_t> columns;
  std::vector<double> reals;      ///< Of Real and Complex entries.
  std::vector<double> imaginary;  ///< Of Complex entries.
  std::vector<std::int64_t> ints; ///< Of Integer entries.

  std::int64_t numEntries() const { return static_cast<std::int64_t>(rows.size()); }
  std::int64_t lineOf(std::int64_t entry) const { return firstLine + entry; }

  /// The entries as they stand in the file; those of a pattern are 1.
  std::complex<double> complexAt(std::int64_t entry) const;
};

/// Reads a .mtx file.
///
/// Collective  no: every rank that calls it reads the file.
/// Cost        one pass over the bytes.
/// Errors      InvalidArgument, with the line: a first line that is not a known kind of coordinate
///             matrix, a size that is none, an entry outside the matrix or where the symmetry
///             allows none, a value that is not finite, too few entries or too many.
/// Source      R. Boisvert, R. Pozo, K. Remington, "The Matrix Market Exchange Formats: Initial
///             Design", NISTIR 5935, 1996.
MatrixMarket readMatrixMarket(const std::string &path);

/// As `readMatrixMarket`, of text that is already here; `path` names it in messages.
MatrixMarket parseMatrixMarket(const std::string &path, const std::string &text);

} // namespace irh::rt::io

#endif // IRH_RUNTIME_IO_MATRIXMARKET_H
