//===- Link.h - an object and the runtime into one file ---------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_LINK_H
#define IRH_COMPILER_DRIVER_LINK_H

#include "compiler/Target/Target.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace irh::driver {

struct LinkOptions {
  target::Product product = target::Product::Program;
  bool hasVectorCalls = false; ///< The object calls the C library's vector functions.
};

/// Links the bytes of an object file with the runtime into `output`. It appears whole or not at
/// all: until it is finished, it has another name in the same folder.
llvm::Error linkObject(llvm::StringRef object, llvm::StringRef output, const LinkOptions &options);

/// Writes a file in the same way.
llvm::Error writeWhole(llvm::StringRef path, llvm::StringRef text);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_LINK_H
