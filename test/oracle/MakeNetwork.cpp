//===- MakeNetwork.cpp - the network that a declaration asks for ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/oracle/MakeNetwork.h"

#include "runtime/graph/Generators.h"
#include "runtime/graph/ReadNetwork.h"

#include <stdexcept>
#include <utility>
#include <vector>

namespace irh::oracle {
namespace {

/// The arguments of a declaration, as values.
class Arguments {
public:
  Arguments(Evaluator &evaluator, const sema::Network &network)
      : evaluator(evaluator), network(network) {}

  std::int64_t count(const sema::Expr *expr) const { return toInt(evaluator.evaluate(*expr)); }
  double real(const sema::Expr *expr) const { return toReal(evaluator.evaluate(*expr)); }
  bool isTrue(const sema::Expr *expr) const { return expr && toBool(evaluator.evaluate(*expr)); }
  rt::graph::Direction direction() const {
    return isTrue(network.directed) ? rt::graph::Direction::Directed
                                    : rt::graph::Direction::Undirected;
  }
  std::uint64_t seed() const {
    return network.seed ? static_cast<std::uint64_t>(count(network.seed)) : evaluator.seed;
  }

private:
  Evaluator &evaluator;
  const sema::Network &network;
};

Graph spellOut(const rt::graph::Network &network) {
  std::vector<rt::graph::Edge> edges;
  for (const rt::graph::Edge edge : network.edges)
    edges.push_back(edge);
  Graph graph(network.numNodes, std::move(edges), network.isDirected);
  for (std::int64_t axis = 0; axis < rt::graph::numAxes(network); ++axis) {
    std::vector<double> &coordinates = graph.positions.emplace_back();
    for (std::int64_t node = 0; node < network.numNodes; ++node)
      coordinates.push_back(rt::graph::coordinate(network, node, axis));
  }
  return graph;
}

Graph makeGeometric(const Arguments &arguments, const sema::Network &network) {
  return spellOut(rt::graph::makeGeometric(
      {.numNodes = arguments.count(network.nodes),
       .numAxes = arguments.count(network.dim),
       .extentKind =
           network.radius ? abi::GeometricExtent::Radius : abi::GeometricExtent::MeanDegree,
       .extent = arguments.real(network.radius ? network.radius : network.degree),
       .wrap = arguments.isTrue(network.torus) ? rt::graph::Wrap::Periodic : rt::graph::Wrap::Open,
       .seed = arguments.seed()}));
}

Graph readGraph(const Evaluator &evaluator, const Arguments &arguments,
                const sema::Network &network) {
  rt::graph::NetworkFiles files{.edges = evaluator.text(*network.edgesFile), .nodes = {}};
  if (network.nodesFile)
    files.nodes = evaluator.text(*network.nodesFile);
  abi::Directed directed = abi::Directed::Unsaid;
  if (network.directed)
    directed = arguments.isTrue(network.directed) ? abi::Directed::Yes : abi::Directed::No;
  rt::graph::Network read =
      rt::graph::readNetwork(files, {.duplicates = static_cast<abi::Duplicates>(network.duplicates),
                                     .loops = static_cast<abi::Loops>(network.loops),
                                     .directed = directed});
  Graph graph = spellOut(read);
  graph.read = std::move(read);
  return graph;
}

} // namespace

Graph makeNetwork(Evaluator &evaluator, const sema::Network &network) {
  const Arguments arguments(evaluator, network);
  switch (network.kind) {
  case sema::NetworkKind::Ring:
    return makeRing(arguments.count(network.nodes), arguments.isTrue(network.directed));
  case sema::NetworkKind::WattsStrogatz:
    return spellOut(rt::graph::makeSmallWorld({.numNodes = arguments.count(network.nodes),
                                               .numNeighbors = arguments.count(network.neighbours),
                                               .rewire = arguments.real(network.rewire),
                                               .seed = arguments.seed()}));
  case sema::NetworkKind::Read:
    return readGraph(evaluator, arguments, network);
  case sema::NetworkKind::Lattice: {
    std::vector<std::int64_t> shape;
    for (const sema::Expr *extent : network.shape)
      shape.push_back(arguments.count(extent));
    return makeLattice(shape, arguments.isTrue(network.periodic));
  }
  case sema::NetworkKind::Complete:
    return makeComplete(arguments.count(network.nodes), arguments.isTrue(network.directed));
  case sema::NetworkKind::Star:
    return makeStar(arguments.count(network.nodes));
  case sema::NetworkKind::Geometric:
    return makeGeometric(arguments, network);
  case sema::NetworkKind::ErdosRenyi:
    return spellOut(rt::graph::makeErdosRenyi({.numNodes = arguments.count(network.nodes),
                                               .p = arguments.real(network.probability),
                                               .direction = arguments.direction(),
                                               .seed = arguments.seed()}));
  case sema::NetworkKind::BarabasiAlbert:
    return spellOut(rt::graph::makeBarabasiAlbert({.numNodes = arguments.count(network.nodes),
                                                   .attach = arguments.count(network.attach),
                                                   .direction = arguments.direction(),
                                                   .seed = arguments.seed()}));
  }
  throw std::logic_error("a network");
}

} // namespace irh::oracle
