//===- Exponential.cpp - exp(a M) x ------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/solve/Exponential.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/solve/Vectors.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace irh::rt::solve {

using matrix::Block;
using matrix::Complex;
using matrix::Workers;

std::vector<Complex> chebyshevOfExponential(Complex z) {
  // I_k(z), with exp(z s) = I_0 + 2 sum I_k T_k(s), and exp(-|Re z|) on both sides.
  const double size = std::abs(z);
  if (size == 0)
    return {Complex(1)};
  const auto last = static_cast<std::size_t>(std::ceil(size + 20 * std::cbrt(size) + 40));
  std::vector<Complex> terms(last + 1);
  Complex above = 0;
  Complex here = std::numeric_limits<double>::min();
  const double sign = z.real() < 0 ? -1 : 1;
  Complex sum = 0; // Of exp(sign z): terms of alternating sign where Re z is below 0.
  for (std::size_t k = last + 1; k-- > 0;) {
    terms[k] = here;
    sum += (k == 0 ? 1.0 : 2.0) * (sign < 0 && k % 2 == 1 ? -here : here);
    if (k == 0)
      break;
    const Complex below = above + 2.0 * static_cast<double>(k) / z * here;
    above = here;
    here = below;
    // Far above the order the sequence grows without bound.
    if (std::abs(here) > 1e250) {
      for (std::size_t done = k; done <= last; ++done)
        terms[done] *= 1e-250;
      above *= 1e-250;
      here *= 1e-250;
      sum *= 1e-250;
    }
  }
  const Complex scale = std::exp(Complex(0, sign * z.imag())) / sum;
  for (std::size_t k = 0; k <= last; ++k)
    terms[k] *= k == 0 ? scale : 2.0 * scale;
  double largest = 0;
  for (const Complex &term : terms)
    largest = std::max(largest, std::abs(term));
  while (terms.size() > 1 && std::abs(terms.back()) < 1e-17 * largest)
    terms.pop_back();
  return terms;
}

namespace {

/// An interval that holds all eigenvalues (Gershgorin).
struct Interval {
  double middle = 0, half = 0;
};

template <typename T>
Interval intervalOf(const matrix::HermitianMatrix<T> &rows, Communicator &comm) {
  double ends[2] = {-std::numeric_limits<double>::infinity(),
                    -std::numeric_limits<double>::infinity()}; // The largest, and minus the least.
  for (std::int64_t row = 0; row < rows.nodes().numOwned; ++row) {
    double here = 0;
    double around = 0;
    rows.visitRow(row, [&](std::int64_t column, T value) {
      if (column == row)
        here += matrix::realPart(value);
      else
        around += std::abs(value);
    });
    ends[0] = std::max(ends[0], here + around);
    ends[1] = std::max(ends[1], around - here);
  }
  comm.allreduce(std::as_writable_bytes(std::span(ends)),
                 combineEach<double, [](double a, double b) { return std::max(a, b); }>);
  if (rows.numRows() == 0)
    return {};
  return {.middle = (ends[0] - ends[1]) / 2, .half = (ends[0] + ends[1]) / 2};
}

template <typename V> V asNumber(Complex value) {
  if constexpr (std::is_same_v<V, Complex>)
    return value;
  else
    return value.real();
}

} // namespace

template <typename V>
void applyExponential(eigen::SpectralMatrix &matrix, Complex factor, Block<V> &x,
                      const Workers &workers) {
  const Interval interval =
      std::visit([&](const auto &rows) { return intervalOf(rows, workers.comm); }, matrix.rows);
  const Complex z = factor * interval.half;
  if (!std::isfinite(std::abs(z)) || !std::isfinite(interval.middle))
    throw invalid("the exponential of the matrix cannot be formed: its factor, or an entry, is not "
                  "finite");
  const double growth = (factor * interval.middle).real() + std::abs(z.real());
  if (growth > 700 || std::abs(z) > 1e7)
    throw invalid("the exponential of the matrix cannot be formed: its exponent is as large as " +
                  shortest(std::max(growth, std::abs(z))) + "; take a smaller factor");
  const Complex outside = std::exp(factor * interval.middle + std::abs(z.real()));
  const std::vector<Complex> terms = chebyshevOfExponential(z);
  const Operator<V> op = operatorOf<V>(matrix, workers);
  const double scaling = interval.half > 0 ? 1 / interval.half : 0;
  Block<V> before(*op.nodes, 1);
  Block<V> now(*op.nodes, 1);
  Block<V> next(*op.nodes, 1);
  copy(now, x, workers);
  scale(x, 0, workers);
  add(x, asNumber<V>(outside * terms[0]), now, workers);
  for (std::size_t k = 1; k < terms.size(); ++k) {
    op.apply(now, next);
    // T_1 = S, and then T_k+1 = 2 S T_k - T_k-1, of the matrix S that is scaled to [-1, 1].
    const double twice = k == 1 ? 1 : 2;
    const V term = asNumber<V>(outside * terms[k]);
    V *const made = next.row(0);
    V *const sum = x.row(0);
    const V *const here = std::as_const(now).row(0);
    const V *const last = std::as_const(before).row(0);
    forEachNode(x.numOwned(), workers, [&](std::int64_t node) {
      const V scaled = (made[node] - interval.middle * here[node]) * (scaling * twice);
      made[node] = k == 1 ? scaled : scaled - last[node];
      matrix::addProductTo(sum[node], term, made[node]);
    });
    std::swap(before.field.memory, now.field.memory);
    std::swap(now.field.memory, next.field.memory);
  }
}

template void applyExponential(eigen::SpectralMatrix &, Complex, Block<double> &, const Workers &);
template void applyExponential(eigen::SpectralMatrix &, Complex, Block<Complex> &, const Workers &);

} // namespace irh::rt::solve
