//===- Pipelines.h - the phases from a model to machine code -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_PIPELINES_PIPELINES_H
#define IRH_COMPILER_PIPELINES_PIPELINES_H

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"

#include "llvm/ADT/ArrayRef.h"

namespace irh {

/// What runs the sweeps. Emulated is the processor, with the code of a device.
enum class Target { Cpu, Cuda, Hip, Emulated };

/// What the phases need to know of the machine and the run.
struct PipelineOptions : mlir::PassPipelineOptions<PipelineOptions> {
  Option<bool> singleRank{*this, "single-rank",
                          llvm::cl::desc("the program runs on one rank: no exchanges"),
                          llvm::cl::init(false)};
  Option<bool> embedded{*this, "embedded", llvm::cl::desc("the run is part of another program"),
                        llvm::cl::init(false)};
  Option<bool> fma{*this, "fma", llvm::cl::desc("contract products and sums in sweeps"),
                   llvm::cl::init(true)};
  Option<int64_t> vectorWidth{*this, "vector-width",
                              llvm::cl::desc("lanes of the C library's vector functions"),
                              llvm::cl::init(4)};
  Option<Target> target{*this, "target", llvm::cl::desc("what runs the sweeps"),
                        llvm::cl::init(Target::Cpu),
                        llvm::cl::values(clEnumValN(Target::Cpu, "cpu", "the processor"),
                                         clEnumValN(Target::Cuda, "cuda", "a device of NVIDIA's"),
                                         clEnumValN(Target::Hip, "hip", "a device of AMD's"),
                                         clEnumValN(Target::Emulated, "emulated",
                                                    "the processor, with the code of a device"))};
};

/// One leg of the road.
struct Phase {
  const char *name;    ///< Also the value of `irhc emit --stage=`.
  const char *ensures; ///< What holds of the IR once the phase has run.
  void (*build)(mlir::OpPassManager &pm, const PipelineOptions &options);
};

/// All phases, in the order they run.
llvm::ArrayRef<Phase> phases();

/// Appends every phase up to and including `lastPhase`; all of them if it is empty.
void buildPipeline(mlir::OpPassManager &pm, const PipelineOptions &options,
                   llvm::StringRef lastPhase);

/// What the phase `device` needs of a context, before it is made from `registry`.
void registerDeviceConversions(mlir::DialectRegistry &registry);

/// Registers every pass of ours, each phase as `--irh-phase-<name>` and the whole road as
/// `--irh-pipeline`.
void registerPassesAndPipelines();

} // namespace irh

#endif // IRH_COMPILER_PIPELINES_PIPELINES_H
