//===- ParseDecl.cpp - declarations ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Parse/Parser.h"

using namespace irh;
using namespace irh::parse;

/// `import "shared.irh"`.
Item *Parser::parseImport() {
  auto *import = makeItem<ast::ImportDecl>();
  import->path = parseText();
  return import;
}

/// `model NAME { … }`.
Item *Parser::parseModel() {
  auto *model = makeItem<ast::ModelDecl>();
  model->name = parseName();
  model->items = keep(parseBody(kInModel));
  return model;
}

/// `param NAME : type = value in range`.
Item *Parser::parseParam() {
  auto *param = makeItem<ast::ParamDecl>();
  param->name = parseName();
  param->type = parseStatedType();
  expect(TokenKind::Assign);
  param->value = parseExpr();
  if (acceptWord("in"))
    param->range = parseRange();
  return param;
}

/// `static param …`.
Item *Parser::parseStaticParam() {
  expectWord("param");
  auto *param = static_cast<ast::ParamDecl *>(parseParam());
  param->isStatic = true;
  return param;
}

/// `const NAME = value`.
Item *Parser::parseConst() {
  auto *constant = makeItem<ast::ConstDecl>();
  constant->name = parseName();
  expect(TokenKind::Assign);
  constant->value = parseExpr();
  return constant;
}

/// `let NAME = value`, `let (a, b) = value`, `let G[c, a, b] = value`.
Item *Parser::parseLet() {
  auto *let = makeItem<ast::LetDecl>();
  if (kind() == TokenKind::LeftParen) {
    let->isTuple = true;
    open(TokenKind::LeftParen);
    let->names = parseNames();
    close(TokenKind::RightParen, "`,` or `)`");
  } else {
    let->names = keep(llvm::SmallVector<ast::Name>{parseName()});
  }
  if (!let->isTuple && kind() == TokenKind::LeftBracket) {
    open(TokenKind::LeftBracket);
    let->indices = parseNames();
    close(TokenKind::RightBracket, "`,` or `]`");
  }
  expect(TokenKind::Assign);
  let->value = parseExpr();
  return let;
}

/// `state NAME : type = initial`.
Item *Parser::parseState() {
  auto *state = makeItem<ast::StateDecl>();
  state->name = parsePrimedName();
  state->type = parseStatedType();
  expect(TokenKind::Assign);
  state->initial = parseExpr();
  return state;
}

/// `fn NAME(a, b) = body`.
Item *Parser::parseFn() {
  auto *function = makeItem<ast::FnDecl>();
  function->name = parseName();
  open(TokenKind::LeftParen);
  if (kind() != TokenKind::RightParen)
    function->parameters = parseNames();
  close(TokenKind::RightParen, "`,` or `)`");
  expect(TokenKind::Assign);
  function->body = parseExpr();
  return function;
}

ast::EdgeSymmetry Parser::parseSymmetry() {
  if (acceptWord("symmetric"))
    return ast::EdgeSymmetry::Symmetric;
  if (acceptWord("hermitian"))
    return ast::EdgeSymmetry::Hermitian;
  if (acceptWord("antisymmetric"))
    return ast::EdgeSymmetry::Antisymmetric;
  return ast::EdgeSymmetry::Unstated;
}

/// `field NAME on SET : type symmetry = initial`.
Item *Parser::parseField() {
  auto *field = makeItem<ast::FieldDecl>();
  field->name = parsePrimedName();
  expectWord("on");
  field->set = parseQualifiedName();
  field->type = parseStatedType();
  field->symmetry = parseSymmetry();
  if (field->symmetry != ast::EdgeSymmetry::Unstated)
    field->symmetrySpan = previousSpan();
  if (accept(TokenKind::Assign))
    field->initial = parseExpr();
  else if (!atEndOfItem())
    fail(lex::describe(TokenKind::Assign));
  return field;
}

/// The call on the right of a network or a grid.
ast::CallExpr *Parser::parseGenerator() {
  expect(TokenKind::Assign);
  return parseCall();
}

/// `network NAME = generator(…)`.
Item *Parser::parseNetwork() {
  auto *network = makeItem<ast::NetworkDecl>();
  network->name = parseName();
  network->generator = parseGenerator();
  return network;
}

/// `grid NAME = box(…)`.
Item *Parser::parseGrid() {
  auto *grid = makeItem<ast::GridDecl>();
  grid->name = parseName();
  grid->generator = parseGenerator();
  return grid;
}

/// `boundary FIELD on SIDE : condition(…)`.
Item *Parser::parseBoundary() {
  auto *boundary = makeItem<ast::BoundaryDecl>();
  boundary->field = parseName();
  expectWord("on");
  boundary->side = parseQualifiedName();
  expect(TokenKind::Colon);
  boundary->condition = parseMethod();
  return boundary;
}

/// `index a, b, c in GRID`.
Item *Parser::parseIndex() {
  auto *index = makeItem<ast::IndexDecl>();
  index->names = parseNames();
  expectWord("in");
  index->grid = parseName();
  return index;
}

/// `matrix NAME = value`.
Item *Parser::parseMatrix() {
  auto *matrix = makeItem<ast::MatrixDecl>();
  matrix->name = parseName();
  expect(TokenKind::Assign);
  matrix->value = parseExpr();
  return matrix;
}

/// `require condition, "message"`.
Item *Parser::parseRequire() {
  auto *require = makeItem<ast::RequireDecl>();
  require->condition = parseExpr();
  require->message = parseMessage();
  return require;
}
