//===- Lexer.h - from text to tokens ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_LEX_LEXER_H
#define IRH_COMPILER_LEX_LEXER_H

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Lex/Token.h"

#include <string>

namespace irh::lex {

/// Cuts the text of `file` into tokens. A character that begins none is reported and becomes an
/// Invalid token; a number or a string with a mistake is reported and stays one.
TokenList tokenize(const source::SourceFile &file, diag::Engine &diags);

/// The text that a String token stands for: without the quotes, escapes resolved.
std::string unescape(StringRef quoted);

} // namespace irh::lex

#endif // IRH_COMPILER_LEX_LEXER_H
