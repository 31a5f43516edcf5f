//===- Expressions.h - the typed form of an expression ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SEMA_EXPRESSIONS_H
#define IRH_COMPILER_SEMA_EXPRESSIONS_H

#include "compiler/Sema/Analysis.h"
#include "compiler/Sema/Builtins.h"
#include "compiler/Sema/Walk.h"

#include "llvm/ADT/SmallVector.h"

namespace irh::sema {

/// What an expression belongs to, and so what it may read.
///   Constant    a const, a default or a bound: other consts alone
///   Definition  a let: all but draws and columns; time and step if its users have them
///   Equation    the right-hand side of an equation
///   Initial     an initial value: draws and columns too, no time
///   Statement   what an observe or a check looks at
///   Argument    of a network: what is known before there are points
///   Header      of an evolve: the state before the first step
enum class Role { Constant, Definition, Equation, Initial, Statement, Argument, Header };

/// Where an expression stands.
struct Context {
  Role role;
  const ast::Item *item = nullptr;             ///< The declaration or statement that holds it.
  const ast::EvolveStmt *evolve = nullptr;     ///< The evolve in whose body it stands.
  std::optional<Domain> domain = std::nullopt; ///< Of an equation or an initial value.
  bool isDomainPoisoned = false;               ///< The set would be known, were it not wrong.
  StringRef owner = "";                        ///< The field whose draws these are.
};

/// Analyzes one expression: a null result has been reported, or depends on what has.
class ExprAnalyzer {
public:
  ExprAnalyzer(Analysis &analysis, const Context &context) : analysis(analysis), context(context) {}

  /// Analyzes the whole expression of the context.
  const Expr *analyzeRoot(const ast::Expr &root);

  /// What the expression needs around it.
  Needs needs;

private:
  /// A reduction around the expression at hand.
  struct Reduction {
    bool isGlobal;
    StringRef variable;     ///< Of a neighbour reduction.
    const Network *network; ///< Null: poisoned.
  };
  /// The expression whose fields decide the network of `degree`, `id` and `nbrs`.
  struct SetScope {
    const ast::Expr *root;
    std::optional<Domain> domain; ///< Where it is stated.
    bool isPoisoned = false;
  };

  template <typename... Args>
  diag::Diagnostic &error(const diag::Kind<Args...> &kind, Span span,
                          std::type_identity_t<Args>... args) {
    return analysis.report(kind, span, args...);
  }
  const Expr *make(Expr::Node node, Type type, Domain domain, Span span,
                   std::vector<const Expr *> operands = {});

  // Expressions.cpp: the kinds of syntax.
  const Expr *analyze(const ast::Expr &expr);
  /// Looks for unsupported constructs alone.
  void analyzeMuted(const ast::Expr &expr);
  const Expr *analyzeLiteral(const ast::Expr &expr);

  // Operators.cpp.
  const Expr *analyzeUnary(const ast::UnaryExpr &expr);
  const Expr *analyzeBinary(const ast::BinaryExpr &expr);
  const Expr *analyzePower(const ast::BinaryExpr &expr, const Expr *base, const Expr *exponent);
  const Expr *analyzeArithmetic(const ast::BinaryExpr &expr, const Expr *left, const Expr *right);
  const Expr *analyzeComparison(const ast::BinaryExpr &expr, const Expr *left, const Expr *right);
  const Expr *analyzeLogic(const ast::BinaryExpr &expr, const Expr *left, const Expr *right);
  const Expr *makeBinary(const ast::BinaryExpr &expr, Type type, const Expr *left,
                         const Expr *right);
  const Expr *analyzeIf(const ast::IfExpr &expr);
  /// The set that the operands live on together; none where two differ.
  std::optional<Domain> joinDomains(ArrayRef<const Expr *> operands);
  bool requireNumber(const Expr &operand, StringRef user);
  bool requireBool(const Expr &operand, StringRef user);

