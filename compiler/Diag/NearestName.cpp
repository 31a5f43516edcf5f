//===- NearestName.cpp - the name that was probably meant ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Diag/Diagnostic.h"

using namespace irh;
using llvm::StringRef;

StringRef diag::nearestName(StringRef name, llvm::ArrayRef<StringRef> candidates) {
  // Two letters swapped count as two. Past a third of its letters, rounded up, a name has nothing
  // to do with the other; a single letter would be near to every other one.
  unsigned best = name.size() < 2 ? 0 : static_cast<unsigned>(name.size() + 2) / 3;
  StringRef nearest;
  for (StringRef candidate : candidates) {
    if (candidate.equals_insensitive(name))
      return candidate;
    if (best == 0)
      continue;
    unsigned distance = name.edit_distance(candidate, /*AllowReplacements=*/true, best);
    if (distance > best)
      continue;
    nearest = candidate;
    best = distance - 1;
  }
  return nearest;
}
