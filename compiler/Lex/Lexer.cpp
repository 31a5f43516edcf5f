//===- Lexer.cpp - from text to tokens ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Lex/Lexer.h"

#include "compiler/Lex/Literals.h"
#include "compiler/Lex/Unicode.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ConvertUTF.h"

using namespace irh;
using namespace irh::lex;
using source::SourceFile;

namespace {

class Lexer {
public:
  /// The first byte of `text` has the offset `firstOffset` in spans.
  Lexer(StringRef text, uint32_t firstOffset, diag::Engine &diags)
      : text(text), firstOffset(firstOffset), diags(diags) {}

  TokenList run();

private:
  StringRef rest() const { return text.drop_front(offset); }
  Span spanOf(size_t begin, size_t end) const {
    return {firstOffset + static_cast<uint32_t>(begin), firstOffset + static_cast<uint32_t>(end)};
  }
  Token &push(TokenKind kind, size_t length);

  void skipTrivia();
  void skipLineComment();
  void skipBlockComment();

  void lexOne();
  void lexWord();
  void lexNumber();
  void reportNumber(Span span, StringRef digits);
  void lexString();
  void lexStray();
  void checkEscapes(size_t begin, StringRef quoted);

  StringRef text;
  uint32_t firstOffset;
  diag::Engine &diags;
  size_t offset = 0; ///< In `text`.
  bool sawNewline = true;
  TokenList list;
};

} // namespace

/// A line that ends in one of these goes on.
static bool joinsNextLine(TokenKind kind) {
  switch (kind) {
  case TokenKind::Comma:
  case TokenKind::Assign:
  case TokenKind::Arrow:
  case TokenKind::Colon:
    return true;
  default:
    return isBinaryOperator(kind);
  }
}

/// A line that begins with one of these goes on with the one above.
static bool joinsLineAbove(TokenKind kind) {
  return kind == TokenKind::Then || kind == TokenKind::Else || isBinaryOperator(kind);
}

Token &Lexer::push(TokenKind kind, size_t length) {
  bool joins =
      !list.tokens.empty() && (joinsNextLine(list.tokens.back().kind) || joinsLineAbove(kind));
  Token token;
  token.kind = kind;
  token.startsLine = sawNewline && !joins;
  token.span = spanOf(offset, offset + length);
  list.tokens.push_back(token);
  offset += length;
  sawNewline = false;
  return list.tokens.back();
}

void Lexer::skipLineComment() {
  StringRef line = rest().take_until([](char c) { return c == '\n'; });
  offset += line.size();
  // Four slashes are a ruler, not a document.
  if (!line.starts_with("///") || line.starts_with("////"))
    return;
  StringRef doc = line.drop_front(3).rtrim();
  doc.consume_front(" ");
  list.docLines.push_back({.token = list.tokens.size(), .text = doc});
}

void Lexer::skipBlockComment() {
  size_t end = text.find("*/", offset + 2);
  if (end == StringRef::npos) {
    diags.report(diag::UnterminatedComment, spanOf(offset, offset + 2));
    push(TokenKind::Invalid, rest().size());
    return;
  }
  sawNewline |= text.slice(offset, end).contains('\n');
  offset = end + 2;
}

void Lexer::skipTrivia() {
  while (!rest().empty()) {
    if (llvm::isSpace(rest().front())) {
      sawNewline |= rest().front() == '\n';
      ++offset;
    } else if (rest().starts_with("//")) {
      skipLineComment();
    } else if (rest().starts_with("/*")) {
      skipBlockComment();
    } else {
      return;
    }
  }
}

void Lexer::lexWord() {
  size_t length = identifierLength(rest());
  TokenKind kind = llvm::StringSwitch<TokenKind>(rest().take_front(length))
#define IRH_WORD(Kind, Spelling) .Case(Spelling, TokenKind::Kind)
#include "compiler/Lex/Tokens.def"
                       .Default(TokenKind::Identifier);
  push(kind, length);
}

/// What sticks to a number is most often a factor: `2pi`.
void Lexer::reportNumber(Span span, StringRef digits) {
  diag::Diagnostic &reported = diags.report(diag::MalformedNumber, span, diag::quote(digits));
  StringRef number = digits.take_while([](char c) { return llvm::isDigit(c) || c == '.'; });
  StringRef factor = digits.drop_front(number.size());
  bool isExponent =
      factor.size() > 1 && llvm::toLower(factor[0]) == 'e' && llvm::isDigit(factor[1]);
  if (!factor.starts_with("_") && isIdentifierStart(decodeFront(factor).value) && !isExponent)
    reported.fix(span, (number + " * " + factor).str());
}

void Lexer::lexNumber() {
  NumberShape shape = measureNumber(rest());
  StringRef digits = rest().take_front(shape.length);
  Token &token = push(shape.kind, shape.length);
  if (!shape.isWellFormed)
    return reportNumber(token.span, digits);
  if (shape.kind == TokenKind::Integer) {
    std::optional<int64_t> value = integerValue(digits);
    token.integer = value.value_or(0);
    if (!value)
      diags.report(diag::IntegerOutOfRange, token.span, diag::quote(digits));
    return;
  }
  if (shape.kind == TokenKind::Imaginary)
    digits = digits.drop_back();
  std::optional<double> value = realValue(digits);
  token.real = value.value_or(0.0);
  if (!value)
    diags.report(diag::RealOutOfRange, token.span, diag::quote(digits));
}

