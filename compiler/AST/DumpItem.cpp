//===- DumpItem.cpp - clauses and lists of items as an indented tree ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/AST/Dumper.h"

#include "llvm/ADT/StringExtras.h"

using namespace irh;
using namespace irh::ast;

static StringRef nameOf(CadenceUnit unit) {
  static constexpr llvm::StringLiteral kNames[] = {"steps", "time", "seconds", "minutes", "hours"};
  return kNames[static_cast<size_t>(unit)];
}

void Dumper::dumpText(StringRef label, const Text &text) {
  startLine() << label << ": \"";
  os.write_escaped(text.value) << "\"\n";
}

void Dumper::dumpType(const TypeName &type) {
  std::string element = type.element ? " of " + type.element.text.str() : "";
  line("type: " + type.name.text + element);
  Level level(*this);
  for (const Expr *extent : type.extents)
    dumpExpr("extent", *extent);
}

void Dumper::dumpRange(const Range &range) {
  dumpOptional(range.isLowExcluded ? "above" : "from", range.low);
  dumpOptional(range.isHighExcluded ? "below" : "to", range.high);
}

void Dumper::dumpMethod(StringRef label, const Method &method) {
  startLine() << label << ": " << method.name.text << '\n';
  Level level(*this);
  dumpArguments(method.arguments);
}

void Dumper::dumpCadence(const Cadence &cadence) {
  if (cadence)
    dumpExpr(("every " + nameOf(cadence.unit)).str(), *cadence.interval);
}

void Dumper::dumpItem(const Item &item) {
  if (!item.doc.empty())
    for (StringRef doc : llvm::split(item.doc, '\n'))
      line("/// " + doc);
  const auto *decl = llvm::dyn_cast<Decl>(&item);
  line(decl ? headOf(*decl) : headOf(llvm::cast<Stmt>(item)));
  Level level(*this);
  if (decl)
    dumpParts(*decl);
  else
    dumpParts(llvm::cast<Stmt>(item));
}

void ast::dump(llvm::raw_ostream &os, const File &file) {
  Dumper dumper(os);
  for (const Item *item : file.items)
    dumper.dumpItem(*item);
}
