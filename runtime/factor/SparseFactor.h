//===- SparseFactor.h - sparse matrices as products of triangles ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_FACTOR_SPARSEFACTOR_H
#define IRH_RUNTIME_FACTOR_SPARSEFACTOR_H

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace irh::rt::factor {

/// An entry of a matrix; those of one place add up.
template <typename T> struct Entry {
  std::int64_t row, column;
  T value;
};

enum class Structure { Hermitian, General };

/// Up to so many numbers in a triangle a matrix is factored: 2 GB of complex ones, with their
/// places. Networks in the plane of a million nodes need about 40 per node (measured by
/// `bench.py factor`); of those without short ways around, such as random ones, a few thousand
/// nodes are the end.
inline constexpr std::int64_t kMostFill = 100'000'000;

/// How many numbers the triangle of a matrix of these entries would have, in an order that keeps
/// them few; none if more than kMostFill. Cost: about that many steps.
template <typename T>
std::optional<std::int64_t> countFill(std::int64_t n, std::span<const Entry<T>> entries);

/// A factored square matrix. T is double or Complex.
template <typename T> class SparseFactor {
public:
  /// L D L^H of a Hermitian matrix whose pivots are above 0; else L U with pivoting.
  ///
  /// Cost    as the fill, and its square over the number of rows; one thread.
  /// Errors  InvalidArgument: more than kMostFill numbers, with that limit. Stopped: singular.
  ///         std::bad_alloc.
  /// Source  Eigen: SimplicialLDLT and SparseLU, in approximate minimum degree order.
  SparseFactor(std::int64_t n, std::span<const Entry<T>> entries, Structure structure);
  ~SparseFactor();
  SparseFactor(SparseFactor &&) noexcept;
  SparseFactor &operator=(SparseFactor &&) noexcept;

  /// The solution of A x = b, in place.
  void solve(std::span<T> b) const;
  /// ln |det A|.
  double logDeterminant() const;

private:
  struct Triangles;
  std::unique_ptr<Triangles> triangles;
};

} // namespace irh::rt::factor

#endif // IRH_RUNTIME_FACTOR_SPARSEFACTOR_H
