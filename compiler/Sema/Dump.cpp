//===- Dump.cpp - the model as text ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Builtins.h"
#include "compiler/Sema/Generators.h"
#include "compiler/Sema/Sema.h"
#include "compiler/Sema/Types.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"

using llvm::raw_ostream;

namespace irh::sema {

static void dumpReal(raw_ostream &os, double value) { os << llvm::format("%.17g", value); }

static void dumpConstant(raw_ostream &os, const Constant &value, Type type) {
  switch (type) {
  case Type::Bool:
    os << (value.integer ? "true" : "false");
    return;
  case Type::Int:
    os << value.integer;
    return;
  case Type::Real:
    dumpReal(os, value.real);
    os << "r";
    return;
  case Type::Complex:
    os << "(";
    dumpReal(os, value.real);
    os << ", ";
    dumpReal(os, value.imaginary);
    os << ")";
    return;
  case Type::List:
    llvm_unreachable("no list is written in a model");
  case Type::String:
    os << '"';
    os.write_escaped(value.text) << '"';
  }
}

static StringRef spelling(ReduceKind kind) {
  static constexpr StringRef kNames[] = {"sum", "mean", "min",  "max",      "prod", "count",
                                         "any", "all",  "norm", "norm_inf", "std"};
  return kNames[static_cast<int>(kind)];
}

static StringRef spelling(BinaryOp op) {
  static constexpr StringRef kNames[] = {
      "+", "-", "*", "/", "^", "==", "!=", "<", "<=", ">", ">=", "and", "or"};
  return kNames[static_cast<int>(op)];
}

static StringRef spelling(Place place) {
  static constexpr StringRef kNames[] = {"", "[j]", "[src]", "[dst]"};
  return kNames[static_cast<int>(place)];
}

static StringRef spelling(Function function) {
  static constexpr std::pair<Function, StringRef> kNames[] = {
#define IRH_FUNCTION(Spelling, Name, Sig, NumOperands) {Function::Name, Spelling},
#include "compiler/Sema/Builtins.def"
  };
  return llvm::find_if(kNames, [&](auto &entry) { return entry.first == function; })->second;
}

static StringRef spelling(Distribution distribution) {
  static constexpr std::pair<Distribution, StringRef> kNames[] = {
#define IRH_DISTRIBUTION(Spelling, Name, Result, NumOperands) {Distribution::Name, Spelling},
#include "compiler/Sema/Builtins.def"
  };
  return llvm::find_if(kNames, [&](auto &entry) { return entry.first == distribution; })->second;
}

static std::string setName(const Domain &domain) {
  if (domain.isGlobal())
    return "";
  return domain.network->name + "." + spelling(domain.kind).str();
}

static void dumpFunctional(raw_ostream &os, const Functional &functional);
static void dumpVector(raw_ostream &os, const Vector &vector);

namespace {

/// Writes the node of an expression, then its operands between parentheses.
struct ExprDumper {
  raw_ostream &os;
  const Expr &expr;

  void operator()(const Constant &node) { dumpConstant(os, node, expr.type); }
  void operator()(const ParamValue &node) { os << node.param->name; }
  void operator()(const FieldValue &node) { os << node.field->name << spelling(node.place); }
  void operator()(const LetValue &node) { os << node.let->name << spelling(node.place); }
  void operator()(const Convert &) { call(spelling(expr.type)); }
  void operator()(const Unary &node) { call(node.op == UnaryOp::Negate ? "-" : "not "); }
  void operator()(const Binary &node) {
    os << "(";
    dump(os, *expr.operands[0]);
    os << " " << spelling(node.op) << " ";
    dump(os, *expr.operands[1]);
    os << ")";
  }
  void operator()(const Call &node) { call(spelling(node.function)); }
  void operator()(const Select &) { call("if"); }
  void operator()(const NeighbourReduce &node) {
    os << spelling(node.kind) << "(j in " << node.network->name
       << (node.direction == Direction::Targets ? ".targets) " : ") ");
    call("");
  }
  void operator()(const GlobalReduce &node) {
    os << spelling(node.kind) << "(";
    dump(os, *expr.operands[0]);
    os << " on " << setName(node.over) << ")";
  }
  void operator()(const SetCount &node) { os << "count(" << setName(node.over) << ")"; }
  void operator()(const Degree &node) {
    os << node.network->name << ".degree" << spelling(node.place);
  }
  void operator()(const Id &node) { os << node.network->name << ".id" << spelling(node.place); }
  void operator()(const Position &node) {
    os << node.network->name << ".position" << spelling(node.place) << "[" << node.axis << "]";
  }
  void operator()(const Time &) { os << "time"; }
  void operator()(const StepNumber &) { os << "step"; }
  void operator()(const Column &node) { os << "column(\"" << node.name << "\")"; }
  void operator()(const Draw &node) {
    call((spelling(node.distribution) + "<" + node.stream + ">").str());
  }
  void operator()(const Noise &node) { os << "noise<" << node.stream << ">"; }
  void operator()(const Eigenvalue &) { os << "eigenvalue"; }
  void operator()(const FunctionalValue &node) {
    if (node.part == FunctionalPart::Error)
      os << "error_of ";
    if (node.part == FunctionalPart::Bias)
      os << "bias_of ";
    dumpFunctional(os, *node.functional);
  }
  void operator()(const ListElement &) {
    dump(os, *expr.operands[0]);
    os << "[";
    dump(os, *expr.operands[1]);
    os << "]";
  }
  void operator()(const ListReduce &node) { call((spelling(node.kind) + "_of").str()); }
  void operator()(const VectorValue &node) {
    dumpVector(os, *node.vector);
    os << spelling(node.place);
  }
  void operator()(const Holonomy &) { call("holonomy"); }
  void operator()(const Eigenvectors &node) {
    os << "eigenvectors of ";
    dumpFunctional(os, *node.functional);
  }

