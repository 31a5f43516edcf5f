//===- ParseItem.cpp - files, models and blocks: lists of items, with recovery ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Parse/Parser.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace irh;
using namespace irh::parse;

ArrayRef<Parser::ItemWord> Parser::itemWords() {
  static constexpr ItemWord kItemWords[] = {
      {"import", &Parser::parseImport, kInFile},
      {"model", &Parser::parseModel, kInFile},
      {"const", &Parser::parseConst, kInFile | kInModel},
      {"fn", &Parser::parseFn, kInFile | kInModel},
      {"param", &Parser::parseParam, kInModel},
      {"static", &Parser::parseStaticParam, kInModel},
      {"let", &Parser::parseLet, kInModel},
      {"state", &Parser::parseState, kInModel},
      {"field", &Parser::parseField, kInModel},
      {"network", &Parser::parseNetwork, kInModel},
      {"grid", &Parser::parseGrid, kInModel},
      {"boundary", &Parser::parseBoundary, kInModel},
      {"index", &Parser::parseIndex, kInModel},
      {"matrix", &Parser::parseMatrix, kInModel},
      {"require", &Parser::parseRequire, kInModel},
      {"evolve", &Parser::parseEvolve, kInModel | kInBlock},
      {"solve", &Parser::parseSolve, kInModel | kInBlock},
      {"anneal", &Parser::parseAnneal, kInModel | kInBlock},
      {"observe", &Parser::parseObserve, kInModel | kInBlock},
      {"save", &Parser::parseSave, kInModel | kInBlock},
      {"check", &Parser::parseCheck, kInModel | kInBlock},
      {"checkpoint", &Parser::parseCheckpoint, kInModel | kInBlock},
      {"after", &Parser::parseAfterStep, kInModel | kInBlock},
      {"every", &Parser::parseEvery, kInModel | kInBlock},
      {"when", &Parser::parseWhen, kInModel | kInBlock},
      {"on", &Parser::parseOn, kInModel | kInBlock},
      {"clock", &Parser::parseClock, kInModel | kInBlock},
      {"move", &Parser::parseMove, kInModel | kInBlock},
      {"pick", &Parser::parsePick, kInModel | kInBlock},
      {"one", &Parser::parseOneOf, kInModel | kInBlock},
  };
  return kItemWords;
}

/// `theta =`, `theta' =`, `v[a] =`: then the first word is a name, whatever it spells.
bool Parser::looksLikeAssignment() const {
  return isNext(TokenKind::Assign) || isNext(TokenKind::Prime) || isNext(TokenKind::LeftBracket);
}

/// The entry of the present word if it begins an item; else null.
const Parser::ItemWord *Parser::findItemWord() const {
  if (kind() != TokenKind::Identifier || looksLikeAssignment())
    return nullptr;
  const ItemWord *found =
      llvm::find_if(itemWords(), [&](const ItemWord &candidate) { return atWord(candidate.word); });
  return found == itemWords().end() ? nullptr : found;
}

/// `model NAME {`: no item inside a model begins so, so a `}` is missing before it.
bool Parser::atModelStart() const {
  return token().kind == TokenKind::Identifier && textOf(token()) == "model" &&
         token(1).kind == TokenKind::Identifier && token(2).kind == TokenKind::LeftBrace;
}

/// The `///` lines before the present token, joined.
StringRef Parser::takeDoc() const {
  const auto *line = llvm::partition_point(
      list.docLines, [&](const lex::DocLine &candidate) { return candidate.token < position; });
  if (line == list.docLines.end() || line->token != position)
    return {};
  std::string joined = line->text.str();
  for (++line; line != list.docLines.end() && line->token == position; ++line)
    joined += ("\n" + line->text).str();
  return file.copyText(joined);
}

/// An item ends with its line, or with the block around it.
void Parser::endItem() {
  if (atEndOfItem())
    return;
  TokenKind last = list.tokens[position - 1].kind;
  bool isComplete = last == TokenKind::RightBrace || last == TokenKind::String;
  // `every` and `in` are what else a line may go on with.
  fail(isComplete ? "the end of the line" : "an operator or the end of the line", {"every", "in"});
}

/// What other languages call a word of ours; empty for any other word.
static StringRef findForeignWord(StringRef word) {
  return llvm::StringSwitch<StringRef>(word)
      .Cases({"print", "output", "show", "display", "plot", "record"}, "observe")
      .Cases({"def", "func", "function"}, "fn")
      .Cases({"var", "define"}, "let")
      .Cases({"assert", "ensure"}, "require")
      .Cases({"integrate", "simulate"}, "evolve")
      .Cases({"graph", "mesh"}, "network")
      .Cases({"parameter", "input"}, "param")
      .Cases({"write", "dump", "export"}, "save")
      .Default({});
}

/// Reports a word of another language that begins what looks like an item or a call.
bool Parser::failAsForeign() {
  bool isFollowed = isNext(TokenKind::Identifier) || isNext(TokenKind::LeftParen);
  StringRef meant = isFollowed ? findForeignWord(textOf(token())) : StringRef();
  if (meant.empty())
    return false;
  failWith(diag::UnknownStatement, token().span, describeToken(), meant);
  return true;
}

