//===- EigenvalueSearch.cpp - eigenvalues at an end of a large spectrum -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/EigenvalueSearch.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/matrix/Arithmetic.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace irh::rt::eigen {

using abi::SpectrumEnd;

static constexpr double kDefaultTolerance = 1e-10;

static std::size_t numBlocksFor(std::size_t numWanted) {
  return std::max<std::size_t>(40, 2 * numWanted + 16) / kBlock;
}

template <typename T>
EigenvalueSearch<T>::EigenvalueSearch(const matrix::HermitianMatrix<T> &matrix,
                                      const EigenvalueRequest &request,
                                      const matrix::Workers &workers)
    : matrix(matrix), request(request), workers(workers),
      numWanted(static_cast<std::size_t>(request.count)),
      basis(matrix.nodes(), numBlocksFor(numWanted), request.seed, workers),
      bound(matrix.bound(workers.comm)) {}

/// The residual that is enough: rounding alone leaves as much as the second.
template <typename T> double EigenvalueSearch<T>::aim() const {
  const double tolerance = request.tolerance > 0 ? request.tolerance : kDefaultTolerance;
  return std::max(tolerance * scale, 64 * std::numeric_limits<double>::epsilon() * bound);
}

/// Blocks that outlive a restart: those that are asked for, and as many as help the next ones.
template <typename T> std::size_t EigenvalueSearch<T>::numKept() const {
  const std::size_t numBlocks = numBlocksFor(numWanted);
  return std::min(numBlocks - 2, (numWanted + kBlock - 1) / kBlock + numBlocks / 4);
}

template <typename T> bool EigenvalueSearch<T>::isFound(const std::vector<double> &residuals) {
  numFound = 0;
  while (numFound < numWanted && residuals[numFound] <= aim())
    ++numFound;
  worst = *std::max_element(residuals.begin(),
                            residuals.begin() + static_cast<std::ptrdiff_t>(numWanted));
  return numFound == numWanted;
}

/// Looks at the basis as it grows, after so many blocks: more often where a block costs more.
template <typename T> bool EigenvalueSearch<T>::isTimeToLook(std::size_t stride) const {
  const std::size_t numBlocks = basis.size() / kBlock;
  return basis.isFull() || (basis.size() >= numWanted + kBlock &&
                            numBlocks % std::max<std::size_t>(stride, numWanted / 32) == 0);
}

/// Until all are found; or once, where a polynomial may do the rest.
template <typename T> Ritz<T> EigenvalueSearch<T>::searchPlainly() {
  const bool isEnd = request.end == SpectrumEnd::Smallest || request.end == SpectrumEnd::Largest;
  basis.start();
  for (;;) {
    basis.extend([&](Block &x, Block &y) { matrix.apply(x, y, workers); });
    if (!isTimeToLook(4))
      continue;
    Ritz<T> ritz = basis.solve([&](double value) { return request.distance(value); });
    scale = std::max({scale, std::abs(ritz.values.front()), std::abs(ritz.values.back())});
    if (isFound(ritz.residuals))
      return ritz;
    if (!basis.isFull())
      continue;
    // No bound is sure but Gershgorin's; but the other end has been approached from inside.
    const double reach = 2 * ritz.residuals.back();
    far = std::clamp(request.end == SpectrumEnd::Smallest ? ritz.values.back() + reach
                                                          : ritz.values.back() - reach,
                     -bound, bound);
    if (++numRestarts >= request.maxRestarts || (isEnd && mayFilter))
      return ritz;
    basis.restart(ritz, numKept());
  }
}

/// How many eigenvalues a polynomial makes large: those that are asked for, and more that are far
/// enough from them. Of the values that a basis has found, the last ones say little.
template <typename T> std::size_t EigenvalueSearch<T>::numLarge(bool isDensityKnown) const {
  return numWanted + std::max<std::size_t>(kBlock, isDensityKnown ? numWanted : numWanted / 4);
}

/// How much larger a polynomial may be at the end than at the last eigenvalue: rounding there is
/// relative to the largest.
template <typename T> double EigenvalueSearch<T>::mostRatio() const {
  return std::clamp(aim() / (1e-15 * scale), 10.0, 1e4);
}

/// A polynomial for estimates of the eigenvalues, from the end inward, and of how far beyond the
/// first one the end may be.
template <typename T> ChebyshevFilter EigenvalueSearch<T>::filterFor(const Ritz<T> &ritz) const {
  const double beyond =
      request.end == SpectrumEnd::Smallest ? -ritz.residuals[0] : ritz.residuals[0];
  const double end = std::clamp(ritz.values[0] + beyond, -bound, bound);
  const auto places = ritz.vectors.entries.empty() ? std::nullopt : placesByDensity(ritz);
  const auto [last, edge] = places ? *places
                                   : std::pair(ritz.values[numWanted - 1],
                                               ritz.values[numLarge(/*isDensityKnown=*/false)]);
  return ChebyshevFilter::forEigenvalues(end, last, edge, far, mostRatio());
}

