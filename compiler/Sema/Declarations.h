//===- Declarations.h - what several kinds of declaration share ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SEMA_DECLARATIONS_H
#define IRH_COMPILER_SEMA_DECLARATIONS_H

#include "compiler/Sema/Analysis.h"

namespace irh::sema {

/// A type named in the source; none where it is wrong or not supported.
std::optional<Type> resolveType(Analysis &analysis, const ast::Item &item,
                                const ast::TypeName &type);

/// Likewise of stored values, which are no text. (Fields.cpp)
std::optional<Type> resolveFieldType(Analysis &analysis, const ast::Item &item,
                                     const ast::TypeName &type);
/// The initial value of a field or state, from its expression; null after an error. (Fields.cpp)
const Expr *analyzeInitial(Analysis &analysis, const Symbol &symbol, const ast::Item &item,
                           const ast::Expr &tree);
/// (States.cpp)
void makeState(Analysis &analysis, Symbol &symbol);

/// One thing that a generator or a method takes.
struct ArgumentSpec {
  StringRef name;
  bool isRequired;
};

/// What takes the arguments, for messages: "`rk4`" at `span`.
struct ArgumentTaker {
  StringRef name;
  Span span;
};

/// The arguments in the order of `specs`, null where one is left out or wrong. Reports unknown,
/// doubled, unnamed and missing ones.
std::vector<const ast::Argument *> matchArguments(Analysis &analysis, ArgumentTaker taker,
                                                  ArrayRef<ast::Argument> arguments,
                                                  ArrayRef<ArgumentSpec> specs);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_DECLARATIONS_H
