//===- Model.h - the typed model: what a file means ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Everything that comes after semantic analysis reads this and never the syntax
// tree: the lowering to the `irh` dialect, and the oracle in test/oracle. Every
// name is resolved, every conversion is a node, every expression knows its type
// and the set of points it lives on. Nodes live as long as their Model.

#ifndef IRH_COMPILER_SEMA_MODEL_H
#define IRH_COMPILER_SEMA_MODEL_H

#include "compiler/Source/SourceFile.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace irh::sema {

struct Expr;
struct Field;
struct Functional;
struct Let;
struct Matrix;
struct Network;
struct Param;
struct Vector;

/// A List holds reals; how many is known when it is made.
enum class Type { Bool, Int, Real, Complex, String, List };

/// Fields live on nodes and edges; the rest are of undirected networks, and are reduced over.
enum class SetKind {
  Nodes,
  Edges,
  Triangles,
  Cycles,    ///< A basis of all.
  Components ///< To be counted.
};

/// The points a value lives on. No network: one value for the whole model.
struct Domain {
  const Network *network = nullptr;
  SetKind kind = SetKind::Nodes;

  bool isGlobal() const { return network == nullptr; }
  friend bool operator==(const Domain &, const Domain &) = default;
};

/// Which point a field (or a let) is read at.
///   Here       the point of the equation
///   Neighbour  `f[j]`: the far node of the edge here-j; for an edge field, that edge
///   Src, Dst   `f[src]`, `f[dst]`: the ends of the edge of the equation
enum class Place { Here, Neighbour, Src, Dst };

enum class UnaryOp { Negate, Not };
enum class BinaryOp {
  Add,
  Subtract,
  Multiply,
  Divide,
  Power,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  And,
  Or
};

/// Built-in pointwise functions. Operand types are equal after conversion; see Builtins in
/// docs/language.md for what each takes.
enum class Function {
  Abs,
  Sign,
  Sqrt,
  Cbrt,
  Exp,
  Log,
  Log2,
  Log10,
  Sin,
  Cos,
  Tan,
  Asin,
  Acos,
  Atan,
  Atan2,
  Sinh,
  Cosh,
  Tanh,
  Floor,
  Ceil,
  Round,
  Min,
  Max,
  Clamp,
  Wrap,
  Hypot,
  Erf,
  RealPart,
  ImagPart,
  Conj,
  Arg,
  Polar,
  Quotient,
  Mod
};

enum class ReduceKind { Sum, Mean, Min, Max, Prod, Count, Any, All, Norm, NormInf, Std };

enum class Distribution { Uniform, Normal, Lognormal, Exponential, Bernoulli, Choice };

// What an expression is. Operands are in Expr::operands, in source order.

/// A literal, `pi`, or a folded `const`. Bool and Int use `integer`; Real and the real part of
/// a Complex use `real`.
struct Constant {
  std::int64_t integer = 0;
  double real = 0;
  double imaginary = 0;
  std::string text = {}; ///< For String.
};
struct ParamValue {
  const Param *param;
};
/// Value of a field. At Neighbour, the innermost enclosing NeighbourReduce says which edge.
struct FieldValue {
  const Field *field;
  Place place = Place::Here;
};
/// Value of a let, as if its expression stood here (or at `place`).
struct LetValue {
  const Let *let;
  Place place = Place::Here;
};
struct Convert {}; ///< Int to Real, or Int or Real to Complex; one operand.
struct Unary {
  UnaryOp op;
};
struct Binary {
  BinaryOp op;
};
struct Call {
  Function function;
};
struct Select {}; ///< operands: condition, then, else.
/// Which neighbours: those with an edge into here, or those that an edge leads to. On an undirected
/// network they are the same.
enum class Direction { Nbrs, Targets };
/// operands[0] is the term, seen from the node at hand; the condition for Count, Any, All.
struct NeighbourReduce {
  ReduceKind kind;
  const Network *network;
  Direction direction = Direction::Nbrs;
};
/// operands[0] is the term, evaluated at each point of `over`. Count takes a Bool.
struct GlobalReduce {
  ReduceKind kind;
  Domain over;
};
struct SetCount {
  Domain over;
}; ///< `count(G.nodes)`, an Int.
/// Coordinate `axis` (from 0) of the node at `place`, a Real.
struct Position {
  const Network *network;
  std::int64_t axis;
  Place place = Place::Here;
};
/// Number of nbrs of the node at `place`, an Int.
struct Degree {
  const Network *network;
  Place place = Place::Here;
};
/// The node's id in its file, else its row, an Int.
struct Id {
  const Network *network;
  Place place = Place::Here;
};
struct Time {};       ///< The time variable of the evolve at hand, a Real.
struct StepNumber {}; ///< `step`: the step's number from 0, an Int.
/// A column of the file this domain was read from. Only in initial values.
struct Column {
  std::string name;
};
/// A random draw, in the initial value of a field or in an assignment inside an evolve; there it is
/// keyed by the step too. operands are the distribution's arguments. `stream` names the declaration
/// and the ordinal in it: "theta.0".
struct Draw {
  Distribution distribution;
  std::string stream;
};
/// The variable of Functional::function, a Real.
struct Eigenvalue {
  const Matrix *matrix;
};
enum class FunctionalPart {
  Value, ///< A Real; of Eigenvalues a List.
  Error, ///< The error of the value, a Real; not of Eigenvalues.
  Bias   ///< The part of it that more steps would take away.
};
struct FunctionalValue {
  const Functional *functional;
  FunctionalPart part = FunctionalPart::Value;
};
/// operands: a List, and which of its numbers from 0, an Int.
struct ListElement {};
/// Over the numbers of a List, operands[0]: Sum, Mean, Min or Max.
struct ListReduce {
  ReduceKind kind;
};
/// Value of a vector.
struct VectorValue {
  const Vector *vector;
  Place place = Place::Here;
};
/// The product around the triangle or cycle at hand of operands[0], a value of its edges. Real or
/// Complex.
struct Holonomy {};
/// All eigenvectors that belong to a List of eigenvalues, on the nodes. Only as what a `save`
/// writes.
struct Eigenvectors {
  const Functional *functional;
};
/// `noise`: unit white noise, a Real. Only in a rate of an evolve by euler_maruyama: there it is a
/// standard normal draw, keyed by the step, over the root of the time step.
struct Noise {
  std::string stream;
};

