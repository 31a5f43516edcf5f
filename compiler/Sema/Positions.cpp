//===- Positions.cpp - coordinates of nodes ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Fold.h"

#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/StringSwitch.h"

using llvm::dyn_cast;

namespace irh::sema {

bool ExprAnalyzer::isPosition(const ast::Expr &expr) const {
  auto *name = dyn_cast<ast::NameExpr>(&expr);
  bool isParameter = analysis.frame && analysis.frame->findParameter("position");
  return name && name->name.text == "position" && !isParameter && !analysis.find("position");
}

/// `position[j][0]`, whose two brackets make it no reference.
const ast::IndexExpr *ExprAnalyzer::findPositionElsewhere(const ast::IndexExpr &expr) const {
  auto *inner = dyn_cast<ast::IndexExpr>(expr.base);
  return inner && isPosition(*inner->base) ? inner : nullptr;
}

/// A number from 0, or the name of an axis; none for anything else.
static std::optional<std::int64_t> findAxis(const ast::IndexExpr &bracket) {
  if (bracket.entries.size() != 1)
    return std::nullopt;
  const ast::Expr *axis = bracket.entries[0].value;
  if (auto *number = dyn_cast<ast::IntLiteralExpr>(axis))
    return number->value;
  auto *name = dyn_cast<ast::NameExpr>(axis);
  return llvm::StringSwitch<std::optional<std::int64_t>>(name ? name->name.text : "")
      .Case("x", 0)
      .Case("y", 1)
      .Case("z", 2)
      .Default(std::nullopt);
}

static bool hasPositions(const Network &network) {
  return network.kind == NetworkKind::Geometric || network.kind == NetworkKind::Lattice;
}

const Expr *ExprAnalyzer::analyzePosition(const Reference &place, const ast::IndexExpr *bracket,
                                          Span span) {
  std::optional<std::int64_t> axis = bracket ? findAxis(*bracket) : std::nullopt;
  if (!axis) {
    error(diag::NotACoordinate, span);
    return nullptr;
  }
  std::optional<NodeRead> read = readNodes(place, span);
  if (!read)
    return nullptr;
  if (hasPositions(*read->network))
    return make(Position{read->network, *axis, read->place}, Type::Real, read->domain, span);
  error(diag::NoPositions, place.name.span, read->network->name)
      .note(read->network->nameSpan, "declared here");
  return nullptr;
}

/// The number of axes, where it is known at compile time.
static std::optional<std::int64_t> findNumAxes(const Network &network) {
  if (network.kind == NetworkKind::Lattice)
    return network.shape.size();
  std::optional<Constant> dim = network.dim ? fold(*network.dim).value : std::nullopt;
  return dim ? std::optional(dim->integer) : std::nullopt;
}

void checkPositions(Analysis &analysis) {
  llvm::SmallSet<uint32_t, 4> reported; // What a function reads is there once for each call.
  for (const Expr &expr : analysis.model.expressions) {
    const auto *position = std::get_if<Position>(&expr.node);
    std::optional<std::int64_t> numAxes = position ? findNumAxes(*position->network) : std::nullopt;
    if (!numAxes || *numAxes < 1 || position->axis < *numAxes ||
        !reported.insert(expr.span.begin).second)
      continue;
    analysis
        .report(diag::AxisTooHigh, expr.span, position->network->name,
                std::to_string(*numAxes) + (*numAxes == 1 ? " axis" : " axes"),
                std::to_string(*numAxes - 1))
        .note(position->network->nameSpan, "declared here");
  }
}

} // namespace irh::sema
