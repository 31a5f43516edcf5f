//===- Functionals.cpp - matrices written out, and solved by bisection ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Nothing here is shared with the product: no sparse rows, no LAPACK, no Lanczos.

#include "test/oracle/Evaluator.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace irh::oracle {
namespace {

/// A real symmetric matrix.
using Symmetric = std::vector<std::vector<double>>;

/// Diagonal and off-diagonal of a tridiagonal matrix.
struct Tridiagonal {
  std::vector<double> diagonal, beside;
};

/// By Householder's reflections. Source: G. Golub, C. Van Loan, Matrix Computations, 4th ed.,
/// algorithm 8.3.1.
Tridiagonal tridiagonalize(Symmetric a) {
  const std::size_t n = a.size();
  Tridiagonal reduced;
  for (std::size_t k = 0; k + 1 < n; ++k) {
    double length = 0;
    for (std::size_t i = k + 1; i < n; ++i)
      length = std::hypot(length, a[i][k]);
    const double head = a[k + 1][k];
    const double end = head > 0 ? -length : length;
    std::vector<double> v(n), w(n);
    for (std::size_t i = k + 1; i < n; ++i)
      v[i] = a[i][k];
    v[k + 1] -= end;
    double square = 0;
    for (std::size_t i = k + 1; i < n; ++i)
      square += v[i] * v[i];
    reduced.beside.push_back(end);
    if (square == 0)
      continue;
    for (std::size_t i = k + 1; i < n; ++i)
      for (std::size_t j = k + 1; j < n; ++j)
        w[i] += 2 / square * a[i][j] * v[j];
    double along = 0;
    for (std::size_t i = k + 1; i < n; ++i)
      along += w[i] * v[i];
    for (std::size_t i = k + 1; i < n; ++i)
      w[i] -= along / square * v[i];
    for (std::size_t i = k + 1; i < n; ++i)
      for (std::size_t j = k + 1; j < n; ++j)
        a[i][j] -= v[i] * w[j] + w[i] * v[j];
  }
  for (std::size_t i = 0; i < n; ++i)
    reduced.diagonal.push_back(a[i][i]);
  return reduced;
}

/// How many eigenvalues lie below x: the negative pivots of an elimination (Sylvester).
std::size_t countBelow(const Tridiagonal &t, double x) {
  std::size_t count = 0;
  double pivot = 1;
  for (std::size_t i = 0; i < t.diagonal.size(); ++i) {
    const double beside = i == 0 ? 0 : t.beside[i - 1];
    pivot = t.diagonal[i] - x - (beside == 0 ? 0 : beside * beside / pivot);
    if (pivot == 0)
      pivot = 1e-300;
    count += pivot < 0;
  }
  return count;
}

/// Ascending, by bisection.
std::vector<double> eigenvaluesOf(Symmetric a) {
  const Tridiagonal t = tridiagonalize(std::move(a));
  double bound = 1;
  for (std::size_t i = 0; i < t.diagonal.size(); ++i)
    bound = std::max(bound, std::abs(t.diagonal[i]) + (i > 0 ? std::abs(t.beside[i - 1]) : 0) +
                                (i < t.beside.size() ? std::abs(t.beside[i]) : 0));
  std::vector<double> values;
  for (std::size_t k = 0; k < t.diagonal.size(); ++k) {
    double low = -bound;
    double high = bound;
    for (double middle = 0; low < middle || middle < high; middle = low / 2 + high / 2) {
      (countBelow(t, middle) > k ? high : low) = middle;
      if (const double next = low / 2 + high / 2; next == low || next == high)
        break;
    }
    values.push_back(low / 2 + high / 2);
  }
  return values;
}

} // namespace

/// A Hermitian matrix A + iB has the eigenvalues of [A, -B; B, A], which has each of them twice.
std::vector<double> Evaluator::spectrumOf(const sema::Matrix &matrix) {
  if (spectra.contains(&matrix))
    return spectra[&matrix];
  const DenseMatrix dense = writeOut(matrix);
  const std::size_t count = dense.size();
  Symmetric both(2 * count, std::vector<double>(2 * count));
  for (std::size_t row = 0; row < count; ++row)
    for (std::size_t column = 0; column < count; ++column) {
      const Complex entry = dense[row][column];
      both[row][column] = both[row + count][column + count] = entry.real();
      both[row][column + count] = -entry.imag();
      both[row + count][column] = entry.imag();
    }
  std::vector<double> values;
  const std::vector<double> twice = eigenvaluesOf(both);
  for (std::size_t i = 0; i < twice.size(); i += 2)
    values.push_back((twice[i] + twice[i + 1]) / 2);
  return spectra[&matrix] = values;
}

/// Outward from the end that is asked for.
Value Evaluator::eigenvaluesFrom(const sema::Functional &functional) {
  std::vector<double> values = spectrumOf(*functional.matrix);
  if (!functional.count)
    return values;
  const double nearest = functional.nearest ? toReal(evaluate(*functional.nearest)) : 0;
  auto distance = [&](double value) {
    switch (functional.end) {
    case sema::SpectrumEnd::Smallest:
      return value;
    case sema::SpectrumEnd::Largest:
      return -value;
    case sema::SpectrumEnd::Magnitude:
      return -std::abs(value);
    case sema::SpectrumEnd::Nearest:
      return std::abs(value - nearest);
    }
    throw std::logic_error("an end");
  };
  std::sort(values.begin(), values.end(),
            [&](double a, double b) { return distance(a) < distance(b); });
  values.resize(static_cast<std::size_t>(toInt(evaluate(*functional.count))));
  return values;
}

Value Evaluator::visit(const sema::Eigenvalue &, const sema::Expr &, const Point &) {
  return eigenvalue;
}

Value Evaluator::visit(const sema::FunctionalValue &node, const sema::Expr &expr, const Point &) {
  const sema::Functional &functional = *node.functional;
  if (functional.kind == sema::FunctionalKind::Eigenvalues)
    return eigenvaluesFrom(functional);
  if (node.part == sema::FunctionalPart::Error)
    return 0.0;
  if (reductions.contains(&expr))
    return reductions[&expr];
  const double zero = functional.zero ? toReal(evaluate(*functional.zero)) : -1;
  double sum = 0;
  for (const double value : spectrumOf(*functional.matrix)) {
    eigenvalue = value;
    if (functional.kind == sema::FunctionalKind::Trace)
      sum += toReal(evaluate(*functional.function));
    else if (std::abs(value) > zero)
      sum += std::log(std::abs(value));
  }
  return reductions[&expr] = sum;
}

} // namespace irh::oracle
