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
struct Let;
struct Network;
struct Param;

enum class Type { Bool, Int, Real, Complex, String };

enum class SetKind { Nodes, Edges };

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
/// operands[0] is the term, seen from the node at hand; the condition for Count, Any, All.
struct NeighbourReduce {
  ReduceKind kind;
  const Network *network;
};
/// operands[0] is the term, evaluated at each point of `over`. Count takes a Bool.
struct GlobalReduce {
  ReduceKind kind;
  Domain over;
};
struct SetCount {
  Domain over;
}; ///< `count(G.nodes)`, an Int.
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
/// A random draw; only in initial values. operands are the distribution's arguments.
/// `stream` names the declaration and the ordinal in it: "theta.0".
struct Draw {
  Distribution distribution;
  std::string stream;
};

struct Expr {
  using Node = std::variant<Constant, ParamValue, FieldValue, LetValue, Convert, Unary, Binary,
                            Call, Select, NeighbourReduce, GlobalReduce, SetCount, Degree, Id, Time,
                            StepNumber, Column, Draw>;
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

enum class NetworkKind { Ring, WattsStrogatz, Read };
enum class Duplicates { Refuse, Sum, First };
enum class Loops { Refuse, Keep, Drop };

struct Network {
  std::string name;
  NetworkKind kind = NetworkKind::Ring;
  const Expr *nodes = nullptr;      ///< Int; generators only.
  const Expr *neighbours = nullptr; ///< Int; WattsStrogatz.
  const Expr *rewire = nullptr;     ///< Real in [0, 1]; WattsStrogatz.
  const Expr *seed = nullptr;       ///< Int, or null: the run's seed.
  const Expr *edgesFile = nullptr;  ///< String; Read.
  const Expr *nodesFile = nullptr;  ///< String or null; Read.
  Duplicates duplicates = Duplicates::Refuse;
  Loops loops = Loops::Refuse;
  source::Span span;
  source::Span nameSpan;
};

struct Field {
  std::string name; ///< `theta'` for the hidden rate of a second-order equation.
  std::string doc = {};
  Domain domain = {};
  Type type = Type::Real;        ///< Not String.
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

// What a model does, in the order written.

enum class Method { Euler, Rk4 };

/// d field / dt = value. A second-order equation gives two: theta gets `theta'`, `theta'` gets
/// the right-hand side.
struct Rate {
  const Field *field;
  const Expr *value;
  source::Span span;
};

/// When a statement inside an evolve is due: at step 0, each `everySteps`-th, and the last.
/// Null: at each step.
struct Cadence {
  const Expr *everySteps = nullptr; ///< Global Int, at least 1.
};

struct RowColumn {
  std::string name;
  const Expr *value; ///< Global; Bool, Int, Real or Complex.
};

struct Observe {
  std::vector<RowColumn> columns = {};
  Cadence cadence = {}; ///< Unused outside an evolve.
  source::Span span;
};

struct Check {
  const Expr *condition; ///< Global Bool.
  std::string message;
  Cadence cadence = {};
  source::Span span;
};

/// `evolve t from a to b by method(step: h)`, or `for n steps` (then `from` is 0 and `to` null).
struct Evolve {
  std::string timeName;
  Method method = Method::Euler;
  const Expr *from = nullptr;  ///< Global Real.
  const Expr *to = nullptr;    ///< Global Real, or null.
  const Expr *steps = nullptr; ///< Global Int, or null.
  const Expr *step = nullptr;  ///< Global Real: the time step.
  std::vector<Rate> rates = {};
  std::vector<std::variant<Observe, Check>> events = {}; ///< In source order.
  source::Span span;
};

using Statement = std::variant<Evolve, Observe, Check>;

struct Model {
  std::string name;
  std::string doc;
  std::deque<Param> params;
  std::deque<Network> networks;
  std::deque<Field> fields; ///< In an order in which each initial value needs only earlier ones.
  std::deque<Let> lets;
  std::vector<Statement> statements;
  const Param *seed = nullptr; ///< The model's `param seed : int`, if it has one.

  std::deque<Expr> expressions; ///< Owns every Expr.
};

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_MODEL_H
