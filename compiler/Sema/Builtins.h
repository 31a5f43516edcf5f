//===- Builtins.h - the functions and values that the language brings along ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SEMA_BUILTINS_H
#define IRH_COMPILER_SEMA_BUILTINS_H

#include "compiler/Sema/Model.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace irh::sema {

/// What a pointwise function takes and gives. An int may stand for a real, and a real for a
/// complex.
///   OfReals    reals -> real
///   Analytic   real -> real, complex -> complex
///   Magnitude  int -> int, real -> real, complex -> real
///   Ordered    ints -> int, reals -> real
///   Rounding   real -> real; an int is itself
///   Part       complex -> real; the real part of a real is itself
///   Conjugate  complex -> complex; an int or a real is itself
///   FromReals  reals -> complex
///   OfInts     ints -> int
enum class Signature {
  OfReals,
  Analytic,
  Magnitude,
  Ordered,
  Rounding,
  Part,
  Conjugate,
  FromReals,
  OfInts
};

struct FunctionInfo {
  llvm::StringRef spelling;
  Function function;
  Signature signature;
  unsigned numOperands; ///< The least number for `min` and `max`.
};

struct DistributionInfo {
  llvm::StringRef spelling;
  Distribution distribution;
  Type result;
  unsigned numOperands;
};

/// Where a reduction exists: over neighbours, over all points of a set, or over both.
enum class ReduceScope { Neighbours, Global, Both };

struct ReductionInfo {
  llvm::StringRef spelling;
  ReduceKind kind;
  ReduceScope scope;
};

/// What a known name that is not supported yet would be.
enum class LaterKind { Function, Type };

/// Null where `name` is none.
const FunctionInfo *findFunction(llvm::StringRef name);
const DistributionInfo *findDistribution(llvm::StringRef name);
const ReductionInfo *findReduction(llvm::StringRef name);

/// Whether it names a number of a matrix: `trace`.
bool isFunctional(llvm::StringRef name);
/// Whether it names a matrix in the value of one: `adjacency`.
bool isMatrixFunction(llvm::StringRef name);
bool isBuiltinValue(llvm::StringRef name);
bool isLater(LaterKind kind, llvm::StringRef name);

/// Every name that may be called, and every value; candidates for a suggestion.
llvm::ArrayRef<llvm::StringRef> callableNames();
llvm::ArrayRef<llvm::StringRef> valueNames();

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_BUILTINS_H
