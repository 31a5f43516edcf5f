//===- Generators.h - what makes networks, and what each maker takes ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_SEMA_GENERATORS_H
#define IRH_COMPILER_SEMA_GENERATORS_H

#include "compiler/Sema/Model.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace irh::sema {

/// The numbers that an argument may be.
struct ArgumentRange {
  llvm::StringRef text; ///< For messages: "at least 1".
  double least;
  double most;
  bool isLeastExcluded = false;
  bool isEven = false;

  bool holds(double number) const;
};

/// What an argument is written as.
///   Value       an expression of one type, stored in a member of Network
///   Extents     a list of ints: `shape: [n, m]`
///   Duplicates  one of the words of `duplicates:`
///   Loops       one of the words of `loops:`
enum class ArgumentForm { Value, Extents, Duplicates, Loops };

struct GeneratorArgument {
  llvm::StringRef name;
  bool isRequired = false;
  ArgumentForm form = ArgumentForm::Value;
  Type type = Type::Int;                  ///< Of a Value.
  const Expr *Network::*member = nullptr; ///< Of a Value.
  const ArgumentRange *range = nullptr;   ///< Of a number, or of each extent; null: any.
};

struct Generator {
  llvm::StringRef name;
  NetworkKind kind;
  llvm::ArrayRef<GeneratorArgument> arguments; ///< Those that go by name.
};

/// All generators, in the order in which messages list them.
llvm::ArrayRef<Generator> generators();
/// Null where `name` is none.
const Generator *findGenerator(llvm::StringRef name);
const Generator &generatorOf(NetworkKind kind);
/// Null where the generator has no such argument.
const GeneratorArgument *findArgument(const Generator &generator, llvm::StringRef name);

} // namespace irh::sema

#endif // IRH_COMPILER_SEMA_GENERATORS_H
