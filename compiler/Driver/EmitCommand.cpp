//===- EmitCommand.cpp - irhc emit ------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/EmitCommand.h"

#include "compiler/Driver/Backend.h"
#include "compiler/Pipelines/Pipelines.h"
#include "compiler/Target/Target.h"

#include "llvm/Support/raw_ostream.h"

namespace irh::driver {

llvm::SmallVector<llvm::StringRef> stageNames() {
  llvm::SmallVector<llvm::StringRef> names = {"ast"};
  for (const Phase &phase : phases())
    names.push_back(phase.name);
  names.push_back("llvm-ir");
  names.push_back("asm");
  return names;
}

static int printText(llvm::Expected<std::string> text, const Input &input) {
  if (!text) {
    llvm::errs() << input.source->path()
                 << ": error: internal error: " << llvm::toString(text.takeError()) << "\n";
    return 3;
  }
  llvm::outs() << *text;
  return 0;
}

int emitStage(const std::string &path, llvm::StringRef stage, DiagnosticStyle style) {
  bool isAst = stage == "ast", isMachine = stage == "asm" || stage == "llvm-ir";
  auto input = runFrontend(path, isAst ? FrontendGoal::Syntax : FrontendGoal::Model, style);
  if (!input)
    return 1;
  if (isAst) {
    ast::dump(llvm::outs(), *input->file);
    return 0;
  }
  LoweredModel lowered = runBackend(*input, {.lastPhase = isMachine ? "" : stage});
  if (!lowered.module)
    return 3;
  if (stage == "asm")
    return printText(target::emitAssembly(*lowered.module), *input);
  if (stage == "llvm-ir")
    return printText(target::emitLlvmIr(*lowered.module), *input);
  lowered.module->print(llvm::outs());
  return 0;
}

} // namespace irh::driver
