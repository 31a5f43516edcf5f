//===- Frame.h - a fn in the place of whose call its body is analyzed ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A `fn` is generic: its body is analyzed anew for each call, with each parameter standing for the
// expression of its argument. A name in the body means what it means where the `fn` is declared,
// and a name in an argument what it means where the call stands; so each is looked up from a frame.

#ifndef IRH_COMPILER_SEMA_FRAME_H
#define IRH_COMPILER_SEMA_FRAME_H

#include "compiler/AST/AST.h"
#include "compiler/Sema/Model.h"

#include "llvm/ADT/StringRef.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace irh::sema {

class ExprAnalyzer;
struct Symbol;

/// What a parameter stands for. A bare parameter is one value: however often the body reads it,
/// its argument is analyzed once, so that a draw in it is one draw.
struct BoundArgument {
  bool isUsed = false;
  bool isAnalyzed = false;
  const Expr *value = nullptr; ///< At the point of the call; null after an error.
  unsigned height = 0;         ///< Of the tree that `value` unfolds to.
  unsigned size = 0;           ///< Likewise, in parts.
  bool isLetMade = false;
  const Let *let = nullptr; ///< For reads at other points; null after an error.
};

struct Frame {
  const Symbol *fn;
  const ast::CallExpr *call = nullptr; ///< Null: the `fn` is checked by itself, without arguments.
  Frame *caller = nullptr;             ///< Null: the call stands in the expression of the context.
  const ExprAnalyzer *analyzer = nullptr; ///< Of the call.
  size_t numReductions = 0;               ///< That are around the call.
  std::vector<BoundArgument> arguments = {};

  /// The place of the parameter of that name.
  std::optional<size_t> findParameter(llvm::StringRef name) const;
  /// The argument of a call.
  const ast::Expr &argument(size_t parameter) const;
  /// Whether its `fn` stands in the model, and not outside it in the file.
  bool seesModel() const;
};

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_FRAME_H
