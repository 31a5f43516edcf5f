//===- Analysis.h - what the parts of the semantic analysis share ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The analysis runs in the order of Analyze.cpp. A thing that is wrong or not supported is
// reported once and poisoned: whatever reads it becomes a null Expr, silently.

#ifndef IRH_COMPILER_SEMA_ANALYSIS_H
#define IRH_COMPILER_SEMA_ANALYSIS_H

#include "compiler/AST/AST.h"
#include "compiler/Diag/Diagnostic.h"
#include "compiler/Sema/Model.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <deque>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace irh::sema {

using llvm::ArrayRef;
using llvm::StringRef;
using source::Span;

enum class SymbolKind { Param, Const, Let, Field, Network, Unsupported };

/// A declared name. Of the pointers at most the one of its kind is set, once it is analyzed.
struct Symbol {
  SymbolKind kind;
  std::string name = "";           ///< With primes.
  Span span = {};                  ///< Of the name where it is declared.
  const ast::Decl *decl = nullptr; ///< Null for a hidden rate that the model does not declare.
  bool isPoisoned = false;

  Param *param = nullptr;
  const Expr *constant = nullptr;
  const Let *let = nullptr;
  Field *field = nullptr;
  Network *network = nullptr;
};

/// What the value of a let needs around it.
struct Needs {
  StringRef time = ""; ///< Name of the time variable that it reads; empty: none.
  bool step = false;   ///< Reads `step`.
  bool state = false;  ///< Reads a field, or anything else of a network.

  bool evolve() const { return step || !time.empty(); }
};

/// `theta' = value` (order 1) or `theta'' = value` (order 2) in an evolve.
struct Equation {
  const ast::AssignStmt *stmt;
  const ast::EvolveStmt *evolve;
  Symbol *field; ///< The field without primes; null where there is none.
  bool isPoisoned = false;
  const Expr *value = nullptr; ///< Converted to the field's type; null where it is wrong.
  Needs needs = {};            ///< Of the value.
  const Let *let = nullptr;    ///< Made when some expression reads the rate.

  unsigned order() const { return stmt->target.numPrimes; }
};

/// A const, let, equation or initial value: something with a value that reads other names.
struct Definition {
  Symbol *symbol = nullptr;     ///< Null for an equation.
  Equation *equation = nullptr; ///< Null for a symbol.
  const ast::Expr *value;
};

/// The state of one analysis.
class Analysis {
public:
  Analysis(const ast::ModelDecl &tree, Model &model, diag::Engine &diags)
      : tree(tree), model(model), diags(diags) {}

  const ast::ModelDecl &tree;
  Model &model;
  diag::Engine &diags; ///< Only through report().

  std::deque<Symbol> symbols; ///< In source order, hidden rates last.
  llvm::StringMap<Symbol *> symbolOf;
  std::deque<Equation> equations;
  std::vector<Symbol *> networks;
  std::vector<const ast::EvolveStmt *> evolves; ///< Those of the model itself.
  bool hasGrid = false;                         ///< So axis names mean something.
  llvm::DenseMap<const Let *, Needs> needsOf;
  /// What was reported as unsupported, and for which item: each construct once an item.
  std::set<std::pair<const ast::Item *, std::string>> reportedLater;
  unsigned numMuted = 0; ///< Above 0, only unsupported constructs are reported.

  Symbol *find(StringRef name) const { return symbolOf.lookup(name); }
  Expr *make(Expr expr) { return &model.expressions.emplace_back(std::move(expr)); }
  const Expr *makeConstant(Constant value, Type type, Span span) {
    return make({std::move(value), type, {}, span, {}});
  }

  template <typename... Args>
  diag::Diagnostic &report(const diag::Kind<Args...> &kind, Span span,
                           std::type_identity_t<Args>... args) {
    if (numMuted == 0)
      return diags.report(kind, span, args...);
    muted = {};
    return muted;
  }
  /// Reports that `word`, as the source spells it, is not supported yet.
  void reportLater(const ast::Item *item, StringRef word, Span span);
  /// Likewise for a construct that has no word of its own.
  void reportLaterPhrase(const ast::Item *item, StringRef phrase, Span span);
  /// Whether `item` was reported so: what else it says is then nobody's business.
  bool isReportedLater(const ast::Item *item) const;

private:
  diag::Diagnostic muted; ///< Takes the notes of reports that are not made.
};

/// The name of the time variable of an evolve; the form with `for` has `t`.
inline StringRef timeName(const ast::EvolveStmt &evolve) {
  return evolve.time ? evolve.time.text : StringRef("t");
}

/// `theta''` for ("theta", 2).
std::string withPrimes(StringRef name, unsigned numPrimes);

/// The keyword (or other text of `length` bytes) that `item` begins with.
inline Span keywordSpan(const ast::Item &item, StringRef keyword) {
  return {item.span.begin, item.span.begin + static_cast<uint32_t>(keyword.size())};
}

/// "; did you mean `x`?", or nothing where no candidate is near.
std::string didYouMean(StringRef name, ArrayRef<StringRef> candidates);

// The parts, in the order in which analyze() calls them.

/// Enters every declared name. (Names.cpp)
void declareNames(Analysis &analysis, const ast::File &file);
/// Finds the equations of all evolves, and adds the hidden rates of second-order ones.
/// (Equations.cpp)
void collectEquations(Analysis &analysis);
/// Every definition, each after those it reads. Those in a cycle are reported, poisoned and
/// left out. (Dependencies.cpp)
std::vector<Definition> orderDefinitions(Analysis &analysis);
/// Makes the params, networks and fields, so that their types and sets are known. (Params.cpp,
/// Networks.cpp, Fields.cpp)
void makeParams(Analysis &analysis);
void makeNetworks(Analysis &analysis);
void makeFields(Analysis &analysis, ArrayRef<Definition> definitions);
/// Analyzes consts, lets and the right-hand sides of equations. (Definitions.cpp)
void analyzeDefinitions(Analysis &analysis, ArrayRef<Definition> definitions);
/// The let that stands for the rate of an analyzed equation, or null. (Definitions.cpp)
const Let *findRateLet(Analysis &analysis, Equation &equation);
void analyzeParams(Analysis &analysis);
void analyzeNetworks(Analysis &analysis);
void analyzeInitialValues(Analysis &analysis);
/// (Statements.cpp)
void analyzeStatements(Analysis &analysis);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_ANALYSIS_H
