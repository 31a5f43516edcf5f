//===- eigenpairs.cpp - seconds of a few eigenvalues and vectors ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// eigenpairs NODES COUNT THREADS FILE: writes the matrix of a geometric network (as products.cpp;
// the diagonal makes it positive semidefinite) for arpack.cpp and slepc.cpp to read, and prints one
// line of JSON for each end of its spectrum: seconds, the largest residual, the sum of the
// eigenvalues.

#include "Matrices.h"
#include "runtime/eigen/EigenvalueSearch.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

using namespace irh::rt;
using namespace irh::bench;
using matrix::Block;
using matrix::Complex;

namespace {

template <typename T> void write(std::ofstream &file, const std::vector<T> &values) {
  file.write(reinterpret_cast<const char *>(values.data()),
             static_cast<std::streamsize>(values.size() * sizeof(T)));
}

/// Numbers of rows and entries, where rows begin, columns, values; rows in Hilbert order.
void writeRows(const Matrix &rows, const std::string &path) {
  std::vector<std::int64_t> offsets{0};
  std::vector<std::int32_t> columns;
  std::vector<Complex> values;
  for (std::int64_t row = 0; row < rows.numRows(); ++row) {
    rows.visitRow(row, [&](std::int64_t column, Complex value) {
      columns.push_back(static_cast<std::int32_t>(column));
      values.push_back(value);
    });
    offsets.push_back(static_cast<std::int64_t>(columns.size()));
  }
  std::ofstream file(path, std::ios::binary);
  write(file, std::vector<std::int64_t>{rows.numRows(), offsets.back()});
  write(file, offsets);
  write(file, columns);
  write(file, values);
}

double residualOf(const Matrix &rows, const field::Field &vector, double value,
                  const matrix::Workers &workers) {
  Block<Complex> x(rows.nodes(), 1);
  Block<Complex> y(rows.nodes(), 1);
  std::copy_n(vector.values<Complex>(), rows.numRows(), x.row(0));
  rows.apply(x, y, workers);
  double square = 0;
  for (std::int64_t row = 0; row < rows.numRows(); ++row)
    square += std::norm(y.row(row)[0] - value * x.row(row)[0]);
  return std::sqrt(square);
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 5)
    return 1;
  withMatrix(
      "geometric", std::atoll(argv[1]), Diagonal::SumOfSizes, std::atoi(argv[3]),
      [&](const Matrix &rows, double, const matrix::Workers &workers) {
        writeRows(rows, argv[4]);
        using irh::abi::SpectrumEnd;
        for (const auto end : {SpectrumEnd::Largest, SpectrumEnd::Smallest}) {
          eigen::EigenvalueRequest request;
          request.end = end;
          request.count = std::atoll(argv[2]);
          request.hasVectors = true;
          eigen::Eigenpairs found;
          const double seconds = secondsOf(
              [&] { found = eigen::EigenvalueSearch<Complex>(rows, request, workers).run(); });
          double worst = 0;
          double sum = 0;
          for (std::size_t i = 0; i < found.values.size(); ++i) {
            sum += found.values[i];
            worst = std::max(worst, residualOf(rows, found.vectors[i], found.values[i], workers));
          }
          std::printf("{\"solver\": \"irh\", \"end\": \"%s\", \"seconds\": %.3f, "
                      "\"residual\": %.2e, \"sum\": %.12g}\n",
                      end == SpectrumEnd::Largest ? "largest" : "smallest", seconds, worst, sum);
        }
      });
  return 0;
}
