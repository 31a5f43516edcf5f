//===- DumpExpr.cpp - expressions as an indented tree ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/AST/Dumper.h"

#include "llvm/ADT/TypeSwitch.h"

#include <charconv>

using namespace irh;
using namespace irh::ast;
using llvm::isa;
using llvm::raw_ostream;

StringRef ast::spelling(UnaryOp op) { return op == UnaryOp::Negate ? "-" : "not"; }

StringRef ast::spelling(BinaryOp op) {
  static constexpr llvm::StringLiteral kSpellings[] = {
      "+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "and", "or"};
  return kSpellings[static_cast<size_t>(op)];
}

std::string ast::toString(const Name &name) {
  return name.text.str() + std::string(name.numPrimes, '\'');
}

std::string ast::toString(const QualifiedName &name) {
  return toString(name.base) + (name.member ? "." + toString(name.member) : "");
}

std::string ast::toString(ArrayRef<Name> names) {
  std::string list;
  for (const Name &name : names)
    list += (list.empty() ? "" : ", ") + toString(name);
  return list;
}

/// The shortest digits that read back the same.
static StringRef shortest(double value, llvm::MutableArrayRef<char> buffer) {
  auto [end, error] = std::to_chars(buffer.begin(), buffer.end(), value);
  return {buffer.data(), static_cast<size_t>(end - buffer.data())};
}

static void writeQuoted(raw_ostream &os, StringRef text) {
  os << '"';
  os.write_escaped(text) << '"';
}

/// Writes what a node is, without its operands.
void Dumper::dumpLeaf(const Expr &expr) {
  char digits[32];
  llvm::TypeSwitch<const Expr *>(&expr)
      .Case([&](const IntLiteralExpr *e) { os << "int " << e->value; })
      .Case([&](const RealLiteralExpr *e) { os << "real " << shortest(e->value, digits); })
      .Case(
          [&](const ImaginaryLiteralExpr *e) { os << "imaginary " << shortest(e->value, digits); })
      .Case([&](const BoolLiteralExpr *e) { os << "bool " << (e->value ? "true" : "false"); })
      .Case([&](const StringLiteralExpr *e) { writeQuoted(os << "string ", e->value); })
      .Case([&](const NameExpr *e) { os << "name " << e->name.text; })
      .Case([&](const MemberExpr *e) { os << "member " << e->base.text << '.' << e->member.text; })
      .Case([&](const PrimeExpr *e) { os << "prime " << e->numPrimes; })
      .Case([&](const IndexExpr *) { os << "index"; })
      .Case([&](const CallExpr *e) {
        os << "call " << e->callee.text << (e->set ? " on " + toString(e->set) : "");
      })
      .Case([&](const ReduceExpr *e) {
        os << "reduce " << e->op.text << ' ' << e->variable.text << " in " << e->source.text;
      })
      .Case([&](const UnaryExpr *e) { os << "unary " << spelling(e->op); })
      .Case([&](const BinaryExpr *e) { os << "binary " << spelling(e->op); })
      .Case([&](const IfExpr *) { os << "if"; })
      .Case([&](const ArrayExpr *) { os << "array"; })
      .Case([&](const LambdaExpr *e) { os << "lambda " << e->parameter.text; });
}

void Dumper::dumpArguments(ArrayRef<Argument> arguments) {
  for (const Argument &argument : arguments)
    dumpExpr(argument.name.text, *argument.value);
}

void Dumper::dumpOperands(const Expr &expr) {
  llvm::TypeSwitch<const Expr *>(&expr)
      .Case([&](const PrimeExpr *e) { dumpExpr("", *e->operand); })
      .Case([&](const IndexExpr *e) {
        dumpExpr("", *e->base);
        for (const IndexEntry &entry : e->entries)
          dumpExpr("at", *entry.value);
      })
      .Case([&](const CallExpr *e) { dumpArguments(e->arguments); })
      .Case([&](const ReduceExpr *e) { dumpExpr("", *e->body); })
      .Case([&](const UnaryExpr *e) { dumpExpr("", *e->operand); })
      .Case([&](const BinaryExpr *e) {
        dumpExpr("", *e->left);
        dumpExpr("", *e->right);
      })
      .Case([&](const IfExpr *e) {
        dumpExpr("", *e->condition);
        dumpExpr("then", *e->whenTrue);
        dumpExpr("else", *e->whenFalse);
      })
      .Case([&](const ArrayExpr *e) {
        for (const Expr *element : e->elements)
          dumpExpr("", *element);
      })
      .Case([&](const LambdaExpr *e) { dumpExpr("", *e->body); });
}

void Dumper::dumpExpr(StringRef label, const Expr &expr) {
  startLine() << label << (label.empty() ? "" : ": ");
  dumpLeaf(expr);
  os << '\n';
  Level level(*this);
  dumpOperands(expr);
}

void Dumper::dumpOptional(StringRef label, const Expr *expr) {
  if (expr)
    dumpExpr(label, *expr);
}

void ast::dump(raw_ostream &os, const Expr &expr) { Dumper(os).dumpExpr("", expr); }