/// `quoted` begins at byte `begin` of the text.
void Lexer::checkEscapes(size_t begin, StringRef quoted) {
  for (size_t at = quoted.find('\\'); at != StringRef::npos; at = quoted.find('\\', at + 2)) {
    if (StringRef("\"\\nt").contains(quoted[at + 1]))
      continue;
    size_t length = 1 + decodeFront(quoted.drop_front(at + 1)).numBytes;
    diags.report(diag::UnknownEscape, spanOf(begin + at, begin + at + length),
                 diag::quote(quoted.substr(at, length)));
  }
}

void Lexer::lexString() {
  StringShape shape = measureString(rest());
  StringRef quoted = rest().take_front(shape.length);
  size_t begin = offset;
  Span span = push(TokenKind::String, shape.length).span;
  if (!shape.isClosed)
    diags.report(diag::UnterminatedString, span);
  else
    checkEscapes(begin, quoted);
}

/// What is written for a character that other tools or keyboards produce; empty if nothing is.
static StringRef replacementFor(StringRef character) {
  return llvm::StringSwitch<StringRef>(character)
      .Cases({"&", "&&", "∧"}, "and")
      .Cases({"|", "||", "∨"}, "or")
      .Cases({"!", "¬"}, "not")
      .Cases({"−", "–", "—"}, "-")
      .Cases({"×", "·", "⋅", "∗"}, "*")
      .Cases({"÷", "∕"}, "/")
      .Cases({"≤", "⩽"}, "<=")
      .Cases({"≥", "⩾"}, ">=")
      .Case("≠", "!=")
      .Case("→", "->")
      .Case("…", "..")
      .Cases({"′", "’", "‘"}, "'")
      .Case("″", "''")
      .Cases({"“", "”", "„"}, "\"")
      .Case("²", "^2")
      .Case("³", "^3")
      .Case("\u00A0", " ")
      .Default("");
}

/// What is said where the words of the language stand elsewhere in the expression.
static StringRef hintFor(StringRef character) {
  return llvm::StringSwitch<StringRef>(character)
      .Case("%", "; the remainder is `mod(a, b)`")
      .Case("#", "; comments begin with `//`")
      .Case(";", "; a statement ends with its line")
      .Case("√", "; write `sqrt(…)`")
      .Case("∂", "; write `d(u, x)`, or `u'` for the rate")
      .Cases({"∑", "Σ"}, "; write `sum(…)`")
      .Case("∇", "; write `grad(…)`")
      .Case("∞", "; leave out the bound of a range, or write `inf` in a `norm`")
      .Default("");
}

/// Repetitions of one stray character are one mistake.
void Lexer::lexStray() {
  StringRef character = rest().take_front(decodeFront(rest()).numBytes);
  size_t length = character.size();
  while (rest().drop_front(length).starts_with(character))
    length += character.size();
  StringRef run = rest().take_front(length);
  Span span = push(TokenKind::Invalid, length).span;
  diag::Diagnostic &reported =
      diags.report(diag::StrayCharacter, span, diag::quote(run), hintFor(character));
  if (StringRef replacement = replacementFor(run); !replacement.empty())
    reported.fix(span, replacement.str());
}

/// The sign at the front of `text`: the longest that fits. Invalid if none does.
static TokenKind signAtFront(StringRef text, size_t &length) {
  struct Sign {
    StringRef spelling;
    TokenKind kind;
  };
  static constexpr Sign kSigns[] = {
#define IRH_WORD(Kind, Spelling)
#define IRH_SIGN(Kind, Spelling) {Spelling, TokenKind::Kind},
#include "compiler/Lex/Tokens.def"
  };
  TokenKind best = TokenKind::Invalid;
  length = 0;
  for (const Sign &sign : kSigns) {
    if (sign.spelling.size() > length && text.starts_with(sign.spelling)) {
      best = sign.kind;
      length = sign.spelling.size();
    }
  }
  return best;
}

void Lexer::lexOne() {
  StringRef ahead = rest();
  bool isPointAndDigit = ahead.size() > 1 && ahead[0] == '.' && llvm::isDigit(ahead[1]);
  if (isIdentifierStart(decodeFront(ahead).value))
    return lexWord();
  if (llvm::isDigit(ahead[0]) || isPointAndDigit)
    return lexNumber();
  if (ahead[0] == '"')
    return lexString();
  size_t length = 0;
  TokenKind sign = signAtFront(ahead, length);
  if (sign == TokenKind::Invalid)
    return lexStray();
  push(sign, length);
}

TokenList Lexer::run() {
  if (text.starts_with("\xEF\xBB\xBF")) // a byte order mark
    offset = 3;
  for (skipTrivia(); !rest().empty(); skipTrivia())
    lexOne();
  sawNewline = true;
  push(TokenKind::EndOfFile, 0);
  return std::move(list);
}

/// Reports text that cannot be cut into tokens at all.
static bool isReadable(const SourceFile &file, diag::Engine &diags) {
  StringRef text = file.text();
  if (text.size() > SourceFile::kMaxBytes) {
    diags.report(diag::FileTooLarge, {file.begin(), file.begin()}, text.size(),
                 SourceFile::kMaxBytes);
    return false;
  }
  const auto *bad = reinterpret_cast<const llvm::UTF8 *>(text.begin());
  const auto *end = reinterpret_cast<const llvm::UTF8 *>(text.end());
  if (llvm::isLegalUTF8String(&bad, end))
    return true;
  auto at = file.begin() + static_cast<uint32_t>(bad - text.bytes_begin());
  diags.report(diag::InvalidUtf8, {at, at + 1}, "0x" + llvm::utohexstr(*bad));
  return false;
}

TokenList lex::tokenize(const SourceFile &file, diag::Engine &diags) {
  bool readable = isReadable(file, diags);
  return Lexer(readable ? file.text() : StringRef(), file.begin(), diags).run();
}
