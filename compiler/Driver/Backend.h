//===- Backend.h - a typed model through the phases ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_BACKEND_H
#define IRH_COMPILER_DRIVER_BACKEND_H

#include "compiler/Driver/Frontend.h"
#include "compiler/Target/Target.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

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
};

/// Takes a model through the phases.
LoweredModel runBackend(const Input &input, const BackendOptions &options);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_BACKEND_H
