//===- EmitCommand.cpp - irhc emit ------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/EmitCommand.h"

#include "compiler/Driver/Backend.h"
#include "compiler/Driver/Flags.h"
#include "compiler/Target/DeviceCode.h"
#include "compiler/Target/Target.h"

#include "llvm/Support/raw_ostream.h"

namespace irh::driver {

/// A stage of the machine code of devices.
struct DeviceStage {
  const char *name;
  Target target;
  target::DeviceFormat format;
};

static constexpr DeviceStage kDeviceStages[] = {
    {"ptx", Target::Cuda, target::DeviceFormat::Assembly},
    {"cubin", Target::Cuda, target::DeviceFormat::Object},
    {"gcn", Target::Hip, target::DeviceFormat::Assembly},
    {"hsaco", Target::Hip, target::DeviceFormat::Object},
};

static const DeviceStage *findDeviceStage(llvm::StringRef name) {
  const auto *found =
      llvm::find_if(kDeviceStages, [&](const DeviceStage &stage) { return name == stage.name; });
  return found == std::end(kDeviceStages) ? nullptr : found;
}

std::optional<Target> targetOfStage(llvm::StringRef stage) {
  const DeviceStage *found = findDeviceStage(stage);
  return found ? std::optional(found->target) : std::nullopt;
}

llvm::SmallVector<llvm::StringRef> stageNames() {
  llvm::SmallVector<llvm::StringRef> names = {"ast"};
  for (const Phase &phase : phases())
    names.push_back(phase.name);
  names.append({"llvm-ir", "asm"});
  for (const DeviceStage &stage : kDeviceStages)
    names.push_back(stage.name);
  return names;
}

static int printText(llvm::Expected<std::string> text, const Input &input) {
  if (!text)
    return reportFailure(input, text.takeError());
  llvm::outs() << *text;
  return 0;
}

static int printDeviceCode(const DeviceStage &stage, const EmitOptions &options,
                           mlir::ModuleOp module, const Input &input) {
  target::DeviceKind kind = *deviceOf(stage.target);
  std::string chip = options.chip.empty() ? target::defaultChip(kind).str() : options.chip;
  return printText(target::emitDeviceCode(module, {kind, stage.format, chip}), input);
}

int emitStage(const std::string &path, const EmitOptions &options) {
  llvm::StringRef stage = options.stage;
  const DeviceStage *deviceStage = findDeviceStage(stage);
  bool isAst = stage == "ast";
  bool isMachine = stage == "asm" || stage == "llvm-ir";
  auto input = runFrontend(path, isAst ? FrontendGoal::Syntax : FrontendGoal::Model, options.style);
  if (!input)
    return 1;
  if (isAst) {
    ast::dump(llvm::outs(), *input->file);
    return 0;
  }
  LoweredModel lowered = runBackend(*input, {.lastPhase = deviceStage ? "device"
                                                          : isMachine ? ""
                                                                      : stage,
                                             .target = options.target});
  if (!lowered.module)
    return 3;
  if (deviceStage)
    return printDeviceCode(*deviceStage, options, *lowered.module, *input);
  if (stage == "asm")
    return printText(target::emitAssembly(*lowered.module), *input);
  if (stage == "llvm-ir")
    return printText(target::emitLlvmIr(*lowered.module), *input);
  lowered.module->print(llvm::outs());
  return 0;
}

} // namespace irh::driver
