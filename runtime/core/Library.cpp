//===- Library.cpp - libraries that are loaded when a run needs them --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Library.h"

#include <dlfcn.h>

namespace irh::rt {

static std::string reasonOf() {
  const char *reason = ::dlerror();
  return reason ? reason : "it cannot be loaded";
}

Library::Library(const char *name, SymbolScope scope, Missing missing)
    : handle(::dlopen(name, RTLD_NOW | (scope == SymbolScope::Global ? RTLD_GLOBAL : RTLD_LOCAL))),
      missing(missing) {
  if (!handle)
    throw missing(reasonOf());
}

void *Library::addressOf(const char *symbol) const {
  void *address = ::dlsym(handle, symbol);
  if (!address)
    throw missing(reasonOf());
  return address;
}

} // namespace irh::rt
