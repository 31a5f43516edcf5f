//===- ProgramTable.h - how a linked program describes itself ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// C layout, no runtime or LLVM header: the compiler writes these structs into objects, member by
// member, and the runtime that they are linked with reads them. See program/Program.h for what the
// members mean.

#ifndef IRH_RUNTIME_ABI_PROGRAMTABLE_H
#define IRH_RUNTIME_ABI_PROGRAMTABLE_H

#include "runtime/abi/Abi.h"

#include <cstdint>

extern "C" {

/// A parameter. Its default is `text`, `real` or `integer` (of a bool: 0 or 1), by `type`.
struct irh_param {
  const char *name;
  const char *doc;
  const char *text;
  std::int64_t integer;
  double real;
  double lower;
  double upper;
  std::int32_t type;   ///< A program::ParamType.
  std::int32_t bounds; ///< Bits of abi::ParamBounds.
  std::int32_t line;
  std::int32_t column;
};

/// A field that a program around the run may set and read.
struct irh_field {
  const char *name;
  const char *doc;
  std::int32_t element; ///< An abi::Element.
  std::int32_t set;     ///< An abi::SetKind.
};

/// A file that is saved to.
struct irh_output {
  const char *path;
  std::int32_t line;
  std::int32_t column;
};

/// A program.
struct irh_program {
  const char *name;
  const char *doc;
  const char *file;
  const irh_param *params;
  std::int64_t numParams;
  const irh_field *fields;
  std::int64_t numFields;
  const irh_output *outputs;
  std::int64_t numOutputs;
  const char *hash;
  std::int64_t lastKeptEvolve;
  irh_main main;
};

/// What the `main` of a linked program does; gives its exit code.
int irh_run_program(const irh_program *program, int argc, char **argv);
}

namespace irh::abi {

enum ParamBounds : std::int32_t {
  kHasLower = 1,
  kIsLowerStrict = 2,
  kHasUpper = 4,
  kIsUpperStrict = 8
};

} // namespace irh::abi

#endif // IRH_RUNTIME_ABI_PROGRAMTABLE_H