struct Expr {
  using Node =
      std::variant<Constant, ParamValue, FieldValue, LetValue, Convert, Unary, Binary, Call, Select,
                   NeighbourReduce, GlobalReduce, SetCount, Degree, Id, Position, Time, StepNumber,
                   Column, Draw, Noise, Eigenvalue, FunctionalValue, ListElement, ListReduce,
                   VectorValue, Holonomy, Eigenvectors>;
  Node node;
  Type type = Type::Real;
  Domain domain; ///< Where its value lives; at Place::Neighbour, still the node at hand.
  source::Span span;
  std::vector<const Expr *> operands;
};

// What a model declares.

/// A bound of a parameter's range; `strict` for `>` and `<`.
struct Bound {
  double value = 0;
  bool strict = false;
};

struct Param {
  std::string name;
  std::string doc = {}; ///< Text of the `///` lines, joined by newlines.
  Type type = Type::Real;
  Constant defaultValue = {}; ///< Read by `type`.
  std::optional<Bound> lower = {}, upper = {};
  source::Span span = {}; ///< Of the declaration.
  source::Span nameSpan = {};
};

enum class NetworkKind {
  Ring,
  WattsStrogatz,
  Read,
  Geometric,
  ErdosRenyi,
  BarabasiAlbert,
  Lattice,
  Complete,
  Star
};
enum class Duplicates { Refuse, Sum, First };
enum class Loops { Refuse, Keep, Drop };

/// Of the arguments those are set that the kind takes and the model gives.
struct Network {
  std::string name;
  NetworkKind kind = NetworkKind::Ring;
  const Expr *nodes = nullptr;          ///< Int; generators other than Lattice.
  const Expr *neighbours = nullptr;     ///< Int; WattsStrogatz.
  const Expr *rewire = nullptr;         ///< Real in [0, 1]; WattsStrogatz.
  const Expr *dim = nullptr;            ///< Int; Geometric.
  const Expr *radius = nullptr;         ///< Real; Geometric: this or `degree`.
  const Expr *degree = nullptr;         ///< Real, the mean degree aimed at; Geometric.
  const Expr *torus = nullptr;          ///< Bool, or null: false; Geometric.
  const Expr *probability = nullptr;    ///< Real in [0, 1]; ErdosRenyi.
  const Expr *attach = nullptr;         ///< Int; BarabasiAlbert.
  std::vector<const Expr *> shape = {}; ///< Ints, at least one; Lattice.
  const Expr *periodic = nullptr;       ///< Bool, or null: false; Lattice.
  const Expr *directed =
      nullptr; ///< Bool, or null: not said. Ring, Read, ErdosRenyi, BarabasiAlbert, Complete.
  const Expr *seed = nullptr;      ///< Int, or null: the run's seed.
  const Expr *edgesFile = nullptr; ///< String; Read.
  const Expr *nodesFile = nullptr; ///< String or null; Read.
  Duplicates duplicates = Duplicates::Refuse;
  Loops loops = Loops::Refuse;
  source::Span span;
  source::Span nameSpan;
};

