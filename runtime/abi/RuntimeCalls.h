//===- RuntimeCalls.h - declarations of the calls of generated code ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_ABI_RUNTIMECALLS_H
#define IRH_RUNTIME_ABI_RUNTIMECALLS_H

#include <cstdint>

namespace irh::abi::calls {

// The type names of RuntimeCalls.def.
using Void = void;
using I32 = std::int32_t;
using I64 = std::int64_t;
using F64 = double;
using Ptr = void *;

// A definition that differs from the table does not compile: C functions do not overload.
extern "C" {
#define IRH_RUNTIME_CALL(name, Result, Arguments, contract) Result name Arguments;
#include "runtime/abi/RuntimeCalls.def"
}

} // namespace irh::abi::calls

#endif // IRH_RUNTIME_ABI_RUNTIMECALLS_H
