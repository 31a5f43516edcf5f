//===- Columns.h - columns of the files that a network was read from --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_COLUMNS_H
#define IRH_RUNTIME_GRAPH_COLUMNS_H

#include "runtime/abi/Abi.h"
#include "runtime/graph/Network.h"

#include <complex>
#include <cstdint>
#include <string_view>
#include <vector>

namespace irh::rt::graph {

/// A column of the file of nodes, in the order of the rows.
///
/// Cost    parses the whole column.
/// Errors  InvalidArgument: no file, no such column, a cell that is no number (bool).
std::vector<double> nodeReals(const Network &network, std::string_view column);
std::vector<std::int64_t> nodeInts(const Network &network, std::string_view column);
std::vector<std::int64_t> nodeBools(const Network &network, std::string_view column);

/// A column of the file of edges, in the order of `edges`: what dst sees of src. The entries of a
/// matrix are the column `weight`; entry (dst, src) counts. A row of a table that names the ends of
/// an undirected edge the other way round is read as the symmetry says; duplicates are summed.
///
/// Cost         parses the whole column of a table.
/// Determinism  duplicates are added in the order of the file.
/// Errors       as for nodes. InvalidArgument too if a sum overflows, if a matrix is complex and
///              reals are asked for, and if an undirected network's matrix hasn't the symmetry, to
///              within 1e-12 of an entry: the first bad pair, and the norm of what differs.
///              Reals of a table as parts of hermitian values, where a row names the larger end
///              first.
std::vector<double> edgeReals(const Network &network, std::string_view column,
                              abi::Symmetry symmetry = abi::Symmetry::Symmetric);
std::vector<std::int64_t> edgeInts(const Network &network, std::string_view column,
                                   abi::Symmetry symmetry = abi::Symmetry::Symmetric);
/// Errors  InvalidArgument too if duplicates, or what a matrix holds, come to neither 0 nor 1.
std::vector<std::int64_t> edgeBools(const Network &network, std::string_view column,
                                    abi::Symmetry symmetry = abi::Symmetry::Symmetric);
std::vector<std::complex<double>> edgeComplexes(const Network &network, std::string_view column,
                                                abi::Symmetry symmetry = abi::Symmetry::Symmetric);

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_COLUMNS_H
