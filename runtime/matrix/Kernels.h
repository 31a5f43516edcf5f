//===- Kernels.h - the loops over rows that take the time -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Complex numbers are pairs of doubles here, and a row of a block is `width` doubles: its columns,
// or twice as many. The loops are compiled for AVX2 too, and chosen when the program starts;
// without fused multiply-adds both give the same bits.

#ifndef IRH_RUNTIME_MATRIX_KERNELS_H
#define IRH_RUNTIME_MATRIX_KERNELS_H

#include <cstdint>

namespace irh::rt::matrix {

/// Gathered rows are asked for so many entries before they are needed: as many columns must follow
/// the last one.
inline constexpr std::int64_t kReadAhead = 32;

/// Rows of a matrix. Null where there is no diagonal, or nothing beside it.
struct RowsView {
  const double *diagonal;
  const std::int64_t *offsets;
  const std::int32_t *columns;
  const double *values;
};

/// Rows [first, end) of y = M x. `width`: of a real matrix 1, 2, 4, 8 or 16, of a complex one twice
/// that.
void multiplyRealRows(const RowsView &rows, int width, const double *x, double *y,
                      std::int64_t first, std::int64_t end);
void multiplyComplexRows(const RowsView &rows, int width, const double *x, double *y,
                         std::int64_t first, std::int64_t end);

/// What a product goes into, lane by lane: before = scales (M x - shift x) - factors before, and
/// sums += x before, of what it has become.
struct RowsRecurrence {
  double shift;
  double *before;
  const double *scales;
  const double *factors;
  double *sums;
};
void recurRealRows(const RowsView &rows, int width, const double *x, const RowsRecurrence &with,
                   std::int64_t first, std::int64_t end);
void recurComplexRows(const RowsView &rows, int width, const double *x, const RowsRecurrence &with,
                      std::int64_t first, std::int64_t end);
/// w -= factors b, and sums += w^2 of what it has become, over `numRows` rows.
void subtractAndSquare(double *w, const double *b, const double *factors, double *sums, int width,
                       std::int64_t numRows);

/// sums(i, lane) += x(row, i) y(row, lane), over `numRows` rows of two real blocks, or of pairs of
/// complex ones: there x is taken as twice as many real columns, and so are the sums.
void addOuterProducts(const double *x, int xWidth, const double *y, int yWidth, double *sums,
                      std::int64_t numRows);

/// y(row, lane) += x(row, i) factors(i, lane), likewise.
void addCombinations(double *y, int yWidth, const double *x, int xWidth, const double *factors,
                     std::int64_t numRows);

} // namespace irh::rt::matrix

#endif // IRH_RUNTIME_MATRIX_KERNELS_H
