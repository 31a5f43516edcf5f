//===- ChebyshevFilter.cpp - polynomials large at an end of a spectrum -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/ChebyshevFilter.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace irh::rt::eigen {

using matrix::Block;
using matrix::Workers;

ChebyshevFilter ChebyshevFilter::forEigenvalues(double end, double last, double edge, double far,
                                                double mostRatio) {
  constexpr double kGrowth = 100;
  constexpr double kLeastDegree = 4, kMostDegree = 2000;
  ChebyshevFilter filter{.far = far, .edge = edge, .last = last, .end = end};
  // Of what cosh grows with the degree at these places.
  const auto rateAt = [&](double eigenvalue) {
    return std::acosh(std::max((eigenvalue - filter.middle()) / filter.half(), 1 + 1e-15));
  };
  const double degree = std::min(std::acosh(kGrowth) / rateAt(last),
                                 std::log(mostRatio) / (rateAt(end) - rateAt(last)));
  filter.degree = static_cast<int>(std::ceil(std::clamp(degree, kLeastDegree, kMostDegree)));
  return filter;
}

double ChebyshevFilter::at(double eigenvalue) const {
  const auto growth = [&](double value) {
    return std::cosh(degree * std::acosh(std::max(1.0, (value - middle()) / half())));
  };
  return growth(eigenvalue) / growth(end);
}

double ChebyshevFilter::whereItIs(double value) const {
  const double growth = std::max(1.0, value / at(edge));
  return middle() + half() * std::cosh(std::acosh(growth) / degree);
}

template <typename T>
void ChebyshevFilter::apply(const matrix::HermitianMatrix<T> &matrix, Block<T> &x, Block<T> &y,
                            const Workers &workers) const {
  const auto numColumns = static_cast<std::size_t>(x.numColumns());
  const double first = half() / (end - middle()); // 1 over T_1 at the end.
  double ratio = first;                           // Of T_(k-1) to T_k there.
  std::vector<double> scales(numColumns, first / half());
  std::vector<double> factors(numColumns, 0);
  // T_0 x is x, T_1 goes to y; then each goes where the one before the last was.
  matrix.applyRecurrence(x, y, {.scales = scales, .factors = factors, .shift = middle()}, workers);
  for (int step = 1; step < degree; ++step) {
    const double next = 1 / (2 / first - ratio);
    std::fill(scales.begin(), scales.end(), 2 * next / half());
    std::fill(factors.begin(), factors.end(), ratio * next);
    matrix.applyRecurrence(y, x, {.scales = scales, .factors = factors, .shift = middle()},
                           workers);
    std::swap(x.field.memory, y.field.memory);
    ratio = next;
  }
}

template void ChebyshevFilter::apply(const matrix::HermitianMatrix<double> &, Block<double> &,
                                     Block<double> &, const Workers &) const;
template void ChebyshevFilter::apply(const matrix::HermitianMatrix<matrix::Complex> &,
                                     Block<matrix::Complex> &, Block<matrix::Complex> &,
                                     const Workers &) const;

} // namespace irh::rt::eigen
