//===- irhc.cpp - the compiler's command line -------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Driver.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Signals.h"

#include <string>
#include <vector>

int main(int argc, char **argv) {
  llvm::sys::PrintStackTraceOnErrorSignal(argv[0]);
  return irh::driver::runIrhc(std::vector<std::string>(argv + 1, argv + argc));
}
