//===- ExplainCommand.cpp - irhc explain ------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/ExplainCommand.h"

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Diag/Explain.h"

#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace irh::driver {

int explainCommand(llvm::ArrayRef<std::string> arguments) {
  if (arguments.size() != 1) {
    llvm::errs() << "irhc: error: `irhc explain` takes one code: `irhc explain E0101`\n";
    return 1;
  }
  std::string code = StringRef(arguments[0]).upper();
  StringRef section = diag::explain(code);
  if (!section.empty()) {
    llvm::outs() << section << "\n";
    return 0;
  }
  StringRef nearest = diag::nearestName(code, diag::explainedCodes());
  llvm::errs() << "irhc: error: no diagnostic has the code " << diag::quote(arguments[0]);
  if (nearest.empty())
    llvm::errs() << "; codes stand behind `error` and `warning`, as in `error[E0101]`\n";
  else
    llvm::errs() << ": did you mean `" << nearest << "`?\n";
  return 1;
}

} // namespace irh::driver
