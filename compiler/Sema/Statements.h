//===- Statements.h - what statements inside and outside evolves share ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SEMA_STATEMENTS_H
#define IRH_COMPILER_SEMA_STATEMENTS_H

#include "compiler/Sema/Analysis.h"

namespace irh::sema {

/// The word that a statement begins with, or is known by.
StringRef keywordOf(const ast::Stmt &stmt);
/// Where a report about the statement as a whole points: at its first word.
Span startOf(const ast::Stmt &stmt);

/// The columns of one row: each name at most once.
class RowNames {
public:
  RowNames(Analysis &analysis, bool isInEvolve) : analysis(analysis), isInEvolve(isInEvolve) {}

  void add(const ast::ObserveItem &item);
  void clear() { spans.clear(); }

private:
  Analysis &analysis;
  bool isInEvolve; ///< So that `step` and `t` are there already.
  llvm::StringMap<Span> spans;
};

/// None after an error. The cadence is left to the caller; `evolve` is null outside one.
std::optional<Observe> analyzeObserve(Analysis &analysis, const ast::ObserveStmt &stmt,
                                      const ast::EvolveStmt *evolve);
std::optional<Check> analyzeCheck(Analysis &analysis, const ast::CheckStmt &stmt,
                                  const ast::EvolveStmt *evolve);
/// (Evolution.cpp)
std::optional<Evolve> analyzeEvolve(Analysis &analysis, const ast::EvolveStmt &stmt);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_STATEMENTS_H
