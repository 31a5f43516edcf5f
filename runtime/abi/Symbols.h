//===- Symbols.h - names and addresses of the runtime's calls ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_ABI_SYMBOLS_H
#define IRH_RUNTIME_ABI_SYMBOLS_H

#include <span>

namespace irh::abi {

struct Symbol {
  const char *name;
  void *address;
};

/// Every call of RuntimeCalls.def, for whoever links generated code in memory.
std::span<const Symbol> symbols();

} // namespace irh::abi

#endif // IRH_RUNTIME_ABI_SYMBOLS_H
