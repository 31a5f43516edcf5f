//===- Eigenvalues.cpp - a few eigenvalues from an end of the spectrum ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/Eigenvalues.h"

#include "runtime/core/FirstRank.h"
#include "runtime/core/Text.h"
#include "runtime/eigen/Lapack.h"
#include "runtime/matrix/Arithmetic.h"
#include "runtime/random/Draws.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

namespace irh::rt::eigen {
namespace {

using abi::SpectrumEnd;
using matrix::Block;
using matrix::HermitianMatrix;
using matrix::Workers;

constexpr int kBlock = 4; ///< Vectors that are multiplied together.
constexpr double kDefaultTolerance = 1e-10;

/// What is sorted by: less is nearer to the end that is asked for.
double distance(double value, const EigenvalueRequest &request) {
  switch (request.end) {
  case SpectrumEnd::Smallest:
    return value;
  case SpectrumEnd::Largest:
    return -value;
  case SpectrumEnd::Magnitude:
    return -std::abs(value);
  case SpectrumEnd::Nearest:
    return std::abs(value - request.nearest);
  }
  return value;
}

/// The order of values from the end outward.
std::vector<std::size_t> orderFrom(const std::vector<double> &values,
                                   const EigenvalueRequest &request) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(distance(values[a], request), a) < std::pair(distance(values[b], request), b);
  });
  return order;
}

/// The first columns of blocks, as fields.
template <typename T>
void takeColumns(const std::vector<Block<T>> &blocks, std::size_t count,
                 std::vector<field::Field> &into) {
  for (std::size_t i = 0; i < count; ++i) {
    const Block<T> &block = blocks[i / kBlock];
    field::Field &made =
        into.emplace_back(field::makeField(*block.field.set, matrix::kElementOf<T>));
    T *const values = made.values<T>();
    for (std::int64_t node = 0; node < block.numOwned(); ++node)
      values[node] = block.row(node)[i % kBlock];
  }
}

/// A matrix of the projected problem, column by column.
template <typename T> struct Small {
  std::size_t numRows = 0;
  std::vector<T> entries;

  Small(std::size_t numRows, std::size_t numColumns)
      : numRows(numRows), entries(numRows * numColumns) {}
  T &operator()(std::size_t row, std::size_t column) { return entries[row + column * numRows]; }
};

template <typename T> class KrylovSchur {
public:
  KrylovSchur(const HermitianMatrix<T> &matrix, const EigenvalueRequest &request,
              const Workers &workers)
      : matrix(matrix), request(request), workers(workers),
        numWanted(static_cast<std::size_t>(request.count)),
        tolerance(request.tolerance > 0 ? request.tolerance : kDefaultTolerance),
        numBlocks(std::max<std::size_t>(40, 2 * numWanted + 16) / kBlock),
        projected(numBlocks * kBlock, numBlocks * kBlock) {}

  Eigenpairs run();

private:
  static constexpr std::size_t kWidth = kBlock;

  /// The projected problem, solved.
  struct Ritz {
    std::vector<double> values;
    Small<T> vectors;               ///< Of the projected matrix.
    std::vector<std::size_t> order; ///< From the end that is asked for.
    std::vector<double> residuals;  ///< By place in the order.
  };

  void drawStart();
  void extend(std::size_t numKept);
  void orthogonalize(Block<T> &block, std::size_t column);
  Small<T> normalize(Block<T> &block);
  void drawColumn(Block<T> &block, std::size_t column);
  Ritz solve();
  std::vector<Block<T>> combine(const Ritz &ritz, std::size_t numBest) const;
  void restart(const Ritz &ritz, std::size_t numKept);

  const HermitianMatrix<T> &matrix;
  const EigenvalueRequest &request;
  const Workers &workers;
  std::size_t numWanted;
  double tolerance;
  std::size_t numBlocks;
  std::vector<Block<T>> basis;     ///< Orthonormal; one more than numBlocks once it is whole.
  Small<T> projected;              ///< basis^H M basis.
  Small<T> beyond{kWidth, kWidth}; ///< How the last block of the basis leads to the one beyond.
  std::uint64_t numDrawn = 0;
};

