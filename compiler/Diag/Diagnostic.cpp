//===- Diagnostic.cpp - text of the source inside messages ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Diag/Diagnostic.h"

#include "compiler/Diag/Printable.h"

using namespace irh;
using llvm::StringRef;

std::string diag::quote(StringRef text) {
  constexpr unsigned kMaxCharacters = 40;
  std::string quoted = "`";
  for (unsigned count = 0; !text.empty(); ++count) {
    if (count == kMaxCharacters) {
      quoted += "…";
      break;
    }
    quoted += takeCharacter(text).shown;
  }
  return quoted + "`";
}