/// Where the last eigenvalue that is asked for is, and the first one that a polynomial need not
/// make large, by the density that a basis from drawn vectors sees: how much of those vectors lies
/// beyond a place is, times the rows, about the number of eigenvalues there. Nothing if that is not
/// seen.
template <typename T>
std::optional<std::pair<double, double>>
EigenvalueSearch<T>::placesByDensity(const Ritz<T> &ritz) const {
  const auto perVector = static_cast<double>(matrix.numRows()) / kBlock;
  std::vector<double> logarithms; // Of the number of eigenvalues beyond each value.
  double count = 0;
  for (std::size_t i = 0; i < ritz.values.size(); ++i) {
    double weight = 0;
    for (std::size_t c = 0; c < kBlock; ++c)
      weight += perVector * matrix::squaredSize(ritz.vectors(c, i));
    logarithms.push_back(std::log(count + weight / 2));
    count += weight;
  }
  // Between the values the logarithm is taken to be straight.
  const auto placeOf = [&](std::size_t number) {
    const double wanted = std::log(static_cast<double>(number));
    const auto i =
        static_cast<std::size_t>(std::ranges::lower_bound(logarithms, wanted) - logarithms.begin());
    const double part = (logarithms[i] - wanted) / (logarithms[i] - logarithms[i - 1]);
    return std::lerp(ritz.values[i], ritz.values[i - 1], part);
  };
  if (!(logarithms[kBlock] < std::log(static_cast<double>(numWanted))))
    return std::nullopt;
  return std::pair(placeOf(numWanted), placeOf(numLarge(/*isDensityKnown=*/true)));
}

/// Takes the best vectors of a basis, and what the matrix itself says of them.
template <typename T> void EigenvalueSearch<T>::examine(const Ritz<T> &ritz) {
  if (candidates.empty())
    for (std::size_t i = 0; i < numWanted; i += kBlock)
      candidates.emplace_back(matrix.nodes(), kBlock);
  const std::size_t columns = candidates.size() * kBlock;
  matrix::combine(basis.vectors(),
                  std::span<const T>(ritz.vectors.entries).first(columns * basis.size()),
                  std::span<Block>(candidates), workers);
  found = {};
  Block image(matrix.nodes(), kBlock);
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    Block &vectors = candidates[k];
    matrix.apply(vectors, image, workers);
    const std::vector<T> products = matrix::dots(vectors, image, workers);
    const std::vector<double> squares = matrix::sumRuns<double>(
        image.numOwned(), kBlock, workers, [&](std::int64_t first, std::int64_t end, double *sums) {
          for (std::int64_t node = first; node < end; ++node)
            for (std::size_t c = 0; c < kBlock; ++c)
              sums[c] += matrix::squaredSize(std::as_const(image).row(node)[c] -
                                             matrix::realPart(products[c]) *
                                                 std::as_const(vectors).row(node)[c]);
        });
    for (std::size_t c = 0; c < kBlock && found.values.size() < numWanted; ++c) {
      found.values.push_back(matrix::realPart(products[c]));
      found.residuals.push_back(std::sqrt(squares[c]));
    }
  }
}

/// What a polynomial's Ritz values, not its vectors, say of the matrix.
template <typename T>
Ritz<T> EigenvalueSearch<T>::asOfMatrix(const ChebyshevFilter &filter, const Ritz<T> &ritz) {
  Ritz<T> made;
  for (std::size_t i = 0; i < ritz.values.size(); ++i) {
    made.values.push_back(filter.whereItIs(ritz.values[i]));
    made.residuals.push_back(
        std::abs(filter.whereItIs(ritz.values[i] + ritz.residuals[i]) - made.values[i]));
  }
  return made;
}

/// Whether p is larger here than anywhere in its interval: so it is outside.
static bool isLarge(const ChebyshevFilter &filter, double value) {
  return value > 1.5 * filter.at(filter.edge);
}

/// A polynomial that is much better than this one, if there is one: with a smaller interval where
/// fewer eigenvalues lie outside than are asked for, even after a restart, or with a larger one
/// where there are many more.
template <typename T>
std::optional<ChebyshevFilter> EigenvalueSearch<T>::nextFilter(const ChebyshevFilter &filter,
                                                               const Ritz<T> &ritz,
                                                               bool hasRestarted) const {
  if (!isLarge(filter, ritz.values[numWanted - 1])) {
    const double edge = 2 * filter.edge - filter.end;
    return hasRestarted && (filter.far - edge) * (filter.far - filter.end) > 0
               ? std::optional(ChebyshevFilter::forEigenvalues(filter.end, (filter.edge + edge) / 2,
                                                               edge, filter.far, mostRatio()))
               : std::nullopt;
  }
  const ChebyshevFilter better = filterFor(asOfMatrix(filter, ritz));
  const bool isMuchBetter =
      better.degree > 1.5 * filter.degree ||
      std::abs(better.edge - better.end) < 0.6 * std::abs(filter.edge - filter.end);
  return isMuchBetter ? std::optional(better) : std::nullopt;
}

