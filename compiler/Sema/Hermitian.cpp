//===- Hermitian.cpp - whether a matrix is its own conjugate transpose ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An entry is an expression of this node, a neighbour and the edge between them. It is written out
// twice, as it stands and as the other node's conjugate, in a form in which the order of sums and
// products does not matter: where both are the same text, the matrix is Hermitian. What is not
// understood is written differently each time, so a doubt is a no.

#include "compiler/Sema/Expressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

namespace irh::sema {
namespace {

/// How an expression is written out.
struct View {
  bool isSwapped = false;   ///< Here and the neighbour change places.
  bool isConjugate = false; ///< Of a complex value, its conjugate.
  bool isOfEdge = false;    ///< The value of an edge, as `dst` sees it.

  View conjugate() const { return {isSwapped, !isConjugate, isOfEdge}; }
  View plain() const { return {isSwapped, false, isOfEdge}; }
};

class Writer {
public:
  std::string write(const Expr &expr, View view) {
    return std::visit([&](const auto &node) { return writeNode(node, expr, view); }, expr.node);
  }

private:
  static std::string idOf(const void *thing) {
    return "#" + llvm::utohexstr(reinterpret_cast<uintptr_t>(thing));
  }
  std::string doubt() { return "?" + std::to_string(++numDoubts); }
  static std::string conjugated(std::string text, const Expr &expr, View view) {
    return expr.type == Type::Complex && view.isConjugate ? "conj(" + text + ")" : text;
  }
  static std::string negated(const std::string &text) {
    return llvm::StringRef(text).starts_with("-(") ? text.substr(2, text.size() - 3)
                                                   : "-(" + text + ")";
  }
  /// The place that a node's value is read at, as the view has it.
  static StringRef placeIn(Place place, View view) {
    switch (place) {
    case Place::Here:
      return view.isSwapped ? "@there" : "@here";
    case Place::Neighbour:
      return view.isSwapped ? "@here" : "@there";
    case Place::Src:
      return "@src"; // The same edge, whichever end asks.
    case Place::Dst:
      return "@dst";
    }
    llvm_unreachable("all places are listed");
  }
  std::string call(StringRef name, const Expr &expr, View view) {
    std::string text = name.str() + "(";
    for (const Expr *operand : expr.operands)
      text += write(*operand, view) + ",";
    return text + ")";
  }