/// What the end of an edge other than `dst` sees of a value: itself, its conjugate, its negative.
enum class Symmetry { Symmetric, Hermitian, Antisymmetric };

/// Stored values on a set of points; without a set (a `state`), one value for the whole model.
struct Field {
  std::string name; ///< `theta'` for the hidden rate of a second-order equation.
  std::string doc = {};
  Domain domain = {};
  Type type = Type::Real; ///< Not String. Hermitian: Complex. Antisymmetric: a number.
  Symmetry symmetry = Symmetry::Symmetric; ///< Of an edge field.
  const Expr *initial = nullptr; ///< Never null: a rate that is not initialised starts at 0.
  source::Span span;
  source::Span nameSpan;
};

/// A pure definition. The rate of a first-order equation is one too, named `theta'`.
struct Let {
  std::string name;
  Domain domain;
  Type type = Type::Real;
  const Expr *value = nullptr;
  source::Span span;
};

/// A square matrix over the nodes of a network, with entries on the diagonal and at the edges
/// alone.
struct Matrix {
  std::string name = {};
  const Network *network = nullptr;
  Type type = Type::Real;         ///< Of the entries: Real or Complex.
  const Expr *diagonal = nullptr; ///< On the nodes; null: zeros.
  /// Entry (here, j), as the term of a reduction over nbrs; null: zeros.
  const Expr *entry = nullptr;
  bool isHermitian = false; ///< On an undirected network.
  bool isHidden = false;    ///< The value of an expression: its name is made up.
  source::Span span;
};

enum class FunctionalKind {
  Trace,      ///< The sum of `function` over the eigenvalues.
  LogDet,     ///< The sum of ln |lambda| over the eigenvalues with |lambda| > `zero`.
  Eigenvalues ///< `count` of them, or all; sorted outward from the end asked for.
};
enum class FunctionalMethod { Automatic, Dense, Quadrature, Sparse }; ///< Sparse: of LogDet.
enum class SpectrumEnd { Smallest, Largest, Magnitude, Nearest };

/// One number, or a few, of the whole of a Hermitian matrix.
struct Functional {
  FunctionalKind kind = FunctionalKind::Trace;
  const Matrix *matrix = nullptr;
  const Expr *function = nullptr; ///< Trace: Global Real, of Eigenvalue.
  const Expr *zero = nullptr;     ///< LogDet: Global Real, or null: no eigenvalue may be 0.
  const Expr *count = nullptr;    ///< Eigenvalues: Global Int, or null: all, ascending.
  SpectrumEnd end = SpectrumEnd::Smallest;               ///< Eigenvalues.
  const Expr *nearest = nullptr;                         ///< Eigenvalues, Nearest: Global Real.
  const Expr *tolerance = nullptr;                       ///< Global Real, or null: the runtime's.
  const Expr *probes = nullptr;                          ///< Trace, LogDet: Global Int, or null.
  const Expr *steps = nullptr;                           ///< Likewise.
  FunctionalMethod method = FunctionalMethod::Automatic; ///< Trace, LogDet.
  source::Span span;
};

enum class VectorKind {
  Eigenvector, ///< Number `index` of those that belong to `functional`, of length 1.
  Exponential  ///< exp(factor matrix) start.
};

/// Values on the nodes of a network that a matrix gives.
struct Vector {
  VectorKind kind = VectorKind::Eigenvector;
  const Matrix *matrix = nullptr;
  Type type = Type::Real;                 ///< Real or Complex.
  const Functional *functional = nullptr; ///< Eigenvector.
  const Expr *index = nullptr;            ///< Eigenvector: Global Int, from 0.
  const Expr *factor = nullptr;           ///< Exponential: Global, of `type`.
  const Expr *start = nullptr;            ///< Exponential: on the nodes, of `type`.
  source::Span span = {};
};

// What a model does, in the order written.

enum class Method { Euler, Midpoint, Rk4, Ssprk3, Leapfrog, Dopri5, EulerMaruyama };

/// d field / dt = value. A second-order equation gives two: theta gets `theta'`, `theta'` gets
/// the right-hand side.
struct Rate {
  const Field *field;
  const Expr *value;
  source::Span span;
};

