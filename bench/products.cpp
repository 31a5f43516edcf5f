//===- products.cpp - seconds of products with matrices of networks ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// products NETWORK NODES THREADS: complex Hermitian weights on a `geometric` network (4 axes, mean
// degree 16, nodes in random order) or one of `preferential` attachment (8 edges a node). Prints
// one object of JSON: seconds to order the nodes; of a product with one vector, and with 16, by our
// rows and by Eigen's (which has one thread), interleaved, the least of ten; and of Lanczos runs of
// 16 vectors and 40 steps, the least of three.

#include "Matrices.h"

#include "runtime/eigen/Lanczos.h"

#include <Eigen/SparseCore>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace irh::rt;
using namespace irh::bench;
using matrix::Block;
using matrix::Complex;

namespace {

/// The same rows in the order of the network's file.
Eigen::SparseMatrix<Complex, Eigen::RowMajor, int>
asEigen(const matrix::HermitianMatrix<Complex> &rows) {
  const auto n = static_cast<int>(rows.numRows());
  std::vector<Eigen::Triplet<Complex, int>> triplets;
  const std::vector<std::int64_t> &ids = rows.nodes().globalIds;
  const auto idOf = [&](std::int64_t i) {
    return static_cast<int>(ids[static_cast<std::size_t>(i)]);
  };
  for (std::int64_t row = 0; row < n; ++row)
    rows.visitRow(row, [&](std::int64_t column, Complex value) {
      triplets.emplace_back(idOf(row), idOf(column), value);
    });
  Eigen::SparseMatrix<Complex, Eigen::RowMajor, int> made(n, n);
  made.setFromTriplets(triplets.begin(), triplets.end());
  return made;
}

void compare(const matrix::HermitianMatrix<Complex> &rows, double orderSeconds,
             const matrix::Workers &workers) {
  std::printf("{\"order_s\": %.3f, ", orderSeconds);
  constexpr int kRounds = 10;
  const auto other = asEigen(rows);
  for (const int width : {1, 16}) {
    Block<Complex> x(rows.nodes(), width);
    Block<Complex> y(rows.nodes(), width);
    for (std::int64_t i = 0; i < rows.numRows() * width; ++i)
      x.row(0)[i] = Complex(std::sin(static_cast<double>(i)), 1);
    using Columns = Eigen::Matrix<Complex, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Columns from = Columns::Random(other.rows(), width);
    Columns to(other.rows(), width);
    double ours = 1e300;
    double theirs = 1e300;
    for (int round = 0; round < kRounds; ++round) {
      ours = std::min(ours, secondsOf([&] { rows.apply(x, y, workers); }));
      theirs = std::min(theirs, secondsOf([&] {
                          if (width == 1)
                            to.col(0).noalias() = other * from.col(0);
                          else
                            to.noalias() = other * from;
                        }));
    }
    std::printf("\"product_%d_s\": %.5f, \"eigen_%d_s\": %.5f, \"ratio_%d\": %.3f, ", width, ours,
                width, theirs, width, ours / theirs);
  }
  double lanczos = 1e300;
  for (int round = 0; round < 3; ++round) {
    Block<Complex> probes(rows.nodes(), 16);
    for (std::int64_t i = 0; i < rows.numRows() * 16; ++i)
      probes.row(0)[i] = std::polar(1.0, 1.7 * static_cast<double>(i));
    lanczos = std::min(lanczos, secondsOf([&] { eigen::runLanczos(rows, probes, 40, workers); }));
  }
  std::printf("\"lanczos_16_40_s\": %.3f}\n", lanczos);
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 4)
    return 1;
  withMatrix(argv[1], std::atoll(argv[2]), Diagonal::Constant, std::atoi(argv[3]), compare);
  return 0;
}
