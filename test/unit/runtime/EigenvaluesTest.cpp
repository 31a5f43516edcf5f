//===- EigenvaluesTest.cpp - a few eigenvalues of large matrices ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/Eigenvalues.h"
#include "RingMatrix.h"
#include "runtime/core/Error.h"
#include "runtime/eigen/ChebyshevFilter.h"
#include "runtime/matrix/Arithmetic.h"

#include <gtest/gtest.h>

#include <complex>
#include <string>

using namespace irh::rt;
using namespace irh::testing;
using irh::abi::SpectrumEnd;
using irh::rt::eigen::ChebyshevFilter;
using irh::rt::eigen::SpectralMatrix;
using irh::rt::matrix::Block;
using irh::rt::matrix::Complex;
using irh::rt::matrix::HermitianMatrix;
using irh::rt::matrix::Workers;

namespace {

/// The largest entry of a - b, over all ranks.
template <typename T> double distanceOf(const Block<T> &a, const Block<T> &b) {
  double largest = 0;
  for (std::int64_t i = 0; i < a.numOwned() * a.numColumns(); ++i)
    largest = std::max(largest, std::abs(a.row(0)[i] - b.row(0)[i]));
  return largest;
}

template <typename T> void fill(Block<T> &block, int number) {
  for (std::int64_t node = 0; node < block.numOwned(); ++node)
    for (int c = 0; c < block.numColumns(); ++c) {
      const double angle = 0.1 + 1.7 * static_cast<double>(node * (c + 1) + number);
      if constexpr (std::is_same_v<T, Complex>)
        block.row(node)[c] = {std::cos(angle), std::sin(3 * angle)};
      else
        block.row(node)[c] = std::cos(angle);
    }
}

/// Blocks of four vectors, and what is made of them, beside the formulas written out.
template <typename T> void expectCombinations(std::int64_t numNodes, std::size_t numBlocks) {
  withRing<T>(numNodes, 1, {}, [&](SpectralMatrix &matrix, const Workers &workers) {
    const auto &nodes = std::get<HermitianMatrix<T>>(matrix.rows).nodes();
    const std::size_t size = 4 * numBlocks;
    std::vector<Block<T>> x;
    for (std::size_t k = 0; k < numBlocks; ++k)
      fill<T>(x.emplace_back(nodes, 4), static_cast<int>(k));
    Block<T> y(nodes, 4);
    fill(y, 17);
    const auto at = [&](std::int64_t node, std::size_t i) { return x[i / 4].row(node)[i % 4]; };
    const std::vector<T> products = matrix::gram(std::span<const Block<T>>(x), y, workers);
    Block<T> expected(nodes, 4);
    for (std::size_t j = 0; j < 4; ++j)
      for (std::size_t i = 0; i < size; ++i) {
        T sum = T();
        for (std::int64_t node = 0; node < numNodes; ++node)
          sum += matrix::conjugate(at(node, i)) * y.row(node)[j];
        EXPECT_NEAR(std::abs(products[i + j * size] - sum), 0,
                    1e-12 * static_cast<double>(numNodes));
        for (std::int64_t node = 0; node < numNodes; ++node)
          expected.row(node)[j] += at(node, i) * products[i + j * size];
      }
    Block<T> sums(nodes, 4);
    matrix::addProduct(sums, std::span<const Block<T>>(x), std::span<const T>(products), workers);
    const double scale = static_cast<double>(numNodes) * static_cast<double>(size);
    EXPECT_LE(distanceOf(sums, expected), 1e-14 * scale);
    matrix::combine(std::span<const Block<T>>(x), std::span<const T>(products),
                    std::span<Block<T>>(x).first(1), workers);
    EXPECT_EQ(distanceOf(x[0], sums), 0);
  });
}

} // namespace

TEST(EigenvaluesTest, BlocksCombineAsTheirColumnsDo) {
  for (const std::int64_t numNodes : {3, 129, 5000})
    for (const std::size_t numBlocks : {1, 5}) {
      expectCombinations<double>(numNodes, numBlocks);
      expectCombinations<Complex>(numNodes, numBlocks);
    }
}

