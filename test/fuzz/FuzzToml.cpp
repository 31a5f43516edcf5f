//===- FuzzToml.cpp - any bytes are parameters or an error with its line ----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Error.h"
#include "runtime/program/ParamFile.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace irh::rt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const program::Program kProgram{
      .name = "m",
      .doc = "",
      .file = "m.irh",
      .params = {
          {.name = "n", .doc = "", .defaultValue = std::int64_t{1}, .lower = program::Bound{0}},
          {.name = "x", .doc = "", .defaultValue = 0.5},
          {.name = "a_file", .doc = "", .defaultValue = std::string("a.csv")},
          {.name = "on", .doc = "", .defaultValue = false}}};
  try {
    program::parseParams({reinterpret_cast<const char *>(data), size}, "p.toml", kProgram);
  } catch (const Error &) {
  }
  return 0;
}
