//===- KrylovSchur.cpp - a Lanczos basis that restarts with its best vectors -===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/KrylovSchur.h"

#include "runtime/core/FirstRank.h"
#include "runtime/eigen/Lapack.h"
#include "runtime/matrix/Arithmetic.h"
#include "runtime/random/Draws.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

namespace irh::rt::eigen {

std::vector<std::size_t> placesInOrder(std::span<const double> values,
                                       const std::function<double(double)> &order) {
  std::vector<std::size_t> places(values.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(order(values[a]), a) < std::pair(order(values[b]), b);
  });
  return places;
}

template <typename T>
Ritz<T> solveProjected(Small<T> projected, const std::function<double(double)> &order,
                       const matrix::Workers &workers) {
  const std::size_t size = projected.numRows;
  std::vector<double> values(size);
  onFirstRank(workers.comm, "solve the projected matrix", [&] {
    values =
        solveDense(std::span(projected.entries), static_cast<std::int64_t>(size), Vectors::Yes);
  });
  takeFromFirstRank(values, workers.comm);
  takeFromFirstRank({reinterpret_cast<double *>(projected.entries.data()),
                     projected.entries.size() * sizeof(T) / sizeof(double)},
                    workers.comm);
  const std::vector<std::size_t> places = placesInOrder(values, order);
  Ritz<T> ritz{{}, {}, Small<T>(size, size)};
  for (std::size_t i = 0; i < size; ++i) {
    ritz.values.push_back(values[places[i]]);
    std::copy_n(projected.entries.begin() + static_cast<std::ptrdiff_t>(places[i] * size), size,
                ritz.vectors.entries.begin() + static_cast<std::ptrdiff_t>(i * size));
  }
  return ritz;
}

/// The upper triangle R with R^H R equal to a positive definite matrix; nothing if the matrix is
/// nearly singular.
template <typename T> static std::optional<Small<T>> factorize(const std::vector<T> &matrix) {
  constexpr double kLeastPart = 1e-10; // Of a column, that is not along those before it.
  Small<T> triangle(kBlock, kBlock);
  for (std::size_t c = 0; c < kBlock; ++c)
    for (std::size_t r = 0; r <= c; ++r) {
      T rest = matrix[r + c * kBlock];
      for (std::size_t k = 0; k < r; ++k)
        rest -= matrix::conjugate(triangle(k, r)) * triangle(k, c);
      if (r < c)
        triangle(r, c) = rest / triangle(r, r);
      else if (!(matrix::realPart(rest) > kLeastPart * matrix::realPart(matrix[c + c * kBlock])))
        return std::nullopt;
      else
        triangle(c, c) = std::sqrt(matrix::realPart(rest));
    }
  return triangle;
}

template <typename T> static Small<T> inverseOf(const Small<T> &triangle) {
  Small<T> inverse(kBlock, kBlock);
  for (std::size_t c = 0; c < kBlock; ++c)
    for (std::size_t r = c + 1; r-- > 0;) {
      T rest = r == c ? T(1) : T();
      for (std::size_t k = r + 1; k <= c; ++k)
        rest -= triangle(r, k) * inverse(k, c);
      inverse(r, c) = rest / triangle(r, r);
    }
  return inverse;
}

template <typename T> static Small<T> productOf(const Small<T> &a, const Small<T> &b) {
  Small<T> product(kBlock, kBlock);
  for (std::size_t c = 0; c < kBlock; ++c)
    for (std::size_t r = 0; r < kBlock; ++r)
      for (std::size_t k = 0; k < kBlock; ++k)
        product(r, c) += a(r, k) * b(k, c);
  return product;
}

template <typename T> void KrylovSchur<T>::drawColumn(Block &block, std::size_t column) {
  const random::Stream stream = random::makeStream(seed, "eigs");
  const std::uint64_t number = numDrawn++;
  for (std::int64_t node = 0; node < block.numOwned(); ++node) {
    const std::int64_t id = nodes.globalIds[static_cast<std::size_t>(node)];
    const random::Words words =
        random::draw(stream, {.a = static_cast<std::uint64_t>(id), .step = number});
    block.row(node)[column] = random::normal(words);
  }
}

