//===- ReadNetwork.h - networks from files ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_READNETWORK_H
#define IRH_RUNTIME_GRAPH_READNETWORK_H

#include "runtime/abi/Abi.h"
#include "runtime/graph/Network.h"

#include <optional>
#include <string>

namespace irh::rt::graph {

/// What happens to edges that a simple network doesn't have.
struct Treatment {
  abi::Duplicates duplicates = abi::Duplicates::Refuse;
  abi::Loops loops = abi::Loops::Refuse;
};

struct NetworkFiles {
  std::string edges;
  std::optional<std::string> nodes;
};

/// Reads edges from the first two columns of a file, whatever their names. Where the file of
/// nodes has a column `id`, they are such ids, else rows from 0. Without a file of nodes there are
/// as many nodes as the largest row says.
///
/// Collective   no: every rank reads the files whole.
/// Cost         about 0.2 s for a million edges.
/// Determinism  the network does not depend on the order of the rows of the edges.
/// Errors       InvalidArgument, with file and line: what CsvTable::read refuses, an end that is
///              no integer or no node, a doubled id; a duplicate edge or a self-loop that the
///              treatment refuses, at the first line that is wrong.
Network readNetwork(const NetworkFiles &files, const Treatment &treatment);

/// As `readNetwork`, of tables that are already here.
Network joinTables(io::CsvTable edges, std::optional<io::CsvTable> nodes,
                   const Treatment &treatment);

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_READNETWORK_H
