//===- ReadNetwork.h - networks from files ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_READNETWORK_H
#define IRH_RUNTIME_GRAPH_READNETWORK_H

#include "runtime/abi/Abi.h"
#include "runtime/graph/Network.h"

#include <optional>
#include <string>

namespace irh::rt::graph {

/// What happens to edges that a simple network doesn't have, and which way edges lead.
struct Treatment {
  abi::Duplicates duplicates = abi::Duplicates::Refuse;
  abi::Loops loops = abi::Loops::Refuse;
  abi::Directed directed = abi::Directed::Unsaid;
};

struct NetworkFiles {
  std::string edges;
  std::optional<std::string> nodes;
};

/// Reads edges from a table (.csv, .tsv) or a matrix (.mtx).
///
/// Collective   no: every rank reads the files whole.
/// Cost         about 0.2 s for a million edges.
/// Determinism  the network does not depend on the order of the rows of the edges.
/// Errors       InvalidArgument: a name with another extension, what CsvTable::read and
///              readMatrixMarket refuse, and what the functions below do.
Network readNetwork(const NetworkFiles &files, const Treatment &treatment);

/// The ends of edges are the first two columns, src and dst, whatever their names. Where the file
/// of nodes has a column `id`, they are such ids, else rows from 0. Without a file of nodes there
/// are as many nodes as the largest row says. Undirected unless said otherwise.
///
/// Errors  InvalidArgument, with file and line: an end that is no integer or no node, a doubled
///         id; a duplicate edge or a self-loop that the treatment refuses, at the first line that
///         is wrong.
Network joinTables(io::CsvTable edges, std::optional<io::CsvTable> nodes,
                   const Treatment &treatment);

/// Entry (i, j) of a square matrix is an edge from node j to node i. Undirected, unless said
/// otherwise, where the file says a symmetry, and where the two entries of each pair are there;
/// the values of both are kept.
///
/// Errors  InvalidArgument, with file and line: a matrix that is not square, or not of the size of
///         the file of nodes; a doubled entry, or one on the diagonal, that the treatment refuses;
///         an entry without its opposite where the network is said to be undirected.
Network joinMatrix(io::MatrixMarket matrix, std::optional<io::CsvTable> nodes,
                   const Treatment &treatment);

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_READNETWORK_H
