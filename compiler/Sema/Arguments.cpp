//===- Arguments.cpp - named arguments of generators and methods ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Declarations.h"

#include "llvm/ADT/STLExtras.h"

namespace irh::sema {

/// False after an error.
static bool matchArgument(Analysis &analysis, ArgumentTaker taker, const ast::Argument &argument,
                          ArrayRef<ArgumentSpec> specs,
                          std::vector<const ast::Argument *> &matched) {
  if (!argument.name) {
    analysis.report(diag::UnnamedArgument, argument.span, taker.name, specs[0].name);
    return false;
  }
  auto spec = llvm::find_if(
      specs, [&](const ArgumentSpec &spec) { return spec.name == argument.name.text; });
  if (spec == specs.end()) {
    std::vector<StringRef> names;
    for (const ArgumentSpec &known : specs)
      names.push_back(known.name);
    analysis.report(diag::UnknownArgument, argument.name.span, taker.name,
                    diag::quote(argument.name.text), didYouMeanOneOf(argument.name.text, names));
    return false;
  }
  const ast::Argument *&slot = matched[spec - specs.begin()];
  if (slot) {
    analysis.report(diag::DoubledArgument, argument.name.span, argument.name.text)
        .note(slot->name.span, "first given here");
    return false;
  }
  slot = &argument;
  return true;
}

std::vector<const ast::Argument *> matchArguments(Analysis &analysis, ArgumentTaker taker,
                                                  ArrayRef<ast::Argument> arguments,
                                                  ArrayRef<ArgumentSpec> specs) {
  std::vector<const ast::Argument *> matched(specs.size());
  bool areMatched = true;
  for (const ast::Argument &argument : arguments)
    areMatched &= matchArgument(analysis, taker, argument, specs, matched);
  // One that bears a wrong name is likely the one that is missing.
  if (areMatched)
    for (auto [spec, slot] : llvm::zip_equal(specs, matched))
      if (spec.isRequired && !slot)
        analysis.report(diag::MissingArgument, taker.span, taker.name, spec.name);
  return matched;
}

} // namespace irh::sema