/// Reports a word that begins no item and looks like one that would here.
bool Parser::failAsMisspelled(Place place) {
  // A misspelled word is followed by a name, a misplaced name by anything else.
  if (kind() != TokenKind::Identifier || !isNext(TokenKind::Identifier))
    return false;
  llvm::SmallVector<StringRef> words;
  for (const ItemWord &candidate : itemWords())
    if (candidate.places & place)
      words.push_back(candidate.word);
  StringRef meant = diag::nearestName(textOf(token()), words);
  if (meant.empty())
    return false;
  failWith(diag::UnknownStatement, token().span, describeToken(), meant);
  return true;
}

/// Neither a word that begins an item nor an assignment nor a call.
Item *Parser::parseUnknownItem(Place place) {
  if (failAsMisspelled(place))
    return nullptr;
  if (kind() != TokenKind::Identifier) {
    fail("a declaration or a statement");
    return nullptr;
  }
  ++position;
  fail("`=` or `(`");
  return nullptr;
}

/// The item is read on, for the mistakes inside, and left out.
void Parser::reportMisplaced(const ItemWord &word) {
  diags.report(diag::MisplacedItem, token().span, describeToken(),
               word.places & kInFile ? "at the top level of a file" : "directly inside a `model`");
}

/// Null for an item with a mistake, or one that may not stand at `place`.
Item *Parser::parseItem(Place place) {
  itemStart = position;
  StringRef doc = takeDoc();
  uint32_t begin = token().span.begin;
  const ItemWord *word = findItemWord();
  bool isMisplaced = word && !(word->places & place);
  if (isMisplaced)
    reportMisplaced(*word);
  Item *item = parseItemAfter(word, place);
  Span last = previousSpan();
  if (!isStuck)
    endItem();
  if (isStuck || isMisplaced)
    return nullptr;
  item->span = {begin, last.end};
  item->doc = doc;
  return item;
}

/// `word` is the entry of the present token, or null.
Item *Parser::parseItemAfter(const ItemWord *word, Place place) {
  if (word) {
    ++position;
    return (this->*word->parse)();
  }
  if (kind() == TokenKind::Identifier && looksLikeAssignment())
    return parseAssign();
  if (kind() == TokenKind::Identifier && failAsForeign())
    return nullptr;
  if (kind() == TokenKind::Identifier && isNext(TokenKind::LeftParen))
    return parseCallStatement();
  return parseUnknownItem(place);
}

/// After a mistake in the item that began at token `begin`: on to the next line, or to the end of
/// the block. A block on the way, whose items stand at `place`, is read for the mistakes inside.
void Parser::recover(size_t begin, Place place) {
  openBrackets.clear();
  isStuck = false;
  while (token().kind != TokenKind::EndOfFile) {
    bool hasMoved = position != begin;
    if (hasMoved && (token().startsLine || token().kind == TokenKind::RightBrace))
      break;
    itemStart = position;
    if (token().kind != TokenKind::LeftBrace)
      ++position;
    else if (nesting >= kMaxNesting)
      skipBraces();
    else
      (void)parseBody(place);
    isStuck = false;
  }
}

/// From `{` past its `}`.
void Parser::skipBraces() {
  unsigned depth = 0;
  do {
    depth += token().kind == TokenKind::LeftBrace;
    depth -= token().kind == TokenKind::RightBrace;
    ++position;
  } while (depth > 0 && token().kind != TokenKind::EndOfFile);
}

/// `{`, on this line or alone on the next.
void Parser::openBlock() {
  if (kind() == TokenKind::Newline && token().kind == TokenKind::LeftBrace)
    itemStart = position;
  expect(TokenKind::LeftBrace);
}

void Parser::closeBlock(Span opening) {
  itemStart = position;
  if (!accept(TokenKind::RightBrace))
    failInside(opening, "`}`");
}

/// The items up to a closing brace.
llvm::SmallVector<Item *> Parser::parseItems(Place place) {
  llvm::SmallVector<Item *> items;
  while (token().kind != TokenKind::RightBrace && token().kind != TokenKind::EndOfFile &&
         !atModelStart()) {
    size_t begin = position;
    if (Item *item = parseItem(place))
      items.push_back(item);
    else
      recover(begin, kInBlock);
  }
  return items;
}

/// `{ … }` around items that stand at `place`.
llvm::SmallVector<Item *> Parser::parseBody(Place place) {
  Nesting level(*this);
  openBlock();
  if (isStuck)
    return {};
  Span opening = previousSpan();
  llvm::SmallVector<Item *> items = parseItems(place);
  closeBlock(opening);
  return items;
}

/// `{ … }` of a statement.
ast::Block Parser::parseBlock() {
  return keep(llvm::map_to_vector(parseBody(kInBlock), llvm::StaticCastTo<ast::Stmt *>));
}

/// What stands outside a model and belongs inside is reported once: a model whose header is
/// missing, or whose block is closed too early, has more of it.
void Parser::parseTopLevelItem(llvm::SmallVectorImpl<Item *> &items) {
  size_t begin = itemStart = position;
  const ItemWord *word = findItemWord();
  if (word && !(word->places & kInFile)) {
    reportMisplaced(*word);
    (void)parseItems(kInModel);
    itemStart = position;
    accept(TokenKind::RightBrace);
    return;
  }
  Item *item = nullptr;
  if (word)
    item = parseItem(kInFile);
  else if (!failAsMisspelled(kInFile))
    fail("`import`, `const`, `fn` or `model`");
  if (item)
    items.push_back(item);
  else
    recover(begin, kInModel);
}

void Parser::parseFile() {
  llvm::SmallVector<Item *> items;
  while (token().kind != TokenKind::EndOfFile)
    parseTopLevelItem(items);
  file.items = keep(items);
}
