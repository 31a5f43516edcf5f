//===- Linked.cpp - a program that was compiled ahead of time ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/Linked.h"

#include "runtime/program/Run.h"

#include <optional>
#include <span>

namespace irh::rt::program {

static ParamValue defaultOf(const irh_param &param) {
  switch (static_cast<ParamType>(param.type)) {
  case ParamType::Bool:
    return param.integer != 0;
  case ParamType::Int:
    return param.integer;
  case ParamType::Real:
    return param.real;
  case ParamType::String:
    return std::string(param.text);
  }
  return false;
}

static ParamSpec paramOf(const irh_param &param) {
  const auto has = [&](std::int32_t bit) { return (param.bounds & bit) != 0; };
  ParamSpec spec{.name = param.name,
                 .doc = param.doc,
                 .defaultValue = defaultOf(param),
                 .location = {param.line, param.column}};
  if (has(abi::kHasLower))
    spec.lower = {param.lower, has(abi::kIsLowerStrict)};
  if (has(abi::kHasUpper))
    spec.upper = {param.upper, has(abi::kIsUpperStrict)};
  return spec;
}

static FieldSpec fieldOf(const irh_field &field) {
  return {.name = field.name,
          .doc = field.doc,
          .element = static_cast<abi::Element>(field.element),
          .set = static_cast<abi::SetKind>(field.set)};
}

Program programOf(const irh_program &table) {
  Program program;
  program.name = table.name;
  program.doc = table.doc;
  program.file = table.file;
  for (const irh_param &param : std::span(table.params, static_cast<std::size_t>(table.numParams)))
    program.params.push_back(paramOf(param));
  for (const irh_field &field : std::span(table.fields, static_cast<std::size_t>(table.numFields)))
    program.fields.push_back(fieldOf(field));
  for (const irh_output &output :
       std::span(table.outputs, static_cast<std::size_t>(table.numOutputs)))
    program.outputs.push_back({output.path, {output.line, output.column}});
  program.hash = table.hash;
  program.lastKeptEvolve = table.lastKeptEvolve;
  program.main = table.main;
  return program;
}

} // namespace irh::rt::program

extern "C" int irh_run_program(const irh_program *program, int argc, char **argv) {
  // A caller of execve may leave out even the program's name.
  char **first = argv + (argc > 0 ? 1 : 0);
  return irh::rt::program::run(irh::rt::program::programOf(*program),
                               {.arguments = {first, argv + argc}});
}
