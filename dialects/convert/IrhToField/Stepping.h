//===- Stepping.h - explicit Runge-Kutta methods as sweeps ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_IRHTOFIELD_STEPPING_H
#define IRH_DIALECTS_CONVERT_IRHTOFIELD_STEPPING_H

#include "dialects/convert/IrhToField/Expansion.h"

namespace irh::convert {

/// One step of `evolve`'s method from `start`, emitted at `host`. Gives the new value of each field
/// that has a rate, in the order of the rates, and watches that they are finite.
llvm::SmallVector<mlir::Value> expandStep(mlir::OpBuilder &host, model::EvolveOp evolve,
                                          const State &start, mlir::Value dt);

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_IRHTOFIELD_STEPPING_H
