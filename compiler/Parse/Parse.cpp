//===- Parse.cpp - from the text of a model to its syntax tree ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Parse/Parse.h"

#include "compiler/Lex/Lexer.h"
#include "compiler/Parse/Parser.h"

using namespace irh;

std::unique_ptr<ast::File> parse::parseFile(const source::SourceFile &source, diag::Engine &diags) {
  auto file = std::make_unique<ast::File>();
  lex::TokenList list = lex::tokenize(source, diags);
  Parser(source, list, diags, *file).parseFile();
  return file;
}
