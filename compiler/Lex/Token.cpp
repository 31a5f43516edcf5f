//===- Token.cpp - names and classes of tokens ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lex/Token.h"

#include "llvm/Support/ErrorHandling.h"

using namespace irh;
using lex::TokenKind;
using llvm::StringRef;

StringRef lex::describe(TokenKind kind) {
  switch (kind) {
#define IRH_TOKEN(Kind, Description)                                                               \
  case TokenKind::Kind:                                                                            \
    return Description;
#define IRH_SIGN(Kind, Spelling)                                                                   \
  case TokenKind::Kind:                                                                            \
    return "`" Spelling "`";
#include "compiler/Lex/Tokens.def"
  }
  llvm_unreachable("every kind is listed in Tokens.def");
}

bool lex::isReservedWord(TokenKind kind) {
  switch (kind) {
#define IRH_WORD(Kind, Spelling) case TokenKind::Kind:
#include "compiler/Lex/Tokens.def"
    return true;
  default:
    return false;
  }
}

bool lex::isBinaryOperator(TokenKind kind) {
  switch (kind) {
  case TokenKind::And:
  case TokenKind::Or:
#define IRH_OPERATOR(Kind, Spelling) case TokenKind::Kind:
#include "compiler/Lex/Tokens.def"
    return true;
  default:
    return false;
  }
}
