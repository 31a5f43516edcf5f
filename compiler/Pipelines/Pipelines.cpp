//===- Pipelines.cpp - the phases from a model to machine code ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Pipelines/Pipelines.h"

#include "dialects/convert/Passes.h"
#include "dialects/dist/Transforms/Passes.h"
#include "dialects/field/Transforms/Passes.h"

#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ComplexToLLVM/ComplexToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/GPUToNVVM/GPUToNVVMPass.h"
#include "mlir/Conversion/GPUToROCDL/GPUToROCDLPass.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVMPass.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace irh {

static void buildModelPhase(OpPassManager &, const PipelineOptions &) {}

static void buildFieldPhase(OpPassManager &pm, const PipelineOptions &options) {
  convert::ConvertIrhToFieldOptions program;
  program.embedded = options.embedded;
  pm.addPass(convert::createConvertIrhToField(program));
  pm.addPass(createCanonicalizerPass());
}

static void buildFusedPhase(OpPassManager &pm, const PipelineOptions &options) {
  // First, so that each step function is fused with the events it holds.
  pm.addPass(field::createOutlineEvolve());
  pm.addNestedPass<func::FuncOp>(field::createFuseSweeps());
  pm.addNestedPass<func::FuncOp>(field::createExpandComplex());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addNestedPass<func::FuncOp>(field::createHoistInvariants());
  pm.addPass(createCanonicalizerPass());
  // Last: whatever simplifies products and sums has done so.
  if (options.fma)
    pm.addNestedPass<func::FuncOp>(field::createFormFma());
}

static void buildDistPhase(OpPassManager &pm, const PipelineOptions &options) {
  pm.addPass(dist::createInsertExchange());
  if (options.singleRank)
    pm.addPass(dist::createFoldSingleRank());
}

static void buildKernelsPhase(OpPassManager &pm, const PipelineOptions &options) {
  convert::ConvertFieldToKernelsOptions sweeps;
  sweeps.device = options.target != Target::Cpu;
  pm.addPass(convert::createConvertFieldToKernels(sweeps));
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  if (options.target == Target::Emulated)
    pm.addPass(convert::createConvertDeviceToLoops());
  convert::ConvertMathToVectorCallsOptions calls;
  calls.width = options.vectorWidth;
  pm.addPass(convert::createConvertMathToVectorCalls(calls));
}

static bool hasDevice(Target target) { return target == Target::Cuda || target == Target::Hip; }

static void buildDevicePhase(OpPassManager &pm, const PipelineOptions &options) {
  if (!hasDevice(options.target))
    return;
  OpPassManager &kernels = pm.nest<gpu::GPUModuleOp>();
  convert::ConvertMathToDeviceCallsOptions calls;
  if (options.target == Target::Hip) {
    calls.prefix = "__ocml_";
    calls.suffix = "_f64";
  }
  kernels.addPass(convert::createConvertMathToDeviceCalls(calls));
  kernels.addPass(createSCFToControlFlowPass());
  kernels.addPass(options.target == Target::Cuda ? createConvertGpuOpsToNVVMOps()
                                                 : createConvertGpuOpsToROCDLOps());
  kernels.addPass(createReconcileUnrealizedCastsPass());
}

static void buildLlvmPhase(OpPassManager &pm, const PipelineOptions &) {
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(createConvertVectorToLLVMPass());
  pm.addPass(createConvertComplexToLLVMPass());
  pm.addPass(createConvertMathToLLVMPass());
  pm.addPass(createArithToLLVMConversionPass());
  pm.addPass(createConvertControlFlowToLLVMPass());
  pm.addPass(createConvertFuncToLLVMPass());
  pm.addPass(createUBToLLVMConversionPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
}

static constexpr Phase kPhases[] = {
    {"model", "source-shaped; every name, type and set is known", buildModelPhase},
    {"field", "each equation is a sweep, time steppers are expanded", buildFieldPhase},
    {"fused", "sweeps over one set are merged, events share them", buildFusedPhase},
    {"dist", "every neighbour read sees fresh ghosts", buildDistPhase},
    {"kernels", "each sweep is a function over a range of points", buildKernelsPhase},
    {"device", "the kernels of a device are in the LLVM dialect", buildDevicePhase},
    {"llvm", "the LLVM dialect", buildLlvmPhase},
};

ArrayRef<Phase> phases() { return kPhases; }

void buildPipeline(OpPassManager &pm, const PipelineOptions &options, StringRef lastPhase) {
  for (const Phase &phase : kPhases) {
    phase.build(pm, options);
    if (lastPhase == phase.name)
      return;
  }
}

void registerDeviceConversions(DialectRegistry &registry) {
  arith::registerConvertArithToLLVMInterface(registry);
  cf::registerConvertControlFlowToLLVMInterface(registry);
}

void registerPassesAndPipelines() {
  convert::registerConvertPasses();
  dist::registerDistPasses();
  field::registerFieldPasses();
  for (const Phase &phase : kPhases)
    PassPipelineRegistration<PipelineOptions>(("irh-phase-" + Twine(phase.name)).str(),
                                              phase.ensures, phase.build);
  PassPipelineRegistration<PipelineOptions>("irh-pipeline", "all phases",
                                            [](OpPassManager &pm, const PipelineOptions &options) {
                                              buildPipeline(pm, options, /*lastPhase=*/"");
                                            });
}

} // namespace irh