  std::string writeNode(const Constant &node, const Expr &expr, View view) {
    double imaginary = expr.type != Type::Complex ? 0
                       : view.isConjugate         ? -node.imaginary
                                                  : node.imaginary;
    double real = expr.type == Type::Int || expr.type == Type::Bool
                      ? static_cast<double>(node.integer)
                      : node.real;
    bool isNegative = real < 0 || (real == 0 && imaginary < 0);
    double sign = isNegative ? -1 : 1;
    auto plain = [&](double part) { return sign * part + 0.0; }; // no -0
    std::string text;
    llvm::raw_string_ostream(text) << "(" << llvm::format("%.17g", plain(real)) << ","
                                   << llvm::format("%.17g", plain(imaginary)) << ")";
    return isNegative ? negated(text) : text;
  }
  std::string writeNode(const ParamValue &node, const Expr &, View) { return idOf(node.param); }
  std::string writeNode(const FieldValue &node, const Expr &expr, View view) {
    const Field &field = *node.field;
    std::string name = idOf(&field);
    if (field.domain.isGlobal())
      return conjugated(name, expr, view);
    if (field.domain.kind == SetKind::Nodes)
      return conjugated(name + placeIn(node.place, view).str(), expr, view);
    // What the other end sees.
    bool isTurned = view.isSwapped;
    if (field.symmetry == Symmetry::Hermitian)
      return isTurned != view.isConjugate ? "conj(" + name + ")" : name;
    std::string text = conjugated(name, expr, view);
    return isTurned && field.symmetry == Symmetry::Antisymmetric ? negated(text) : text;
  }
  std::string writeNode(const LetValue &node, const Expr &expr, View view) {
    const Let &let = *node.let;
    if (let.domain.isGlobal())
      return conjugated(idOf(&let), expr, view);
    // What is "here" in the definition is where it is read.
    View there = view;
    there.isSwapped ^= let.domain.kind == SetKind::Nodes && node.place == Place::Neighbour;
    return write(*let.value, there);
  }
  std::string writeNode(const Convert &, const Expr &expr, View view) {
    return write(*expr.operands[0], view);
  }
  std::string writeNode(const Unary &node, const Expr &expr, View view) {
    std::string text = write(*expr.operands[0], view);
    return node.op == UnaryOp::Negate ? negated(text) : "not(" + text + ")";
  }
  /// The terms of a sum, or the factors of a product.
  void collect(BinaryOp op, const Expr &expr, View view, std::vector<std::string> &parts) {
    auto *binary = std::get_if<Binary>(&expr.node);
    if (binary && binary->op == op)
      for (const Expr *operand : expr.operands)
        collect(op, *operand, view, parts);
    else if (std::holds_alternative<Convert>(expr.node))
      collect(op, *expr.operands[0], view, parts);
    else
      parts.push_back(write(expr, view));
  }
  std::string writeNode(const Binary &node, const Expr &expr, View view) {
    bool isProduct = node.op == BinaryOp::Multiply;
    if (!isProduct && node.op != BinaryOp::Add)
      return call("op" + std::to_string(static_cast<int>(node.op)), expr, view);
    std::vector<std::string> parts;
    collect(node.op, expr, view, parts);
    bool isNegative = false;
    if (isProduct)
      for (std::string &part : parts)
        if (llvm::StringRef(part).starts_with("-(")) {
          part = negated(part);
          isNegative = !isNegative;
        }
    llvm::sort(parts);
    std::string text = (isProduct ? "*(" : "+(") + llvm::join(parts, ",") + ")";
    return isNegative ? negated(text) : text;
  }
  std::string writeNode(const Call &node, const Expr &expr, View view) {
    std::string name = "f" + std::to_string(static_cast<int>(node.function));
    const Expr &first = *expr.operands[0];
    switch (node.function) {
    case Function::Conj:
      return write(first, view.conjugate());
    case Function::Abs: // Of a value, its conjugate and its negative it is the same.
    case Function::RealPart: {
      std::string one = write(first, view.plain()), other = write(first, view.plain().conjugate());
      if (node.function == Function::Abs)
        for (std::string *text : {&one, &other})
          if (llvm::StringRef(*text).starts_with("-("))
            *text = negated(*text);
      return name + "(" + std::min(one, other) + ")";
    }
    case Function::ImagPart:
    case Function::Arg:
      return call(name, expr, view.plain());
    case Function::Cos:
    case Function::Cosh: {
      std::string text = write(first, view);
      return name + "(" + (llvm::StringRef(text).starts_with("-(") ? negated(text) : text) + ")";
    }
    case Function::Sin:
    case Function::Sinh:
    case Function::Tan:
    case Function::Tanh: {
      std::string text = write(first, view);
      return llvm::StringRef(text).starts_with("-(") ? negated(name + "(" + negated(text) + ")")
                                                     : name + "(" + text + ")";
    }
    case Function::Polar: {
      std::string angle = write(*expr.operands[1], view.plain());
      return name + "(" + write(first, view.plain()) + "," +
             (view.isConjugate ? negated(angle) : angle) + ")";
    }
    case Function::Min:
    case Function::Max:
    case Function::Hypot: {
      std::vector<std::string> parts;
      for (const Expr *operand : expr.operands)
        parts.push_back(write(*operand, view));
      llvm::sort(parts);
      return name + "(" + llvm::join(parts, ",") + ")";
    }
    default:
      return call(name, expr, view);
    }
  }
  std::string writeNode(const Select &, const Expr &expr, View view) {
    return call("if", expr, view);
  }
  std::string writeNode(const NeighbourReduce &, const Expr &expr, View view) {
    return conjugated(idOf(&expr) + placeIn(Place::Here, view).str(), expr, view);
  }
  std::string writeNode(const GlobalReduce &, const Expr &expr, View view) {
    return conjugated(idOf(&expr), expr, view);
  }
  std::string writeNode(const SetCount &node, const Expr &, View) {
    return idOf(node.over.network) + std::to_string(static_cast<int>(node.over.kind));
  }
  std::string writeNode(const Degree &node, const Expr &, View view) {
    return "degree" + placeIn(node.place, view).str();
  }
  std::string writeNode(const Id &node, const Expr &, View view) {
    return "id" + placeIn(node.place, view).str();
  }
  std::string writeNode(const Position &node, const Expr &, View view) {
    return "position" + std::to_string(node.axis) + placeIn(node.place, view).str();
  }
  std::string writeNode(const Time &, const Expr &, View) { return "time"; }
  std::string writeNode(const StepNumber &, const Expr &, View) { return "step"; }
  std::string writeNode(const Column &, const Expr &, View) { return doubt(); }
  std::string writeNode(const Draw &, const Expr &, View) { return doubt(); }
  std::string writeNode(const Noise &, const Expr &, View) { return doubt(); }
  std::string writeNode(const Eigenvalue &, const Expr &, View) { return doubt(); }
  std::string writeNode(const FunctionalValue &node, const Expr &, View) {
    return idOf(node.functional) + std::to_string(static_cast<int>(node.part));
  }
  std::string writeNode(const ListElement &, const Expr &expr, View view) {
    return call("element", expr, view);
  }
  std::string writeNode(const ListReduce &node, const Expr &expr, View view) {
    return call("list" + std::to_string(static_cast<int>(node.kind)), expr, view);
  }
  std::string writeNode(const VectorValue &node, const Expr &expr, View view) {
    return conjugated(idOf(node.vector) + placeIn(node.place, view).str(), expr, view);
  }
  std::string writeNode(const Holonomy &, const Expr &, View) { return doubt(); }
  std::string writeNode(const Eigenvectors &, const Expr &, View) { return doubt(); }

  unsigned numDoubts = 0;
};

} // namespace

bool isHermitian(const Matrix &matrix) {
  Writer writer;
  auto isSame = [&](const Expr *value, View view) {
    return !value || writer.write(*value, {}) == writer.write(*value, view);
  };
  bool isRealDiagonal = !matrix.diagonal || matrix.diagonal->type == Type::Real ||
                        isSame(matrix.diagonal, {.isConjugate = true});
  return isRealDiagonal && isSame(matrix.entry, {.isSwapped = true, .isConjugate = true});
}

} // namespace irh::sema
