//===- arpack.cpp - seconds of a few eigenvalues and vectors by ARPACK ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// arpack FILE COUNT: of the matrix that eigenpairs.cpp has written; prints what that prints. Twice
// as many basis vectors as eigenvalues, tolerance 1e-10; products by Eigen. Compiled by hand, with
// Debian's libarpack2-dev: c++ -O3 -march=native -I/usr/include/eigen3 arpack.cpp -larpack

#include <arpack/arpack.h>

#include <Eigen/SparseCore>

#include <algorithm>
#include <chrono>
#include <complex>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

using Complex = std::complex<double>;
using Rows = Eigen::Map<const Eigen::SparseMatrix<Complex, Eigen::RowMajor, int>>;
using Vector = Eigen::Matrix<Complex, Eigen::Dynamic, 1>;

template <typename T> static std::vector<T> read(std::ifstream &file, std::int64_t count) {
  std::vector<T> values(static_cast<std::size_t>(count));
  file.read(reinterpret_cast<char *>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(T)));
  return values;
}

static int solve(const Rows &rows, int count, bool isLargest) {
  const auto begin = std::chrono::steady_clock::now();
  const int n = static_cast<int>(rows.rows());
  const int basisSize = 2 * count;
  const double tolerance = 1e-10;
  std::vector<Complex> residual(static_cast<std::size_t>(n));
  Eigen::Matrix<Complex, Eigen::Dynamic, Eigen::Dynamic> basis(n, basisSize);
  std::vector<Complex> work(static_cast<std::size_t>(3 * n));
  std::vector<Complex> projected(static_cast<std::size_t>(3 * basisSize * (basisSize + 2)));
  std::vector<double> real(static_cast<std::size_t>(basisSize));
  a_int parameters[11] = {1, 0, 3000, 1, 0, 0, 1};
  a_int pointers[14] = {};
  a_int step = 0;
  a_int info = 0;
  const char *const which = isLargest ? "LR" : "SR";
  const auto raw = [](Complex *values) { return reinterpret_cast<_Complex double *>(values); };
  int numProducts = 0;
  do {
    znaupd_c(&step, "I", n, which, count, tolerance, raw(residual.data()), basisSize,
             raw(basis.data()), n, parameters, pointers, raw(work.data()), raw(projected.data()),
             static_cast<a_int>(projected.size()), real.data(), &info);
    if (step == 1 || step == -1) {
      const Eigen::Map<const Vector> x(work.data() + pointers[0] - 1, n);
      Eigen::Map<Vector> y(work.data() + pointers[1] - 1, n);
      y.noalias() = rows * x;
      ++numProducts;
    }
  } while (step == 1 || step == -1);
  if (info != 0)
    return std::fprintf(stderr, "arpack: %d\n", static_cast<int>(info)), 1;
  std::vector<a_int> select(static_cast<std::size_t>(basisSize), 1);
  std::vector<Complex> values(static_cast<std::size_t>(count + 1));
  std::vector<Complex> workOfVectors(static_cast<std::size_t>(2 * basisSize));
  zneupd_c(1, "A", select.data(), raw(values.data()), raw(basis.data()), n, 0,
           raw(workOfVectors.data()), "I", n, which, count, tolerance, raw(residual.data()),
           basisSize, raw(basis.data()), n, parameters, pointers, raw(work.data()),
           raw(projected.data()), static_cast<a_int>(projected.size()), real.data(), &info);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  double worst = 0;
  double sum = 0;
  for (int i = 0; i < count; ++i) {
    const Complex value = values[static_cast<std::size_t>(i)];
    worst = std::max(worst, (rows * basis.col(i) - value * basis.col(i)).norm());
    sum += value.real();
  }
  std::printf("{\"solver\": \"arpack\", \"end\": \"%s\", \"seconds\": %.3f, \"residual\": %.2e, "
              "\"sum\": %.12g, \"products\": %d}\n",
              isLargest ? "largest" : "smallest", seconds.count(), worst, sum, numProducts);
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 3)
    return 1;
  std::ifstream file(argv[1], std::ios::binary);
  const auto sizes = read<std::int64_t>(file, 2);
  const auto begins = read<std::int64_t>(file, sizes[0] + 1);
  const std::vector<int> offsets(begins.begin(), begins.end());
  const auto columns = read<int>(file, sizes[1]);
  const auto values = read<Complex>(file, sizes[1]);
  const Rows rows(sizes[0], sizes[0], sizes[1], offsets.data(), columns.data(), values.data());
  return solve(rows, std::atoi(argv[2]), true) + solve(rows, std::atoi(argv[2]), false);
}