  // References.cpp: names, primes and brackets.
  bool isAxis(StringRef name) const;
  const Expr *analyzeReference(const ast::Expr &expr, const Reference &reference);
  const Expr *analyzeSymbol(const Symbol &symbol, const Reference &reference, Span span);
  const Expr *analyzeField(const Symbol &symbol, const Reference &reference, Span span);
  const Expr *analyzeLet(const Let &let, const Reference &reference, Span span);
  const Expr *analyzeRate(const Reference &reference, Span span);
  Equation *findRate(const Symbol &field, const Reference &reference, Span span);
  const Expr *analyzeBuiltinValue(const Reference &reference, Span span);
  const Expr *analyzeNodeBuiltin(const Reference &reference, Span span);
  const Expr *reportUnknown(const Reference &reference);
  /// Consumes the needs of a let; false where they are not met here.
  bool meetNeeds(const Needs &wanted, StringRef name, Span span);
  bool readTime(StringRef name, Span span);
  bool readState(StringRef name, Span span);
  bool rejectBracket(const Reference &reference);
  std::optional<Place> findPlaceOf(const Reference &reference);
  std::optional<Place> findPlaceOfName(const ast::Name &name);
  /// Where a value of `domain` is read from `place`; none after an error.
  std::optional<Domain> readAt(Domain domain, Place place, const Reference &reference, Span span);

  // Calls.cpp.
  const Expr *analyzeCall(const ast::CallExpr &call);
  const Expr *analyzeFunction(const ast::CallExpr &call, const FunctionInfo &function);
  const Expr *analyzeDraw(const ast::CallExpr &call, const DistributionInfo &distribution);
  const Expr *analyzeColumn(const ast::CallExpr &call);
  const Expr *analyzeDegreeOf(const ast::CallExpr &call);
  const Expr *reportUncallable(const ast::CallExpr &call);
  bool isPointwise(const ast::CallExpr &call) const;
  /// The arguments, all given by place and each a value; none if one is not.
  std::optional<llvm::SmallVector<const Expr *, 3>> analyzeArguments(const ast::CallExpr &call);
  bool requireCount(const ast::CallExpr &call, unsigned count, bool isLeast);
  bool rejectSet(const ast::CallExpr &call);
  const Expr *makeCall(const ast::CallExpr &call, const FunctionInfo &function, Type result,
                       ArrayRef<const Expr *> operands);
  /// `operand` as a `type`, or null after an error that names the function.
  const Expr *argumentAs(const Expr *operand, Type type, StringRef function);

  // Reductions.cpp.
  const Expr *analyzeReduce(const ast::ReduceExpr &expr);
  const Expr *analyzeGlobalReduce(const ast::CallExpr &call, const ReductionInfo &reduction);
  const Expr *analyzeCount(const ast::CallExpr &call, const ast::MemberExpr &set);
  const Expr *analyzeTerm(const ast::CallExpr &call);
  bool isNormInf(const ast::CallExpr &call) const;
  /// The term as the reduction takes it, and the type it gives.
  std::optional<std::pair<const Expr *, Type>> convertTerm(const Expr *term, ReduceKind kind,
                                                           StringRef name);
  bool checkVariable(const ast::ReduceExpr &expr);
  /// The network of `degree`, `id` or `nbrs`; null where it is poisoned or not decided.
  const Network *decideNetwork(StringRef what, Span span);

  Analysis &analysis;
  const Context &context;
  llvm::SmallVector<Reduction, 2> reductions;
  llvm::SmallVector<SetScope, 2> setScopes;
  unsigned numDraws = 0;
};

/// A set named in the source, as in `on G.nodes`: none where it is wrong or poisoned.
std::optional<Domain> resolveSet(Analysis &analysis, const ast::QualifiedName &set);

/// Analyzes `tree` in its context.
const Expr *analyzeExpr(Analysis &analysis, const ast::Expr &tree, const Context &context);

/// `expr` as one `type` for the whole model, or null after an error that says what it is for,
/// as in "the time step". Null for null.
const Expr *requireGlobal(Analysis &analysis, const Expr *expr, Type type, StringRef purpose);
/// Likewise on the points of `domain`, or one value for all of them.
const Expr *requireOn(Analysis &analysis, const Expr *expr, Domain domain, StringRef purpose);
const Expr *requireType(Analysis &analysis, const Expr *expr, Type type, StringRef purpose);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_EXPRESSIONS_H
