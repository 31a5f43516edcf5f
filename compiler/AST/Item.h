//===- Item.h - what a file, a model or a block lists ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_AST_ITEM_H
#define IRH_COMPILER_AST_ITEM_H

#include "compiler/AST/Expr.h"

namespace irh::ast {

/// A declaration or a statement. A model lists both in source order.
struct Item {
  enum class Kind : uint8_t {
    // Declarations.
    Import,
    Model,
    Param,
    Const,
    Let,
    State,
    Fn,
    Field,
    Network,
    Grid,
    Boundary,
    Index,
    Matrix,
    Require,
    LastDecl = Require,
    // Statements.
    Assign,
    Evolve,
    Solve,
    Anneal,
    Observe,
    Save,
    Check,
    Checkpoint,
    AfterStep,
    Every,
    When,
    On,
    Clock,
    Move,
    Pick,
    OneOf,
    CallStmt,
  };

  const Kind kind;
  Span span;     ///< The whole item, from its keyword to its last token.
  StringRef doc; ///< The `///` lines above it, joined by newlines; empty without any.

protected:
  Item(Kind kind, Span span) : kind(kind), span(span) {}
};

/// An item whose order among the others does not matter.
struct Decl : Item {
  static bool classof(const Item *item) { return item->kind <= Kind::LastDecl; }

protected:
  using Item::Item;
};

/// An item that is carried out in the order written.
struct Stmt : Item {
  static bool classof(const Item *item) { return item->kind > Kind::LastDecl; }

protected:
  using Item::Item;
};

/// The statements between `{` and `}`.
using Block = ArrayRef<Stmt *>;

} // namespace irh::ast

#endif // IRH_COMPILER_AST_ITEM_H
