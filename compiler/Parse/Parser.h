//===- Parser.h - the recursive-descent parser, for the files of this room ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// After the first mistake in an item the parser is *stuck*: it reports nothing more, sees only
// the end of the file, and so falls through the rest of the item's grammar. The loop over items
// then drops the item and resumes at the next line. This way no grammar function tests for
// failure, and no mistake is reported twice.

#ifndef IRH_COMPILER_PARSE_PARSER_H
#define IRH_COMPILER_PARSE_PARSER_H

#include "compiler/AST/AST.h"
#include "compiler/Diag/Diagnostic.h"
#include "compiler/Lex/Token.h"

#include "llvm/ADT/SmallVector.h"

#include <string>

namespace irh::parse {

using ast::Expr;
using ast::Item;
using lex::Token;
using lex::TokenKind;
using llvm::ArrayRef;
using llvm::StringRef;
using source::Span;

class Parser {
public:
  Parser(const source::SourceFile &source, const lex::TokenList &list, diag::Engine &diags,
         ast::File &file)
      : source(source), list(list), diags(diags), file(file) {}

  /// Fills `file.items`.
  void parseFile();

private:
  /// Brackets, operators and blocks inside each other; bounds the use of the stack.
  static constexpr unsigned kMaxNesting = 200;

  /// Counts one level of nesting while it lives, and gets the parser stuck at one too many.
  class Nesting {
  public:
    explicit Nesting(Parser &parser);
    ~Nesting() { --parser.nesting; }

  private:
    Parser &parser;
  };

  /// Where an item may stand; the words of items list theirs as a bit set.
  enum Place : unsigned { kInFile = 1, kInModel = 2, kInBlock = 4 };
  /// A word that begins an item, and the rest of its grammar.
  struct ItemWord;
  static ArrayRef<ItemWord> itemWords();

  // The cursor (Cursor.cpp).
  const Token &token(size_t ahead = 0) const;
  StringRef textOf(const Token &which) const { return source.text(which.span); }
  Span previousSpan() const;
  TokenKind kind() const;
  bool isNext(TokenKind expected) const;
  bool accept(TokenKind expected);
  void expect(TokenKind expected);
  void open(TokenKind bracket);
  void close(TokenKind bracket, StringRef expected);
  bool atWord(StringRef word) const;
  bool acceptWord(StringRef word);
  bool acceptEither(StringRef word, StringRef plural);
  void expectWord(StringRef word);
  bool atEndOfItem() const;
  /// Gets stuck at the present token, which is not what the grammar wants.
  void fail(StringRef expected, ArrayRef<StringRef> words = {});
  void failInside(Span opening, StringRef expected);
  /// The same with a diagnostic of its own; null if it would only repeat an earlier one.
  template <typename... Args>
  diag::Diagnostic *failWith(const diag::Kind<Args...> &kind, Span span,
                             std::type_identity_t<Args>... args);
  bool isConsequence() const;
  Span placeOfToken() const;
  std::string describeToken() const;

  // Items and blocks (ParseItem.cpp).
  Item *parseItem(Place place);
  Item *parseItemAfter(const ItemWord *word, Place place);
  Item *parseUnknownItem(Place place);
  void parseTopLevelItem(llvm::SmallVectorImpl<Item *> &items);
  const ItemWord *findItemWord() const;
  bool looksLikeAssignment() const;
  bool atModelStart() const;
  StringRef takeDoc() const;
  void endItem();
  bool failAsForeign();
  bool failAsMisspelled(Place place);
  void reportMisplaced(const ItemWord &word);
  void recover(size_t begin, Place place);
  void skipBraces();
  void openBlock();
  void closeBlock(Span opening);
  llvm::SmallVector<Item *> parseItems(Place place);
  llvm::SmallVector<Item *> parseBody(Place place);
  ast::Block parseBlock();

  // Declarations (ParseDecl.cpp). The first word is already taken.
  Item *parseImport();
  Item *parseModel();
  Item *parseParam();
  Item *parseStaticParam();
  Item *parseConst();
  Item *parseLet();
  Item *parseState();
  Item *parseFn();
  Item *parseField();
  Item *parseNetwork();
  Item *parseGrid();
  Item *parseBoundary();
  Item *parseIndex();
  Item *parseMatrix();
  Item *parseRequire();
  ast::EdgeSymmetry parseSymmetry();
  ast::CallExpr *parseGenerator();

