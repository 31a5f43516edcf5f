//===- Library.h - libraries that are loaded when a run needs them ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CORE_LIBRARY_H
#define IRH_RUNTIME_CORE_LIBRARY_H

#include "runtime/core/Error.h"

#include <string>

namespace irh::rt {

/// Who sees the symbols of a library: whoever looks them up in it, or all that is loaded later.
enum class SymbolScope { Local, Global };

/// A shared library by its name; it stays loaded until the process ends.
class Library {
public:
  /// `missing(reason)` is the error where the library, or a symbol of it, is not there.
  using Missing = Error (*)(const std::string &reason);

  Library(const char *name, SymbolScope scope, Missing missing);

  /// Sets `into` to the address of a function or variable.
  template <typename Pointer> void find(const char *symbol, Pointer &into) const {
    into = reinterpret_cast<Pointer>(addressOf(symbol));
  }

private:
  void *addressOf(const char *symbol) const;

  void *handle;
  Missing missing;
};

} // namespace irh::rt

#endif // IRH_RUNTIME_CORE_LIBRARY_H
