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
  /// `evolve` is null outside one; inside, `step` and its time are there already.
  RowNames(Analysis &analysis, const ast::EvolveStmt *evolve)
      : analysis(analysis), evolve(evolve) {}

  /// Reports the first name of the column that is taken. A complex one has three: its parts are
  /// columns of a .csv.
  void add(const ast::ObserveItem &item, bool isComplex);
  void clear() { spans.clear(); }

private:
  Analysis &analysis;
  const ast::EvolveStmt *evolve;
  llvm::StringMap<Span> spans;
};

// Actions.cpp. `evolve` is null outside one.

/// Whether `stmt` is an observe, a check, a save, an assignment or a solve.
bool isAction(const ast::Stmt &stmt);
/// The cadence that is written in an action; null where there is none.
const ast::Cadence *findCadence(const ast::Stmt &stmt);
/// The action that `stmt` is, its cadence left to the caller. None after an error.
std::optional<Action> analyzeAction(Analysis &analysis, const ast::Stmt &stmt,
                                    const ast::EvolveStmt *evolve, RowNames &row);
std::optional<Assignment> analyzeAssignment(Analysis &analysis, const ast::AssignStmt &stmt,
                                            const ast::EvolveStmt *evolve);

/// (Solves.cpp)
std::optional<Action> analyzeSolve(Analysis &analysis, const ast::SolveStmt &stmt,
                                   const ast::EvolveStmt *evolve);
/// (Solves.cpp) Reports what is asked of equations that are never solved.
void checkSolved(Analysis &analysis);

/// (Methods.cpp) What an evolve says before its body.
void analyzeHeader(Analysis &analysis, const ast::EvolveStmt &stmt, Evolve &evolve);
/// Whether the method can integrate these equations.
void checkMethod(Analysis &analysis, const ast::EvolveStmt &stmt, const Evolve &evolve);

/// (Blocks.cpp) What stands in the body of an evolve beside its equations.
void analyzeBody(Analysis &analysis, const ast::EvolveStmt &stmt, Evolve &evolve);

/// (Evolution.cpp)
Evolve analyzeEvolve(Analysis &analysis, const ast::EvolveStmt &stmt);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_STATEMENTS_H
