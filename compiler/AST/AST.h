//===- AST.h - the syntax tree of one file ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_AST_AST_H
#define IRH_COMPILER_AST_AST_H

#include "compiler/AST/Decl.h"
#include "compiler/AST/Stmt.h"

#include "llvm/Support/Allocator.h"
#include "llvm/Support/raw_ostream.h"

#include <type_traits>
#include <utility>

namespace irh::ast {

/// The tree of one source file, and the memory of all its nodes. The source text is not copied:
/// the SourceFile outlives the File.
class File {
public:
  /// Imports, constants, functions and models in source order. An item with a syntax error is
  /// left out, so a file with errors may lack names that are used in the rest.
  ArrayRef<Item *> items;

  /// Builds a node in the arena.
  template <typename Node, typename... Args> Node *make(Args &&...args) {
    static_assert(std::is_trivially_destructible_v<Node>, "the arena runs no destructors");
    return new (arena.Allocate<Node>()) Node(std::forward<Args>(args)...);
  }

  /// Copies a list into the arena.
  template <typename T> ArrayRef<T> copy(ArrayRef<T> list) {
    static_assert(std::is_trivially_destructible_v<T>, "the arena runs no destructors");
    return list.copy(arena);
  }

  /// Copies text that is not a piece of the source (an unescaped string, joined doc lines).
  StringRef copyText(StringRef text) { return text.copy(arena); }

private:
  llvm::BumpPtrAllocator arena;
};

/// Writes the tree, one node a line, indented by two spaces a level (`irhc emit --stage=ast`).
void dump(llvm::raw_ostream &os, const File &file);
/// Writes one expression likewise.
void dump(llvm::raw_ostream &os, const Expr &expr);

} // namespace irh::ast

#endif // IRH_COMPILER_AST_AST_H
