//===- Block.cpp - several vectors over the nodes, side by side -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/matrix/Block.h"

#include "runtime/matrix/Arithmetic.h"
#include "runtime/matrix/Kernels.h"

#include <algorithm>

namespace irh::rt::matrix {
namespace {

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

} // namespace

void addOverRanks(std::span<double> values, Communicator &comm) {
  if (comm.size() == 1)
    return;
  const auto numRanks = index(comm.size());
  std::vector<double> all(values.size() * numRanks);
  std::copy(values.begin(), values.end(),
            all.begin() + static_cast<std::ptrdiff_t>(values.size() * index(comm.rank())));
  // Each entry is one rank's alone: adding zeros is exact.
  comm.allreduce(std::as_writable_bytes(std::span(all)),
                 combineEach<double, [](double a, double b) { return a + b; }>);
  std::fill(values.begin(), values.end(), 0.0);
  for (std::size_t i = 0; i < all.size(); ++i)
    values[i % values.size()] += all[i];
}

template <typename T> static const double *asDoubles(const T *numbers) {
  return reinterpret_cast<const double *>(numbers);
}

template <typename T>
std::vector<T> gram(std::span<const Block<T>> a, const Block<T> &b, const Workers &workers) {
  constexpr std::size_t kParts = sizeof(T) / sizeof(double);
  if (a.empty())
    return {};
  const auto p = index(a[0].numColumns()), q = index(b.numColumns());
  const std::size_t width = kParts * q;
  const std::size_t ofEach = kParts * p * width;
  const std::vector<double> sums =
      sumRuns<double>(b.numOwned(), a.size() * ofEach, workers,
                      [&](std::int64_t first, std::int64_t end, double *into) {
                        for (std::size_t i = 0; i < a.size(); ++i)
                          addOuterProducts(asDoubles(a[i].row(first)), static_cast<int>(kParts * p),
                                           asDoubles(b.row(first)), static_cast<int>(width),
                                           into + i * ofEach, end - first);
                      });
  const auto at = [&](std::size_t i, std::size_t j) { return sums[i * width + j]; };
  const std::size_t numRows = a.size() * p;
  std::vector<T> products(numRows * q);
  for (std::size_t j = 0; j < q; ++j)
    for (std::size_t i = 0; i < numRows; ++i)
      if constexpr (kParts == 1)
        products[i + j * numRows] = at(i, j);
      else
        products[i + j * numRows] = {at(2 * i, 2 * j) + at(2 * i + 1, 2 * j + 1),
                                     at(2 * i, 2 * j + 1) - at(2 * i + 1, 2 * j)};
  return products;
}

template <typename T>
std::vector<T> dots(const Block<T> &a, const Block<T> &b, const Workers &workers) {
  const auto p = index(a.numColumns());
  return sumRuns<T>(a.numOwned(), p, workers, [&](std::int64_t first, std::int64_t end, T *sums) {
    for (std::int64_t node = first; node < end; ++node) {
      const T *x = a.row(node), *y = b.row(node);
      for (std::size_t i = 0; i < p; ++i)
        addConjugateProduct(sums[i], x[i], y[i]);
    }
  });
}

/// What each part of x adds to each part of y.
template <typename T>
static std::vector<double> spreadFactors(std::span<const T> c, std::size_t p, std::size_t q) {
  constexpr std::size_t kParts = sizeof(T) / sizeof(double);
  std::vector<double> factors(kParts * p * kParts * q);
  for (std::size_t i = 0; i < p; ++i)
    for (std::size_t j = 0; j < q; ++j)
      if constexpr (kParts == 1) {
        factors[i * q + j] = c[i + j * p];
      } else {
        const T factor = c[i + j * p];
        double *const ofReal = factors.data() + 2 * i * 2 * q + 2 * j;
        double *const ofImaginary = ofReal + 2 * q;
        ofReal[0] = factor.real();
        ofReal[1] = factor.imag();
        ofImaginary[0] = -factor.imag();
        ofImaginary[1] = factor.real();
      }
  return factors;
}

template <typename T>
void addProduct(Block<T> &y, std::span<const Block<T>> x, std::span<const T> c,
                const Workers &workers) {
  constexpr std::size_t kParts = sizeof(T) / sizeof(double);
  if (x.empty())
    return;
  const auto p = index(x[0].numColumns()), q = index(y.numColumns());
  const std::vector<double> factors = spreadFactors(c, x.size() * p, q);
  const std::size_t ofEach = kParts * p * kParts * q;
  forEachRun(y.numOwned(), workers.team, [&](std::int64_t first, std::int64_t end, int) {
    for (std::size_t i = 0; i < x.size(); ++i)
      addCombinations(reinterpret_cast<double *>(y.row(first)), static_cast<int>(kParts * q),
                      asDoubles(x[i].row(first)), static_cast<int>(kParts * p),
                      factors.data() + i * ofEach, end - first);
  });
}

template <typename T>
void combine(std::span<const Block<T>> x, std::span<const T> c, std::span<Block<T>> into,
             const Workers &workers) {
  constexpr std::size_t kParts = sizeof(T) / sizeof(double);
  constexpr std::int64_t kRows = 128; // Together they stay in the caches.
  const auto p = index(x[0].numColumns());
  const std::size_t size = x.size() * p;
  const std::size_t width = kParts * p;
  std::vector<std::vector<double>> factors;
  std::vector<double *> rows;
  for (Block<T> &block : into) {
    factors.push_back(spreadFactors(c.subspan(rows.size() * size * p, size * p), size, p));
    rows.push_back(reinterpret_cast<double *>(block.row(0)));
  }
  forEachRun(x[0].numOwned(), workers.team, [&](std::int64_t first, std::int64_t end, int) {
    std::vector<double> made(into.size() * width * kRows);
    for (; first < end; first += kRows) {
      const std::int64_t count = std::min(kRows, end - first);
      const std::size_t ofBlock = width * index(count);
      std::fill(made.begin(), made.end(), 0.0);
      for (std::size_t i = 0; i < x.size(); ++i)
        for (std::size_t k = 0; k < into.size(); ++k)
          addCombinations(made.data() + k * ofBlock, static_cast<int>(width),
                          asDoubles(x[i].row(first)), static_cast<int>(width),
                          factors[k].data() + i * width * width, count);
      for (std::size_t k = 0; k < into.size(); ++k)
        std::copy_n(made.data() + k * ofBlock, ofBlock, rows[k] + index(first) * width);
    }
  });
}

#define IRH_INSTANTIATE(T)                                                                         \
  template std::vector<T> gram(std::span<const Block<T>>, const Block<T> &, const Workers &);      \
  template std::vector<T> dots(const Block<T> &, const Block<T> &, const Workers &);               \
  template void addProduct(Block<T> &, std::span<const Block<T>>, std::span<const T>,              \
                           const Workers &);                                                       \
  template void combine(std::span<const Block<T>>, std::span<const T>, std::span<Block<T>>,        \
                        const Workers &);
IRH_INSTANTIATE(double)
IRH_INSTANTIATE(Complex)
#undef IRH_INSTANTIATE

} // namespace irh::rt::matrix
