//===- Analysis.h - what the parts of the semantic analysis share ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The analysis runs in the order of Analyze.cpp. A thing that is wrong or not supported is
// reported once and poisoned: whatever reads it becomes a null Expr, silently.

#ifndef IRH_COMPILER_SEMA_ANALYSIS_H
#define IRH_COMPILER_SEMA_ANALYSIS_H

#include "compiler/AST/AST.h"
#include "compiler/Diag/Diagnostic.h"
#include "compiler/Sema/Frame.h"
#include "compiler/Sema/Model.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
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

enum class SymbolKind { Param, Const, Let, Fn, Field, Network, Matrix, Eigenvectors, Unsupported };

/// A declared name. Of the pointers at most the one of its kind is set, once it is analyzed.
struct Symbol {
  SymbolKind kind;
  std::string name = "";           ///< With primes.
  Span span = {};                  ///< Of the name where it is declared.
  const ast::Decl *decl = nullptr; ///< Null for a hidden rate that the model does not declare.
  bool isTopLevel = false;         ///< Declared in the file, outside the model.
  bool isPoisoned = false;

  Param *param = nullptr;
  const Expr *constant = nullptr;
  const Let *let = nullptr;
  Field *field = nullptr;
  Network *network = nullptr;
  const Matrix *matrix = nullptr;
};

/// What the value of a let needs around it.
struct Needs {
  StringRef time = ""; ///< Name of the time variable that it reads; empty: none.
  bool step = false;   ///< Reads `step`.
  bool state = false;  ///< Reads a field, or anything else of a network.
  bool noise = false;  ///< Reads `noise`.
  bool ends = false;   ///< Reads `src` or `dst`, or else is of one direction of the edge.
  /// An edge field, not symmetric, that it reads on the edge here.
  const Field *oriented = nullptr;

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

/// What the first `save` to a file writes.
struct SavedFile {
  std::string columns; ///< All that the others must agree in.
  bool isSeries;       ///< It stands in an evolve, so that there may be others.
  Span span;
};

/// What the last `solve` of a field left, as two states.
struct SolveOutcome {
  const Field *iterations = nullptr, *residual = nullptr;
  bool isSolved = false;
  Span readAt = {}; ///< Where one of them is first asked for.
  StringRef reader = "";
};

/// More parts than this make a program that no machine compiles in time.
inline constexpr unsigned kMaxUnfolded = 100'000;

/// How far the calls of fns unfold: the tree above the part at hand, the tallest so far, and the
/// number of parts in all.
struct Unfolding {
  unsigned numCalls = 0; ///< Around the part at hand.
  unsigned height = 0;
  unsigned highest = 0;
  unsigned size = 0;
  bool isReported = false; ///< As too large.
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
  llvm::DenseMap<const Matrix *, Needs> needsOfMatrix;
  llvm::StringMap<unsigned> numDrawsOf; ///< How many streams the owner of draws has so far.
  llvm::StringMap<SavedFile> savedFiles;
  llvm::MapVector<const Field *, SolveOutcome> outcomes;
  std::deque<Field> arguments; ///< Of linear maps: no fields of the model.
  /// What was reported as unsupported, and for which item: each construct once an item.
  std::set<std::pair<const ast::Item *, std::string>> reportedLater;
  unsigned numMuted = 0; ///< Above 0, only unsupported constructs are reported.

  Frame *frame = nullptr; ///< From which names are looked up; null: the model itself.
  Unfolding unfolding;

  /// What `name` means from the frame; a parameter means what the name of its argument does.
  Symbol *find(StringRef name) const;
  Symbol *findDeclared(StringRef name, const Frame *from) const;
  /// The argument that a parameter of that name stands for; null where there is none.
  const ast::Expr *findArgument(StringRef name) const;
  bool isParameter(StringRef name) const { return frame && frame->findParameter(name); }
  /// Whether a `fn` is checked by itself: its parameters stand for nothing in particular.
  bool isGeneric() const { return frame && !frame->call; }
  Expr *make(Expr expr) { return &model.expressions.emplace_back(std::move(expr)); }
  const Expr *makeConstant(Constant value, Type type, Span span) {
    return make({std::move(value), type, {}, span, {}});
  }

