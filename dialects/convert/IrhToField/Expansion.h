//===- Expansion.h - expressions with names to sweeps over values -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An expression of the `irh` dialect names fields and definitions; what they are depends on the
// state at hand. Expansion copies an expression to where it is needed, reading the fields of a
// given State, and emits whatever has to be known before: reductions over a whole set, stored
// definitions, drawn or read columns.

#ifndef IRH_DIALECTS_CONVERT_IRHTOFIELD_EXPANSION_H
#define IRH_DIALECTS_CONVERT_IRHTOFIELD_EXPANSION_H

#include "dialects/field/IR/FieldDialect.h"
#include "dialects/irh/IR/IrhDialect.h"
#include "dialects/net/IR/NetDialect.h"
#include "dialects/spectral/IR/SpectralDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

namespace irh::convert {

/// What the names stand for at one moment of the run.
struct State {
  /// By field name: the field, or its one value.
  llvm::DenseMap<mlir::StringAttr, mlir::Value> fields;
  mlir::Value time;       ///< f64; null outside an evolve.
  mlir::Value stepNumber; ///< i64; null outside an evolve.
  mlir::Value drawStep;   ///< i64: the step that draws belong to; null outside an evolve.
  mlir::Value timeStep;   ///< f64; null where no step is taken.
  /// Coordinates of nodes, by network and axis; they never change.
  llvm::DenseMap<std::pair<mlir::StringAttr, int64_t>, mlir::Value> positions;
  /// Definitions known at this state: those stored because a neighbour's value is read, and the
  /// values of global ones. They stay right while no field changes.
  llvm::DenseMap<mlir::StringAttr, mlir::Value> storedLets, globalLets;
  llvm::DenseMap<mlir::StringAttr, mlir::Value> matrices;
  /// What gives the value of a functional, and the error of that.
  llvm::DenseMap<mlir::StringAttr, mlir::Operation *> functionals;
  llvm::DenseMap<mlir::StringAttr, mlir::Value> vectors;

  void forgetDefinitions() {
    storedLets.clear();
    globalLets.clear();
    matrices.clear();
    functionals.clear();
    vectors.clear();
  }
};

/// A set of points.
struct Points {
  mlir::FlatSymbolRefAttr network;
  field::SetKind set;

  friend bool operator==(const Points &, const Points &) = default;
};

class Expansion {
public:
  /// Host code and sweeps are emitted at `host`'s insertion point.
  Expansion(mlir::OpBuilder &host, model::ModelOp model, State &state)
      : host(host), model(model), state(state) {}

  /// Values of a region of global expressions, in host code.
  llvm::SmallVector<mlir::Value> expandGlobal(mlir::Region &region);
  /// The field that a region over `points` gives: one that it names, or a new one.
  mlir::Value expandField(Points points, mlir::Region &region);

  /// The matrix of that name.
  mlir::Value expandMatrix(mlir::FlatSymbolRefAttr name);

  /// What one sweep stores and reduces.
  struct Outputs {
    llvm::SmallVector<mlir::Value> stored;
    llvm::SmallVector<mlir::Value> reduced;
    llvm::SmallVector<field::ReductionKind> kinds;
  };
  class Point;
  /// Emits a sweep; `body` expands expressions at its point and says what comes out.
  field::SweepOp emitSweep(Points points, mlir::Location loc,
                           llvm::function_ref<Outputs(Point &)> body);

  /// The point of a sweep under construction: where pointwise expressions are expanded.
  class Point {
  public:
    Point(Expansion &expansion, Points points, mlir::OpBuilder builder)
        : builder(builder), expansion(expansion), points(points) {}

    /// The values that `region` yields, at this point.
    llvm::SmallVector<mlir::Value> expand(mlir::Region &region);
    /// Likewise at an edge, of the term of a reduction over neighbours: as `dst` sees `src`, or
    /// as `src` sees `dst`.
    llvm::SmallVector<mlir::Value> expandEntry(mlir::Region &region, bool isBack);
    /// Likewise of an expression of edges, as `dst` sees it or as `src` does.
    llvm::SmallVector<mlir::Value> expandEdge(mlir::Region &region, bool isBack);
    mlir::Value readHere(mlir::Value field, mlir::Location loc);

    mlir::OpBuilder builder; ///< At the end of the sweep's body.

  private:
    friend class Expansion;
    struct Neighbourhood;

    /// Where an expression's "here" is: this point, an end of its edge, or a neighbour (and then
    /// `around` collects what is read there).
    struct Site {
      model::Place place = model::Place::Here;
      Neighbourhood *around = nullptr;
      /// The expression is that of a node, and this point is an edge: "here" is its `dst`, and the
      /// neighbour its `src`.
      bool isEntry = false;
      /// Then the other way round; and of an expression of edges, as `src` sees it.
      bool isBack = false;
    };

    llvm::SmallVector<mlir::Value> expandBlock(mlir::Block &block, Site site, mlir::OpBuilder &at);
    mlir::Value expandOp(mlir::Operation &op, Site site, mlir::OpBuilder &at,
                         mlir::IRMapping &mapping);
    Site siteOf(model::Place place, Site site, model::SetKind of) const;
    mlir::Value read(mlir::Value field, Site site, mlir::Location loc);
    mlir::Value readField(model::ReadOp op, Site site, mlir::OpBuilder &at);
    mlir::Value drawHere(model::Standard kind, llvm::StringRef stream, mlir::Location loc);
    mlir::Value expandLet(model::LetValueOp op, Site site, mlir::OpBuilder &at);
    mlir::Value expandNeighbours(model::NeighboursOp op);

    Expansion &expansion;
    Points points;
    /// Definitions computed at this point, or at an end of its edge.
    llvm::DenseMap<std::pair<mlir::StringAttr, model::Place>, mlir::Value> lets;
  };

private:
  mlir::OpBuilder builderAt(mlir::Block *block);
  mlir::Value expandGlobalOp(mlir::Operation &op, mlir::IRMapping &mapping);
  mlir::Value reduceOverSet(model::ReduceOp op);
  mlir::Value storeLet(model::LetOp let);
  mlir::Value expandFunctional(model::FunctionalValueOp op);
  mlir::Operation *emitFunctional(model::FunctionalOp op);
  mlir::Operation *functionalOf(mlir::FlatSymbolRefAttr name);
  mlir::Value expandVector(mlir::FlatSymbolRefAttr name);
  bool hasVectors(model::FunctionalOp op);
  mlir::Value emitHolonomy(model::HolonomyOp op, Points cycles);
  std::unique_ptr<mlir::Block> expandFunction(mlir::Region &region);
  model::LetOp findLet(mlir::FlatSymbolRefAttr name);
  /// A name-free value (param, count, time, ...) in host code; null for any other operation.
  mlir::Value expandNamed(mlir::Operation &op);
  bool looksElsewhere(model::LetOp let);

  mlir::OpBuilder &host;
  model::ModelOp model;
  State &state;
  llvm::DenseMap<mlir::Operation *, bool> elsewhere; ///< Answers of looksElsewhere.
};

/// `field` set of an `irh` set kind.
field::SetKind fieldSet(model::SetKind set);

} // namespace irh::convert

#endif // IRH_DIALECTS_CONVERT_IRHTOFIELD_EXPANSION_H