  void call(StringRef callee) {
    os << callee << "(";
    llvm::interleaveComma(expr.operands, os, [&](const Expr *operand) { dump(os, *operand); });
    os << ")";
  }
};

} // namespace

void dump(raw_ostream &os, const Expr &expr) { std::visit(ExprDumper{os, expr}, expr.node); }

// Declarations.

static void dumpOptional(raw_ostream &os, StringRef label, const Expr *expr) {
  if (!expr)
    return;
  os << " " << label << "=";
  dump(os, *expr);
}

static void dumpBound(raw_ostream &os, StringRef strict, StringRef weak,
                      const std::optional<Bound> &bound) {
  if (!bound)
    return;
  os << " " << (bound->strict ? strict : weak);
  dumpReal(os, bound->value);
}

static void dumpParam(raw_ostream &os, const Param &param) {
  os << "  param " << param.name << " : " << spelling(param.type) << " = ";
  dumpConstant(os, param.defaultValue, param.type);
  dumpBound(os, ">", ">=", param.lower);
  dumpBound(os, "<", "<=", param.upper);
  os << "\n";
}

static void dumpNetwork(raw_ostream &os, const Network &network) {
  static constexpr StringRef kDuplicates[] = {"", " duplicates=sum", " duplicates=first"};
  static constexpr StringRef kLoops[] = {"", " loops=keep", " loops=drop"};
  const Generator &generator = generatorOf(network.kind);
  os << "  network " << network.name << " = " << generator.name;
  dumpOptional(os, "edges_file", network.edgesFile);
  for (const Expr *extent : network.shape)
    dumpOptional(os, "extent", extent);
  for (const GeneratorArgument &argument : generator.arguments)
    if (argument.form == ArgumentForm::Value)
      dumpOptional(os, argument.name, network.*argument.member);
  os << kDuplicates[static_cast<int>(network.duplicates)] << kLoops[static_cast<int>(network.loops)]
     << "\n";
}

static void dumpFunctional(raw_ostream &os, const Functional &functional) {
  static constexpr StringRef kKinds[] = {"trace", "logdet", "eigenvalues"};
  static constexpr StringRef kEnds[] = {"smallest", "largest", "magnitude", "nearest"};
  os << kKinds[static_cast<int>(functional.kind)] << "<" << functional.matrix->name << ">(";
  if (functional.function)
    dump(os, *functional.function);
  dumpOptional(os, "zero", functional.zero);
  dumpOptional(os, "count", functional.count);
  if (functional.count)
    os << " " << kEnds[static_cast<int>(functional.end)];
  dumpOptional(os, "at", functional.nearest);
  dumpOptional(os, "tolerance", functional.tolerance);
  static constexpr StringRef kMethods[] = {"", " by dense", " by quadrature", " by sparse"};
  os << kMethods[static_cast<int>(functional.method)] << ")";
}

static void dumpVector(raw_ostream &os, const Vector &vector) {
  if (vector.kind == VectorKind::Eigenvector) {
    os << "eigenvector ";
    dump(os, *vector.index);
    os << " of ";
    return dumpFunctional(os, *vector.functional);
  }
  os << "expm(" << vector.matrix->name;
  dumpOptional(os, "times", vector.factor);
  dumpOptional(os, "on", vector.start);
  os << ")";
}

static void dumpMatrix(raw_ostream &os, const Matrix &matrix) {
  os << "  matrix " << matrix.name << " on " << matrix.network->name << " : "
     << spelling(matrix.type) << (matrix.isHermitian ? " hermitian" : "");
  dumpOptional(os, "diagonal", matrix.diagonal);
  dumpOptional(os, "entry", matrix.entry);
  os << "\n";
}

static void dumpNamed(raw_ostream &os, StringRef keyword, StringRef name, const Domain &domain,
                      const Expr &value, Symmetry symmetry = Symmetry::Symmetric) {
  static constexpr StringRef kSymmetries[] = {"", " hermitian", " antisymmetric"};
  os << "  " << keyword << " " << name << " on " << (domain.isGlobal() ? "." : setName(domain))
     << " : " << spelling(value.type) << kSymmetries[static_cast<int>(symmetry)] << " = ";
  dump(os, value);
  os << "\n";
}

// Statements.

static void dumpCadence(raw_ostream &os, const Cadence &cadence) {
  dumpOptional(os, "every", cadence.everySteps);
  dumpOptional(os, "every_time", cadence.everyTime);
  dumpOptional(os, "every_seconds", cadence.everySeconds);
  dumpOptional(os, "when", cadence.condition);
}

static void dumpMessage(raw_ostream &os, StringRef message) {
  os << ", \"";
  os.write_escaped(message) << '"';
}

static void dumpAction(raw_ostream &os, const Observe &observe) {
  os << "observe";
  for (const RowColumn &column : observe.columns)
    dumpOptional(os, column.name, column.value);
}

static void dumpAction(raw_ostream &os, const Check &check) {
  os << "check ";
  dump(os, *check.condition);
  dumpMessage(os, check.message);
}

static void dumpAction(raw_ostream &os, const Assignment &assignment) {
  os << assignment.field->name << " = ";
  dump(os, *assignment.value);
}

static void dumpAction(raw_ostream &os, const Save &save) {
  os << "save";
  for (const SavedColumn &column : save.columns)
    dumpOptional(os, column.name, column.value);
  os << " -> " << (save.format == SaveFormat::Csv ? "csv" : "hdf5") << " \"";
  os.write_escaped(save.file) << '"';
}

static void dumpAction(raw_ostream &os, const Solve &solve) {
  static constexpr StringRef kMethods[] = {"cg", "minres", "gmres", "direct"};
  os << "solve " << solve.unknown->name << " by " << kMethods[static_cast<int>(solve.method)]
     << " matrix=" << solve.matrix->name;
  dumpOptional(os, "right", solve.right);
  dumpOptional(os, "tolerance", solve.tolerance);
  dumpOptional(os, "restart", solve.restart);
}

/// One line for an event of one action, else a line for its cadence and one for each action.
static void dumpEvent(raw_ostream &os, const Event &event) {
  auto dumpOne = [&](const Action &action) {
    std::visit([&](const auto &one) { dumpAction(os, one); }, action);
  };
  os << "    ";
  if (event.actions.size() == 1) {
    dumpOne(event.actions[0]);
    dumpCadence(os, event.cadence);
    os << "\n";
    return;
  }
  os << "event";
  dumpCadence(os, event.cadence);
  os << "\n";
  for (const Action &action : event.actions) {
    os << "      ";
    dumpOne(action);
    os << "\n";
  }
}

static StringRef spelling(Method method) {
  static constexpr StringRef kNames[] = {"euler",    "midpoint", "rk4",           "ssprk3",
                                         "leapfrog", "dopri5",   "euler_maruyama"};
  return kNames[static_cast<int>(method)];
}

static void dumpEvolve(raw_ostream &os, const Evolve &evolve) {
  os << "  evolve " << evolve.timeName << " by " << spelling(evolve.method);
  dumpOptional(os, "from", evolve.from);
  dumpOptional(os, "to", evolve.to);
  dumpOptional(os, "steps", evolve.steps);
  dumpOptional(os, "step", evolve.step);
  dumpOptional(os, "tolerance", evolve.tolerance);
  os << "\n";
  for (const Rate &rate : evolve.rates) {
    os << "    d/dt " << rate.field->name << " = ";
    dump(os, *rate.value);
    os << "\n";
  }
  for (const Assignment &assignment : evolve.afterStep) {
    os << "    after step ";
    dumpAction(os, assignment);
    os << "\n";
  }
  for (const Event &event : evolve.events)
    dumpEvent(os, event);
  for (const Checkpoint &checkpoint : evolve.checkpoints) {
    os << "    checkpoint";
    dumpCadence(os, checkpoint.cadence);
    os << "\n";
  }
}

static void dumpStatement(raw_ostream &os, const Statement &statement) {
  if (auto *evolve = std::get_if<Evolve>(&statement))
    return dumpEvolve(os, *evolve);
  os << "  ";
  std::visit(
      [&](const auto &action) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(action)>, Evolve>)
          dumpAction(os, action);
      },
      statement);
  os << "\n";
}

static void dumpRequire(raw_ostream &os, const Require &require) {
  os << "  require ";
  dump(os, *require.condition);
  dumpMessage(os, require.message);
  os << (require.readsState ? " of the state\n" : "\n");
}

void dump(raw_ostream &os, const Model &model) {
  os << "model " << model.name << "\n";
  for (const Param &param : model.params)
    dumpParam(os, param);
  for (const Network &network : model.networks)
    dumpNetwork(os, network);
  for (const Field &field : model.fields)
    dumpNamed(os, "field", field.name, field.domain, *field.initial, field.symmetry);
  for (const Let &let : model.lets)
    dumpNamed(os, "let", let.name, let.domain, *let.value);
  for (const Matrix &matrix : model.matrices)
    dumpMatrix(os, matrix);
  for (const Require &require : model.requirements)
    dumpRequire(os, require);
  for (const Statement &statement : model.statements)
    dumpStatement(os, statement);
}

} // namespace irh::sema