/// The first block is what the basis starts with.
template <typename T> void KrylovSchur<T>::startFromFirst() {
  numBlocks = 0;
  numKept = 0;
  projected = Small<T>(mostBlocks * kWidth, mostBlocks * kWidth);
  normalize({}, blocks[0]);
}

template <typename T> void KrylovSchur<T>::start() {
  if (blocks.empty())
    blocks.emplace_back(nodes, kBlock);
  for (std::size_t c = 0; c < kWidth; ++c)
    drawColumn(blocks[0], c);
  startFromFirst();
}

template <typename T> void KrylovSchur<T>::startFromSum(const Ritz<T> &ritz, std::size_t numBest) {
  Small<T> sums(size(), kWidth);
  for (std::size_t i = 0; i < numBest * kWidth; ++i)
    for (std::size_t r = 0; r < size(); ++r)
      sums(r, i % kWidth) += ritz.vectors(r, i);
  matrix::combine(vectors(), std::span<const T>(sums.entries), std::span(blocks).first(1), workers);
  startFromFirst();
}

/// Takes out of a block what lies along the basis, and says what that was.
template <typename T>
Small<T> KrylovSchur<T>::takeOut(std::span<const Block> basis, Block &block) const {
  Small<T> along(basis.size() * kWidth, kWidth);
  along.entries = matrix::gram(basis, block, workers);
  std::vector<T> taken = along.entries;
  for (T &entry : taken)
    entry = -entry;
  matrix::addProduct(block, basis, std::span<const T>(taken), workers);
  return along;
}

/// A drawn column outside the basis.
template <typename T>
void KrylovSchur<T>::replaceColumn(std::span<const Block> basis, Block &block, std::size_t column) {
  Block drawn(nodes, kBlock);
  drawColumn(drawn, column);
  for (int pass = 0; pass < 2; ++pass) // The second takes out what rounding has left.
    takeOut(basis, drawn);
  for (std::int64_t node = 0; node < block.numOwned(); ++node)
    block.row(node)[column] = drawn.row(node)[column];
}

/// Makes the columns orthonormal, and gives the triangle that leads back: by two factorizations of
/// their products (Y. Yamamoto et al., ETNA 44, 2015), unless a column nearly lies in the space of
/// those before it.
template <typename T>
Small<T> KrylovSchur<T>::normalize(std::span<const Block> basis, Block &block) {
  std::optional<Small<T>> triangle = factorize(matrix::gram(block, block, workers));
  if (!triangle)
    return normalizeColumns(basis, block);
  const auto apply = [&](const Small<T> &factors) {
    matrix::combine(std::span<const Block>(&block, 1), std::span<const T>(factors.entries),
                    std::span(&block, 1), workers);
  };
  apply(inverseOf(*triangle));
  const std::optional<Small<T>> rest = factorize(matrix::gram(block, block, workers));
  apply(inverseOf(rest.value()));
  return productOf(*rest, *triangle);
}

/// Likewise column by column. One that lies in the space of the others and the basis becomes a
/// drawn one outside it.
template <typename T>
Small<T> KrylovSchur<T>::normalizeColumns(std::span<const Block> basis, Block &block) {
  Small<T> triangle(kWidth, kWidth);
  for (std::size_t c = 0; c < kWidth; ++c) {
    bool isReplaced = false;
    double before = -1;
    for (int pass = 0; pass < 3; ++pass) {
      const std::vector<T> products = matrix::gram(block, block, workers);
      const double length = std::sqrt(std::max(0.0, matrix::realPart(products[c + c * kWidth])));
      if (before < 0)
        before = length;
      // Nothing is left but rounding.
      const double least = 1e-13 * std::max(before, 1e-300);
      if (pass < 2 && (length == 0 || length <= least) && !isReplaced) {
        replaceColumn(basis, block, c);
        isReplaced = true;
        before = -1;
        pass = -1;
        continue;
      }
      std::vector<T> along(kWidth);
      for (std::size_t r = 0; r < c; ++r) {
        along[r] = products[r + c * kWidth];
        if (!isReplaced)
          triangle(r, c) += along[r];
      }
      const bool isLast = pass == 2;
      const double factor = isLast ? 1 / length : 1;
      if (isLast && !isReplaced)
        triangle(c, c) = length;
      T *const rows = block.row(0);
      matrix::forEachRun(block.numOwned(), workers.team,
                         [&](std::int64_t first, std::int64_t end, int) {
                           for (std::int64_t node = first; node < end; ++node) {
                             T *const row = rows + node * kBlock;
                             T value = row[c];
                             if (!isLast)
                               for (std::size_t r = 0; r < c; ++r)
                                 matrix::addProductTo(value, -along[r], row[r]);
                             row[c] = value * factor;
                           }
                         });
    }
  }
  return triangle;
}

