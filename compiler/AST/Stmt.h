//===- Stmt.h - statements of the syntax tree ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which statement may stand in which block is not the grammar's business: any may.

#ifndef IRH_COMPILER_AST_STMT_H
#define IRH_COMPILER_AST_STMT_H

#include "compiler/AST/Item.h"

namespace irh::ast {

/// The left-hand side of an equation or an assignment: `theta`, `u''`, `v[a]'`, `g[x,y]`.
struct Target {
  Name name;                    ///< Without primes, wherever they are written.
  ArrayRef<IndexEntry> entries; ///< Empty without brackets.
  unsigned numPrimes = 0;
  Span span;
};

/// `target = value`; with primes, directly inside an `evolve`, an equation for a rate.
struct AssignStmt : Stmt {
  Target target;
  Expr *value = nullptr;

  explicit AssignStmt(Span span) : Stmt(Kind::Assign, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Assign; }
};

/// `evolve t from a to b by METHOD { … }` or `evolve for n steps by METHOD { … }`.
struct EvolveStmt : Stmt {
  Name time;                ///< Empty in the form with `for`.
  Expr *from = nullptr;     ///< Null in the form with `for`.
  Expr *to = nullptr;       ///< Null in the form with `for`.
  Expr *numSteps = nullptr; ///< Null in the form with `from`.
  Method method;
  Block body;

  explicit EvolveStmt(Span span) : Stmt(Kind::Evolve, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Evolve; }
};

/// `solve unknown : left == right by METHOD`.
struct SolveStmt : Stmt {
  Name unknown;
  Expr *left = nullptr;
  Expr *right = nullptr;
  Method method;

  explicit SolveStmt(Span span) : Stmt(Kind::Solve, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Solve; }
};

/// `anneal maximize OBJECTIVE for n sweeps at temperature T { … }`.
struct AnnealStmt : Stmt {
  bool isMaximize = true;
  Expr *objective = nullptr;
  Expr *numSweeps = nullptr;
  Expr *temperature = nullptr;
  Block body;

  explicit AnnealStmt(Span span) : Stmt(Kind::Anneal, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Anneal; }
};

/// `NAME = value`, or `value` under its own text.
struct ObserveItem {
  Name name;       ///< Empty where the source gives none.
  StringRef label; ///< The column's name: `name`, or the text of `value` on one line.
  Expr *value = nullptr;
};

/// `observe r = …, lnS, best(lnS) every 100 steps`.
struct ObserveStmt : Stmt {
  ArrayRef<ObserveItem> items;
  Cadence cadence; ///< Empty without `every`.

  explicit ObserveStmt(Span span) : Stmt(Kind::Observe, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Observe; }
};

/// `save u, v every 0.1 time -> "fields.h5"`.
struct SaveStmt : Stmt {
  ArrayRef<Name> names; ///< Each may carry primes.
  Cadence cadence;      ///< Empty without `every`.
  Text file;

  explicit SaveStmt(Span span) : Stmt(Kind::Save, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Save; }
};

/// `check condition, "message" every 10 steps`.
struct CheckStmt : Stmt {
  Expr *condition = nullptr;
  Text message;
  Cadence cadence; ///< Empty without `every`.

  explicit CheckStmt(Span span) : Stmt(Kind::Check, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Check; }
};

/// `checkpoint every 10 minutes`.
struct CheckpointStmt : Stmt {
  Cadence cadence;

  explicit CheckpointStmt(Span span) : Stmt(Kind::Checkpoint, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Checkpoint; }
};

/// `after step { … }`.
struct AfterStepStmt : Stmt {
  Block body;

  explicit AfterStepStmt(Span span) : Stmt(Kind::AfterStep, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::AfterStep; }
};

/// `every 10 steps { … }`.
struct EveryStmt : Stmt {
  Cadence cadence;
  Block body;

  explicit EveryStmt(Span span) : Stmt(Kind::Every, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Every; }
};

/// `when condition { … }`.
struct WhenStmt : Stmt {
  Expr *condition = nullptr;
  Block body;

  explicit WhenStmt(Span span) : Stmt(Kind::When, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::When; }
};

/// `on CLOCK { … }`.
struct OnStmt : Stmt {
  Name clock;
  Block body;

  explicit OnStmt(Span span) : Stmt(Kind::On, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::On; }
};

/// `clock NAME every 4 steps or when condition`; either half may be left out, not both.
struct ClockStmt : Stmt {
  Name name;
  Cadence cadence;           ///< Empty without `every`.
  Expr *condition = nullptr; ///< Null without `when`.

  explicit ClockStmt(Span span) : Stmt(Kind::Clock, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Clock; }
};

/// `move NAME with probability p { … }`.
struct MoveStmt : Stmt {
  Name name;
  Expr *probability = nullptr; ///< Null: always made.
  Block body;

  explicit MoveStmt(Span span) : Stmt(Kind::Move, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Move; }
};

/// `pick fraction 0.1 of G.edges`.
struct PickStmt : Stmt {
  Expr *fraction = nullptr;
  QualifiedName set;

  explicit PickStmt(Span span) : Stmt(Kind::Pick, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Pick; }
};

/// `one of { … }`: each statement of the block is one choice.
struct OneOfStmt : Stmt {
  Block choices;

  explicit OneOfStmt(Span span) : Stmt(Kind::OneOf, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::OneOf; }
};

/// A call that is made for its effect: `add_edge(w: 1)`, `remove_edge()`.
struct CallStmt : Stmt {
  CallExpr *call = nullptr;

  explicit CallStmt(Span span) : Stmt(Kind::CallStmt, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::CallStmt; }
};

/// The statements inside; empty for one without a block.
Block blockOf(const Stmt &stmt);

} // namespace irh::ast

#endif // IRH_COMPILER_AST_STMT_H