template <typename T> void KrylovSchur<T>::drawColumn(Block<T> &block, std::size_t column) {
  const random::Stream stream = random::makeStream(request.seed, "eigs");
  const std::vector<std::int64_t> &ids = matrix.nodes().globalIds;
  const std::uint64_t number = numDrawn++;
  for (std::int64_t node = 0; node < block.numOwned(); ++node) {
    const std::int64_t id = ids[static_cast<std::size_t>(node)];
    const random::Words words =
        random::draw(stream, {.a = static_cast<std::uint64_t>(id), .step = number});
    block.row(node)[column] = random::normal(words);
  }
}

template <typename T> void KrylovSchur<T>::drawStart() {
  Block<T> block(matrix.nodes(), kBlock);
  for (std::size_t c = 0; c < kWidth; ++c)
    drawColumn(block, c);
  basis.push_back(std::move(block));
  normalize(basis[0]);
}

/// Takes out of the block what lies along the basis; adds that to a column of the projected matrix,
/// or to none if there is none of that number.
template <typename T> void KrylovSchur<T>::orthogonalize(Block<T> &block, std::size_t column) {
  for (int pass = 0; pass < 2; ++pass)
    for (std::size_t i = 0; i < basis.size(); ++i) {
      std::vector<T> along = matrix::gram(basis[i], block, workers);
      for (std::size_t c = 0; column < numBlocks && c < kWidth; ++c)
        for (std::size_t r = 0; r < kWidth; ++r)
          projected(i * kWidth + r, column * kWidth + c) += along[r + c * kWidth];
      for (T &entry : along)
        entry = -entry;
      matrix::addProduct(block, basis[i], std::span<const T>(along), workers);
    }
}

