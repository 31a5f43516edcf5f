//===- Token.h - what the lexer cuts a text into ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_LEX_TOKEN_H
#define IRH_COMPILER_LEX_TOKEN_H

#include "compiler/Source/SourceFile.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace irh::lex {

using llvm::StringRef;
using source::Span;

enum class TokenKind : uint8_t {
#define IRH_TOKEN(Kind, Description) Kind,
#define IRH_SIGN(Kind, Spelling) Kind,
#include "compiler/Lex/Tokens.def"
};

/// For messages: `` `+` ``, `a name`, `the end of the line`.
StringRef describe(TokenKind kind);
/// A word that is never a name: `if`, `and`, `true`.
bool isReservedWord(TokenKind kind);
/// An operator between two operands. Lines join before and after it.
bool isBinaryOperator(TokenKind kind);

struct Token {
  TokenKind kind = TokenKind::EndOfFile;
  /// A newline stands before the token and the lexical rules let it end a statement: neither
  /// neighbour joins the lines. Brackets are the parser's: inside them it ignores the flag.
  bool startsLine = false;
  Span span;
  /// The value of a number: `integer` of an Integer, `real` of a Real or an Imaginary.
  union {
    int64_t integer = 0;
    double real;
  };
};

/// One `///` line and the token that it documents.
struct DocLine {
  size_t token;
  StringRef text; ///< Without the slashes and the blank after them.
};

/// A whole text. The last token is EndOfFile; Newline never occurs.
struct TokenList {
  llvm::SmallVector<Token, 0> tokens;
  llvm::SmallVector<DocLine, 0> docLines;
};

} // namespace irh::lex

#endif // IRH_COMPILER_LEX_TOKEN_H
