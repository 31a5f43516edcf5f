//===- SolveTest.cpp - linear equations, exponentials, sparse factors -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/solve/Solve.h"
#include "RingMatrix.h"
#include "runtime/core/Error.h"
#include "runtime/solve/Direct.h"
#include "runtime/solve/Exponential.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstdint>
#include <functional>
#include <numbers>
#include <vector>

using namespace irh::rt;
using namespace irh::testing;
using irh::abi::SolveMethod;
using irh::rt::eigen::SpectralMatrix;
using irh::rt::matrix::Block;
using irh::rt::matrix::Complex;
using irh::rt::matrix::HermitianMatrix;
using irh::rt::matrix::Workers;

namespace {

/// A ring: `diagonal` at each node, and at each edge -1 turned by a phase.
struct Ring {
  std::int64_t numNodes = 0;
  double diagonal = 2;
  double turn = 0;
};

template <typename T> SpectralMatrix makeMatrix(const Place &place, const Ring &ring) {
  field::Field diagonal = field::makeField(place.local.nodes, irh::abi::Element::Real);
  for (std::int64_t node = 0; node < place.local.nodes.numLocal; ++node)
    diagonal.values<double>()[node] = ring.diagonal;
  field::Field edges = field::makeField(place.local.edges, matrix::kElementOf<T>);
  for (std::int64_t edge = 0; edge < place.local.edges.numLocal; ++edge)
    if constexpr (std::is_same_v<T, Complex>)
      edges.values<T>()[edge] = -std::polar(1.0, ring.turn);
    else
      edges.values<T>()[edge] = -1;
  return SpectralMatrix(HermitianMatrix<T>({&place.local, &place.exchanger}, &diagonal, &edges));
}

/// A value of each node, by its id.
template <typename V>
Block<V> makeVector(const Place &place, const std::function<V(std::int64_t)> &valueOf) {
  Block<V> made(place.local.nodes, 1);
  for (std::int64_t node = 0; node < place.local.nodes.numOwned; ++node)
    made.row(node)[0] = valueOf(place.local.nodes.globalIds[static_cast<std::size_t>(node)]);
  return made;
}

template <typename V>
void expectValues(const Place &place, const Block<V> &found,
                  const std::function<V(std::int64_t)> &valueOf, double tolerance) {
  for (std::int64_t node = 0; node < place.local.nodes.numOwned; ++node) {
    const std::int64_t id = place.local.nodes.globalIds[static_cast<std::size_t>(node)];
    EXPECT_NEAR(std::abs(found.row(node)[0] - valueOf(id)), 0, tolerance) << "node " << id;
  }
}

/// A wave on the ring is an eigenvector of a matrix without phases.
double wave(std::int64_t id, std::int64_t n) {
  return std::cos(2 * std::numbers::pi * static_cast<double>(id) / static_cast<double>(n));
}
double eigenvalueOfWave(double diagonal, std::int64_t n) {
  return diagonal - 2 * std::cos(2 * std::numbers::pi / static_cast<double>(n));
}

constexpr int kRankCounts[] = {1, 2, 3};
constexpr std::int64_t kSizes[] = {3, 4, 101, 1000};

} // namespace

TEST(SolveTest, EachMethodFindsTheWaveOfAWave) {
  for (const int numRanks : kRankCounts)
    for (const std::int64_t n : kSizes)
      onRing(n, numRanks, [&](const Place &place) {
        SpectralMatrix matrix = makeMatrix<double>(place, {.numNodes = n, .diagonal = 2.5});
        const double factor = eigenvalueOfWave(2.5, n);
        const auto solution = [&](std::int64_t id) { return wave(id, n) / factor; };
        for (const SolveMethod method :
             {SolveMethod::Cg, SolveMethod::Minres, SolveMethod::Gmres, SolveMethod::Direct}) {
          Block<double> b = makeVector<double>(place, [&](std::int64_t id) { return wave(id, n); });
          Block<double> x(place.local.nodes, 1);
          const solve::SolveOutcome outcome =
              method == SolveMethod::Direct
                  ? solve::solveDirectly(matrix, b, x, place.workers)
                  : solve::solve(solve::operatorOf<double>(matrix, place.workers), b, x,
                                 {.method = method, .tolerance = 1e-12}, place.workers);
          EXPECT_LE(outcome.residual, 1e-12);
          EXPECT_GE(outcome.iterations, 1);
          expectValues<double>(place, x, solution, 1e-11);
        }
      });
}

