//===- NullSpace.cpp - vectors that a matrix is known to take to zero -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/NullSpace.h"

#include "runtime/matrix/Arithmetic.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

namespace irh::rt::eigen {
namespace {

using matrix::Complex;
using matrix::HermitianMatrix;
using matrix::Workers;

constexpr double kPhaseTolerance = 1e-8;
constexpr double kRowTolerance = 1e-12;

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

/// The value at the other end of an edge that makes its entry and this row's sum cancel.
template <typename T> T follow(T here, T entry) {
  return -here * matrix::conjugate(entry) / std::abs(entry);
}

double asPart(Complex value, int part) { return part == 0 ? value.real() : value.imag(); }
double asPart(double value, int part) { return part == 0 ? value : 0; }
template <typename T> T fromParts(double re, double im) {
  if constexpr (std::is_same_v<T, Complex>)
    return {re, im};
  else
    return re;
}

/// Parts that belong together, and by what their values differ from those of the first of them.
class Unions {
public:
  explicit Unions(std::size_t count) : parents(count), factors(count, 1.0), fits(count, true) {
    std::iota(parents.begin(), parents.end(), std::size_t{0});
  }

  /// The representative, and the factor to it.
  std::pair<std::size_t, Complex> find(std::size_t part) {
    Complex factor = 1;
    std::size_t root = part;
    while (parents[root] != root) {
      factor *= factors[root];
      root = parents[root];
    }
    if (root != part) {
      parents[part] = root;
      factors[part] = factor;
    }
    return {root, factor};
  }
  void join(std::size_t first, std::size_t second, Complex factor) {
    const auto [a, ofFirst] = find(first);
    const auto [b, ofSecond] = find(second);
    // The vector is (factor of the part) times the part's values: that of `second` is `factor`
    // times that of `first`.
    if (a == b) {
      if (std::abs(ofFirst * factor - ofSecond) > kPhaseTolerance)
        fits[a] = false;
      return;
    }
    const auto [root, child] = std::minmax(a, b);
    const Complex ofB = ofFirst * factor / ofSecond; // of b as seen from a
    parents[child] = root;
    factors[child] = child == b ? ofB : 1.0 / ofB;
    fits[root] = fits[root] && fits[child];
  }
  void refuse(std::size_t part) { fits[find(part).first] = false; }
  bool isFitting(std::size_t root) const { return fits[root]; }

private:
  std::vector<std::size_t> parents;
  std::vector<Complex> factors;
  std::vector<bool> fits;
};

/// What all ranks have, one after the other. Collective.
std::vector<double> concatenate(std::span<const double> mine, Communicator &comm) {
  const std::vector<std::int64_t> counts = comm.gather(std::ssize(mine));
  const auto mid = counts.begin() + comm.rank();
  const std::int64_t before = std::accumulate(counts.begin(), mid, std::int64_t{0});
  std::vector<double> all(index(std::accumulate(counts.begin(), counts.end(), std::int64_t{0})));
  std::copy(mine.begin(), mine.end(), all.begin() + before);
  // Each entry is one rank's alone: adding zeros is exact.
  comm.allreduce(std::as_writable_bytes(std::span(all)),
                 combineEach<double, [](double a, double b) { return a + b; }>);
  return all;
}

} // namespace

template <typename T>
NullSpace<T>::NullSpace(const HermitianMatrix<T> &matrix, const Workers &workers) {
  sweepPhases(matrix);
  if (workers.comm.size() > 1)
    joinRanks(matrix, workers);
  numberVectors(workers.comm);
}

/// Over the owned nodes, from each that no sweep has reached before.
template <typename T> void NullSpace<T>::sweepPhases(const HermitianMatrix<T> &matrix) {
  const std::int64_t numOwned = matrix.nodes().numOwned;
  partOf.assign(index(numOwned), -1);
  values.assign(index(numOwned), T(1));
  std::vector<std::int64_t> reached;
  for (std::int64_t first = 0; first < numOwned; ++first) {
    if (partOf[index(first)] >= 0)
      continue;
    const auto number = static_cast<std::int32_t>(parts.size());
    Part part;
    partOf[index(first)] = number;
    reached.assign(1, first);
    for (std::size_t next = 0; next < reached.size(); ++next) {
      const std::int64_t row = reached[next];
      double balance = 0; // The diagonal less the sizes beside it.
      double scale = 0;
      matrix.visitRow(row, [&](std::int64_t column, T entry) {
        const double size = std::abs(entry);
        scale += size;
        balance += column == row ? matrix::realPart(entry) : -size;
        if (column == row || column >= numOwned || size == 0)
          return;
        const T wanted = follow(values[index(row)], entry);
        if (partOf[index(column)] < 0) {
          partOf[index(column)] = number;
          values[index(column)] = wanted;
          reached.push_back(column);
        } else {
          part.fits &= std::abs(values[index(column)] - wanted) <= kPhaseTolerance;
        }
      });
      part.fits &= std::abs(balance) <= kRowTolerance * scale;
    }
    part.numNodes = std::ssize(reached);
    parts.push_back(part);
  }
}

/// Calls `visit(row, column, entry)` for the entries that lead to nodes of other ranks.
template <typename T, typename Visit>
static void visitCut(const HermitianMatrix<T> &matrix, const Visit &visit) {
  const std::int64_t numOwned = matrix.nodes().numOwned;
  for (std::int64_t row = 0; row < numOwned; ++row)
    matrix.visitRow(row, [&](std::int64_t column, T entry) {
      if (column >= numOwned && std::abs(entry) != 0)
        visit(row, column, entry);
    });
}

/// Numbers the parts that reach other ranks, over all ranks, and gives of each of them the number
/// of its nodes and whether it fits.
template <typename T>
std::vector<double> NullSpace<T>::shareParts(const HermitianMatrix<T> &matrix, Communicator &comm) {
  std::vector<Part *> shared;
  visitCut(matrix, [&](std::int64_t row, std::int64_t, T) {
    Part &part = partAt(row);
    if (part.shared < 0) {
      part.shared = std::ssize(shared);
      shared.push_back(&part);
    }
  });
  const std::vector<std::int64_t> counts = comm.gather(std::ssize(shared));
  const auto mine = counts.begin() + comm.rank();
  const std::int64_t before = std::accumulate(counts.begin(), mine, std::int64_t{0});
  std::vector<double> states;
  for (Part *part : shared) {
    part->shared += before;
    states.insert(states.end(), {static_cast<double>(part->numNodes), part->fits ? 1.0 : 0.0});
  }
  return concatenate(states, comm);
}

/// How the values of parts on different ranks belong together: of each cut edge (part, part, real
/// and imaginary part of the factor).
template <typename T>
std::vector<double> NullSpace<T>::findLinks(const HermitianMatrix<T> &matrix, Communicator &comm) {
  constexpr int kNumColumns = 4; // Part and value, and one to make it a width that blocks have.
  matrix::Block<double> sent(matrix.nodes(), kNumColumns);
  for (std::int64_t node = 0; node < matrix.nodes().numOwned; ++node) {
    sent.row(node)[0] = static_cast<double>(partAt(node).shared);
    sent.row(node)[1] = asPart(values[index(node)], 0);
    sent.row(node)[2] = asPart(values[index(node)], 1);
  }
  matrix.exchange(sent.field, comm);
  std::vector<double> links;
  visitCut(matrix, [&](std::int64_t row, std::int64_t column, T entry) {
    const double *const there = sent.row(column);
    const Complex wanted = follow(values[index(row)], entry);
    const Complex factor = wanted / Complex(fromParts<T>(there[1], there[2]));
    const auto here = static_cast<double>(partAt(row).shared);
    // Both ranks see the edge: one says so.
    if (here < there[0])
      links.insert(links.end(), {here, there[0], factor.real(), factor.imag()});
  });
  return concatenate(links, comm);
}

/// Finds which parts of the ranks are of one component, and by what their values differ.
template <typename T>
void NullSpace<T>::joinRanks(const HermitianMatrix<T> &matrix, const Workers &workers) {
  const std::vector<double> states = shareParts(matrix, workers.comm);
  const std::vector<double> links = findLinks(matrix, workers.comm);
  const std::size_t numShared = states.size() / 2;
  Unions unions(numShared);
  for (std::size_t i = 0; i < links.size(); i += 4)
    unions.join(static_cast<std::size_t>(links[i]), static_cast<std::size_t>(links[i + 1]),
                {links[i + 2], links[i + 3]});
  for (std::size_t i = 0; i < numShared; ++i)
    if (states[2 * i + 1] == 0)
      unions.refuse(i);
  std::vector<std::int64_t> vectorOf(numShared, -1);
  for (std::size_t i = 0; i < numShared; ++i) {
    const std::size_t root = unions.find(i).first;
    if (!unions.isFitting(root))
      continue;
    if (vectorOf[root] < 0) {
      vectorOf[root] = std::ssize(sizesOfShared);
      sizesOfShared.push_back(0);
    }
    vectorOf[i] = vectorOf[root];
    sizesOfShared[index(vectorOf[i])] += states[2 * i];
  }
  for (Part &part : parts)
    if (part.shared >= 0)
      part.vector = vectorOf[index(part.shared)];
  for (std::size_t node = 0; node < values.size(); ++node)
    if (const Part &part = parts[index(partOf[node])]; part.shared >= 0) {
      const Complex factor = unions.find(index(part.shared)).second;
      values[node] *= fromParts<T>(factor.real(), factor.imag());
    }
}

template <typename T> void NullSpace<T>::numberVectors(Communicator &comm) {
  for (Part &part : parts)
    if (part.shared < 0 && part.fits) {
      part.vector = std::ssize(sizesOfOwn);
      sizesOfOwn.push_back(static_cast<double>(part.numNodes));
    }
  numVectors = std::ssize(sizesOfShared);
  for (const std::int64_t count : comm.gather(std::ssize(sizesOfOwn)))
    numVectors += count;
}

template <typename T>
void NullSpace<T>::project(matrix::Block<T> &block, const Workers &workers) const {
  if (numVectors == 0)
    return;
  const auto numColumns = index(block.numColumns());
  std::vector<T> ofOwn(sizesOfOwn.size() * numColumns);
  std::vector<T> ofShared(sizesOfShared.size() * numColumns);
  const auto visit = [&](const auto &body) {
    for (std::int64_t node = 0; node < block.numOwned(); ++node) {
      const Part &part = parts[index(partOf[index(node)])];
      if (part.vector >= 0)
        body(node, (part.shared < 0 ? ofOwn : ofShared).data() + index(part.vector) * numColumns);
    }
  };
  visit([&](std::int64_t node, T *along) {
    for (std::size_t c = 0; c < numColumns; ++c)
      matrix::addConjugateProduct(along[c], values[index(node)], block.row(node)[c]);
  });
  matrix::addOverRanks(
      {reinterpret_cast<double *>(ofShared.data()), ofShared.size() * sizeof(T) / sizeof(double)},
      workers.comm);
  for (std::size_t i = 0; i < ofOwn.size(); ++i)
    ofOwn[i] /= sizesOfOwn[i / numColumns];
  for (std::size_t i = 0; i < ofShared.size(); ++i)
    ofShared[i] /= sizesOfShared[i / numColumns];
  visit([&](std::int64_t node, T *along) {
    for (std::size_t c = 0; c < numColumns; ++c)
      matrix::addProductTo(block.row(node)[c], -values[index(node)], along[c]);
  });
}

template <typename T>
std::vector<std::int64_t> NullSpace<T>::leastNodes(const partition::LocalSet &nodes,
                                                   Communicator &comm) const {
  constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();
  std::vector<std::int64_t> ofOwn(sizesOfOwn.size(), kNone), ofShared(sizesOfShared.size(), kNone);
  for (std::size_t node = 0; node < partOf.size(); ++node) {
    const Part &part = parts[index(partOf[node])];
    if (part.vector < 0)
      continue;
    std::int64_t &least = (part.shared < 0 ? ofOwn : ofShared)[index(part.vector)];
    least = std::min(least, nodes.globalIds[node]);
  }
  std::vector<std::int64_t> all = ofShared;
  comm.allreduce(
      std::as_writable_bytes(std::span(all)),
      combineEach<std::int64_t, [](std::int64_t a, std::int64_t b) { return std::min(a, b); }>);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i] == ofShared[i])
      ofOwn.push_back(all[i]);
  return ofOwn;
}

template <typename T> double NullSpace<T>::sumOfLogSizes(Communicator &comm) const {
  double sum = 0;
  for (const double size : sizesOfOwn)
    sum += std::log(size);
  matrix::addOverRanks({&sum, 1}, comm);
  for (const double size : sizesOfShared)
    sum += std::log(size);
  return sum;
}

template class NullSpace<double>;
template class NullSpace<Complex>;

} // namespace irh::rt::eigen
