//===- Builtins.cpp - look-ups in Builtins.def ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Builtins.h"

#include "llvm/ADT/STLExtras.h"

using llvm::ArrayRef;
using llvm::StringRef;

namespace irh::sema {

static constexpr FunctionInfo kFunctions[] = {
#define IRH_FUNCTION(Spelling, Name, Sig, NumOperands)                                             \
  {Spelling, Function::Name, Signature::Sig, NumOperands},
#include "compiler/Sema/Builtins.def"
};

static constexpr DistributionInfo kDistributions[] = {
#define IRH_DISTRIBUTION(Spelling, Name, Result, NumOperands)                                      \
  {Spelling, Distribution::Name, Type::Result, NumOperands},
#include "compiler/Sema/Builtins.def"
};

static constexpr ReductionInfo kReductions[] = {
#define IRH_REDUCTION(Spelling, Kind, Scope) {Spelling, ReduceKind::Kind, ReduceScope::Scope},
#include "compiler/Sema/Builtins.def"
};

static constexpr StringRef kValues[] = {
#define IRH_VALUE(Spelling) Spelling,
#include "compiler/Sema/Builtins.def"
};

static constexpr StringRef kFunctionals[] = {
#define IRH_FUNCTIONAL(Spelling) Spelling,
#include "compiler/Sema/Builtins.def"
};

static constexpr StringRef kMatrices[] = {
#define IRH_MATRIX(Spelling) Spelling,
#include "compiler/Sema/Builtins.def"
};

struct LaterInfo {
  LaterKind kind;
  StringRef spelling;
};

static constexpr LaterInfo kLater[] = {
#define IRH_LATER(Kind, Spelling) {LaterKind::Kind, Spelling},
#include "compiler/Sema/Builtins.def"
};

// `column` and `degree` are functions without a row of their own in the table.
static constexpr StringRef kCallables[] = {
    "column",
    "degree",
#define IRH_FUNCTION(Spelling, Name, Sig, NumOperands) Spelling,
#include "compiler/Sema/Builtins.def"
#define IRH_DISTRIBUTION(Spelling, Name, Result, NumOperands) Spelling,
#include "compiler/Sema/Builtins.def"
#define IRH_REDUCTION(Spelling, Kind, Scope) Spelling,
#include "compiler/Sema/Builtins.def"
#define IRH_FUNCTIONAL(Spelling) Spelling,
#include "compiler/Sema/Builtins.def"
#define IRH_MATRIX(Spelling) Spelling,
#include "compiler/Sema/Builtins.def"
};

template <typename Info, size_t N>
static const Info *findBySpelling(const Info (&table)[N], StringRef name) {
  const Info *found = llvm::find_if(table, [&](const Info &info) { return info.spelling == name; });
  return found == std::end(table) ? nullptr : found;
}

const FunctionInfo *findFunction(StringRef name) { return findBySpelling(kFunctions, name); }

const DistributionInfo *findDistribution(StringRef name) {
  return findBySpelling(kDistributions, name);
}

const ReductionInfo *findReduction(StringRef name) { return findBySpelling(kReductions, name); }

bool isFunctional(StringRef name) { return llvm::is_contained(kFunctionals, name); }

bool isMatrixFunction(StringRef name) { return llvm::is_contained(kMatrices, name); }

bool isBuiltinValue(StringRef name) { return llvm::is_contained(kValues, name); }

bool isLater(LaterKind kind, StringRef name) {
  return llvm::any_of(
      kLater, [&](const LaterInfo &info) { return info.kind == kind && info.spelling == name; });
}

ArrayRef<StringRef> callableNames() { return kCallables; }

ArrayRef<StringRef> valueNames() { return kValues; }

} // namespace irh::sema
