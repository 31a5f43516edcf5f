//===- Networks.cpp - networks and the arguments of their generators ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Declarations.h"
#include "compiler/Sema/Expressions.h"
#include "compiler/Sema/Fold.h"
#include "compiler/Sema/Generators.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

#include <cmath>

using llvm::cast;
using llvm::dyn_cast;

namespace irh::sema {

static const Generator *resolveGenerator(Analysis &analysis, const ast::Name &name) {
  if (const Generator *generator = findGenerator(name.text))
    return generator;
  std::vector<StringRef> names;
  for (const Generator &generator : generators())
    names.push_back(generator.name);
  analysis.report(diag::UnknownGenerator, name.span, diag::quote(name.text),
                  didYouMeanOneOf(name.text, names));
  return nullptr;
}

void makeNetworks(Analysis &analysis) {
  for (Symbol *symbol : analysis.networks) {
    auto *decl = cast<ast::NetworkDecl>(symbol->decl);
    const Generator *generator = resolveGenerator(analysis, decl->generator->callee);
    symbol->isPoisoned = !generator;
    if (generator)
      symbol->network = &analysis.model.networks.emplace_back(Network{.name = symbol->name,
                                                                      .kind = generator->kind,
                                                                      .span = decl->span,
                                                                      .nameSpan = symbol->span});
  }
}

// What is known of a value at compile time.

static std::optional<Constant> findConstant(const Expr *value) {
  return value ? fold(*value).value : std::nullopt;
}

static std::optional<double> findNumber(const Expr *value) {
  std::optional<Constant> constant = findConstant(value);
  if (!constant)
    return std::nullopt;
  return value->type == Type::Int ? static_cast<double>(constant->integer) : constant->real;
}

static bool isTrue(const Expr *value) {
  std::optional<Constant> constant = findConstant(value);
  return constant && constant->integer;
}

static std::string spelling(double number) {
  if (std::isnan(number))
    return "not a number";
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.15g", number);
  return text;
}

static void checkRange(Analysis &analysis, StringRef name, const Expr *value,
                       const ArgumentRange *range) {
  std::optional<double> number = range ? findNumber(value) : std::nullopt;
  if (number && !range->holds(*number))
    analysis.report(diag::ArgumentOutOfRange, value->span, name, range->text, spelling(*number));
}

// One argument.

static const Expr *analyzeValue(Analysis &analysis, const ast::NetworkDecl &decl,
                                const ast::Expr &tree, Type type, StringRef purpose) {
  const Expr *value = analyzeExpr(analysis, tree, {.role = Role::Argument, .item = &decl});
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

/// `shape: [n, m]`.
static std::vector<const Expr *> analyzeExtents(Analysis &analysis, const ast::NetworkDecl &decl,
                                                const GeneratorArgument &known,
                                                const ast::Argument &argument) {
  std::vector<const Expr *> extents;
  auto *list = dyn_cast<ast::ArrayExpr>(argument.value);
  if (!list || list->elements.empty()) {
    analysis.report(diag::NoExtents, argument.value->span, known.name);
    return extents;
  }
  for (const ast::Expr *element : list->elements) {
    extents.push_back(
        analyzeValue(analysis, decl, *element, Type::Int, "an extent of the lattice"));
    checkRange(analysis, known.name, extents.back(), known.range);
  }
  return extents;
}

static void analyzeArgument(Analysis &analysis, Network &network, const ast::NetworkDecl &decl,
                            const GeneratorArgument &known, const ast::Argument &argument) {
  switch (known.form) {
  case ArgumentForm::Value: {
    std::string purpose = ("`" + known.name + ":`").str();
    const Expr *value = analyzeValue(analysis, decl, *argument.value, known.type, purpose);
    checkRange(analysis, known.name, value, known.range);
    network.*known.member = value;
    return;
  }
  case ArgumentForm::Extents:
    network.shape = analyzeExtents(analysis, decl, known, argument);
    return;
  case ArgumentForm::Duplicates:
    network.duplicates = analyzeWord<Duplicates>(
        analysis, argument, {{"sum", Duplicates::Sum}, {"first", Duplicates::First}},
        Duplicates::Refuse);
    return;
  case ArgumentForm::Loops:
    network.loops = analyzeWord<Loops>(
        analysis, argument, {{"keep", Loops::Keep}, {"drop", Loops::Drop}}, Loops::Refuse);
    return;
  }
}

// Files.

/// The ending of a file's name, with its dot.
static StringRef findEnding(StringRef path) {
  StringRef name = path.rsplit('/').second.empty() ? path : path.rsplit('/').second;
  size_t dot = name.rfind('.');
  return dot == StringRef::npos ? StringRef() : name.substr(dot);
}

/// Reports a name that is known and says no format that can be read.
static void checkFormat(Analysis &analysis, const ast::NetworkDecl &decl, const Expr *file,
                        StringRef what, ArrayRef<StringRef> endings) {
  std::optional<Constant> path = findConstant(file);
  StringRef ending = path ? findEnding(path->text) : StringRef();
  if (!path || llvm::is_contained(endings, ending))
    return;
  static constexpr StringRef kLater[] = {".graph", ".graphml", ".h5"};
  if (llvm::is_contained(kLater, ending))
    analysis.reportLaterPhrase(&decl, ("a network from a `" + ending + "` file").str(), file->span);
  else
    analysis.report(diag::UnknownFormat, file->span, diag::quote(path->text), what,
                    llvm::join(endings, ", "));
}

/// The file of the edges, which comes first and has no name.
static ArrayRef<ast::Argument> analyzeEdgesFile(Analysis &analysis, Network &network,
                                                const ast::NetworkDecl &decl) {
  ArrayRef<ast::Argument> arguments = decl.generator->arguments;
  if (arguments.empty() || arguments[0].name) {
    analysis.report(diag::MissingFile, decl.generator->callee.span);
    // A name that `read` does not know is most likely the file's.
    const Generator &read = *findGenerator(decl.generator->callee.text);
    bool isKnown = arguments.empty() || llvm::any_of(read.arguments, [&](const auto &known) {
                     return known.name == arguments[0].name.text;
                   });
    return isKnown ? arguments : arguments.drop_front();
  }
  network.edgesFile =
      analyzeValue(analysis, decl, *arguments[0].value, Type::String, "the file of the edges");
  checkFormat(analysis, decl, network.edgesFile, "the edges", {".csv", ".tsv", ".mtx"});
  return arguments.drop_front();
}

// All arguments.

/// The arguments without `directed:`, which is reported where the generator does not take it.
static std::vector<ast::Argument> dropDirected(Analysis &analysis, const Generator &generator,
                                               ArrayRef<ast::Argument> arguments) {
  std::vector<ast::Argument> kept;
  for (const ast::Argument &argument : arguments)
    if (argument.name.text == "directed" && !findArgument(generator, "directed"))
      analysis.report(diag::NeverDirected, argument.name.span, generator.name);
    else
      kept.push_back(argument);
  return kept;
}

/// Geometric: one of `radius:` and `degree:`.
static void checkReach(Analysis &analysis, const Network &network, const ast::NetworkDecl &decl) {
  const Expr *radius = network.radius;
  const Expr *degree = network.degree;
  if (radius && degree) {
    bool isInOrder = radius->span.begin < degree->span.begin;
    analysis.report(diag::TwoReaches, (isInOrder ? degree : radius)->span)
        .note((isInOrder ? radius : degree)->span, "the other is given here");
  }
  bool isNamed = llvm::any_of(decl.generator->arguments, [](const ast::Argument &argument) {
    return argument.name.text == "radius" || argument.name.text == "degree";
  });
  if (!isNamed)
    analysis.report(diag::NoReach, decl.generator->callee.span);
}

/// Reports where both numbers are known, and there are no more nodes than one is joined to.
static void checkManyNodes(Analysis &analysis, const Expr *nodes, const Expr *joined,
                           StringRef name) {
  std::optional<double> numNodes = findNumber(nodes);
  std::optional<double> numJoined = findNumber(joined);
  if (numNodes && numJoined && *numNodes >= 1 && *numJoined >= *numNodes)
    analysis.report(diag::TooFewNodes, joined->span, name).note(nodes->span, "the nodes");
}

static void checkExtents(Analysis &analysis, const Network &network) {
  if (!isTrue(network.periodic))
    return;
  for (const Expr *extent : network.shape)
    if (findNumber(extent) == 2)
      analysis.report(diag::PeriodicPair, extent->span);
}

/// What the arguments must be together.
static void checkTogether(Analysis &analysis, const Network &network,
                          const ast::NetworkDecl &decl) {
  switch (network.kind) {
  case NetworkKind::Geometric:
    checkReach(analysis, network, decl);
    return checkManyNodes(analysis, network.nodes, network.degree, "degree");
  case NetworkKind::WattsStrogatz:
    return checkManyNodes(analysis, network.nodes, network.neighbours, "neighbours");
  case NetworkKind::BarabasiAlbert:
    return checkManyNodes(analysis, network.nodes, network.attach, "attach");
  case NetworkKind::Lattice:
    return checkExtents(analysis, network);
  case NetworkKind::Read:
    return checkFormat(analysis, decl, network.nodesFile, "the nodes", {".csv", ".tsv"});
  default:
    return;
  }
}

static void analyzeNetwork(Analysis &analysis, Network &network, const ast::NetworkDecl &decl) {
  const ast::CallExpr &call = *decl.generator;
  const Generator &generator = generatorOf(network.kind);
  if (call.set)
    analysis.report(diag::SetOnFunction, call.set.span, call.callee.text);
  ArrayRef<ast::Argument> arguments = call.arguments;
  if (network.kind == NetworkKind::Read)
    arguments = analyzeEdgesFile(analysis, network, decl);
  std::vector<ast::Argument> named = dropDirected(analysis, generator, arguments);
  std::vector<ArgumentSpec> specs;
  for (const GeneratorArgument &known : generator.arguments)
    specs.push_back({known.name, known.isRequired});
  auto matched = matchArguments(analysis, {call.callee.text, call.callee.span}, named, specs);
  for (auto [known, argument] : llvm::zip_equal(generator.arguments, matched))
    if (argument)
      analyzeArgument(analysis, network, decl, known, *argument);
  checkTogether(analysis, network, decl);
}

void analyzeNetworks(Analysis &analysis) {
  for (Symbol *symbol : analysis.networks)
    if (symbol->network)
      analyzeNetwork(analysis, *symbol->network, *cast<ast::NetworkDecl>(symbol->decl));
}

} // namespace irh::sema
