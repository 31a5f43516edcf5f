//===- Explain.cpp - what each diagnostic means, at length ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Diag/Explain.h"

using llvm::StringRef;

static constexpr llvm::StringLiteral kExplanations =
#include "compiler/Diag/Explanations.inc"
    ;

static constexpr llvm::StringLiteral kSection = "\n## ";

/// Splits the next section off `rest`; empty at the end.
static StringRef takeSection(StringRef &rest) {
  StringRef section = rest.split(kSection).second;
  rest = section;
  return section.split(kSection).first;
}

StringRef irh::diag::explain(StringRef code) {
  StringRef rest = kExplanations;
  for (StringRef section = takeSection(rest); !section.empty(); section = takeSection(rest))
    if (section.split(' ').first == code)
      return section.trim();
  return {};
}

llvm::SmallVector<StringRef> irh::diag::explainedCodes() {
  llvm::SmallVector<StringRef> codes;
  StringRef rest = kExplanations;
  for (StringRef section = takeSection(rest); !section.empty(); section = takeSection(rest))
    codes.push_back(section.split(' ').first);
  return codes;
}
