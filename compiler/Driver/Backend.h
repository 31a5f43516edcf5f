//===- Backend.h - a typed model through the phases ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_BACKEND_H
#define IRH_COMPILER_DRIVER_BACKEND_H

#include "compiler/Driver/Frontend.h"
#include "compiler/Pipelines/Pipelines.h"
#include "compiler/Target/Target.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/Error.h"

namespace irh::driver {

/// A model as MLIR, at some phase.
struct LoweredModel {
  std::unique_ptr<mlir::MLIRContext> context;
  mlir::OwningOpRef<mlir::ModuleOp> module; ///< Null if a phase failed; it has said why.
};

struct BackendOptions {
  llvm::StringRef lastPhase; ///< Name of a phase; empty for all.
  bool isSingleRank = false;
  bool isEmbedded = false; ///< The run is part of another program.
  target::Machine machine = target::hostMachine();
  Target target = Target::Cpu; ///< What runs the sweeps.
};

/// Takes a model through the phases.
LoweredModel runBackend(const Input &input, const BackendOptions &options);

/// Prints why no code was made; gives the exit code: 1 for what a user can mend, 3 for a fault of
/// ours.
int reportFailure(const Input &input, llvm::Error error);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_BACKEND_H
