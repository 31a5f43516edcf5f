//===- Arithmetic.h - products of real and complex numbers ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The plain formulas, which vectorize. The operators of std::complex look for infinities.

#ifndef IRH_RUNTIME_MATRIX_ARITHMETIC_H
#define IRH_RUNTIME_MATRIX_ARITHMETIC_H

#include <complex>

namespace irh::rt::matrix {

using Complex = std::complex<double>;

inline double conjugate(double a) { return a; }
inline Complex conjugate(Complex a) { return std::conj(a); }
inline double realPart(double a) { return a; }
inline double realPart(Complex a) { return a.real(); }
inline double squaredSize(double a) { return a * a; }
inline double squaredSize(Complex a) { return a.real() * a.real() + a.imag() * a.imag(); }

/// sum += a b.
inline void addProductTo(double &sum, double a, double b) { sum += a * b; }
inline void addProductTo(Complex &sum, Complex a, Complex b) {
  sum = {sum.real() + (a.real() * b.real() - a.imag() * b.imag()),
         sum.imag() + (a.real() * b.imag() + a.imag() * b.real())};
}

/// sum += conj(a) b.
inline void addConjugateProduct(double &sum, double a, double b) { sum += a * b; }
inline void addConjugateProduct(Complex &sum, Complex a, Complex b) {
  addProductTo(sum, std::conj(a), b);
}

} // namespace irh::rt::matrix

#endif // IRH_RUNTIME_MATRIX_ARITHMETIC_H
