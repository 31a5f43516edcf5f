//===- Dumper.h - the writer behind ast::dump ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_AST_DUMPER_H
#define IRH_COMPILER_AST_DUMPER_H

#include "compiler/AST/AST.h"

#include "llvm/ADT/Twine.h"

#include <string>

namespace irh::ast {

/// Writes one line a node. A node that plays a part in its parent has that part as label.
class Dumper {
public:
  explicit Dumper(llvm::raw_ostream &os) : os(os) {}

  void dumpExpr(StringRef label, const Expr &expr);
  void dumpItem(const Item &item);

private:
  /// While it lives, lines are indented by one level more.
  class Level {
  public:
    explicit Level(Dumper &dumper) : dumper(dumper) { ++dumper.depth; }
    ~Level() { --dumper.depth; }

  private:
    Dumper &dumper;
  };

  llvm::raw_ostream &startLine() { return os.indent(2 * depth); }
  void line(const llvm::Twine &text) { startLine() << text << '\n'; }

  void dumpOptional(StringRef label, const Expr *expr);
  void dumpArguments(ArrayRef<Argument> arguments);
  void dumpLeaf(const Expr &expr);
  void dumpOperands(const Expr &expr);

  void dumpParts(const Decl &decl);
  void dumpParts(const Stmt &stmt);
  void dumpType(const TypeName &type);
  void dumpRange(const Range &range);
  void dumpMethod(StringRef label, const Method &method);
  void dumpCadence(const Cadence &cadence);
  void dumpText(StringRef label, const Text &text);

  llvm::raw_ostream &os;
  unsigned depth = 0;
};

/// The name as written, primes and all.
std::string toString(const Name &name);
std::string toString(const QualifiedName &name);
/// `a, b, c`.
std::string toString(ArrayRef<Name> names);

/// The line of an item, its parts left out: `param N`, `evolve t`.
std::string headOf(const Decl &decl);
std::string headOf(const Stmt &stmt);

} // namespace irh::ast

#endif // IRH_COMPILER_AST_DUMPER_H
