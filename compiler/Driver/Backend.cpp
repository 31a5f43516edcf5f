//===- Backend.cpp - a typed model through the phases ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Backend.h"

#include "compiler/Driver/Flags.h"
#include "compiler/Lower/Lower.h"
#include "compiler/Target/DeviceCode.h"
#include "dialects/dist/IR/DistDialect.h"
#include "dialects/field/IR/FieldDialect.h"
#include "dialects/irh/IR/IrhDialect.h"
#include "dialects/net/IR/NetDialect.h"
#include "dialects/spectral/IR/SpectralDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace irh::driver {

static std::unique_ptr<MLIRContext> makeContext(Target target) {
  DialectRegistry registry;
  registry
      .insert<model::IrhDialect, field::FieldDialect, net::NetDialect, spectral::SpectralDialect,
              dist::DistDialect, arith::ArithDialect, complex::ComplexDialect, func::FuncDialect,
              LLVM::LLVMDialect, math::MathDialect>();
  if (deviceOf(target)) {
    registerDeviceConversions(registry);
    target::registerDeviceDialects(registry);
  }
  // One model is too little work to share, and threads cost more to start than they save.
  return std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
}

LoweredModel runBackend(const Input &input, const BackendOptions &options) {
  LoweredModel result{makeContext(options.target), {}};
  result.module = lower::lowerModel(*input.model, *input.source, *result.context);
  PipelineOptions pipeline;
  pipeline.singleRank = options.isSingleRank;
  pipeline.embedded = options.isEmbedded;
  // A device has fused products whatever the processor has.
  pipeline.fma = options.machine.hasFma || deviceOf(options.target);
  pipeline.vectorWidth = options.machine.vectorWidth;
  pipeline.target = options.target;
  PassManager passes(result.context.get());
#ifdef NDEBUG
  passes.enableVerifier(false);
#endif
  buildPipeline(passes, pipeline, options.lastPhase);
  if (failed(passes.run(*result.module))) {
    llvm::errs() << input.source->path()
                 << ": error: internal error: a phase failed on a model that was accepted\n";
    result.module = {};
  }
  return result;
}

int reportFailure(const Input &input, llvm::Error error) {
  bool isMissing = error.isA<target::MissingTool>();
  llvm::errs() << input.source->path() << ": error: " << (isMissing ? "" : "internal error: ")
               << llvm::toString(std::move(error)) << "\n";
  return isMissing ? 1 : 3;
}

} // namespace irh::driver
