//===- KrylovSchur.h - a Lanczos basis that restarts with its best vectors --===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_EIGEN_KRYLOVSCHUR_H
#define IRH_RUNTIME_EIGEN_KRYLOVSCHUR_H

#include "runtime/matrix/Block.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace irh::rt::eigen {

/// A matrix of a projected problem, column by column.
template <typename T> struct Small {
  std::size_t numRows = 0;
  std::vector<T> entries;

  Small() = default;
  Small(std::size_t numRows, std::size_t numColumns)
      : numRows(numRows), entries(numRows * numColumns) {}
  T &operator()(std::size_t row, std::size_t column) { return entries[row + column * numRows]; }
  T operator()(std::size_t row, std::size_t column) const {
    return entries[row + column * numRows];
  }
};

/// The places of values, those for which `order` gives less first.
std::vector<std::size_t> placesInOrder(std::span<const double> values,
                                       const std::function<double(double)> &order);

/// What a projected problem says of the eigenvalues of an operator, from the end that is asked for
/// outward.
template <typename T> struct Ritz {
  std::vector<double> values;
  std::vector<double> residuals; ///< The length of A x - value x, for x of length 1.
  Small<T> vectors;              ///< A column for each value: how the basis combines to x.
};

/// A projected matrix solved on rank 0: the same bits on every rank. `order` gives less for what is
/// to come first. No residuals.
///
/// Collective. Cost and errors: as `solveDense` with vectors.
template <typename T>
Ritz<T> solveProjected(Small<T> projected, const std::function<double(double)> &order,
                       const matrix::Workers &workers);

inline constexpr int kBlock = 4; ///< Vectors that are multiplied together.

/// An orthonormal basis of a block Krylov space of a Hermitian operator A, which is filled, solved,
/// and filled again from its best vectors on.
///
/// Cost         `mostBlocks` + 1 blocks of memory; in `extend` one application of A and two passes
///              over the basis; in `restart` one.
/// Determinism  the same bits for any number of threads; over ranks equal up to rounding.
/// Errors       those of A; Aborted, std::bad_alloc.
/// Source       K. Wu, H. Simon, SIAM J. Matrix Anal. Appl. 22(2), 2000 (thick restart); Y. Zhou,
///              Y. Saad, Numer. Algorithms 47(4), 2008 (blocks).
template <typename T> class KrylovSchur {
public:
  using Block = matrix::Block<T>;
  /// y = A x; x may be changed in its ghosts alone.
  using Operator = std::function<void(Block &x, Block &y)>;

  KrylovSchur(const partition::LocalSet &nodes, std::size_t mostBlocks, std::uint64_t seed,
              const matrix::Workers &workers)
      : nodes(nodes), workers(workers), mostBlocks(mostBlocks), seed(seed) {}

  /// Starts from drawn vectors.
  void start();
  /// Starts from one block in which the best vectors, of `numBest` blocks, are added up: its Krylov
  /// space is theirs, as far as they are eigenvectors.
  void startFromSum(const Ritz<T> &ritz, std::size_t numBest);
  /// Keeps the best vectors, of `numBest` blocks, and the block beyond the basis.
  void restart(const Ritz<T> &ritz, std::size_t numBest);

  /// Adds the block beyond the basis to it, and finds the next one.
  void extend(const Operator &apply);

  Ritz<T> solve(const std::function<double(double)> &order) const;

  std::span<const Block> vectors() const { return std::span(blocks).first(numBlocks); }
  std::size_t size() const { return numBlocks * kBlock; }
  bool isFull() const { return numBlocks == mostBlocks; }

private:
  static constexpr std::size_t kWidth = kBlock;

  void drawColumn(Block &block, std::size_t column);
  Small<T> takeOut(std::span<const Block> basis, Block &block) const;
  Small<T> normalize(std::span<const Block> basis, Block &block);
  Small<T> normalizeColumns(std::span<const Block> basis, Block &block);
  void replaceColumn(std::span<const Block> basis, Block &block, std::size_t column);
  void startFromFirst();
  std::array<T, kBlock> leadBeyond(const Ritz<T> &ritz, std::size_t number) const;

  const partition::LocalSet &nodes;
  matrix::Workers workers;
  std::size_t mostBlocks;
  std::uint64_t seed;
  std::vector<Block> blocks;       ///< Orthonormal: the basis, the block beyond it, unused ones.
  std::size_t numBlocks = 0;       ///< Of the basis.
  std::size_t numKept = 0;         ///< Of the basis when it was last restarted.
  Small<T> projected;              ///< basis^H A basis, of a full one; the lower half is read.
  Small<T> beyond{kWidth, kWidth}; ///< How the last block of the basis leads to the one beyond.
  std::uint64_t numDrawn = 0;
};

} // namespace irh::rt::eigen

#endif // IRH_RUNTIME_EIGEN_KRYLOVSCHUR_H
