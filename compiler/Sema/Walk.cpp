//===- Walk.cpp - the direct parts of a syntax-tree expression ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Walk.h"

#include "llvm/ADT/TypeSwitch.h"

using llvm::dyn_cast;

namespace irh::sema {

void forEachOperand(const ast::Expr &expr, llvm::function_ref<void(const ast::Expr &)> visit) {
  llvm::TypeSwitch<const ast::Expr *>(&expr)
      .Case<ast::PrimeExpr, ast::UnaryExpr>([&](auto *node) { visit(*node->operand); })
      .Case<ast::IndexExpr>([&](auto *node) {
        visit(*node->base);
        for (const ast::IndexEntry &entry : node->entries)
          visit(*entry.value);
      })
      .Case<ast::CallExpr>([&](auto *node) {
        for (const ast::Argument &argument : node->arguments)
          visit(*argument.value);
      })
      .Case<ast::ReduceExpr, ast::LambdaExpr>([&](auto *node) { visit(*node->body); })
      .Case<ast::BinaryExpr>([&](auto *node) {
        visit(*node->left);
        visit(*node->right);
      })
      .Case<ast::IfExpr>([&](auto *node) {
        visit(*node->condition);
        visit(*node->whenTrue);
        visit(*node->whenFalse);
      })
      .Case<ast::ArrayExpr>([&](auto *node) {
        for (const ast::Expr *element : node->elements)
          visit(*element);
      });
}

std::optional<Reference> findReference(const ast::Expr &expr) {
  Reference reference;
  const ast::Expr *part = &expr;
  for (;;) {
    if (auto *name = dyn_cast<ast::NameExpr>(part)) {
      reference.name = name->name;
      return reference;
    }
    if (auto *prime = dyn_cast<ast::PrimeExpr>(part)) {
      reference.numPrimes += prime->numPrimes;
      part = prime->operand;
      continue;
    }
    auto *index = dyn_cast<ast::IndexExpr>(part);
    if (!index || reference.bracket)
      return std::nullopt;
    reference.bracket = index;
    part = index->base;
  }
}

} // namespace irh::sema
