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
std::vector<T> gram(const Block<T> &a, const Block<T> &b, const Workers &workers) {
  constexpr std::size_t kParts = sizeof(T) / sizeof(double);
  const auto p = index(a.numColumns()), q = index(b.numColumns());
  const std::size_t width = kParts * q;
  const std::vector<double> sums = sumRuns<double>(
      a.numOwned(), kParts * p * width, workers,
      [&](std::int64_t first, std::int64_t end, double *into) {
        addOuterProducts(asDoubles(a.row(first)), static_cast<int>(kParts * p),
                         asDoubles(b.row(first)), static_cast<int>(width), into, end - first);
      });
  const auto at = [&](std::size_t i, std::size_t j) { return sums[i * width + j]; };
  std::vector<T> products(p * q);
  for (std::size_t j = 0; j < q; ++j)
    for (std::size_t i = 0; i < p; ++i)
      if constexpr (kParts == 1)
        products[i + j * p] = at(i, j);
      else
        products[i + j * p] = {at(2 * i, 2 * j) + at(2 * i + 1, 2 * j + 1),
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

template <typename T>
void addProduct(Block<T> &y, const Block<T> &x, std::span<const T> c, const Workers &workers) {
  constexpr std::size_t kParts = sizeof(T) / sizeof(double);
  const auto p = index(x.numColumns()), q = index(y.numColumns());
  // What each part of x adds to each part of y.
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
  forEachRun(y.numOwned(), workers.team, [&](std::int64_t first, std::int64_t end, int) {
    addCombinations(reinterpret_cast<double *>(y.row(first)), static_cast<int>(kParts * q),
                    asDoubles(x.row(first)), static_cast<int>(kParts * p), factors.data(),
                    end - first);
  });
}

#define IRH_INSTANTIATE(T)                                                                         \
  template std::vector<T> gram(const Block<T> &, const Block<T> &, const Workers &);               \
  template std::vector<T> dots(const Block<T> &, const Block<T> &, const Workers &);               \
  template void addProduct(Block<T> &, const Block<T> &, std::span<const T>, const Workers &);
IRH_INSTANTIATE(double)
IRH_INSTANTIATE(Complex)
#undef IRH_INSTANTIATE

} // namespace irh::rt::matrix