TEST(SolveTest, RealRowsTakeComplexVectors) {
  onRing(50, 2, [](const Place &place) {
    SpectralMatrix matrix = makeMatrix<double>(place, {.numNodes = 50, .diagonal = 3});
    const double factor = eigenvalueOfWave(3, 50);
    for (const SolveMethod method : {SolveMethod::Cg, SolveMethod::Minres, SolveMethod::Gmres}) {
      Block<Complex> b =
          makeVector<Complex>(place, [](std::int64_t id) { return Complex(1, 2) * wave(id, 50); });
      Block<Complex> x(place.local.nodes, 1);
      solve::solve(solve::operatorOf<Complex>(matrix, place.workers), b, x,
                   {.method = method, .tolerance = 1e-12}, place.workers);
      expectValues<Complex>(
          place, x, [&](std::int64_t id) { return Complex(1, 2) * wave(id, 50) / factor; }, 1e-11);
    }
  });
}

TEST(SolveTest, MinresAndGmresTakeMatricesThatAreNotPositive) {
  for (const int numRanks : kRankCounts)
    onRing(101, numRanks, [](const Place &place) {
      SpectralMatrix matrix =
          makeMatrix<Complex>(place, {.numNodes = 101, .diagonal = 0.1, .turn = 0.3});
      const auto b = [](std::int64_t id) {
        return std::polar(1.0, static_cast<double>(id * id % 17));
      };
      Block<Complex> right = makeVector<Complex>(place, b);
      Block<Complex> exact(place.local.nodes, 1);
      solve::solveDirectly(matrix, right, exact, place.workers);
      for (const SolveMethod method : {SolveMethod::Minres, SolveMethod::Gmres}) {
        Block<Complex> x(place.local.nodes, 1);
        solve::solve(solve::operatorOf<Complex>(matrix, place.workers), right, x,
                     {.method = method, .tolerance = 1e-11, .restart = 101}, place.workers);
        for (std::int64_t node = 0; node < x.numOwned(); ++node)
          EXPECT_NEAR(std::abs(x.row(node)[0] - exact.row(node)[0]), 0, 1e-8);
      }
      Block<Complex> x(place.local.nodes, 1);
      try {
        solve::solve(solve::operatorOf<Complex>(matrix, place.workers), right, x, {},
                     place.workers);
        ADD_FAILURE() << "a matrix that is not positive was taken by cg";
      } catch (const Error &error) {
        EXPECT_EQ(error.code, ErrorCode::Stopped);
      }
    });
}

TEST(SolveTest, ALaplacianIsSolvedWithoutItsNullVector) {
  for (const int numRanks : kRankCounts)
    onRing(40, numRanks, [](const Place &place) {
      SpectralMatrix matrix = makeMatrix<double>(place, {.numNodes = 40, .diagonal = 2});
      const double factor = eigenvalueOfWave(2, 40);
      for (const SolveMethod method : {SolveMethod::Cg, SolveMethod::Minres, SolveMethod::Direct}) {
        Block<double> b = makeVector<double>(place, [](std::int64_t id) { return wave(id, 40); });
        Block<double> x = makeVector<double>(place, [](std::int64_t) { return 5.0; });
        if (method == SolveMethod::Direct)
          solve::solveDirectly(matrix, b, x, place.workers);
        else
          solve::solve(solve::operatorOf<double>(matrix, place.workers), b, x,
                       {.method = method, .tolerance = 1e-12}, place.workers);
        expectValues<double>(
            place, x, [&](std::int64_t id) { return wave(id, 40) / factor; }, 1e-10);
        Block<double> constant = makeVector<double>(place, [](std::int64_t) { return 1.0; });
        EXPECT_THROW(method == SolveMethod::Direct
                         ? solve::solveDirectly(matrix, constant, x, place.workers)
                         : solve::solve(solve::operatorOf<double>(matrix, place.workers), constant,
                                        x, {.method = method}, place.workers),
                     Error);
      }
    });
}

