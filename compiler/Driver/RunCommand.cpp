//===- RunCommand.cpp - irhc run --------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/RunCommand.h"

#include "compiler/Driver/Backend.h"
#include "compiler/Target/Target.h"
#include "runtime/abi/Symbols.h"
#include "runtime/program/Run.h"

#include "llvm/Support/raw_ostream.h"

#include <optional>

namespace irh::driver {

static rt::program::ParamValue defaultOf(const sema::Param &param) {
  switch (param.type) {
  case sema::Type::Bool:
    return param.defaultValue.integer != 0;
  case sema::Type::Int:
    return param.defaultValue.integer;
  case sema::Type::String:
    return param.defaultValue.text;
  default:
    return param.defaultValue.real;
  }
}

static std::optional<rt::program::Bound> boundOf(const std::optional<sema::Bound> &bound) {
  if (!bound)
    return std::nullopt;
  return rt::program::Bound{bound->value, bound->strict};
}

rt::program::Program describeProgram(const Input &input) {
  rt::program::Program program;
  program.name = input.model->name;
  program.doc = input.model->doc;
  program.file = input.source->path().str();
  for (const sema::Param &param : input.model->params) {
    source::Position position = input.source->position(param.nameSpan.begin);
    program.params.push_back(
        {.name = param.name,
         .doc = param.doc,
         .defaultValue = defaultOf(param),
         .lower = boundOf(param.lower),
         .upper = boundOf(param.upper),
         .location = {static_cast<int32_t>(position.line), static_cast<int32_t>(position.column)}});
  }
  return program;
}

/// Compiles for `numRanks` ranks; the code lives in `compiled`. Null on failure, which is reported.
static irh_main load(const Input &input, int numRanks,
                     std::optional<target::CompiledModule> &compiled) {
  LoweredModel lowered = runBackend(input, {.lastPhase = "", .isSingleRank = numRanks == 1});
  if (!lowered.module)
    return nullptr;
  llvm::SmallVector<target::Symbol> symbols;
  for (const abi::Symbol &symbol : abi::symbols())
    symbols.push_back({symbol.name, symbol.address});
  auto report = [&](llvm::Error error) -> irh_main {
    llvm::errs() << input.source->path()
                 << ": error: internal error: " << llvm::toString(std::move(error)) << "\n";
    return nullptr;
  };
  llvm::Expected<target::CompiledModule> module = target::compile(*lowered.module, symbols);
  if (!module)
    return report(module.takeError());
  compiled.emplace(std::move(*module));
  llvm::Expected<void *> address = compiled->lookup("irh_main");
  if (!address)
    return report(address.takeError());
  return reinterpret_cast<irh_main>(*address);
}

int runModel(const Input &input, std::vector<std::string> arguments) {
  std::optional<target::CompiledModule> compiled;
  rt::program::RunOptions options;
  options.arguments = std::move(arguments);
  options.load = [&](int numRanks) { return load(input, numRanks, compiled); };
  return rt::program::run(describeProgram(input), options);
}

} // namespace irh::driver
