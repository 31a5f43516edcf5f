//===- Networks.cpp - networks and the arguments of their generators ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Declarations.h"
#include "compiler/Sema/Expressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using llvm::cast;
using llvm::dyn_cast;

namespace irh::sema {
namespace {

/// One argument of a generator: an expression of some type, stored in the Network.
struct ValueSpec {
  ArgumentSpec argument;
  Type type;
  const Expr *Network::*member;
};

} // namespace

static constexpr ValueSpec kRingValues[] = {
    {{"nodes", true}, Type::Int, &Network::nodes},
};
static constexpr ValueSpec kWattsStrogatzValues[] = {
    {{"nodes", true}, Type::Int, &Network::nodes},
    {{"neighbours", true}, Type::Int, &Network::neighbours},
    {{"rewire", true}, Type::Real, &Network::rewire},
    {{"seed", false}, Type::Int, &Network::seed},
};

static ArrayRef<ValueSpec> valuesOf(NetworkKind kind) {
  if (kind == NetworkKind::Ring)
    return kRingValues;
  return kWattsStrogatzValues;
}

static std::optional<NetworkKind> resolveGenerator(Analysis &analysis,
                                                   const ast::NetworkDecl &decl) {
  const ast::Name &name = decl.generator->callee;
  auto kind = llvm::StringSwitch<std::optional<NetworkKind>>(name.text)
                  .Case("ring", NetworkKind::Ring)
                  .Case("watts_strogatz", NetworkKind::WattsStrogatz)
                  .Case("read", NetworkKind::Read)
                  .Default(std::nullopt);
  if (kind)
    return kind;
  static constexpr StringRef kGenerators[] = {"ring",        "watts_strogatz",  "read",
                                              "geometric",   "complete",        "star",
                                              "erdos_renyi", "barabasi_albert", "lattice"};
  if (isLater(LaterKind::Generator, name.text))
    analysis.reportLater(&decl, name.text, name.span);
  else
    analysis.report(diag::UnknownGenerator, name.span, diag::quote(name.text),
                    didYouMean(name.text, kGenerators));
  return std::nullopt;
}

void makeNetworks(Analysis &analysis) {
  for (Symbol *symbol : analysis.networks) {
    auto *decl = cast<ast::NetworkDecl>(symbol->decl);
    std::optional<NetworkKind> kind = resolveGenerator(analysis, *decl);
    symbol->isPoisoned = !kind;
    if (kind)
      symbol->network = &analysis.model.networks.emplace_back(Network{
          .name = symbol->name, .kind = *kind, .span = decl->span, .nameSpan = symbol->span});
  }
}

static const Expr *analyzeValue(Analysis &analysis, const ast::NetworkDecl &decl,
                                const ast::Argument &argument, Type type) {
  const Expr *value =
      analyzeExpr(analysis, *argument.value, {.role = Role::Argument, .item = &decl});
  std::string purpose =
      argument.name ? ("`" + argument.name.text + ":`").str() : "the file of the edges";
  return requireType(analysis, value, type, purpose);
}

/// One of the words that `duplicates:` and `loops:` take.
template <typename Choice>
static Choice analyzeWord(Analysis &analysis, const ast::Argument &argument,
                          ArrayRef<std::pair<StringRef, Choice>> choices, Choice otherwise) {
  auto *word = dyn_cast<ast::NameExpr>(argument.value);
  for (auto [name, choice] : choices)
    if (word && word->name.text == name)
      return choice;
  analysis.report(diag::UnknownWord, argument.value->span, argument.name.text, choices[0].first,
                  choices[1].first);
  return otherwise;
}

/// `read("edges.csv", …)`: the file, then what may be named.
static void analyzeRead(Analysis &analysis, Network &network, const ast::NetworkDecl &decl) {
  ArrayRef<ast::Argument> arguments = decl.generator->arguments;
  if (arguments.empty() || arguments[0].name) {
    analysis.report(diag::MissingFile, decl.generator->callee.span);
  } else {
    network.edgesFile = analyzeValue(analysis, decl, arguments[0], Type::String);
    arguments = arguments.drop_front();
  }
  static constexpr ArgumentSpec kSpecs[] = {
      {"nodes", false}, {"duplicates", false}, {"loops", false}};
  auto matched = matchArguments(analysis, {"read", decl.generator->callee.span}, arguments, kSpecs);
  if (matched[0])
    network.nodesFile = analyzeValue(analysis, decl, *matched[0], Type::String);
  if (matched[1])
    network.duplicates = analyzeWord<Duplicates>(
        analysis, *matched[1], {{"sum", Duplicates::Sum}, {"first", Duplicates::First}},
        Duplicates::Refuse);
  if (matched[2])
    network.loops = analyzeWord<Loops>(
        analysis, *matched[2], {{"keep", Loops::Keep}, {"drop", Loops::Drop}}, Loops::Refuse);
}

static void analyzeGenerator(Analysis &analysis, Network &network, const ast::NetworkDecl &decl) {
  const ast::CallExpr &generator = *decl.generator;
  ArrayRef<ValueSpec> values = valuesOf(network.kind);
  std::vector<ArgumentSpec> specs;
  for (const ValueSpec &value : values)
    specs.push_back(value.argument);
  auto matched = matchArguments(analysis, {generator.callee.text, generator.callee.span},
                                generator.arguments, specs);
  for (auto [value, argument] : llvm::zip_equal(values, matched))
    if (argument)
      network.*value.member = analyzeValue(analysis, decl, *argument, value.type);
}

/// Whether an argument asks for something that no network can be yet.
static bool reportUnsupportedArguments(Analysis &analysis, const ast::NetworkDecl &decl) {
  for (const ast::Argument &argument : decl.generator->arguments)
    if (argument.name.text == "directed")
      analysis.reportLater(&decl, "directed", argument.name.span);
  return analysis.isReportedLater(&decl);
}

void analyzeNetworks(Analysis &analysis) {
  for (Symbol *symbol : analysis.networks) {
    auto *decl = cast<ast::NetworkDecl>(symbol->decl);
    if (!symbol->network || reportUnsupportedArguments(analysis, *decl))
      continue;
    if (decl->generator->set)
      analysis.report(diag::SetOnFunction, decl->generator->set.span, decl->generator->callee.text);
    if (symbol->network->kind == NetworkKind::Read)
      analyzeRead(analysis, *symbol->network, *decl);
    else
      analyzeGenerator(analysis, *symbol->network, *decl);
  }
}

} // namespace irh::sema