template <typename T> void KrylovSchur<T>::extend(const Operator &apply) {
  const std::size_t last = numBlocks++;
  if (blocks.size() == numBlocks)
    blocks.emplace_back(nodes, kBlock);
  Block &next = blocks[numBlocks];
  apply(blocks[last], next);
  // A leads from a block to the two last ones, or after a restart to all, and to the next. The
  // second time takes out what rounding has left along any.
  const std::size_t first = last == numKept ? 0 : last - 1;
  const Small<T> near = takeOut(vectors().subspan(first), next);
  const Small<T> rest = takeOut(vectors(), next);
  beyond = normalize(vectors(), next);
  for (std::size_t c = 0; c < kWidth; ++c)
    for (std::size_t r = 0; r < kWidth; ++r) {
      projected(last * kWidth + r, last * kWidth + c) =
          near((last - first) * kWidth + r, c) + rest(last * kWidth + r, c);
      if (!isFull())
        projected(numBlocks * kWidth + r, last * kWidth + c) = beyond(r, c);
    }
}

template <typename T>
Ritz<T> KrylovSchur<T>::solve(const std::function<double(double)> &order) const {
  Small<T> leading(size(), size());
  for (std::size_t c = 0; c < size(); ++c)
    for (std::size_t r = 0; r < size(); ++r)
      leading(r, c) = projected(r, c);
  Ritz<T> ritz = solveProjected(std::move(leading), order, workers);
  for (std::size_t i = 0; i < size(); ++i) {
    double square = 0;
    for (const T entry : leadBeyond(ritz, i))
      square += matrix::squaredSize(entry);
    ritz.residuals.push_back(std::sqrt(square));
  }
  return ritz;
}

/// What A takes of a Ritz vector to the block beyond the basis.
template <typename T>
std::array<T, kBlock> KrylovSchur<T>::leadBeyond(const Ritz<T> &ritz, std::size_t number) const {
  std::array<T, kBlock> along{};
  for (std::size_t r = 0; r < kWidth; ++r)
    for (std::size_t c = 0; c < kWidth; ++c)
      matrix::addProductTo(along[r], beyond(r, c), ritz.vectors(size() - kWidth + c, number));
  return along;
}

template <typename T> void KrylovSchur<T>::restart(const Ritz<T> &ritz, std::size_t numBest) {
  const std::size_t kept = numBest * kWidth;
  std::fill(projected.entries.begin(), projected.entries.end(), T());
  for (std::size_t i = 0; i < kept; ++i) {
    projected(i, i) = ritz.values[i];
    std::ranges::copy(leadBeyond(ritz, i), &projected(kept, i));
  }
  matrix::combine(vectors(), std::span<const T>(ritz.vectors.entries).first(kept * size()),
                  std::span(blocks).first(numBest), workers);
  std::swap(blocks[numBest], blocks[numBlocks]);
  numBlocks = numBest;
  numKept = numBest;
}

#define IRH_INSTANTIATE(T)                                                                         \
  template class KrylovSchur<T>;                                                                   \
  template Ritz<T> solveProjected(Small<T>, const std::function<double(double)> &,                 \
                                  const matrix::Workers &);
IRH_INSTANTIATE(double)
IRH_INSTANTIATE(matrix::Complex)
#undef IRH_INSTANTIATE

} // namespace irh::rt::eigen
