//===- EmbedCalls.h - declarations of what a model's library calls ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_EMBED_EMBEDCALLS_H
#define IRH_RUNTIME_EMBED_EMBEDCALLS_H

#include <cstdint>

extern "C" {

/// MODEL_settings of a library's header; all zero: the defaults.
struct irh_embed_settings {
  std::int64_t threads;
  std::int64_t ranks;
  std::int64_t seed;
  const char *out;
  std::uint8_t hasSeed;
  std::uint8_t ignoresNotFinite;
};

/// MODEL_row_callback: not 0 stops the run.
using irh_embed_row_callback = std::int32_t (*)(void *user, std::int64_t table, std::int64_t row);
}

namespace irh::rt::embed::calls {

// The type names of EmbedCalls.def.
using Void = void;
using I32 = std::int32_t;
using I64 = std::int64_t;
using Ptr = void *;

// A definition that differs from the table does not compile: C functions do not overload.
extern "C" {
#define IRH_EMBED_CALL(name, Result, Arguments, declaration, contract)                             \
  Result irh_embed_##name Arguments;
#include "runtime/embed/EmbedCalls.def"
}

} // namespace irh::rt::embed::calls

#endif // IRH_RUNTIME_EMBED_EMBEDCALLS_H
