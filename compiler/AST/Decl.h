//===- Decl.h - declarations of the syntax tree ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every declaration is built with its span alone and filled field by field by the parser.

#ifndef IRH_COMPILER_AST_DECL_H
#define IRH_COMPILER_AST_DECL_H

#include "compiler/AST/Item.h"

namespace irh::ast {

/// `import "shared.irh"`.
struct ImportDecl : Decl {
  Text path;

  explicit ImportDecl(Span span) : Decl(Kind::Import, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Import; }
};

/// `model NAME { … }`.
struct ModelDecl : Decl {
  Name name;
  ArrayRef<Item *> items; ///< Declarations and statements in source order.

  explicit ModelDecl(Span span) : Decl(Kind::Model, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Model; }
};

/// `param NAME : type = value in range`, `static param …`.
struct ParamDecl : Decl {
  bool isStatic = false;
  Name name;
  TypeName type;
  Expr *value = nullptr;
  Range range; ///< Empty without `in`.

  explicit ParamDecl(Span span) : Decl(Kind::Param, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Param; }
};

/// `const NAME = value`.
struct ConstDecl : Decl {
  Name name;
  Expr *value = nullptr;

  explicit ConstDecl(Span span) : Decl(Kind::Const, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Const; }
};

/// `let NAME = value`, `let (a, b) = value`, `let G[c, a, b] = value`.
struct LetDecl : Decl {
  ArrayRef<Name> names;   ///< One, or those between parentheses.
  ArrayRef<Name> indices; ///< Empty without brackets.
  bool isTuple = false;   ///< Written with parentheses, even around one name.
  Expr *value = nullptr;

  explicit LetDecl(Span span) : Decl(Kind::Let, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Let; }
};

/// `state NAME : type = initial`; the name may carry primes.
struct StateDecl : Decl {
  Name name;
  TypeName type;
  Expr *initial = nullptr;

  explicit StateDecl(Span span) : Decl(Kind::State, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::State; }
};

/// `fn NAME(a, b) = body`.
struct FnDecl : Decl {
  Name name;
  ArrayRef<Name> parameters;
  Expr *body = nullptr;

  explicit FnDecl(Span span) : Decl(Kind::Fn, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Fn; }
};

/// What an edge field shows at the other end of an edge.
enum class EdgeSymmetry : uint8_t { Unstated, Symmetric, Hermitian, Antisymmetric };

/// `field NAME on SET : type symmetry = initial`; the name may carry primes.
struct FieldDecl : Decl {
  Name name;
  QualifiedName set;
  TypeName type;
  EdgeSymmetry symmetry = EdgeSymmetry::Unstated;
  Span symmetrySpan;       ///< Empty where the symmetry is unstated.
  Expr *initial = nullptr; ///< Null without `=`.

  explicit FieldDecl(Span span) : Decl(Kind::Field, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Field; }
};

/// `network NAME = generator(…)`.
struct NetworkDecl : Decl {
  Name name;
  CallExpr *generator = nullptr;

  explicit NetworkDecl(Span span) : Decl(Kind::Network, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Network; }
};

/// `grid NAME = box(…)`.
struct GridDecl : Decl {
  Name name;
  CallExpr *generator = nullptr;

  explicit GridDecl(Span span) : Decl(Kind::Grid, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Grid; }
};

/// `boundary FIELD on SIDE : condition(…)`.
struct BoundaryDecl : Decl {
  Name field;
  QualifiedName side; ///< `x.lower` or `all`.
  Method condition;

  explicit BoundaryDecl(Span span) : Decl(Kind::Boundary, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Boundary; }
};

/// `index a, b, c in GRID`.
struct IndexDecl : Decl {
  ArrayRef<Name> names;
  Name grid;

  explicit IndexDecl(Span span) : Decl(Kind::Index, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Index; }
};

/// `matrix NAME = value`.
struct MatrixDecl : Decl {
  Name name;
  Expr *value = nullptr;

  explicit MatrixDecl(Span span) : Decl(Kind::Matrix, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Matrix; }
};

/// `require condition, "message"`.
struct RequireDecl : Decl {
  Expr *condition = nullptr;
  Text message;

  explicit RequireDecl(Span span) : Decl(Kind::Require, span) {}
  static bool classof(const Item *item) { return item->kind == Kind::Require; }
};

} // namespace irh::ast

#endif // IRH_COMPILER_AST_DECL_H