/// Makes the columns orthonormal, and gives the triangle that leads back. A column that lies in the
/// space of the others and the basis becomes a random one outside it.
template <typename T> Small<T> KrylovSchur<T>::normalize(Block<T> &block) {
  Small<T> triangle(kWidth, kWidth);
  const std::int64_t numOwned = block.numOwned();
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
        drawColumn(block, c);
        isReplaced = true;
        Block<T> single = Block<T>(matrix.nodes(), kBlock);
        for (std::int64_t node = 0; node < numOwned; ++node)
          single.row(node)[c] = block.row(node)[c];
        orthogonalize(single, numBlocks);
        for (std::int64_t node = 0; node < numOwned; ++node)
          block.row(node)[c] = single.row(node)[c];
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
      matrix::forEachRun(numOwned, workers.team, [&](std::int64_t first, std::int64_t end, int) {
        for (std::int64_t node = first; node < end; ++node) {
          T *const row = block.row(node);
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

/// Adds blocks to the basis until it is whole, from the last one on.
template <typename T> void KrylovSchur<T>::extend(std::size_t numKept) {
  for (std::size_t last = numKept; last < numBlocks; ++last) {
    Block<T> next(matrix.nodes(), kBlock);
    matrix.apply(basis[last], next, workers);
    orthogonalize(next, last);
    beyond = normalize(next);
    if (last + 1 < numBlocks)
      for (std::size_t c = 0; c < kWidth; ++c)
        for (std::size_t r = 0; r < kWidth; ++r) {
          // Its upper half is what the next block finds along this one.
          projected((last + 1) * kWidth + r, last * kWidth + c) = beyond(r, c);
        }
    basis.push_back(std::move(next));
  }
}

template <typename T> typename KrylovSchur<T>::Ritz KrylovSchur<T>::solve() {
  const std::size_t size = numBlocks * kWidth;
  Ritz ritz{{}, Small<T>(size, size), {}, {}};
  ritz.vectors.entries = projected.entries;
  ritz.values.resize(size);
  onFirstRank(workers.comm, "solve the projected matrix", [&] {
    ritz.values =
        solveDense(std::span(ritz.vectors.entries), static_cast<std::int64_t>(size), Vectors::Yes);
  });
  takeFromFirstRank(ritz.values, workers.comm);
  takeFromFirstRank({reinterpret_cast<double *>(ritz.vectors.entries.data()),
                     ritz.vectors.entries.size() * sizeof(T) / sizeof(double)},
                    workers.comm);
  ritz.order = orderFrom(ritz.values, request);
  for (const std::size_t i : ritz.order) {
    double square = 0;
    for (std::size_t r = 0; r < kWidth; ++r) {
      T entry = T();
      for (std::size_t c = 0; c < kWidth; ++c)
        matrix::addProductTo(entry, beyond(r, c), ritz.vectors((numBlocks - 1) * kWidth + c, i));
      square += matrix::squaredSize(entry);
    }
    ritz.residuals.push_back(std::sqrt(square));
  }
  return ritz;
}

/// The best vectors of the basis, in blocks.
template <typename T>
std::vector<Block<T>> KrylovSchur<T>::combine(const Ritz &ritz, std::size_t numBest) const {
  const std::size_t size = numBlocks * kWidth;
  std::vector<Block<T>> kept;
  for (std::size_t k = 0; k < numBest; ++k) {
    Block<T> &block = kept.emplace_back(matrix.nodes(), kBlock);
    for (std::size_t i = 0; i < numBlocks; ++i) {
      std::vector<T> factors(kWidth * kWidth);
      for (std::size_t c = 0; c < kWidth; ++c)
        for (std::size_t r = 0; r < kWidth; ++r)
          factors[r + c * kWidth] =
              ritz.vectors.entries[i * kWidth + r + ritz.order[k * kWidth + c] * size];
      matrix::addProduct(block, basis[i], std::span<const T>(factors), workers);
    }
  }
  return kept;
}

/// The first `numKept` blocks become the best vectors of the basis; the block beyond comes next.
template <typename T> void KrylovSchur<T>::restart(const Ritz &ritz, std::size_t numKept) {
  const std::size_t size = numBlocks * kWidth;
  std::vector<Block<T>> kept = combine(ritz, numKept);
  kept.push_back(std::move(basis[numBlocks]));
  basis = std::move(kept);
  std::fill(projected.entries.begin(), projected.entries.end(), T());
  for (std::size_t i = 0; i < numKept * kWidth; ++i)
    projected(i, i) = ritz.values[ritz.order[i]];
  // How the kept ones lead to the block after them is found again with that block's product; here
  // only the lower half counts.
  for (std::size_t i = 0; i < numKept * kWidth; ++i)
    for (std::size_t r = 0; r < kWidth; ++r) {
      T entry = T();
      for (std::size_t c = 0; c < kWidth; ++c)
        matrix::addProductTo(
            entry, beyond(r, c),
            ritz.vectors.entries[(numBlocks - 1) * kWidth + c + ritz.order[i] * size]);
      projected(numKept * kWidth + r, i) = entry;
    }
}

template <typename T> Eigenpairs KrylovSchur<T>::run() {
  const double bound = matrix.bound(workers.comm);
  drawStart();
  std::size_t numKept = 0;
  std::size_t numFound = 0;
  double worst = 0;
  for (int restarts = 0; restarts < request.maxRestarts; ++restarts) {
    extend(numKept);
    const Ritz ritz = solve();
    const double scale = std::max(std::abs(ritz.values.front()), std::abs(ritz.values.back()));
    // Rounding alone leaves as much.
    const double aim =
        std::max(tolerance * scale, 64 * std::numeric_limits<double>::epsilon() * bound);
    numFound = 0;
    while (numFound < numWanted && ritz.residuals[numFound] <= aim)
      ++numFound;
    worst = *std::max_element(ritz.residuals.begin(),
                              ritz.residuals.begin() + static_cast<std::ptrdiff_t>(numWanted));
    if (numFound == numWanted) {
      Eigenpairs found;
      for (std::size_t i = 0; i < numWanted; ++i)
        found.values.push_back(ritz.values[ritz.order[i]]);
      if (request.hasVectors)
        takeColumns(combine(ritz, (numWanted + kWidth - 1) / kWidth), numWanted, found.vectors);
      return found;
    }
    numKept = std::min(numBlocks - 2, (numWanted + kWidth - 1) / kWidth + numBlocks / 4);
    restart(ritz, numKept);
  }
  throw Error(ErrorCode::Stopped, "only " + std::to_string(numFound) + " of " +
                                      std::to_string(numWanted) + " eigenvalues were found in " +
                                      std::to_string(request.maxRestarts) +
                                      " restarts; the largest residual is " + shortest(worst) +
                                      "; ask for fewer, or for a larger `tolerance:`");
}

} // namespace

/// The first `count` of all values, from the end that is asked for.
static std::vector<std::size_t> pickFrom(const std::vector<double> &all,
                                         const EigenvalueRequest &request) {
  std::vector<std::size_t> order = orderFrom(all, request);
  if (request.count == kAll) // Ascending, as they are.
    std::iota(order.begin(), order.end(), std::size_t{0});
  else
    order.resize(static_cast<std::size_t>(request.count));
  return order;
}

static Eigenpairs solveWhole(SpectralMatrix &matrix, const EigenvalueRequest &request,
                             const Workers &workers) {
  const std::vector<double> &all = matrix.spectrum(workers);
  const std::vector<std::size_t> picked = pickFrom(all, request);
  Eigenpairs found;
  for (const std::size_t i : picked)
    found.values.push_back(all[i]);
  if (request.hasVectors)
    found.vectors = std::visit(
        [&](const auto &rows) { return denseEigenvectors(rows, picked, workers); }, matrix.rows);
  return found;
}

/// Gives a vector length 1 and the phase that Eigenpairs says.
template <typename T> static void standardize(field::Field &vector, const Workers &workers) {
  T *const values = vector.values<T>();
  const partition::LocalSet &nodes = *vector.set;
  double sizes[2] = {0, 0}; // Of all entries, and of the largest.
  for (std::int64_t node = 0; node < nodes.numOwned; ++node) {
    const double square = matrix::squaredSize(values[node]);
    sizes[0] += square;
    sizes[1] = std::max(sizes[1], square);
  }
  matrix::addOverRanks({sizes, 1}, workers.comm);
  workers.comm.allreduce(std::as_writable_bytes(std::span(sizes + 1, 1)),
                         combineEach<double, [](double a, double b) { return std::max(a, b); }>);
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  T entry = T();
  for (std::int64_t node = 0; node < nodes.numOwned; ++node) {
    const std::int64_t id = nodes.globalIds[static_cast<std::size_t>(node)];
    // A little less than half, so that entries which are equal but for rounding are alike.
    if (id < least && 4.01 * matrix::squaredSize(values[node]) >= sizes[1]) {
      least = id;
      entry = values[node];
    }
  }
  if (workers.comm.least(least) != least)
    entry = T();
  matrix::addOverRanks({reinterpret_cast<double *>(&entry), sizeof(T) / sizeof(double)},
                       workers.comm);
  if (sizes[0] == 0)
    return;
  const T factor = matrix::conjugate(entry) / (std::abs(entry) * std::sqrt(sizes[0]));
  for (std::int64_t node = 0; node < nodes.numOwned; ++node)
    values[node] *= factor;
}

Eigenpairs findEigenvalues(SpectralMatrix &matrix, const EigenvalueRequest &request,
                           const Workers &workers) {
  const std::int64_t numRows = matrix.numRows();
  if (request.count != kAll && request.count < 1)
    throw invalid("`count:` is " + std::to_string(request.count) +
                  "; at least one eigenvalue must be asked for");
  if (request.count > numRows)
    throw invalid(std::to_string(request.count) +
                  " eigenvalues are asked for, and the matrix has " + std::to_string(numRows) +
                  "; lower `count:`");
  // A basis of nearly all vectors is no gain.
  const bool isWhole = request.count == kAll || matrix.isDense() ||
                       (request.count > numRows / 8 && numRows <= kMostWholeRows);
  if (!isWhole && request.end == SpectrumEnd::Nearest)
    throw invalid("eigenvalues `nearest` to a number are found in small matrices alone, and this "
                  "one has " +
                  std::to_string(numRows) + " rows; ask for the smallest or the largest");
  return std::visit(
      [&]<typename T>(const HermitianMatrix<T> &rows) {
        Eigenpairs found = isWhole ? solveWhole(matrix, request, workers)
                                   : KrylovSchur<T>(rows, request, workers).run();
        for (field::Field &vector : found.vectors)
          standardize<T>(vector, workers);
        return found;
      },
      matrix.rows);
}

} // namespace irh::rt::eigen