// Waves on a ring are eigenvectors, and a polynomial of the matrix
// multiplies each by its value there.
TEST(EigenvaluesTest, AFilterMultipliesEigenvectorsByItsValues) {
  constexpr std::int64_t kNodes = 60;
  for (const bool isLow : {true, false})
    withRing<double>(kNodes, 1, {}, [&](SpectralMatrix &matrix, const Workers &workers) {
      const auto &rows = std::get<HermitianMatrix<double>>(matrix.rows);
      const double end = isLow ? 0 : 4;
      const double inward = isLow ? 1 : -1;
      const ChebyshevFilter filter = ChebyshevFilter::forEigenvalues(
          end, end + inward * 0.1, end + inward * 0.4, end + inward * 4, 1e4);
      EXPECT_GE(filter.degree, 4);
      EXPECT_NEAR(filter.at(end), 1, 1e-14);
      EXPECT_GE(filter.at(end + inward * 0.1), 100 * filter.at(end + inward * 0.4));
      EXPECT_NEAR(filter.whereItIs(filter.at(end + inward * 0.2)), end + inward * 0.2, 1e-12);
      for (const int waves : {0, 1, 3, 27, 29, 30}) {
        Block<double> x(rows.nodes(), 4), y(rows.nodes(), 4), expected(rows.nodes(), 4);
        const double turn = 2 * std::numbers::pi * waves / kNodes;
        const double value = 2 - 2 * std::cos(turn);
        if ((value - filter.edge) * inward > 0)
          continue;
        for (std::int64_t node = 0; node < kNodes; ++node) {
          x.row(node)[2] = std::cos(turn * static_cast<double>(node));
          expected.row(node)[2] = filter.at(value) * x.row(node)[2];
        }
        filter.apply(rows, x, y, workers);
        EXPECT_LE(distanceOf(y, expected), 1e-13) << waves << " waves";
      }
    });
}

TEST(EigenvaluesTest, ADegreeKeepsTheFirstNearTheLast) {
  // One eigenvalue far from all others; and no gap at all.
  const ChebyshevFilter far = ChebyshevFilter::forEigenvalues(100, 11, 10, -10, 1e4);
  EXPECT_EQ(far.degree, 4);
  const ChebyshevFilter none = ChebyshevFilter::forEigenvalues(10, 10, 10, -10, 1e4);
  EXPECT_EQ(none.degree, 2000);
}

// The ends of a long ring's spectrum are dense, and each eigenvalue but the first is twofold where
// the ring has no turn.
TEST(EigenvaluesTest, TheDenseEndsOfARingAgreeWithTheirClosedForm) {
  constexpr std::int64_t kNodes = 4200; // more than are solved whole
  const auto expect = [&](SpectralMatrix &matrix, const Workers &workers,
                          const std::vector<double> &exact, int count) {
    for (const SpectrumEnd end : {SpectrumEnd::Smallest, SpectrumEnd::Largest}) {
      eigen::EigenvalueRequest request;
      request.end = end;
      request.count = count;
      const std::vector<double> found = eigen::findEigenvalues(matrix, request, workers).values;
      for (std::size_t i = 0; i < found.size(); ++i)
        EXPECT_NEAR(found[i], exact[end == SpectrumEnd::Smallest ? i : exact.size() - 1 - i], 1e-10)
            << "number " << i;
    }
  };
  for (const int numRanks : {1, 3}) {
    withRing<double>(kNodes, numRanks, {}, [&](SpectralMatrix &matrix, const Workers &workers) {
      expect(matrix, workers, ringSpectrum(kNodes, 0), 9);
    });
    withRing<Complex>(kNodes, numRanks, {.turn = 0.3},
                      [&](SpectralMatrix &matrix, const Workers &workers) {
                        expect(matrix, workers, ringSpectrum(kNodes, turnOfRing(kNodes, 0.3)), 5);
                      });
  }
}

