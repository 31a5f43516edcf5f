//===- Tableau.h - the coefficients of explicit Runge-Kutta methods ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_IRHTOFIELD_TABLEAU_H
#define IRH_DIALECTS_CONVERT_IRHTOFIELD_TABLEAU_H

#include "dialects/irh/IR/IrhDialect.h"

namespace irh::convert {

/// With k[i] the rates at stage i, stage l is at y + dt sum_i weights[l][i] k[i] and time
/// t + nodes[l] dt; the result is the last row's.
struct Tableau {
  llvm::SmallVector<llvm::SmallVector<double>> weights;
  llvm::SmallVector<double> nodes;
  /// The estimate of the error is dt sum_i error[i] k[i]; empty for a fixed step.
  llvm::SmallVector<double> error = {};
  /// The last stage is at the result: the last row is left out.
  bool endsAtResult = false;

  unsigned numStages() const { return nodes.size(); }
};

/// The tableau of any method but leapfrog, which is none.
Tableau tableauOf(model::Method method);

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_IRHTOFIELD_TABLEAU_H
