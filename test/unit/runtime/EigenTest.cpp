//===- EigenTest.cpp - products, traces and eigenvalues of matrices ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "RingMatrix.h"
#include "runtime/core/Error.h"
#include "runtime/eigen/Eigenvalues.h"
#include "runtime/eigen/Lanczos.h"
#include "runtime/eigen/Lapack.h"
#include "runtime/eigen/Trace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <vector>

using namespace irh::rt;
using namespace irh::testing;
using irh::abi::SpectrumEnd;
using irh::abi::TraceMethod;
using irh::rt::eigen::Estimate;
using irh::rt::eigen::SpectralMatrix;
using irh::rt::matrix::Block;
using irh::rt::matrix::Complex;
using irh::rt::matrix::HermitianMatrix;
using irh::rt::matrix::Workers;

namespace {

constexpr int kRankCounts[] = {1, 2, 3, 5};

} // namespace

TEST(EigenTest, LapackSolvesMatricesOfEachSize) {
  EXPECT_TRUE(eigen::solveDense(std::span<double>(), 0, eigen::Vectors::No).empty());
  std::vector<double> one = {7};
  EXPECT_EQ(eigen::solveDense(one, 1, eigen::Vectors::Yes), std::vector<double>{7});
  EXPECT_EQ(one, std::vector<double>{1});
  std::vector<Complex> two = {1, {0, 1}, {0, -1}, 1}; // column by column
  const std::vector<double> values = eigen::solveDense(two, 2, eigen::Vectors::No);
  EXPECT_NEAR(values[0], 0, 1e-15);
  EXPECT_NEAR(values[1], 2, 1e-15);
}

TEST(EigenTest, TheFirstEntriesOfATridiagonalMatrixAreRootsOfWeights) {
  const eigen::Tridiagonal solved = eigen::solveTridiagonal({0, 0, 0}, {1, 1});
  double sum = 0;
  double second = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double weight = solved.firstEntries[i] * solved.firstEntries[i];
    sum += weight;
    second += weight * solved.eigenvalues[i] * solved.eigenvalues[i];
  }
  EXPECT_NEAR(sum, 1, 1e-15);
  EXPECT_NEAR(second, 1, 1e-15); // (e1, T^2 e1)
}

TEST(EigenTest, AProductIsThatOfEachColumnAndRank) {
  for (const int numRanks : kRankCounts)
    for (const int numColumns : {1, 2, 4, 8, 16})
      withRing<Complex>(
          37, numRanks, {.diagonal = 3, .turn = 0.4},
          [&](SpectralMatrix &matrix, const Workers &workers) {
            const auto &rows = std::get<HermitianMatrix<Complex>>(matrix.rows);
            Block<Complex> x(rows.nodes(), numColumns);
            Block<Complex> y(rows.nodes(), numColumns);
            const auto entryOf = [](std::int64_t id, int c) {
              return Complex(static_cast<double>(id * id % 11), static_cast<double>(c - 1));
            };
            const std::vector<std::int64_t> &ids = rows.nodes().globalIds;
            for (std::int64_t node = 0; node < x.numOwned(); ++node)
              for (int c = 0; c < numColumns; ++c)
                x.row(node)[c] = entryOf(ids[static_cast<std::size_t>(node)], c);
            rows.apply(x, y, workers);
            const Complex there = -std::polar(1.0, 0.4); // as the larger end sees the smaller one
            for (std::int64_t node = 0; node < y.numOwned(); ++node) {
              const std::int64_t id = ids[static_cast<std::size_t>(node)];
              const std::int64_t before = (id + 36) % 37;
              const std::int64_t after = (id + 1) % 37;
              for (int c = 0; c < numColumns; ++c) {
                const Complex expected =
                    3.0 * entryOf(id, c) +
                    (before < id ? there : std::conj(there)) * entryOf(before, c) +
                    (after < id ? there : std::conj(there)) * entryOf(after, c);
                EXPECT_LT(std::abs(y.row(node)[c] - expected), 1e-13);
              }
            }
          });
}

