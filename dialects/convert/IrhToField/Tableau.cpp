//===- Tableau.cpp - the coefficients of explicit Runge-Kutta methods ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sources: E. Hairer, S. P. Norsett, G. Wanner, Solving Ordinary Differential Equations I, II.1 and
// table II.5.2 (J. R. Dormand and P. J. Prince, J. Comp. Appl. Math. 6 (1980) 19); C.-W. Shu and
// S. Osher, J. Comp. Phys. 77 (1988) 439, eq. 2.18, as a tableau.

#include "dialects/convert/IrhToField/Tableau.h"

namespace irh::convert {

static Tableau dormandPrince() {
  return {.weights = {{},
                      {1.0 / 5},
                      {3.0 / 40, 9.0 / 40},
                      {44.0 / 45, -56.0 / 15, 32.0 / 9},
                      {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
                      {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
                      {35.0 / 384, 0.0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}},
          .nodes = {0.0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1.0, 1.0},
          .error = {71.0 / 57600, 0.0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525,
                    -1.0 / 40},
          .endsAtResult = true};
}

Tableau tableauOf(model::Method method) {
  switch (method) {
  case model::Method::Euler:
  case model::Method::EulerMaruyama:
    return {.weights = {{}, {1.0}}, .nodes = {0.0}};
  case model::Method::Midpoint:
    return {.weights = {{}, {0.5}, {0.0, 1.0}}, .nodes = {0.0, 0.5}};
  case model::Method::Rk4:
    return {
        .weights = {{}, {0.5}, {0.0, 0.5}, {0.0, 0.0, 1.0}, {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6}},
        .nodes = {0.0, 0.5, 0.5, 1.0}};
  case model::Method::Ssprk3:
    return {.weights = {{}, {1.0}, {0.25, 0.25}, {1.0 / 6, 1.0 / 6, 2.0 / 3}},
            .nodes = {0.0, 1.0, 0.5}};
  case model::Method::Dopri5:
    return dormandPrince();
  case model::Method::Leapfrog:
    break;
  }
  llvm_unreachable("leapfrog has no tableau");
}

} // namespace irh::convert
