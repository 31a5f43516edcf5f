//===- DumpDecl.cpp - declarations as an indented tree ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/AST/Dumper.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace irh;
using namespace irh::ast;

static StringRef nameOf(EdgeSymmetry symmetry) {
  static constexpr llvm::StringLiteral kNames[] = {"", " symmetric", " hermitian",
                                                   " antisymmetric"};
  return kNames[static_cast<size_t>(symmetry)];
}

static std::string headOfLet(const LetDecl &let) {
  std::string names = toString(let.names);
  if (let.isTuple)
    names = "(" + names + ")";
  if (!let.indices.empty())
    names += "[" + toString(let.indices) + "]";
  return "let " + names;
}

static std::string headOfField(const FieldDecl &field) {
  return "field " + toString(field.name) + " on " + toString(field.set) +
         nameOf(field.symmetry).str();
}

std::string ast::headOf(const Decl &decl) {
  return llvm::TypeSwitch<const Decl *, std::string>(&decl)
      .Case([](const ImportDecl *) { return "import"; })
      .Case([](const ModelDecl *d) { return "model " + toString(d->name); })
      .Case([](const ParamDecl *d) {
        return (d->isStatic ? "static param " : "param ") + toString(d->name);
      })
      .Case([](const ConstDecl *d) { return "const " + toString(d->name); })
      .Case([](const LetDecl *d) { return headOfLet(*d); })
      .Case([](const StateDecl *d) { return "state " + toString(d->name); })
      .Case([](const FnDecl *d) {
        return "fn " + toString(d->name) + "(" + toString(d->parameters) + ")";
      })
      .Case([](const FieldDecl *d) { return headOfField(*d); })
      .Case([](const NetworkDecl *d) { return "network " + toString(d->name); })
      .Case([](const GridDecl *d) { return "grid " + toString(d->name); })
      .Case([](const BoundaryDecl *d) {
        return "boundary " + toString(d->field) + " on " + toString(d->side);
      })
      .Case([](const IndexDecl *d) {
        return "index " + toString(d->names) + " in " + toString(d->grid);
      })
      .Case([](const MatrixDecl *d) { return "matrix " + toString(d->name); })
      .Case([](const RequireDecl *) { return "require"; });
}

void Dumper::dumpParts(const Decl &decl) {
  llvm::TypeSwitch<const Decl *>(&decl)
      .Case([&](const ImportDecl *d) { dumpText("path", d->path); })
      .Case([&](const ModelDecl *d) {
        for (const Item *item : d->items)
          dumpItem(*item);
      })
      .Case([&](const ParamDecl *d) {
        dumpType(d->type);
        dumpExpr("value", *d->value);
        dumpRange(d->range);
      })
      .Case<ConstDecl, LetDecl, MatrixDecl>([&](const auto *d) { dumpExpr("", *d->value); })
      .Case([&](const StateDecl *d) {
        dumpType(d->type);
        dumpExpr("initial", *d->initial);
      })
      .Case([&](const FnDecl *d) { dumpExpr("", *d->body); })
      .Case([&](const FieldDecl *d) {
        dumpType(d->type);
        dumpOptional("initial", d->initial);
      })
      .Case<NetworkDecl, GridDecl>([&](const auto *d) { dumpExpr("", *d->generator); })
      .Case([&](const BoundaryDecl *d) { dumpMethod("condition", d->condition); })
      .Case([&](const RequireDecl *d) {
        dumpExpr("", *d->condition);
        dumpText("message", d->message);
      });
}
