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
///   Assignment  a new value of a field: draws too
///   Argument    of a network: what is known before there are points
///   Header      of an evolve: the state before the first step
enum class Role {
  Constant,
  Definition,
  Equation,
  Initial,
  Statement,
  Assignment,
  Argument,
  Header
};

/// Where an expression stands.
struct Context {
  Role role;
  const ast::Item *item = nullptr;             ///< The declaration or statement that holds it.
  const ast::EvolveStmt *evolve = nullptr;     ///< The evolve in whose body it stands.
  std::optional<Domain> domain = std::nullopt; ///< Of a field that gets a value or a rate.
  bool isDomainPoisoned = false;               ///< The set would be known, were it not wrong.
  std::optional<Type> type = std::nullopt;     ///< Of the field of an initial value.
  StringRef owner = "";                        ///< Its draws are streams of this name.
  bool isSaved = false;                        ///< All eigenvectors may be meant.
};

/// Analyzes one expression: a null result has been reported, or depends on what has.
class ExprAnalyzer {
public:
  /// `outer` is the analyzer of the expression around this one; null: it stands alone.
  ExprAnalyzer(Analysis &analysis, const Context &context, const ExprAnalyzer *outer = nullptr)
      : analysis(analysis), context(context), outer(outer) {}

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
    const Frame *frame;     ///< In which it stands, and its variable has a meaning.
  };
  /// The expression whose fields decide the network of `degree`, `id` and `nbrs`.
  struct SetScope {
    const ast::Expr *root;
    std::optional<Domain> domain; ///< Where it is stated.
    bool isPoisoned = false;
    Frame *frame = nullptr; ///< In which it stands.
    bool isBody = false;    ///< Of a `fn`: where nothing in it decides, the scope around does.
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
  const Expr *analyzeKind(const ast::Expr &expr);
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

  /// Where a built-in value of nodes is read.
  struct NodeRead {
    const Network *network;
    Place place;
    Domain domain;
  };

  // References.cpp: names, primes and brackets.
  bool isAxis(StringRef name) const;
  /// Whether a reduction around this names its neighbour so.
  bool isNeighbour(StringRef name) const;
  /// Whether an evolve names its time so.
  bool isTime(StringRef name) const;
  const Expr *analyzeReference(const ast::Expr &expr, const Reference &reference);
  const Expr *analyzeSymbol(const Symbol &symbol, const Reference &reference, Span span);
  const Expr *analyzeField(const Symbol &symbol, const Reference &reference, Span span);
  const Expr *analyzeLet(const Let &let, const Reference &reference, Span span);
  const Expr *analyzeRate(const Reference &reference, Span span);
  Equation *findRate(const Symbol &field, const Reference &reference, Span span);
  const Expr *analyzeBuiltinValue(const Reference &reference, Span span);
  std::optional<NodeRead> readNodes(const Reference &reference, Span span);
  const Expr *analyzeNodeBuiltin(const Reference &reference, Span span);
  const Expr *reportUnknown(const Reference &reference);
  /// Consumes the needs of a let; false where they are not met here.
  bool meetNeeds(const Needs &wanted, StringRef name, Span span);
  bool readTime(StringRef name, Span span);
  bool readState(StringRef name, Span span);
  bool rejectBracket(const Reference &reference);
  std::optional<Place> findPlaceOf(const Reference &reference);
  std::optional<Place> findPlaceOfName(const ast::Name &name);
  void reportEdgeField(StringRef name, Span span);
  /// Where a value of `domain` is read from `place`; none after an error.
  std::optional<Domain> readAt(Domain domain, Place place, const Reference &reference, Span span);
  void noteOriented(const Field &field);
  bool checkOrientation(const Let &let, Place place, Span span);

  // Positions.cpp.
  bool isPosition(const ast::Expr &expr) const;
  const ast::IndexExpr *findPositionElsewhere(const ast::IndexExpr &expr) const;
  /// The coordinate that `bracket` names, null where it is missing, of the node at `place`.
  const Expr *analyzePosition(const Reference &place, const ast::IndexExpr *bracket, Span span);

  // Calls.cpp.
  const Expr *analyzeCall(const ast::CallExpr &call);
  const Expr *analyzeFunction(const ast::CallExpr &call, const FunctionInfo &function);
  /// The name of the next stream of the context's owner: no other bears it.
  std::string nextStream();
  const Expr *analyzeDraw(const ast::CallExpr &call, const DistributionInfo &distribution);
  const Expr *analyzeNoise(const Reference &reference, Span span);
  const Expr *analyzeColumn(const ast::CallExpr &call);
  const Expr *analyzeDegreeOf(const ast::CallExpr &call);
  const Expr *reportUncallable(const ast::CallExpr &call);
  /// The arguments, all given by place and each a value; none if one is not.
  std::optional<llvm::SmallVector<const Expr *, 3>> analyzeArguments(const ast::CallExpr &call);
  bool requireCount(const ast::CallExpr &call, unsigned count, bool isLeast);
  bool rejectSet(const ast::CallExpr &call);
  const Expr *makeCall(const ast::CallExpr &call, const FunctionInfo &function, Type result,
                       ArrayRef<const Expr *> operands);
  /// `operand` as a `type`, or null after an error that names the function.
  const Expr *argumentAs(const Expr *operand, Type type, StringRef function);

  // Functions.cpp.
  const Expr *analyzeFnCall(const ast::CallExpr &call, const Symbol &fn);
  bool checkCall(const ast::CallExpr &call, const Symbol &fn);
  const Expr *analyzeBody(Frame &frame);
  void analyzeUnread(const ast::Expr &argument);
  const Expr *analyzeParameter(size_t parameter, const Reference &reference, Span span);
  const Expr *standAt(const Expr &value, Span span);
  const Expr *analyzeArgument(Frame &frame, size_t parameter, Span span);
  const Expr *readArgument(Frame &frame, size_t parameter, const Reference &reference, Span span);
  const Let *findArgumentLet(Frame &frame, size_t parameter);
  std::optional<Place> findPlaceOfParameter(size_t parameter, const ast::Name &name);
  /// Whether the calls at hand may unfold by so much more.
  bool unfold(unsigned height, unsigned size, Span span);

  // Functionals.cpp.
  const Expr *analyzeFunctional(const ast::CallExpr &call);
  const Expr *analyzeTrace(const ast::CallExpr &call);
  const Expr *analyzeLogDet(const ast::CallExpr &call);
  const Expr *analyzeEigs(const ast::CallExpr &call);
  const Expr *analyzeErrorOf(const ast::CallExpr &call, FunctionalPart part);
  bool analyzeEstimate(Functional &functional, ArrayRef<const ast::Argument *> arguments,
                       bool hasSparse);
  const Expr *analyzeEigenvalue(const Symbol &symbol, const Reference &reference, Span span);
  std::optional<FunctionalMethod> analyzeMethod(const ast::Argument *argument, bool hasSparse);
  bool analyzeEnd(Functional &functional, const ast::Argument &argument);
  /// The Hermitian matrix that an argument names; null after an error.
  const Matrix *resolveMatrix(const ast::CallExpr &call);
  /// Consumes the needs of a matrix, and checks that it is Hermitian.
  bool readMatrix(const Matrix &matrix, StringRef user, Span span);
  const Expr *makeFunctional(Functional functional, Type type);
  const Expr *analyzeGlobal(const ast::Argument *argument, Type type, StringRef purpose);

  // Vectors.cpp.
  struct ScaledMatrix;
  const Expr *analyzeIndex(const ast::IndexExpr &bracket, StringRef name);
  const Expr *nameGlobal(const Expr *value, StringRef name);
  const Expr *analyzeListElement(const Let &let, const Reference &reference, Span span);
  const Expr *analyzeListReduce(const ast::CallExpr &call, ReduceKind kind, const Expr &list);
  /// The eigenvalues that the eigenvectors belong to; null after an error.
  const Functional *findEigenvectors(const Symbol &symbol, Span span);
  const Expr *analyzeEigenvector(const Symbol &symbol, const Reference &reference, Span span);
  /// All of them, for a `save`.
  const Expr *analyzeEigenvectors(const Symbol &symbol, Span span);
  const Expr *makeVector(Vector vector, Span span);
  std::optional<ScaledMatrix> analyzeScaled(const ast::Expr &tree);
  const Expr *analyzeExponential(const ast::CallExpr &call);
  const Expr *analyzeMatrixProduct(const ast::BinaryExpr &expr);
  const Expr *analyzeHolonomy(const ast::CallExpr &call);

  // Solves.cpp.
  /// `iterations(u)`, `residual(u)`.
  const Expr *analyzeOutcome(const ast::CallExpr &call);

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
  /// A symbol of the expression at hand that lives on points; null where there is none.
  const Symbol *findSetDecider();
  /// The network of `degree`, `id` or `nbrs`; null where it is poisoned or not decided.
  const Network *decideNetwork(StringRef what, Span span);

  Analysis &analysis;
  const Context &context;
  const ExprAnalyzer *outer;
  llvm::SmallVector<Reduction, 2> reductions;
  llvm::SmallVector<SetScope, 2> setScopes;

  bool isSpectral = false; ///< In the argument of a `trace`: a matrix is its eigenvalue.
};

