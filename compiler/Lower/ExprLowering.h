//===- ExprLowering.h - one expression to one region --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_LOWER_EXPRLOWERING_H
#define IRH_COMPILER_LOWER_EXPRLOWERING_H

#include "compiler/Sema/Model.h"
#include "compiler/Source/SourceFile.h"
#include "dialects/irh/IR/IrhDialect.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace irh::lower {

/// `irh` dialect type of a model type.
mlir::Type lowerType(mlir::MLIRContext *context, sema::Type type);

/// Set and network of a domain, as `irh` operations name them.
model::SetKind setKindOf(const sema::Domain &domain);
mlir::FlatSymbolRefAttr networkOf(mlir::MLIRContext *context, const sema::Domain &domain);

/// Emits an expression at the builder's insertion point.
class ExprLowering {
public:
  ExprLowering(mlir::OpBuilder &builder, const source::SourceFile &source)
      : builder(builder), source(source) {}

  mlir::Value lower(const sema::Expr &expr);
  mlir::Location locate(source::Span span) const;
  /// The symbol of a definition. Definitions may share a name: the rate `x'` of each evolve.
  mlir::StringAttr symbolOf(const sema::Let &let);
  mlir::StringAttr symbolOf(const sema::Functional &functional);
  mlir::StringAttr symbolOf(const sema::Vector &vector);
  /// What the variable of the function at hand is.
  void setEigenvalue(mlir::Value value) { eigenvalue = value; }

private:
  using Operands = llvm::ArrayRef<const sema::Expr *>;

  // One function for each kind of node; Expr supplies type and operands.
  mlir::Value lowerNode(const sema::Constant &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::ParamValue &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::FieldValue &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::LetValue &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Convert &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Unary &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Binary &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Call &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Select &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::NeighbourReduce &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::GlobalReduce &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::SetCount &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Degree &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Id &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Position &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Time &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::StepNumber &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Eigenvalue &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::FunctionalValue &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::ListElement &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::ListReduce &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Holonomy &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::VectorValue &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Eigenvectors &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Column &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Draw &node, const sema::Expr &expr);
  mlir::Value lowerNode(const sema::Noise &node, const sema::Expr &expr);

  mlir::OpBuilder &builder;
  const source::SourceFile &source;
  llvm::DenseMap<const sema::Let *, mlir::StringAttr> letSymbols;
  llvm::StringMap<unsigned> numLets; ///< By name.
  llvm::DenseMap<const sema::Functional *, mlir::StringAttr> functionalSymbols;
  llvm::DenseMap<const sema::Vector *, mlir::StringAttr> vectorSymbols;
  mlir::Value eigenvalue;
};

} // namespace irh::lower

#endif // IRH_COMPILER_LOWER_EXPRLOWERING_H
