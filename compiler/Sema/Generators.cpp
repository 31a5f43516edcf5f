//===- Generators.cpp - the table of what makes networks ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Generators.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <limits>

using llvm::ArrayRef;
using llvm::StringRef;

namespace irh::sema {

bool ArgumentRange::holds(double number) const {
  bool isAbove = isLeastExcluded ? number > least : number >= least;
  return isAbove && number <= most && (!isEven || std::fmod(number, 2) == 0);
}

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr ArgumentRange kCount{"at least 1", 1, kInfinity};
static constexpr ArgumentRange kAround{"at least 3", 3, kInfinity};
static constexpr ArgumentRange kPairs{"even and at least 2", 2, kInfinity, false, /*isEven=*/true};
static constexpr ArgumentRange kPositive{"above 0", 0, kInfinity, /*isLeastExcluded=*/true};
static constexpr ArgumentRange kDimension{"in 1..64", 1, 64};
static constexpr ArgumentRange kProbability{"in 0..1", 0, 1};

/// An argument that is an expression.
static constexpr GeneratorArgument value(StringRef name, Type type, const Expr *Network::*member,
                                         const ArgumentRange *range = nullptr) {
  return {name, /*isRequired=*/false, ArgumentForm::Value, type, member, range};
}

static constexpr GeneratorArgument required(GeneratorArgument argument) {
  argument.isRequired = true;
  return argument;
}

static constexpr GeneratorArgument kNodes =
    required(value("nodes", Type::Int, &Network::nodes, &kCount));
static constexpr GeneratorArgument kDirected = value("directed", Type::Bool, &Network::directed);
static constexpr GeneratorArgument kSeed = value("seed", Type::Int, &Network::seed);

static constexpr GeneratorArgument kRing[] = {
    required(value("nodes", Type::Int, &Network::nodes, &kAround)),
    kDirected,
};
static constexpr GeneratorArgument kWattsStrogatz[] = {
    kNodes,
    required(value("neighbours", Type::Int, &Network::neighbours, &kPairs)),
    required(value("rewire", Type::Real, &Network::rewire, &kProbability)),
    kSeed,
};
static constexpr GeneratorArgument kRead[] = {
    value("nodes", Type::String, &Network::nodesFile),
    kDirected,
    {.name = "duplicates", .form = ArgumentForm::Duplicates},
    {.name = "loops", .form = ArgumentForm::Loops},
};
static constexpr GeneratorArgument kGeometric[] = {
    kNodes,
    required(value("dim", Type::Int, &Network::dim, &kDimension)),
    value("radius", Type::Real, &Network::radius, &kPositive),
    value("degree", Type::Real, &Network::degree, &kPositive),
    value("torus", Type::Bool, &Network::torus),
    kSeed,
};
static constexpr GeneratorArgument kErdosRenyi[] = {
    kNodes,
    required(value("p", Type::Real, &Network::probability, &kProbability)),
    kDirected,
    kSeed,
};
static constexpr GeneratorArgument kBarabasiAlbert[] = {
    kNodes,
    required(value("attach", Type::Int, &Network::attach, &kCount)),
    kDirected,
    kSeed,
};
static constexpr GeneratorArgument kLattice[] = {
    {.name = "shape", .isRequired = true, .form = ArgumentForm::Extents, .range = &kCount},
    value("periodic", Type::Bool, &Network::periodic),
};
static constexpr GeneratorArgument kComplete[] = {kNodes, kDirected};
static constexpr GeneratorArgument kStar[] = {kNodes};

static constexpr Generator kGenerators[] = {
    {"ring", NetworkKind::Ring, kRing},
    {"watts_strogatz", NetworkKind::WattsStrogatz, kWattsStrogatz},
    {"erdos_renyi", NetworkKind::ErdosRenyi, kErdosRenyi},
    {"barabasi_albert", NetworkKind::BarabasiAlbert, kBarabasiAlbert},
    {"geometric", NetworkKind::Geometric, kGeometric},
    {"lattice", NetworkKind::Lattice, kLattice},
    {"complete", NetworkKind::Complete, kComplete},
    {"star", NetworkKind::Star, kStar},
    {"read", NetworkKind::Read, kRead},
};

ArrayRef<Generator> generators() { return kGenerators; }

const Generator *findGenerator(StringRef name) {
  const Generator *found =
      llvm::find_if(kGenerators, [&](const Generator &known) { return known.name == name; });
  return found == std::end(kGenerators) ? nullptr : found;
}

const Generator &generatorOf(NetworkKind kind) {
  return *llvm::find_if(kGenerators, [&](const Generator &known) { return known.kind == kind; });
}

const GeneratorArgument *findArgument(const Generator &generator, StringRef name) {
  const auto *found = llvm::find_if(
      generator.arguments, [&](const GeneratorArgument &known) { return known.name == name; });
  return found == generator.arguments.end() ? nullptr : found;
}

} // namespace irh::sema
