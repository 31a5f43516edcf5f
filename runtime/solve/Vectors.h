//===- Vectors.h - arithmetic on single vectors -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_SOLVE_VECTORS_H
#define IRH_RUNTIME_SOLVE_VECTORS_H

#include "runtime/matrix/Arithmetic.h"
#include "runtime/matrix/Block.h"

#include <cmath>

namespace irh::rt::solve {

/// Calls `visit(node)` for each owned node, on all threads.
template <typename Visit>
void forEachNode(std::int64_t numNodes, const matrix::Workers &workers, const Visit &visit) {
  matrix::forEachRun(numNodes, workers.team, [&](std::int64_t first, std::int64_t end, int) {
    for (std::int64_t node = first; node < end; ++node)
      visit(node);
  });
}

/// a^H b. Collective.
template <typename V>
V dot(const matrix::Block<V> &a, const matrix::Block<V> &b, const matrix::Workers &workers) {
  return matrix::dots(a, b, workers)[0];
}

/// |a|_2. Collective.
template <typename V> double length(const matrix::Block<V> &a, const matrix::Workers &workers) {
  return std::sqrt(matrix::realPart(dot(a, a, workers)));
}

/// y += factor x.
template <typename V>
void add(matrix::Block<V> &y, V factor, const matrix::Block<V> &x, const matrix::Workers &workers) {
  V *const to = y.row(0);
  const V *const from = x.row(0);
  forEachNode(y.numOwned(), workers,
              [&](std::int64_t node) { matrix::addProductTo(to[node], factor, from[node]); });
}

/// y = x - y, as a residual is formed from a product.
template <typename V>
void subtractFrom(matrix::Block<V> &y, const matrix::Block<V> &x, const matrix::Workers &workers) {
  V *const to = y.row(0);
  const V *const from = x.row(0);
  forEachNode(y.numOwned(), workers, [&](std::int64_t node) { to[node] = from[node] - to[node]; });
}

template <typename V>
void scale(matrix::Block<V> &y, double factor, const matrix::Workers &workers) {
  V *const to = y.row(0);
  forEachNode(y.numOwned(), workers, [&](std::int64_t node) { to[node] *= factor; });
}

template <typename V>
void copy(matrix::Block<V> &y, const matrix::Block<V> &x, const matrix::Workers &workers) {
  V *const to = y.row(0);
  const V *const from = x.row(0);
  forEachNode(y.numOwned(), workers, [&](std::int64_t node) { to[node] = from[node]; });
}

} // namespace irh::rt::solve

#endif // IRH_RUNTIME_SOLVE_VECTORS_H