/// Whether the entries of a matrix are those of its conjugate transpose, whatever the values of
/// fields: as far as the rules of arithmetic show it. (Hermitian.cpp)
bool isHermitian(const Matrix &matrix);

/// A set named in the source, as in `on G.nodes`: none where it is wrong or poisoned.
std::optional<Domain> resolveSet(Analysis &analysis, const ast::QualifiedName &set);

/// Whether `min` or `max` compares its arguments, rather than the points of a set.
bool isPointwise(const ast::CallExpr &call);

/// Analyzes `tree` in its context.
const Expr *analyzeExpr(Analysis &analysis, const ast::Expr &tree, const Context &context);

/// `expr` as one `type` for the whole model, or null after an error that says what it is for,
/// as in "the time step". Null for null.
const Expr *requireGlobal(Analysis &analysis, const Expr *expr, Type type, StringRef purpose);
/// Likewise on the points of `domain`, or one value for all of them.
const Expr *requireOn(Analysis &analysis, const Expr *expr, Domain domain, StringRef purpose);
const Expr *requireType(Analysis &analysis, const Expr *expr, Type type, StringRef purpose);

/// Reports constant arguments of a draw that it cannot take, and requires of the run those that
/// follow from parameters.
void checkDrawRanges(Analysis &analysis, const DistributionInfo &distribution,
                     llvm::ArrayRef<const Expr *> operands);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_EXPRESSIONS_H