  template <typename... Args>
  diag::Diagnostic &report(const diag::Kind<Args...> &kind, Span span,
                           std::type_identity_t<Args>... args) {
    if (numMuted == 0 && !frame)
      return diags.report(kind, span, args...);
    muted = {};
    if (numMuted != 0 || !isNewInCalls(kind.code, span, llvm::formatv(kind.format.data(), args...)))
      return muted;
    diag::Diagnostic &report = diags.report(kind, span, args...);
    noteCalls(report);
    return report;
  }
  /// Reports that `word`, as the source spells it, is not supported yet.
  void reportLater(const ast::Item *item, StringRef word, Span span);
  /// Likewise for a construct that has no word of its own.
  void reportLaterPhrase(const ast::Item *item, StringRef phrase, Span span);
  /// Whether `item` was reported so: what else it says is then nobody's business.
  bool isReportedLater(const ast::Item *item) const;

private:
  /// Of what is wrong in a `fn` each thing is reported for its first call.
  bool isNewInCalls(StringRef code, Span span, std::string message);
  void noteCalls(diag::Diagnostic &report) const;

  diag::Diagnostic muted; ///< Takes the notes of reports that are not made.
  std::set<std::pair<uint32_t, std::string>> reportedInCalls; ///< Where, and what.
};

/// Looks up names from another frame while it lives.
class FrameScope {
public:
  FrameScope(Analysis &analysis, Frame *frame) : analysis(analysis), outer(analysis.frame) {
    analysis.frame = frame;
  }
  ~FrameScope() { analysis.frame = outer; }
  FrameScope(const FrameScope &) = delete;
  FrameScope &operator=(const FrameScope &) = delete;

private:
  Analysis &analysis;
  Frame *outer;
};

/// Of a symbol, for messages: "a network".
StringRef describe(SymbolKind kind);

/// The method whose equations may hold `noise`.
inline constexpr StringRef kNoisyMethod = "euler_maruyama";
/// The method of that name. (Methods.cpp)
std::optional<Method> findMethod(StringRef name);

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
/// Likewise, or the list of the few that there are.
std::string didYouMeanOneOf(StringRef name, ArrayRef<StringRef> all);

/// Candidates for a suggestion where a field is meant.
std::vector<StringRef> fieldNames(const Analysis &analysis);

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
/// The entries of a matrix, as one term for an edge and one for a node. (Matrices.cpp)
void analyzeMatrix(Analysis &analysis, Symbol &symbol, const ast::Expr &tree);
/// Whether an expression makes a matrix, as far as the syntax tells: names that are poisoned count.
bool isMatrixExpr(const Analysis &analysis, const ast::Expr &expr);
/// The matrix that an expression names or makes, in `item`; null after an error.
const Matrix *analyzeMatrixExpr(Analysis &analysis, const ast::Expr &tree, const ast::Item *item);
/// A matrix that no name of the model means, of that network, diagonal, entries and span.
const Matrix *makeHiddenMatrix(Analysis &analysis, Matrix matrix, const Needs &needs);
/// A definition that no name of the model means.
const Let &makeHiddenLet(Analysis &analysis, std::string name, const Expr &value);
/// A value of nodes, as a neighbour has it; what has to be defined for that is named by `owner`.
const Expr *atNeighbour(Analysis &analysis, const std::string &owner, const Expr &value);
/// The name of the eigenvalues that eigenvectors belong to; null where it is another's.
/// (Vectors.cpp)
const Symbol *findEigenvalues(const Analysis &analysis, const Symbol &vectors);
/// Checks a `fn` by itself, as far as that goes without arguments. (Functions.cpp)
void checkFn(Analysis &analysis, Symbol &symbol);
/// The let that stands for the rate of an analyzed equation, or null. (Definitions.cpp)
const Let *findRateLet(Analysis &analysis, Equation &equation);
void analyzeParams(Analysis &analysis);
void analyzeNetworks(Analysis &analysis);
void analyzeInitialValues(Analysis &analysis);
/// (States.cpp)
void analyzeInitialStates(Analysis &analysis);
void analyzeRequirements(Analysis &analysis);
/// (Statements.cpp)
void analyzeStatements(Analysis &analysis);
/// Checks the coordinates that all expressions read. (Positions.cpp)
void checkPositions(Analysis &analysis);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_ANALYSIS_H
