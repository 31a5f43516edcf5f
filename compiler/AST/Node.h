//===- Node.h - names, arguments and the other small parts of the syntax tree ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All parts of the tree are plain values or live in the arena of their ast::File: they are
// trivially destructible, hold lists as ArrayRef and text as StringRef into the source or the
// arena, and are never null unless the field says so.

#ifndef IRH_COMPILER_AST_NODE_H
#define IRH_COMPILER_AST_NODE_H

#include "compiler/Source/SourceFile.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace irh::ast {

using llvm::ArrayRef;
using llvm::StringRef;
using source::Span;

struct Expr;

/// An identifier as written, with the primes that follow it where a declaration may carry them
/// (`field theta' on G.nodes`). In expressions a prime is a PrimeExpr of its own.
struct Name {
  StringRef text; ///< Without the primes.
  Span span;      ///< With the primes.
  unsigned numPrimes = 0;

  /// False for a name that the source leaves out.
  explicit operator bool() const { return !text.empty(); }
};

/// `G.nodes`, `X`, `x.lower`, `all`: a set of points, or a side of a box.
struct QualifiedName {
  Name base;
  Name member; ///< Empty for a bare name.
  Span span;

  explicit operator bool() const { return static_cast<bool>(base); }
};

/// A string literal where only a literal may stand, escapes resolved.
struct Text {
  StringRef value;
  Span span; ///< With the quotes.
};

/// One argument of a call: `K` or `nodes: N`.
struct Argument {
  Name name; ///< Empty for a positional argument.
  Expr *value = nullptr;
  Span span;
};

/// A type as written: `real`, `vector[n]`, `sym[3] of complex`. Names are not resolved.
struct TypeName {
  Name name;
  ArrayRef<Expr *> extents; ///< Empty without brackets.
  Name element;             ///< The name after `of`; empty without it.
  Span span;
};

/// The values that a parameter may take: `2..`, `..5`, `0..0.5`, `>0`, `>=0`, `<1`, `<=1`.
struct Range {
  Expr *low = nullptr;  ///< Null: no lower bound.
  Expr *high = nullptr; ///< Null: no upper bound.
  bool isLowExcluded = false;
  bool isHighExcluded = false;
  Span span;

  explicit operator bool() const { return low || high; }
};

/// A named recipe with arguments: `rk4(step: dt)`, `multigrid`, `dirichlet(0)`.
struct Method {
  Name name;
  ArrayRef<Argument> arguments;
  Span span;
};

/// What a cadence counts. The last three are wall-clock time.
enum class CadenceUnit { Steps, Time, Seconds, Minutes, Hours };

/// `every 10 steps`, `every 0.5 time`, `every 10 minutes`.
struct Cadence {
  Expr *interval = nullptr; ///< Null: no cadence was written.
  CadenceUnit unit = CadenceUnit::Steps;
  Span span; ///< From `every` to the unit.

  explicit operator bool() const { return interval; }
};

} // namespace irh::ast

#endif // IRH_COMPILER_AST_NODE_H
