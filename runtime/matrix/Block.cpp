//===- Block.cpp - several vectors over the nodes, side by side -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/matrix/Block.h"

#include "runtime/matrix/Arithmetic.h"

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

template <typename T>
std::vector<T> gram(const Block<T> &a, const Block<T> &b, const Workers &workers) {
  const auto p = index(a.numColumns()), q = index(b.numColumns());
  return sumRuns<T>(a.numOwned(), p * q, workers,
                    [&](std::int64_t first, std::int64_t end, T *sums) {
                      for (std::int64_t node = first; node < end; ++node) {
                        const T *x = a.row(node), *y = b.row(node);
                        for (std::size_t j = 0; j < q; ++j)
                          for (std::size_t i = 0; i < p; ++i)
                            addConjugateProduct(sums[i + j * p], x[i], y[j]);
                      }
                    });
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
  const auto p = index(x.numColumns()), q = index(y.numColumns());
  forEachRun(y.numOwned(), workers.team, [&](std::int64_t first, std::int64_t end, int) {
    for (std::int64_t node = first; node < end; ++node) {
      const T *from = x.row(node);
      T *to = y.row(node);
      for (std::size_t j = 0; j < q; ++j)
        for (std::size_t i = 0; i < p; ++i)
          addProductTo(to[j], c[i + j * p], from[i]);
    }
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
