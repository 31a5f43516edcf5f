//===- Methods.h - one step of a time stepper, as its textbook has it ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_ORACLE_METHODS_H
#define IRH_TEST_ORACLE_METHODS_H

#include "compiler/Sema/Model.h"
#include "test/oracle/Evaluator.h"

namespace irh::oracle {

/// Takes the state of the evaluator's moment one step of `dt` further, by any method but Dopri5.
/// The moment is left as it was.
void advance(Evaluator &evaluator, const sema::Evolve &evolve, double dt);

/// As `advance`, by Dopri5.
///
/// Gives the norm of the error's estimate over the tolerance: root mean square over all components
/// of |e| / (tolerance (1 + max(|y|, |y_new|))). Where it is above 1 (or no number) the state is
/// left as it was.
///
/// Source  J. Dormand and P. Prince, J. Comp. Appl. Math. 6(1), 1980, table 2.
double tryStep(Evaluator &evaluator, const sema::Evolve &evolve, double dt, double tolerance);

} // namespace irh::oracle

#endif // IRH_TEST_ORACLE_METHODS_H