/// When an event of an evolve is due. `everySteps`: at step 0, each n-th, and the last.
/// `everyTime`: at step 0, at the first step at or past each multiple counted from the first time,
/// and the last. `everySeconds`, of a checkpoint alone: by the clock on the wall. `condition`: at
/// each step at which it holds. Of several that are set, any one suffices; none: at each step.
struct Cadence {
  const Expr *everySteps = nullptr;   ///< Global Int, at least 1.
  const Expr *everyTime = nullptr;    ///< Global Real, above 0.
  const Expr *everySeconds = nullptr; ///< Global Real, above 0.
  const Expr *condition = nullptr;    ///< Global Bool.
};

struct RowColumn {
  std::string name;
  const Expr *value; ///< Global; Bool, Int, Real or Complex.
};

struct Observe {
  std::vector<RowColumn> columns = {};
  source::Span span;
};

struct Check {
  const Expr *condition; ///< Global Bool.
  std::string message;
  source::Span span;
};

/// `field = value`, at each point of the field's set, from the values before.
struct Assignment {
  const Field *field;
  const Expr *value; ///< On the field's domain and of its type.
  source::Span span;
};

enum class SolveMethod { Cg, Minres, Gmres, Direct };

/// `solve unknown : … == … by method`: the unknown becomes the solution of matrix unknown = right.
struct Solve {
  const Field *unknown; ///< On the nodes, Real or Complex; the methods start from it.
  const Matrix *matrix =
      nullptr;                 ///< Hermitian for Cg and Minres; of no wider type than the unknown.
  const Expr *right = nullptr; ///< As the unknown.
  SolveMethod method = SolveMethod::Cg;
  const Expr *tolerance = nullptr;   ///< Global Real, or null: the runtime's. Not of Direct.
  const Expr *restart = nullptr;     ///< Global Int, or null: the runtime's. Gmres.
  const Field *iterations = nullptr; ///< A state, Int.
  const Field *residual = nullptr;   ///< A state, Real.
  source::Span span;
};

struct SavedColumn {
  std::string name;
  const Expr *value; ///< A field or let, on nodes or edges; or Eigenvectors.
};

enum class SaveFormat { Csv, Hdf5 };

/// Writes fields to a file, in the user's order. Of Csv all columns live on one set.
struct Save {
  std::vector<SavedColumn> columns = {};
  std::string file;
  SaveFormat format = SaveFormat::Csv;
  source::Span span;
};

using Action = std::variant<Observe, Check, Assignment, Save, Solve>;

/// A statement inside an evolve, or a block `every … { }`, `when … { }`, `on clock { }`: its
/// actions run in order where its cadence is due.
struct Event {
  Cadence cadence = {};
  std::vector<Action> actions = {};
  source::Span span;
};

/// `checkpoint every …`: everySteps, everyTime or everySeconds.
struct Checkpoint {
  Cadence cadence;
  source::Span span;
};

/// `evolve t from a to b by method(step: h)`, or `for n steps` (then `from` is 0 and `to` null).
struct Evolve {
  std::string timeName;
  Method method = Method::Euler;
  const Expr *from = nullptr;  ///< Global Real.
  const Expr *to = nullptr;    ///< Global Real, or null.
  const Expr *steps = nullptr; ///< Global Int, or null. Not with Dopri5.
  const Expr *step = nullptr;  ///< Global Real: the time step; of Dopri5 the first one, or null.
  const Expr *tolerance = nullptr;        ///< Global Real; Dopri5.
  std::vector<Rate> rates = {};           ///< Leapfrog: of second-order equations only, in pairs.
  std::vector<Assignment> afterStep = {}; ///< At the end of each step, in order.
  std::vector<Event> events = {};         ///< In source order.
  std::vector<Checkpoint> checkpoints = {};
  source::Span span;
};

/// `require condition, "message"`: before the networks are made where it reads parameters alone,
/// else after the initial values.
struct Require {
  const Expr *condition; ///< Global Bool.
  std::string message;
  bool readsState = false; ///< Reads a network or a field.
  bool isImplied = false;  ///< By what a built-in takes; no statement of the model.
  source::Span span;
};

using Statement = std::variant<Evolve, Observe, Check, Assignment, Save, Solve>;

struct Model {
  std::string name;
  std::string doc;
  std::deque<Param> params;
  std::deque<Network> networks;
  std::deque<Field> fields; ///< In an order in which each initial value needs only earlier ones.
  std::deque<Let> lets;
  std::deque<Matrix> matrices;
  std::deque<Functional> functionals;
  std::deque<Vector> vectors;
  std::vector<Require> requirements;
  std::vector<Statement> statements;
  const Param *seed = nullptr; ///< The model's `param seed : int`, if it has one.

  std::deque<Expr> expressions; ///< Owns every Expr.
};

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_MODEL_H
