//===- Symbols.cpp - names and addresses of the runtime's calls -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Symbols.h"

#include "runtime/abi/RuntimeCalls.h"

namespace irh::abi {

std::span<const Symbol> symbols() {
  static const Symbol kSymbols[] = {
#define IRH_RUNTIME_CALL(name, Result, Arguments, contract)                                        \
  {#name, reinterpret_cast<void *>(&calls::name)},
#include "runtime/abi/RuntimeCalls.def"
  };
  return kSymbols;
}

} // namespace irh::abi
