//===- Diagnostic.cpp - the order of diagnostics, and source text inside messages ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Diag/Order.h"
#include "compiler/Diag/Printable.h"

#include "llvm/ADT/STLExtras.h"

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

llvm::SmallVector<const diag::Diagnostic *> diag::inOrderOfPlace(const Engine &engine) {
  llvm::SmallVector<const Diagnostic *> ordered;
  for (const Diagnostic &diagnostic : engine.diagnostics())
    ordered.push_back(&diagnostic);
  llvm::sort(ordered, [](const Diagnostic *left, const Diagnostic *right) {
    return std::pair(left->span.begin, left) < std::pair(right->span.begin, right);
  });
  return ordered;
}