TEST(EigenTest, ASmallMatrixIsSolvedWholeWithTheSameBitsOnAllRanks) {
  std::vector<double> onOne;
  for (const int numRanks : kRankCounts)
    withRing<Complex>(41, numRanks, {.turn = 0.3},
                      [&](SpectralMatrix &matrix, const Workers &workers) {
                        const std::vector<double> &values = matrix.spectrum(workers);
                        const std::vector<double> expected = ringSpectrum(41, turnOfRing(41, 0.3));
                        for (std::size_t i = 0; i < 41; ++i)
                          EXPECT_NEAR(values[i], expected[i], 1e-13);
                        if (numRanks == 1)
                          onOne = values;
                        else if (workers.comm.rank() == numRanks - 1)
                          EXPECT_EQ(values, onOne);
                      });
}

TEST(EigenTest, QuadratureGivesATraceWithinItsError) {
  for (const int numRanks : {1, 3}) {
    withRing<double>(
        300, numRanks, {.diagonal = 2.5}, [&](SpectralMatrix &matrix, const Workers &workers) {
          double exact = 0;
          for (const double value : ringSpectrum(300, 0))
            exact += std::exp(-(value + 0.5));
          eigen::Trace trace(matrix,
                             {.tolerance = 0.01, .method = TraceMethod::Quadrature, .seed = 3});
          while (trace.next(workers))
            trace.give(std::exp(-trace.point()));
          const Estimate estimate = trace.result();
          EXPECT_GT(estimate.error, 0);
          EXPECT_LT(estimate.error, 0.02 * exact);
          EXPECT_LT(std::abs(estimate.value - exact), 4 * estimate.error);
          double logarithms = 0;
          for (const double value : ringSpectrum(300, 0))
            logarithms += std::log(value + 0.5);
          const Estimate dense =
              eigen::logDeterminant(matrix, -1, {.method = TraceMethod::Dense}, workers);
          EXPECT_NEAR(dense.value, logarithms, 1e-10);
          EXPECT_EQ(dense.error, 0);
        });
  }
}

TEST(EigenTest, AnEstimateTakesTheProbesAndStepsThatAreAskedFor) {
  for (const std::int64_t numProbes : {2, 3, 8, 21})
    withRing<Complex>(400, 1, {.turn = 0.2}, [&](SpectralMatrix &matrix, const Workers &workers) {
      eigen::Trace trace(matrix, {.tolerance = 1e-9,
                                  .method = TraceMethod::Quadrature,
                                  .numProbes = numProbes,
                                  .numSteps = 6});
      std::int64_t numPoints = 0;
      for (; trace.next(workers); ++numPoints)
        trace.give(std::exp(-trace.point()));
      EXPECT_EQ(numPoints, numProbes * (6 + 3)); // of all steps, and of half of them
      EXPECT_GT(trace.result().bias, 0);
      EXPECT_GE(trace.result().error, trace.result().bias);
    });
  withRing<double>(400, 1, {}, [&](SpectralMatrix &matrix, const Workers &) {
    EXPECT_THROW(eigen::Trace(matrix, {.numProbes = 1}), Error);
    EXPECT_THROW(eigen::Trace(matrix, {.numSteps = 1}), Error);
  });
}