/// The largest residual of those that are asked for, over the value: of p(M). Infinite where p has
/// such values in its interval.
template <typename T>
double EigenvalueSearch<T>::relativeResidual(const ChebyshevFilter &filter,
                                             const Ritz<T> &ritz) const {
  double largest = 0;
  for (std::size_t i = 0; i < numWanted; ++i)
    largest = isLarge(filter, ritz.values[i])
                  ? std::max(largest, ritz.residuals[i] / ritz.values[i])
                  : std::numeric_limits<double>::infinity();
  return largest;
}

/// Fills the basis of the polynomial until the eigenvalues are found (then gives true), or another
/// polynomial is much better: that is the next one.
template <typename T> bool EigenvalueSearch<T>::searchWith(ChebyshevFilter &filter) {
  const double spread = std::abs(filter.far - filter.end);
  // What a relative residual of p(M) is one of M, about: that may be tried, and then is known.
  double reach = spread / 4;
  Block scratch(matrix.nodes(), kBlock);
  bool hasRestarted = false;
  for (;;) {
    basis.extend([&](Block &x, Block &y) {
      std::copy_n(std::as_const(x).row(0), x.numOwned() * kBlock, scratch.row(0));
      filter.apply(matrix, scratch, y, workers);
    });
    if (!isTimeToLook(1))
      continue;
    const Ritz<T> ritz = basis.solve([](double value) { return -value; });
    const double relative = relativeResidual(filter, ritz);
    if (relative * reach <= aim()) {
      examine(ritz);
      const bool isHere = std::ranges::all_of(
          found.values, [&](double value) { return filter.isBeyondEdge(value); });
      if (!isHere) {
        // The other end lies farther than it seemed to, and p is large there too.
        far = request.end == SpectrumEnd::Smallest ? bound : -bound;
        filter =
            ChebyshevFilter::forEigenvalues(filter.end, filter.last, filter.edge, far, mostRatio());
        ++numRestarts;
        basis.start();
        return false;
      }
      if (isFound(found.residuals))
        return true;
      reach = relative > 0 ? std::min(worst / relative, 100 * spread) : reach;
    }
    if (!basis.isFull())
      continue;
    if (++numRestarts >= request.maxRestarts)
      return false;
    if (const auto next = nextFilter(filter, ritz, hasRestarted)) {
      basis.startFromSum(ritz, numKept());
      filter = *next;
      return false;
    }
    if (hasRestarted && !isLarge(filter, ritz.values[numWanted - 1])) {
      // A few eigenvalues lie so far from the others that no polynomial makes both large.
      mayFilter = false;
      return false;
    }
    basis.restart(ritz, numKept());
    hasRestarted = true;
  }
}

/// The vectors that were found, from the end that is asked for.
template <typename T>
std::vector<field::Field>
EigenvalueSearch<T>::takeVectors(const std::vector<std::size_t> &order) const {
  std::vector<field::Field> columns;
  for (const std::size_t i : order) {
    const Block &block = candidates[i / kBlock];
    field::Field &made =
        columns.emplace_back(field::makeField(matrix.nodes(), matrix::kElementOf<T>));
    T *const values = made.values<T>();
    for (std::int64_t node = 0; node < block.numOwned(); ++node)
      values[node] = block.row(node)[i % kBlock];
  }
  return columns;
}

template <typename T> Eigenpairs EigenvalueSearch<T>::run() {
  const Ritz<T> plain = searchPlainly();
  if (numFound == numWanted)
    examine(plain);
  else if (numRestarts < request.maxRestarts) {
    ChebyshevFilter filter = filterFor(plain);
    basis.startFromSum(plain, numKept());
    while (mayFilter && numRestarts < request.maxRestarts && !searchWith(filter)) {
    }
    if (!mayFilter)
      examine(searchPlainly());
  }
  if (numFound < numWanted)
    throw Error(ErrorCode::Stopped, "only " + std::to_string(numFound) + " of " +
                                        std::to_string(numWanted) + " eigenvalues were found in " +
                                        std::to_string(request.maxRestarts) +
                                        " restarts; the largest residual is " + shortest(worst) +
                                        "; ask for fewer, or for a larger `tolerance:`");
  // Values that are nearly equal may have come in any order.
  const std::vector<std::size_t> order =
      placesInOrder(found.values, [&](double value) { return request.distance(value); });
  Eigenpairs pairs;
  for (const std::size_t i : order)
    pairs.values.push_back(found.values[i]);
  if (request.hasVectors)
    pairs.vectors = takeVectors(order);
  return pairs;
}

template class EigenvalueSearch<double>;
template class EigenvalueSearch<matrix::Complex>;

} // namespace irh::rt::eigen
