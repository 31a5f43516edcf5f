//===- Block.h - several vectors over the nodes, side by side ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_MATRIX_BLOCK_H
#define IRH_RUNTIME_MATRIX_BLOCK_H

#include "runtime/core/Communicator.h"
#include "runtime/core/ThreadTeam.h"
#include "runtime/field/Field.h"

#include <algorithm>
#include <complex>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

namespace irh::rt::matrix {

using Complex = std::complex<double>;

/// The element of a field of T.
template <typename T>
inline constexpr abi::Element kElementOf =
    std::is_same_v<T, Complex> ? abi::Element::Complex : abi::Element::Real;

/// Vectors of T (double or Complex) over the nodes of a network: the entries of a node stand
/// together. Ghosts are as the last exchange left them.
template <typename T> class Block {
public:
  Block() = default;
  Block(const partition::LocalSet &nodes, int numColumns)
      : field(field::makeField(nodes, kElementOf<T>, numColumns)) {}

  int numColumns() const { return field.numColumns; }
  std::int64_t numOwned() const { return field.set->numOwned; }
  T *row(std::int64_t node) { return field.values<T>() + node * field.numColumns; }
  const T *row(std::int64_t node) const {
    return std::as_const(field).template values<T>() + node * field.numColumns;
  }

  field::Field field;
};

/// The ranks and threads that work on blocks.
struct Workers {
  Communicator &comm;
  ThreadTeam &team;
};

/// Adds what all ranks hold, in the order of the ranks: all get the same bits.
///
/// Collective. Cost: a message of `values` for each rank, log2(ranks) deep. Errors: Aborted.
void addOverRanks(std::span<double> values, Communicator &comm);

/// The sums over this rank's nodes that `add(first, end, sums)` adds for each run of them, in the
/// order of the runs.
template <typename T, typename Add>
std::vector<T> sumHere(std::int64_t numNodes, std::size_t numSums, ThreadTeam &team,
                       const Add &add) {
  constexpr std::int64_t kRun = 4096;
  const std::int64_t numRuns = (numNodes + kRun - 1) / kRun;
  std::vector<T> partial(static_cast<std::size_t>(numRuns) * numSums);
  team.parallelFor(numRuns, [&](std::int64_t run, int) {
    add(run * kRun, std::min(numNodes, (run + 1) * kRun),
        partial.data() + static_cast<std::size_t>(run) * numSums);
  });
  std::vector<T> sums(numSums);
  for (std::size_t i = 0; i < partial.size(); ++i)
    sums[i % numSums] += partial[i];
  return sums;
}

/// Likewise over the nodes of all ranks, in the order of the ranks. Collective. Errors: Aborted.
template <typename T, typename Add>
std::vector<T> sumRuns(std::int64_t numNodes, std::size_t numSums, const Workers &workers,
                       const Add &add) {
  std::vector<T> sums = sumHere<T>(numNodes, numSums, workers.team, add);
  addOverRanks({reinterpret_cast<double *>(sums.data()), sums.size() * sizeof(T) / sizeof(double)},
               workers.comm);
  return sums;
}

/// Calls `visit(first, end, thread)` for runs of the owned nodes, on all threads.
template <typename Visit>
void forEachRun(std::int64_t numNodes, ThreadTeam &team, const Visit &visit) {
  constexpr std::int64_t kRun = 1024;
  const std::int64_t numRuns = (numNodes + kRun - 1) / kRun;
  team.parallelFor(numRuns, [&](std::int64_t run, int thread) {
    visit(run * kRun, std::min(numNodes, (run + 1) * kRun), thread);
  });
}

/// a^H b, of all columns: entry (i, j) at i + j * columns of a. Several blocks a, of equally many
/// columns, count as one with their columns side by side.
///
/// Collective   over the ranks.
/// Cost         one pass over each a; b is read from the caches after the first.
/// Determinism  the same bits for any number of threads; over ranks equal up to rounding.
template <typename T>
std::vector<T> gram(std::span<const Block<T>> a, const Block<T> &b, const Workers &workers);
template <typename T>
std::vector<T> gram(const Block<T> &a, const Block<T> &b, const Workers &workers) {
  return gram(std::span(&a, 1), b, workers);
}

/// The products of each column with the same one of the other block.
template <typename T>
std::vector<T> dots(const Block<T> &a, const Block<T> &b, const Workers &workers);

/// y += x c, with entry (i, j) of c at i + j * columns of x; several blocks x count as one.
template <typename T>
void addProduct(Block<T> &y, std::span<const Block<T>> x, std::span<const T> c,
                const Workers &workers);

/// `into` = x c, of as many columns as c has. `into` may be the first blocks of x.
///
/// Cost   one pass over x; some rows of memory for each thread.
template <typename T>
void combine(std::span<const Block<T>> x, std::span<const T> c, std::span<Block<T>> into,
             const Workers &workers);

} // namespace irh::rt::matrix

#endif // IRH_RUNTIME_MATRIX_BLOCK_H