TEST(SolveTest, WhatIsAskedForMustMakeSense) {
  onRing(10, 1, [](const Place &place) {
    SpectralMatrix matrix = makeMatrix<double>(place, {.numNodes = 10, .diagonal = 3});
    const solve::Operator<double> op = solve::operatorOf<double>(matrix, place.workers);
    Block<double> b = makeVector<double>(place, [](std::int64_t id) { return wave(id, 10); });
    Block<double> x(place.local.nodes, 1);
    EXPECT_THROW(solve::solve(op, b, x, {.tolerance = 1}, place.workers), Error);
    EXPECT_THROW(solve::solve(op, b, x, {.tolerance = -1}, place.workers), Error);
    EXPECT_THROW(solve::solve(op, b, x, {.restart = -1}, place.workers), Error);
    b.row(3)[0] = std::nan("");
    EXPECT_THROW(solve::solve(op, b, x, {}, place.workers), Error);
    Block<double> zero(place.local.nodes, 1);
    x.row(2)[0] = 7;
    EXPECT_EQ(solve::solve(op, zero, x, {}, place.workers).iterations, 0);
    EXPECT_EQ(x.row(2)[0], 0);
  });
}

TEST(SolveTest, NoConvergenceSaysHowFarItCame) {
  onRing(1000, 1, [](const Place &place) {
    SpectralMatrix matrix = makeMatrix<double>(place, {.numNodes = 1000, .diagonal = 2.0001});
    Block<double> b =
        makeVector<double>(place, [](std::int64_t id) { return id == 0 ? 1.0 : 0.0; });
    Block<double> x(place.local.nodes, 1);
    try {
      solve::solve(solve::operatorOf<double>(matrix, place.workers), b, x, {.maxIterations = 20},
                   place.workers);
      FAIL() << "solved";
    } catch (const Error &error) {
      EXPECT_EQ(error.code, ErrorCode::Stopped);
      EXPECT_NE(std::string(error.what()).find("after 20 iterations"), std::string::npos);
    }
  });
}

TEST(ExponentialTest, TheSeriesOfTheExponentialIsThatOfBesselFunctions) {
  for (const Complex z : {Complex(0), Complex(1e-3), Complex(3), Complex(-3), Complex(0, 40),
                          Complex(0, -700), Complex(-250, 30), Complex(80, -80)}) {
    const std::vector<Complex> terms = solve::chebyshevOfExponential(z);
    for (const double s : {-1.0, -0.3, 0.0, 0.77, 1.0}) {
      Complex sum = 0;
      for (std::size_t k = 0; k < terms.size(); ++k)
        sum += terms[k] * std::cos(static_cast<double>(k) * std::acos(s));
      const Complex exact = std::exp(z * s - std::abs(z.real()));
      EXPECT_NEAR(std::abs(sum - exact), 0, 2e-13) << z << " at " << s;
    }
  }
}

TEST(ExponentialTest, WavesTurnAndDecay) {
  for (const int numRanks : kRankCounts)
    for (const std::int64_t n : kSizes)
      onRing(n, numRanks, [&](const Place &place) {
        SpectralMatrix matrix = makeMatrix<double>(place, {.numNodes = n, .diagonal = 2});
        const double value = eigenvalueOfWave(2, n);
        Block<Complex> psi =
            makeVector<Complex>(place, [&](std::int64_t id) { return Complex(wave(id, n)); });
        solve::applyExponential(matrix, {0, -100}, psi, place.workers);
        expectValues<Complex>(
            place, psi,
            [&](std::int64_t id) { return wave(id, n) * std::polar(1.0, -100 * value); }, 1e-12);
        Block<double> heat =
            makeVector<double>(place, [&](std::int64_t id) { return wave(id, n); });
        solve::applyExponential(matrix, -7, heat, place.workers);
        expectValues<double>(
            place, heat, [&](std::int64_t id) { return wave(id, n) * std::exp(-7 * value); },
            1e-13);
        EXPECT_THROW(solve::applyExponential(matrix, 1e6, heat, place.workers), Error);
      });
}

