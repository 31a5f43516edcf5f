//===- Plan.cpp - what a run would do, without doing it ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/Plan.h"

#include "runtime/program/Context.h"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <vector>

namespace irh::rt::program {
namespace {

/// A number of each rank: all together, and the largest.
struct Spread {
  std::int64_t sum = 0;
  std::int64_t most = 0;
};

Spread spreadOf(std::int64_t mine, Communicator &comm) {
  const std::vector<std::int64_t> numbers = comm.gather(mine);
  return {std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0}),
          *std::max_element(numbers.begin(), numbers.end())};
}

std::string place(const std::string &file, const Location &location) {
  return file + ":" + std::to_string(location.line) + ":" + std::to_string(location.column);
}

std::string percent(std::int64_t part, std::int64_t whole) {
  char text[32] = "";
  const double share = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  std::snprintf(text, sizeof text, "%.2f %%", 100 * share);
  return text;
}

/// Owned nodes and their neighbors.
std::int64_t weightOf(const partition::LocalNetwork &local, bool isDirected) {
  const std::int64_t endsOfOwned = (isDirected ? 1 : 2) * local.edges.numOwned - local.numCut;
  return local.nodes.numOwned + endsOfOwned + local.edges.numCopies();
}

std::string describeNetwork(const NetworkPart &network, Communicator &comm) {
  const partition::LocalNetwork &local = network.local;
  const Spread weight = spreadOf(weightOf(local, network.whole.isDirected), comm);
  const Spread ghosts = spreadOf(local.nodes.numCopies(), comm);
  const Spread cut = spreadOf(local.edges.numCopies(), comm);
  const Spread neighbors = spreadOf(static_cast<std::int64_t>(local.neighbors.size()), comm);
  const std::int64_t mean = std::max<std::int64_t>(1, weight.sum / comm.size());
  return "  nodes        " + std::to_string(local.nodes.numGlobal) + "\n  edges        " +
         std::to_string(local.edges.numGlobal) + ", of them cut " + std::to_string(cut.sum) + " (" +
         percent(cut.sum, local.edges.numGlobal) + ")\n  cut by       " +
         std::string(partition::nameOf(network.method)) + "\n  largest part " +
         percent(weight.most - mean, mean) + " above the mean, of nodes and neighbors together\n" +
         "  ghosts       " + std::to_string(ghosts.sum) + ", on one rank at most " +
         std::to_string(ghosts.most) + ", of at most " + std::to_string(neighbors.most) +
         " other ranks\n";
}

std::string describeVolume(const halo::Volume &sent, Communicator &comm) {
  const Spread bytes = spreadOf(sent.numBytes, comm);
  const Spread messages = spreadOf(sent.numMessages, comm);
  return std::to_string(bytes.sum) + " bytes in " + std::to_string(messages.sum) +
         " messages, one rank at most " + std::to_string(bytes.most) + " bytes";
}

} // namespace

std::string describePlan(Context &context, const std::string &file) {
  Communicator &comm = context.comm;
  std::string text = "ranks: " + std::to_string(comm.size()) + "\n";
  for (std::size_t i = 0; i < context.networks.size(); ++i)
    text += place(file, context.notes->networks[i]) + ": network\n" +
            describeNetwork(context.networks[i], comm);
  for (const PlanNotes::Step &step : context.notes->steps)
    text += place(file, step.location) + ": evolve\n  a step sends " +
            describeVolume(step.sent, comm) + "\n";
  return comm.rank() == 0 ? text : "";
}

std::string describeSent(Context &context) {
  const std::string text = "sent " + describeVolume(context.sent, context.comm) + "\n";
  return context.comm.rank() == 0 ? text : "";
}

} // namespace irh::rt::program
