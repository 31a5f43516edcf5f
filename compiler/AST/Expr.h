//===- Expr.h - expressions of the syntax tree ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_AST_EXPR_H
#define IRH_COMPILER_AST_EXPR_H

#include "compiler/AST/Node.h"

#include "llvm/Support/Casting.h"

#include <cstdint>

namespace irh::ast {

/// An expression. Its span includes the parentheses around it.
struct Expr {
  enum class Kind : uint8_t {
    IntLiteral,
    RealLiteral,
    ImaginaryLiteral,
    BoolLiteral,
    StringLiteral,
    Name,
    Member,
    Prime,
    Index,
    Call,
    Reduce,
    Unary,
    Binary,
    If,
    Array,
    Lambda,
  };

  /// No tree is taller: a recursive walk needs no guard of its own.
  static constexpr unsigned kMaxHeight = 1000;

  const Kind kind;
  /// 1 for a leaf, else one more than the tallest operand.
  uint16_t height = 1;
  Span span;

protected:
  Expr(Kind kind, Span span) : kind(kind), span(span) {}
};

/// `1`, `1_000`.
struct IntLiteralExpr : Expr {
  int64_t value;

  IntLiteralExpr(Span span, int64_t value) : Expr(Kind::IntLiteral, span), value(value) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::IntLiteral; }
};

/// `1.5e-3`.
struct RealLiteralExpr : Expr {
  double value;

  RealLiteralExpr(Span span, double value) : Expr(Kind::RealLiteral, span), value(value) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::RealLiteral; }
};

/// `2i`, `0.5i`: `value` times the imaginary unit.
struct ImaginaryLiteralExpr : Expr {
  double value;

  ImaginaryLiteralExpr(Span span, double value)
      : Expr(Kind::ImaginaryLiteral, span), value(value) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::ImaginaryLiteral; }
};

/// `true`, `false`.
struct BoolLiteralExpr : Expr {
  bool value;

  BoolLiteralExpr(Span span, bool value) : Expr(Kind::BoolLiteral, span), value(value) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::BoolLiteral; }
};

/// `"grid/edges.csv"`, escapes resolved.
struct StringLiteralExpr : Expr {
  StringRef value;

  StringLiteralExpr(Span span, StringRef value) : Expr(Kind::StringLiteral, span), value(value) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::StringLiteral; }
};

/// A name that stands for a value: `theta`, `pi`, `degree`, `inf`.
struct NameExpr : Expr {
  Name name;

  explicit NameExpr(Name name) : Expr(Kind::Name, name.span), name(name) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::Name; }
};

/// `G.nodes`, `G.edges`.
struct MemberExpr : Expr {
  Name base;
  Name member;

  MemberExpr(Name base, Name member)
      : Expr(Kind::Member, source::cover(base.span, member.span)), base(base), member(member) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::Member; }
};

/// `theta'`, `theta''`, `v[a]'`: the rate of the operand, a NameExpr or an IndexExpr.
struct PrimeExpr : Expr {
  Expr *operand;
  unsigned numPrimes;

  PrimeExpr(Span span, Expr *operand, unsigned numPrimes)
      : Expr(Kind::Prime, span), operand(operand), numPrimes(numPrimes) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::Prime; }
};

/// One entry of a bracket. `name` and `offset` are views into `value`, for its two usual shapes:
///   `j`, `src`, `x`, `a`  name
///   `x+1`, `y-k`          name and offset, `isOffsetNegative` telling the sign
///   `0`, `2*n`            neither
struct IndexEntry {
  Expr *value = nullptr;
  Name name;
  Expr *offset = nullptr;
  bool isOffsetNegative = false;
};

/// `f[j]`, `u[x+1, y-2]`, `g[x,y]`; `v[j][x]` is an index of an index. What the entries mean
/// (a neighbour, offsets, components) depends on the names and is decided later.
struct IndexExpr : Expr {
  Expr *base;
  ArrayRef<IndexEntry> entries; ///< At least one.

  IndexExpr(Span span, Expr *base, ArrayRef<IndexEntry> entries)
      : Expr(Kind::Index, span), base(base), entries(entries) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::Index; }
};

/// `sin(x)`, `watts_strogatz(nodes: N)`, `max(abs(f) on G.edges)`.
struct CallExpr : Expr {
  Name callee;
  ArrayRef<Argument> arguments;
  QualifiedName set; ///< The set after `on`; empty without it.

  CallExpr(Span span, Name callee, ArrayRef<Argument> arguments, QualifiedName set)
      : Expr(Kind::Call, span), callee(callee), arguments(arguments), set(set) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::Call; }
};

/// `sum(j in nbrs) w[j] * f[j]`: `op(variable in source) body`.
struct ReduceExpr : Expr {
  Name op;       ///< `sum`, `mean`, …; not checked here.
  Name variable; ///< Bound in `body`.
  Name source;   ///< `nbrs` or `targets`; not checked here.
  Expr *body;

  ReduceExpr(Span span, Name op, Name variable, Name source, Expr *body)
      : Expr(Kind::Reduce, span), op(op), variable(variable), source(source), body(body) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::Reduce; }
};

enum class UnaryOp : uint8_t { Negate, Not };

/// `-a`, `not a`.
struct UnaryExpr : Expr {
  UnaryOp op;
  Expr *operand;

  UnaryExpr(Span span, UnaryOp op, Expr *operand)
      : Expr(Kind::Unary, span), op(op), operand(operand) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::Unary; }
};

enum class BinaryOp : uint8_t {
  Add,
  Subtract,
  Multiply,
  Divide,
  Power,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Equal,
  NotEqual,
  And,
  Or,
};

/// As in the source: `+`, `<=`, `and`.
StringRef spelling(BinaryOp op);
StringRef spelling(UnaryOp op);

/// `a + b`, `a and b`, `a ^ b`.
struct BinaryExpr : Expr {
  BinaryOp op;
  Span opSpan;
  Expr *left;
  Expr *right;

  BinaryExpr(BinaryOp op, Span opSpan, Expr *left, Expr *right)
      : Expr(Kind::Binary, source::cover(left->span, right->span)), op(op), opSpan(opSpan),
        left(left), right(right) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::Binary; }
};

/// `if condition then whenTrue else whenFalse`.
struct IfExpr : Expr {
  Expr *condition;
  Expr *whenTrue;
  Expr *whenFalse;

  IfExpr(Span span, Expr *condition, Expr *whenTrue, Expr *whenFalse)
      : Expr(Kind::If, span), condition(condition), whenTrue(whenTrue), whenFalse(whenFalse) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::If; }
};

/// `[a, b]`, `[[1, 0], [0, 1]]`.
struct ArrayExpr : Expr {
  ArrayRef<Expr *> elements;

  ArrayExpr(Span span, ArrayRef<Expr *> elements) : Expr(Kind::Array, span), elements(elements) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::Array; }
};

/// `u -> -laplacian(u)`; stands only as an argument of a call.
struct LambdaExpr : Expr {
  Name parameter;
  Expr *body;

  LambdaExpr(Name parameter, Expr *body)
      : Expr(Kind::Lambda, source::cover(parameter.span, body->span)), parameter(parameter),
        body(body) {}
  static bool classof(const Expr *expr) { return expr->kind == Kind::Lambda; }
};

} // namespace irh::ast

#endif // IRH_COMPILER_AST_EXPR_H