TEST(SparseFactorTest, DeterminantsAndSolutionsOfEachSize) {
  using factor::Entry;
  using factor::SparseFactor;
  using factor::Structure;
  EXPECT_EQ(SparseFactor<double>(0, {}, Structure::Hermitian).logDeterminant(), 0);
  const std::vector<Entry<double>> one = {{0, 0, -3}};
  EXPECT_NEAR(SparseFactor<double>(1, one, Structure::Hermitian).logDeterminant(), std::log(3),
              1e-15);
  // Entries of one place add up; a zero on the diagonal asks for a pivot.
  const std::vector<Entry<Complex>> turned = {
      {0, 1, {0, 1}}, {0, 1, {0, 1}}, {1, 0, {0, -2}}, {2, 2, 0.5}};
  const SparseFactor<Complex> factor(3, turned, Structure::Hermitian);
  EXPECT_NEAR(factor.logDeterminant(), std::log(2), 1e-15);
  std::vector<Complex> b = {{2, 0}, {0, 4}, {1, 0}};
  factor.solve(b);
  EXPECT_NEAR(std::abs(b[0] - Complex(-2)), 0, 1e-15);
  EXPECT_NEAR(std::abs(b[1] - Complex(0, -1)), 0, 1e-15);
  EXPECT_NEAR(std::abs(b[2] - Complex(2)), 0, 1e-15);
  const std::vector<Entry<double>> singular = {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}};
  EXPECT_THROW(SparseFactor<double>(2, singular, Structure::Hermitian), Error);
  const std::vector<Entry<double>> unfit = {{0, 0, std::nan("")}};
  EXPECT_THROW(SparseFactor<double>(1, unfit, Structure::General), Error);
}

TEST(SparseFactorTest, TheFillOfAnArrowIsWhatItIsAndOfADenseMatrixTooMuch) {
  std::vector<factor::Entry<double>> arrow;
  for (std::int64_t i = 0; i < 100; ++i) {
    arrow.push_back({i, i, 1});
    arrow.push_back({0, i, 1});
    arrow.push_back({i, 0, 1});
  }
  EXPECT_EQ(factor::countFill<double>(100, arrow), 199);
  std::vector<factor::Entry<double>> grid; // 300 x 300
  for (std::int64_t i = 0; i < 90'000; ++i) {
    grid.push_back({i, i, 4});
    for (const std::int64_t other : {i + 1, i + 300})
      if (other < 90'000 && (other != i + 1 || other % 300 != 0)) {
        grid.push_back({i, other, -1});
        grid.push_back({other, i, -1});
      }
  }
  const auto fill = factor::countFill<double>(90'000, grid);
  ASSERT_TRUE(fill);
  EXPECT_LT(*fill, 4'000'000);
}

TEST(SparseFactorTest, TheDeterminantOfARingCountsItsTrees) {
  for (const int numRanks : kRankCounts)
    onRing(1000, numRanks, [](const Place &place) {
      SpectralMatrix laplacian = makeMatrix<double>(place, {.numNodes = 1000, .diagonal = 2});
      EXPECT_NEAR(solve::factoredLogDeterminant(laplacian, place.workers), 2 * std::log(1000),
                  1e-11);
      SpectralMatrix frustrated =
          makeMatrix<Complex>(place, {.numNodes = 1000, .diagonal = 2, .turn = 0.01});
      // The edge between the first node and the last leads against the others.
      const double turn = 998 * 0.01;
      EXPECT_NEAR(solve::factoredLogDeterminant(frustrated, place.workers),
                  std::log(2 - 2 * std::cos(turn)), 1e-11);
    });
}
