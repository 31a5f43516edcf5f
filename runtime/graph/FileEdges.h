//===- FileEdges.h - edges as a file lists them -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_GRAPH_FILEEDGES_H
#define IRH_RUNTIME_GRAPH_FILEEDGES_H

#include "runtime/abi/Abi.h"
#include "runtime/graph/Files.h"
#include "runtime/graph/Network.h"

#include <cstdint>
#include <vector>

namespace irh::rt::graph {

/// An edge and the row of the file that names it.
struct FileEdge {
  std::int32_t src;
  std::int32_t dst;
  EdgeRow from;

  bool joinsSameAs(const FileEdge &other) const { return src == other.src && dst == other.dst; }
};

/// Whether both directions of an undirected edge may have a row of their own.
enum class Sides { One, Both };

/// Puts the smaller end first.
FileEdge turned(FileEdge edge);

/// Sorts by (src, dst), then by row; where both sides may have rows, those that are not turned come
/// first. Cost: linear in nodes and edges, with a short sort for each node.
void sortFileEdges(std::int64_t numNodes, Sides sides, std::vector<FileEdge> &edges);

/// Two rows for the same edge (and the same side of it, where both may have one).
bool areDuplicates(const FileEdge &a, const FileEdge &b, Sides sides);

/// The earliest row that repeats another, and the one before it in order; null if there is none.
const FileEdge *findDuplicate(const std::vector<FileEdge> &sorted, Sides sides);

/// Stores each pair once, with the rows it takes its columns from.
void storeEdges(Network &network, const std::vector<FileEdge> &sorted, Sides sides,
                abi::Duplicates duplicates);

} // namespace irh::rt::graph

#endif // IRH_RUNTIME_GRAPH_FILEEDGES_H