  // Statements (ParseStmt.cpp). The first word is already taken.
  Item *parseAssign();
  Item *parseEvolve();
  Item *parseSolve();
  Item *parseAnneal();
  Item *parseObserve();
  Item *parseSave();
  Item *parseCheck();
  Item *parseCheckpoint();
  Item *parseAfterStep();
  Item *parseEvery();
  Item *parseWhen();
  Item *parseOn();
  Item *parseClock();
  Item *parseMove();
  Item *parsePick();
  Item *parseOneOf();
  Item *parseCallStatement();
  ast::Target parseTarget();
  ast::ObserveItem parseObserveItem();
  std::string labelOf(size_t first) const;

  // Names, types and clauses (ParseParts.cpp).
  ast::Name parseName();
  ast::Name parsePrimedName();
  unsigned parsePrimes();
  ArrayRef<ast::Name> parseNames();
  ast::QualifiedName parseQualifiedName();
  ast::TypeName parseType();
  ast::TypeName parseStatedType();
  ast::Range parseRange();
  ast::Method parseMethod();
  ast::Text parseText();
  ast::Text parseMessage();
  ast::Cadence parseCadence();
  ast::Cadence parseOptionalCadence();
  ast::CadenceUnit parseCadenceUnit();

  // Expressions (ParseExpr.cpp, ParseOperand.cpp), from the loosest to the tightest.
  Expr *parseExpr();
  Expr *parseIf();
  Expr *parseOr();
  Expr *parseAnd();
  Expr *parseNot();
  Expr *parseComparison();
  Expr *parseSum();
  Expr *parseProduct();
  Expr *parseSigned();
  Expr *parsePower();
  Expr *parseExponent();
  Expr *parsePostfix();
  Expr *parsePrimary();
  Expr *parseMisplacedOperand();
  void failAtOperand();
  Expr *parseNameOrCall();
  Expr *parseParenthesized();
  Expr *parseArray();
  Expr *parseReduction();
  Expr *parseLambda();
  ast::CallExpr *parseCall();
  ast::Argument parseArgument();
  ArrayRef<ast::Argument> parseArguments();
  ArrayRef<ast::IndexEntry> parseIndexEntries();
  bool atReduction() const;
  bool atExpression() const;
  Expr *makeBinary(ast::BinaryOp op, Span opSpan, Expr *left, Expr *right);
  Expr *placeholder();

  /// Builds an expression one higher than the highest of `operands`.
  template <typename Node, typename... Args>
  Node *makeExpr(ArrayRef<Expr *> operands, Args &&...args) {
    Node *node = file.make<Node>(std::forward<Args>(args)...);
    setHeight(node, operands);
    return node;
  }
  void setHeight(Expr *expr, ArrayRef<Expr *> operands);

  /// Builds an item; parseItem sets its span.
  template <typename Node> Node *makeItem() { return file.make<Node>(previousSpan()); }
  template <typename T> ArrayRef<T> keep(const llvm::SmallVectorImpl<T> &elements) {
    return file.copy(ArrayRef<T>(elements));
  }

  const source::SourceFile &source;
  const lex::TokenList &list;
  diag::Engine &diags;
  ast::File &file;

  size_t position = 0;  ///< Of the present token.
  size_t itemStart = 0; ///< The token whose newline is taken: it begins an item.
  /// The ( and [ around the present token; inside them newlines mean nothing.
  llvm::SmallVector<Span> openBrackets;
  unsigned nesting = 0;
  bool isStuck = false;
  size_t lastReported = ~size_t(0); ///< The token of the last report; one token, one report.
};

struct Parser::ItemWord {
  StringRef word;
  Item *(Parser::*parse)();
  unsigned places;
};

template <typename... Args>
diag::Diagnostic *Parser::failWith(const diag::Kind<Args...> &kind, Span span,
                                   std::type_identity_t<Args>... args) {
  bool isNew = !isConsequence();
  lastReported = position;
  isStuck = true;
  return isNew ? &diags.report(kind, span, args...) : nullptr;
}

} // namespace irh::parse

#endif // IRH_COMPILER_PARSE_PARSER_H
