//===- Printable.h - source text made safe for a terminal ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DIAG_PRINTABLE_H
#define IRH_COMPILER_DIAG_PRINTABLE_H

#include "llvm/ADT/StringRef.h"

namespace irh::diag {

/// One character of source text and how a terminal shows it.
struct Character {
  llvm::StringRef bytes; ///< Its UTF-8, or one byte that is none.
  llvm::StringRef shown; ///< `bytes`, or U+FFFD for what would not print.
  unsigned width = 1;    ///< Columns of `shown`: 0 for a combining mark, 2 for a wide character.
};

/// Cuts the first character off `text`, which is not empty. A tab is shown as it is.
Character takeCharacter(llvm::StringRef &text);

} // namespace irh::diag

#endif // IRH_COMPILER_DIAG_PRINTABLE_H
