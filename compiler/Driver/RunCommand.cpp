//===- RunCommand.cpp - irhc run --------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/RunCommand.h"

#include "compiler/Driver/Backend.h"
#include "compiler/Driver/Flags.h"
#include "compiler/Target/DeviceImages.h"
#include "compiler/Target/Target.h"
#include "runtime/abi/Symbols.h"
#include "runtime/program/Run.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

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

static abi::Element elementOf(sema::Type type) {
  switch (type) {
  case sema::Type::Bool:
    return abi::Element::Bool;
  case sema::Type::Int:
    return abi::Element::Int;
  case sema::Type::Complex:
    return abi::Element::Complex;
  default:
    return abi::Element::Real;
  }
}

static rt::program::FieldSpec describeField(const sema::Field &field) {
  return {.name = field.name,
          .doc = field.doc,
          .element = elementOf(field.type),
          .set = field.domain.kind == sema::SetKind::Nodes ? abi::SetKind::Nodes
                                                           : abi::SetKind::Edges};
}

/// Of the file and its imports, each of which begins where the one before it ends.
static std::string hashOf(const source::SourceFile &source) {
  std::string text;
  const source::SourceFile *last = nullptr;
  for (const source::SourceFile *file = &source; file != last;) {
    last = file;
    text += file->text();
    file = &source.fileAt(static_cast<uint32_t>(file->begin() + file->text().size() + 1));
  }
  return llvm::utohexstr(llvm::xxh3_64bits(text));
}

/// The number, from 1, of the last evolve that has a checkpoint; 0 if none has.
static int64_t findLastKeptEvolve(const sema::Model &model) {
  int64_t number = 0, last = 0;
  for (const sema::Statement &statement : model.statements) {
    const auto *evolve = std::get_if<sema::Evolve>(&statement);
    number += evolve ? 1 : 0;
    if (evolve && !evolve->checkpoints.empty())
      last = number;
  }
  return last;
}

static rt::program::Location locationOf(const source::SourceFile &source, source::Span span) {
  source::Position position = source.position(span.begin);
  return {static_cast<int32_t>(position.line), static_cast<int32_t>(position.column)};
}

static void addOutput(const source::SourceFile &source, const sema::Action &action,
                      rt::program::Program &program) {
  if (const auto *save = std::get_if<sema::Save>(&action))
    program.outputs.push_back({save->file, locationOf(source, save->span)});
}

/// Adds the files of all `save`s, whether they are reached or not.
static void addOutputs(const Input &input, rt::program::Program &program) {
  for (const sema::Statement &statement : input.model->statements) {
    if (const auto *save = std::get_if<sema::Save>(&statement))
      addOutput(*input.source, *save, program);
    if (const auto *evolve = std::get_if<sema::Evolve>(&statement))
      for (const sema::Event &event : evolve->events)
        for (const sema::Action &action : event.actions)
          addOutput(*input.source, action, program);
  }
}

rt::program::Program describeProgram(const Input &input) {
  rt::program::Program program;
  program.name = input.model->name;
  program.doc = input.model->doc;
  program.file = input.source->path().str();
  program.hash = hashOf(*input.source);
  program.lastKeptEvolve = findLastKeptEvolve(*input.model);
  for (const sema::Param &param : input.model->params)
    program.params.push_back({.name = param.name,
                              .doc = param.doc,
                              .defaultValue = defaultOf(param),
                              .lower = boundOf(param.lower),
                              .upper = boundOf(param.upper),
                              .location = locationOf(*input.source, param.nameSpan)});
  for (const sema::Field &field : input.model->fields)
    if (!field.domain.isGlobal())
      program.fields.push_back(describeField(field));
  addOutputs(input, program);
  return program;
}

/// Compiles the code, which lives in `compiled`.
static rt::program::Loaded load(const Input &input, const BackendOptions &options,
                                std::optional<target::CompiledModule> &compiled) {
  LoweredModel lowered = runBackend(input, options);
  if (!lowered.module)
    return {};
  auto report = [&](llvm::Error error) -> rt::program::Loaded {
    return {.exitCode = reportFailure(input, std::move(error))};
  };
  if (std::optional<target::DeviceKind> device = deviceOf(options.target))
    if (llvm::Error error = target::embedImages(*lowered.module, target::imagesToRun(*device)))
      return report(std::move(error));
  llvm::SmallVector<target::Symbol> symbols;
  for (const abi::Symbol &symbol : abi::symbols())
    symbols.push_back({symbol.name, symbol.address});
  llvm::Expected<target::CompiledModule> module = target::compile(*lowered.module, symbols);
  if (!module)
    return report(module.takeError());
  compiled.emplace(std::move(*module));
  llvm::Expected<void *> address = compiled->lookup("irh_main");
  if (!address)
    return report(address.takeError());
  return {.main = reinterpret_cast<irh_main>(*address)};
}

int runModel(const Input &input, std::vector<std::string> arguments, Target target) {
  std::optional<target::CompiledModule> compiled;
  rt::program::RunOptions options;
  options.arguments = std::move(arguments);
  options.load = [&](int numRanks) {
    return load(input, {.lastPhase = "", .isSingleRank = numRanks == 1, .target = target},
                compiled);
  };
  return rt::program::run(describeProgram(input), options);
}

} // namespace irh::driver
