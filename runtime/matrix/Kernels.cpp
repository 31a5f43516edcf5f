//===- Kernels.cpp - the loops over rows that take the time -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/matrix/Kernels.h"

// A sanitizer is not ready yet when the loader chooses a clone.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IRH_IS_SANITIZED
#endif
#endif
#if defined(__x86_64__) && !defined(IRH_IS_SANITIZED)
#define IRH_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define IRH_CLONES
#endif
#define IRH_INLINE_MEMBER [[gnu::always_inline]] inline
#define IRH_INLINE [[gnu::always_inline]] static inline

namespace irh::rt::matrix {
namespace {

template <int width> IRH_INLINE void prefetchRow(const double *row) {
  for (int at = 0; at < width; at += 8)
    __builtin_prefetch(row + at);
}

/// What becomes of a few lanes of a product, from `lane` on. What is read is copied first, for the
/// compiler does not know that it is apart from what is written.
struct Stored {
  double *y;
  template <int count>
  IRH_INLINE_MEMBER void put(std::int64_t at, int, const double *, const double *product) const {
    for (int i = 0; i < count; ++i)
      y[at + i] = product[i];
  }
};
struct Recurred {
  RowsRecurrence with;
  template <int count>
  IRH_INLINE_MEMBER void put(std::int64_t at, int lane, const double *x,
                             const double *product) const {
    double next[count];
    double sums[count];
    for (int i = 0; i < count; ++i)
      next[i] = with.scales[lane + i] * (product[i] - with.shift * x[at + i]) -
                with.factors[lane + i] * with.before[at + i];
    for (int i = 0; i < count; ++i)
      sums[i] = with.sums[lane + i] + x[at + i] * next[i];
    for (int i = 0; i < count; ++i)
      with.before[at + i] = next[i];
    for (int i = 0; i < count; ++i)
      with.sums[lane + i] = sums[i];
  }
};

template <int width, typename Result>
IRH_INLINE void multiplyReal(const RowsView &rows, const double *x, const Result &result,
                             std::int64_t first, std::int64_t end) {
  for (std::int64_t row = first; row < end; ++row) {
    double sums[width];
    const double here = rows.diagonal ? rows.diagonal[row] : 0;
    for (int lane = 0; lane < width; ++lane)
      sums[lane] = here * x[row * width + lane];
    const std::int64_t last = rows.offsets ? rows.offsets[row + 1] : 0;
    for (std::int64_t slot = rows.offsets ? rows.offsets[row] : 0; slot < last; ++slot) {
      prefetchRow<width>(x + std::int64_t{rows.columns[slot + kReadAhead]} * width);
      const double value = rows.values[slot];
      const double *const there = x + std::int64_t{rows.columns[slot]} * width;
      for (int lane = 0; lane < width; ++lane)
        sums[lane] += value * there[lane];
    }
    result.template put<width>(row * width, 0, x, sums);
  }
}

/// Real and imaginary parts of the entries are summed apart, with no exchange of lanes until the
/// end; as many lanes at a time as there are registers.
template <int width, typename Result>
IRH_INLINE void multiplyComplex(const RowsView &rows, const double *x, const Result &result,
                                std::int64_t first, std::int64_t end) {
  constexpr int kStrip = width < 16 ? width : 16;
  for (std::int64_t row = first; row < end; ++row) {
    const double here = rows.diagonal ? rows.diagonal[row] : 0;
    const std::int64_t begin = rows.offsets ? rows.offsets[row] : 0;
    const std::int64_t last = rows.offsets ? rows.offsets[row + 1] : 0;
    for (int strip = 0; strip < width; strip += kStrip) {
      double byReal[kStrip];
      double byImaginary[kStrip] = {};
      for (int lane = 0; lane < kStrip; ++lane)
        byReal[lane] = here * x[row * width + strip + lane];
      for (std::int64_t slot = begin; slot < last; ++slot) {
        if (strip == 0)
          prefetchRow<width>(x + std::int64_t{rows.columns[slot + kReadAhead]} * width);
        const double re = rows.values[2 * slot];
        const double im = rows.values[2 * slot + 1];
        const double *const there = x + std::int64_t{rows.columns[slot]} * width + strip;
        for (int lane = 0; lane < kStrip; ++lane) {
          byReal[lane] += re * there[lane];
          byImaginary[lane] += im * there[lane];
        }
      }
      for (int lane = 0; lane < kStrip; lane += 2) {
        const double re = byReal[lane] - byImaginary[lane + 1];
        byReal[lane + 1] += byImaginary[lane];
        byReal[lane] = re;
      }
      result.template put<kStrip>(row * width + strip, strip, x, byReal);
    }
  }
}

/// The widths of a block are constants, so that its sums stay in registers.
template <int xWidth, int yWidth>
IRH_INLINE void addOuter(const double *x, const double *y, double *sums, std::int64_t numRows) {
  // A few rows of the sums at a time: as many as there are registers.
  constexpr int kStrip = yWidth >= 8 ? 4 : xWidth;
  for (int strip = 0; strip < xWidth; strip += kStrip) {
    double local[kStrip * yWidth] = {};
    for (std::int64_t row = 0; row < numRows; ++row)
      for (int i = 0; i < kStrip; ++i)
        for (int lane = 0; lane < yWidth; ++lane)
          local[i * yWidth + lane] += x[row * xWidth + strip + i] * y[row * yWidth + lane];
    for (int at = 0; at < kStrip * yWidth; ++at)
      sums[strip * yWidth + at] += local[at];
  }
}

template <int xWidth, int yWidth>
IRH_INLINE void addCombined(double *y, const double *x, const double *factors,
                            std::int64_t numRows) {
  for (std::int64_t row = 0; row < numRows; ++row) {
    double local[yWidth];
    for (int lane = 0; lane < yWidth; ++lane)
      local[lane] = y[row * yWidth + lane];
    for (int i = 0; i < xWidth; ++i)
      for (int lane = 0; lane < yWidth; ++lane)
        local[lane] += x[row * xWidth + i] * factors[i * yWidth + lane];
    for (int lane = 0; lane < yWidth; ++lane)
      y[row * yWidth + lane] = local[lane];
  }
}

} // namespace

IRH_CLONES void addOuterProducts(const double *x, int xWidth, const double *y, int yWidth,
                                 double *sums, std::int64_t numRows) {
  if (xWidth == 4 && yWidth == 4)
    return addOuter<4, 4>(x, y, sums, numRows);
  if (xWidth == 8 && yWidth == 8)
    return addOuter<8, 8>(x, y, sums, numRows);
  for (std::int64_t row = 0; row < numRows; ++row)
    for (int i = 0; i < xWidth; ++i)
      for (int lane = 0; lane < yWidth; ++lane)
        sums[i * yWidth + lane] += x[row * xWidth + i] * y[row * yWidth + lane];
}

IRH_CLONES void addCombinations(double *y, int yWidth, const double *x, int xWidth,
                                const double *factors, std::int64_t numRows) {
  if (xWidth == 4 && yWidth == 4)
    return addCombined<4, 4>(y, x, factors, numRows);
  if (xWidth == 8 && yWidth == 8)
    return addCombined<8, 8>(y, x, factors, numRows);
  for (std::int64_t row = 0; row < numRows; ++row)
    for (int i = 0; i < xWidth; ++i)
      for (int lane = 0; lane < yWidth; ++lane)
        y[row * yWidth + lane] += x[row * xWidth + i] * factors[i * yWidth + lane];
}

template <typename Result>
IRH_INLINE void multiplyReal(const RowsView &rows, int width, const double *x, const Result &result,
                             std::int64_t first, std::int64_t end) {
  switch (width) {
  case 1:
    return multiplyReal<1>(rows, x, result, first, end);
  case 2:
    return multiplyReal<2>(rows, x, result, first, end);
  case 4:
    return multiplyReal<4>(rows, x, result, first, end);
  case 8:
    return multiplyReal<8>(rows, x, result, first, end);
  default:
    return multiplyReal<16>(rows, x, result, first, end);
  }
}

template <typename Result>
IRH_INLINE void multiplyComplex(const RowsView &rows, int width, const double *x,
                                const Result &result, std::int64_t first, std::int64_t end) {
  switch (width) {
  case 2:
    return multiplyComplex<2>(rows, x, result, first, end);
  case 4:
    return multiplyComplex<4>(rows, x, result, first, end);
  case 8:
    return multiplyComplex<8>(rows, x, result, first, end);
  case 16:
    return multiplyComplex<16>(rows, x, result, first, end);
  default:
    return multiplyComplex<32>(rows, x, result, first, end);
  }
}

IRH_CLONES void multiplyRealRows(const RowsView &rows, int width, const double *x, double *y,
                                 std::int64_t first, std::int64_t end) {
  multiplyReal(rows, width, x, Stored{y}, first, end);
}

IRH_CLONES void multiplyComplexRows(const RowsView &rows, int width, const double *x, double *y,
                                    std::int64_t first, std::int64_t end) {
  multiplyComplex(rows, width, x, Stored{y}, first, end);
}

IRH_CLONES void recurRealRows(const RowsView &rows, int width, const double *x,
                              const RowsRecurrence &with, std::int64_t first, std::int64_t end) {
  multiplyReal(rows, width, x, Recurred{with}, first, end);
}

IRH_CLONES void recurComplexRows(const RowsView &rows, int width, const double *x,
                                 const RowsRecurrence &with, std::int64_t first, std::int64_t end) {
  multiplyComplex(rows, width, x, Recurred{with}, first, end);
}

IRH_CLONES void subtractAndSquare(double *w, const double *b, const double *factors, double *sums,
                                  int width, std::int64_t numRows) {
  for (std::int64_t row = 0; row < numRows; ++row)
    for (int lane = 0; lane < width; ++lane) {
      const std::int64_t at = row * width + lane;
      const double value = w[at] - factors[lane] * b[at];
      w[at] = value;
      sums[lane] += value * value;
    }
}

} // namespace irh::rt::matrix