TEST(EigenTest, NullVectorsAreThoseOfBalancedComponents) {
  struct Case {
    double diagonal, turn;
    std::int64_t dimension;
  };
  // A ring is balanced where its phases add up to a multiple of 2 pi.
  const double whole = 2 * std::numbers::pi / 35;
  for (const Case &ring :
       {Case{2, 0, 1}, Case{2, whole, 1}, Case{2, 3 * whole, 1}, Case{2, 0.3, 0}, Case{2.1, 0, 0}})
    for (const int numRanks : kRankCounts)
      withRing<Complex>(37, numRanks, {.diagonal = ring.diagonal, .turn = ring.turn},
                        [&](SpectralMatrix &matrix, const Workers &workers) {
                          const eigen::NullSpace<Complex> &known =
                              matrix.nullSpaceOf<Complex>(workers);
                          ASSERT_EQ(known.dimension(), ring.dimension)
                              << ring.turn << ", " << numRanks;
                          const auto &rows = std::get<HermitianMatrix<Complex>>(matrix.rows);
                          Block<Complex> x(rows.nodes(), 2);
                          Block<Complex> y(rows.nodes(), 2);
                          for (std::int64_t node = 0; node < x.numOwned(); ++node) {
                            x.row(node)[0] = {static_cast<double>(node % 3), 1};
                            x.row(node)[1] = {2, static_cast<double>(node % 5)};
                          }
                          std::copy_n(x.row(0), 2 * x.numOwned(), y.row(0));
                          known.project(y, workers);
                          Block<Complex> twice(rows.nodes(), 2);
                          std::copy_n(y.row(0), 2 * y.numOwned(), twice.row(0));
                          known.project(twice, workers);
                          // What was taken out is null; what is left has nothing of it.
                          for (std::int64_t node = 0; node < 2 * x.numOwned(); ++node) {
                            EXPECT_LT(std::abs(twice.row(0)[node] - y.row(0)[node]), 1e-13);
                            x.row(0)[node] -= y.row(0)[node];
                          }
                          rows.apply(x, y, workers);
                          for (std::int64_t node = 0; node < 2 * y.numOwned(); ++node)
                            EXPECT_LT(std::abs(y.row(0)[node]), 1e-12);
                        });
}

TEST(EigenTest, QuadratureCountsWhatIsKnownToBeNullExactly) {
  for (const int numRanks : {1, 3})
    withRing<double>(400, numRanks, {}, [&](SpectralMatrix &matrix, const Workers &workers) {
      double exact = 0;
      for (const double value : ringSpectrum(400, 0))
        exact += value > 1e-9 ? std::log(value) : 0;
      const eigen::TraceRequest request{.tolerance = 1, .method = TraceMethod::Quadrature};
      const Estimate estimate = eigen::logDeterminant(matrix, 1e-12, request, workers);
      EXPECT_LT(std::abs(estimate.value - exact), 4 * estimate.error);
      EXPECT_THROW(eigen::logDeterminant(matrix, -1, request, workers), Error);
    });
}

TEST(EigenTest, ALanczosRunEndsWhereTheSpaceDoes) {
  // Each diagonal entry the same, and no edges: one step is all there is.
  withRing<double>(50, 1, {}, [&](SpectralMatrix &matrix, const Workers &workers) {
    const auto &rows = std::get<HermitianMatrix<double>>(matrix.rows);
    Block<double> start(rows.nodes(), 2);
    for (std::int64_t node = 0; node < 50; ++node) {
      start.row(node)[0] = 1;                          // the vector of eigenvalue 0
      start.row(node)[1] = node % 2 == 0 ? 1.0 : -1.0; // that of 4
    }
    const std::vector<eigen::LanczosRun> runs = eigen::runLanczos(rows, start, 10, workers);
    ASSERT_EQ(runs[0].diagonal.size(), 1U);
    EXPECT_NEAR(runs[0].diagonal[0], 0, 1e-15);
    ASSERT_EQ(runs[1].diagonal.size(), 1U);
    EXPECT_NEAR(runs[1].diagonal[0], 4, 1e-14);
  });
}

TEST(EigenTest, WhatIsAskedForMustBeThere) {
  withRing<double>(10, 1, {}, [&](SpectralMatrix &matrix, const Workers &workers) {
    EXPECT_THROW(eigen::findEigenvalues(matrix, {.count = 11}, workers), Error);
    EXPECT_THROW(eigen::findEigenvalues(matrix, {.count = 0}, workers), Error);
    EXPECT_EQ(eigen::findEigenvalues(matrix, {.count = 10}, workers).values.size(), 10U);
    EXPECT_THROW(eigen::logDeterminant(matrix, -1, {}, workers), Error); // 0 is one of them
    EXPECT_NEAR(eigen::logDeterminant(matrix, 1e-9, {}, workers).value, std::log(10 * 10), 1e-12);
  });
}
