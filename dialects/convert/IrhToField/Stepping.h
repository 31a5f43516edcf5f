//===- Stepping.h - time steppers as sweeps ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIALECTS_CONVERT_IRHTOFIELD_STEPPING_H
#define IRH_DIALECTS_CONVERT_IRHTOFIELD_STEPPING_H

#include "dialects/convert/IrhToField/Changes.h"

namespace irh::convert {

/// What a step starts from.
struct StepStart {
  State state;
  mlir::Value dt;
  mlir::Value tolerance; ///< Null for a fixed step.
};

/// What a step leads to.
struct StepEnd {
  State state;
  mlir::Value accepted; ///< Null for a fixed step, which always is.
};

/// One step of `evolve`'s method from `start`, emitted at `host`, and the assignments after it.
/// Every new value is watched.
StepEnd expandStep(mlir::OpBuilder &host, model::EvolveOp evolve, const StepStart &start);

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_IRHTOFIELD_STEPPING_H