// A diagonal matrix has whatever eigenvalues one likes.
TEST(EigenvaluesTest, EndsOfAnyShapeAreFound) {
  constexpr std::int64_t kNodes = 2500;
  using Shape = std::function<double(std::int64_t)>; // Of a rank from 0 to 1, ascending.
  const auto part = [](std::int64_t i) { return static_cast<double>(i) / kNodes; };
  const std::map<std::string, Shape> shapes = {
      {"even", [&](std::int64_t i) { return part(i); }},
      {"dense at 0", [&](std::int64_t i) { return part(i) * part(i); }},
      {"threefold", [&](std::int64_t i) { return part(i - i % 3); }},
      {"five far off", [&](std::int64_t i) { return part(i) + (i < kNodes - 5 ? 0.0 : 30.0); }},
      {"on both sides of 0", [&](std::int64_t i) { return std::pow(2 * part(i) - 1, 3); }},
      {"two bands", [&](std::int64_t i) { return part(i) + (i < 40 ? 0.0 : 10.0); }},
  };
  for (const auto &[name, shape] : shapes) {
    Entries entries{.diagonal = 0, .hop = 0};
    std::vector<double> exact;
    for (std::int64_t i = 0; i < kNodes; ++i) {
      entries.more[i * 7 % kNodes] = shape(i);
      exact.push_back(shape(i));
    }
    const double scale = std::max(std::abs(exact.front()), std::abs(exact.back()));
    withRing<Complex>(kNodes, 1, entries, [&](SpectralMatrix &matrix, const Workers &workers) {
      for (const std::int64_t count : {1, 7, 50})
        for (const SpectrumEnd end : {SpectrumEnd::Smallest, SpectrumEnd::Largest}) {
          std::vector<double> found;
          try {
            found = eigen::findEigenvalues(matrix, {.end = end, .count = count}, workers).values;
          } catch (const Error &error) {
            // Dense behind a wide gap: too hard so far, but nothing wrong is given.
            EXPECT_EQ(error.code, ErrorCode::Stopped);
            EXPECT_TRUE(name == "five far off" && count > 5 && end == SpectrumEnd::Largest) << name;
          }
          for (std::size_t i = 0; i < found.size(); ++i)
            EXPECT_NEAR(found[i], exact[end == SpectrumEnd::Smallest ? i : exact.size() - 1 - i],
                        1e-9 * scale)
                << name << ", number " << i << " of " << count;
        }
    });
  }
}

// An impurity of strength V on a long chain binds a state of energy 2 + sqrt(V^2 + 4); several of
// one strength, far from each other, make an eigenvalue of that multiplicity.
TEST(EigenvaluesTest, RestartsFindEigenvaluesOfAnyMultiplicity) {
  constexpr std::int64_t kNodes = 4500; // more than are solved whole
  const Entries entries{
      .turn = 0.5,
      .more = {{10, 8}, {700, 8}, {1500, 8}, {2300, 8}, {3100, 8}, {4000, 5}, {4400, -9}}};
  for (const int numRanks : {1, 3})
    withRing<Complex>(
        kNodes, numRanks, entries, [&](SpectralMatrix &matrix, const Workers &workers) {
          ASSERT_FALSE(matrix.isDense());
          const std::vector<double> largest =
              eigen::findEigenvalues(matrix, {.end = SpectrumEnd::Largest, .count = 6}, workers)
                  .values;
          ASSERT_EQ(largest.size(), 6U);
          for (std::size_t i = 0; i < 5; ++i)
            EXPECT_NEAR(largest[i], 2 + std::sqrt(68), 1e-9);
          EXPECT_NEAR(largest[5], 2 + std::sqrt(29), 1e-9);
          const std::vector<double> smallest =
              eigen::findEigenvalues(matrix, {.end = SpectrumEnd::Smallest, .count = 1}, workers)
                  .values;
          EXPECT_NEAR(smallest.at(0), 2 - std::sqrt(85), 1e-9);
        });
}

TEST(EigenvaluesTest, ASearchThatDoesNotEndSaysHowFarItCame) {
  // The ends of a long ring's spectrum are dense.
  withRing<Complex>(2500, 1, {}, [&](SpectralMatrix &matrix, const Workers &workers) {
    try {
      eigen::findEigenvalues(matrix, {.count = 1, .maxRestarts = 1}, workers);
      FAIL() << "found";
    } catch (const Error &error) {
      EXPECT_EQ(error.code, ErrorCode::Stopped);
      EXPECT_NE(std::string(error.what()).find("0 of 1 eigenvalues"), std::string::npos);
    }
  });
}
