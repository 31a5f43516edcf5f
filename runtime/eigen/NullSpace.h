//===- NullSpace.h - vectors that a matrix is known to take to zero ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_EIGEN_NULLSPACE_H
#define IRH_RUNTIME_EIGEN_NULLSPACE_H

#include "runtime/matrix/HermitianMatrix.h"

#include <cstdint>
#include <vector>

namespace irh::rt::eigen {

/// The null vectors with entries of size 1 on one component of the network, and 0 elsewhere. Of a
/// matrix whose diagonal holds the sums of its rows' sizes, D = sum |w|, these are all: one for
/// each balanced component, around each of whose cycles the phases multiply to 1.
template <typename T> class NullSpace {
public:
  /// Sweeps the phases over a spanning tree of each component, and looks whether they fit at all
  /// other edges, and whether the diagonal does. Fits are judged to 1e-8 of a phase and 1e-12 of a
  /// row's sum: what passes has an eigenvalue that is zero to rounding.
  ///
  /// Collective   over the ranks.
  /// Cost         two passes over the rows, an exchange; memory for a value of each node, and on
  /// each
  ///              rank for those parts of components that reach other ranks.
  /// Determinism  the same vectors for any number of threads; over ranks equal up to rounding.
  /// Errors       Aborted, std::bad_alloc.
  /// Source       switching classes of gain graphs: T. Zaslavsky, J. Comb. Theory B 47(1), 1989.
  NullSpace(const matrix::HermitianMatrix<T> &matrix, const matrix::Workers &workers);

  std::int64_t dimension() const { return numVectors; } ///< Over all ranks.

  /// Takes out of each column what lies in the space. Collective. Errors: Aborted.
  void project(matrix::Block<T> &block, const matrix::Workers &workers) const;

  /// Of each vector that has nodes here and none of a less id elsewhere, the node of the least id:
  /// over all ranks, one node for each vector. Collective. Errors: Aborted.
  std::vector<std::int64_t> leastNodes(const partition::LocalSet &nodes, Communicator &comm) const;
  /// The sum over all vectors of ln of their number of nodes. Collective. Errors: Aborted.
  double sumOfLogSizes(Communicator &comm) const;

private:
  /// A part of a component: what this rank has of it, as far as it hangs together here.
  struct Part {
    std::int64_t numNodes = 0;
    bool fits = true;
    std::int64_t shared = -1; ///< Its number among the parts that reach other ranks; -1: none.
    std::int64_t vector = -1; ///< That it belongs to: of this rank's own, or of the shared ones.
  };

  void sweepPhases(const matrix::HermitianMatrix<T> &matrix);
  void joinRanks(const matrix::HermitianMatrix<T> &matrix, const matrix::Workers &workers);
  std::vector<double> shareParts(const matrix::HermitianMatrix<T> &matrix, Communicator &comm);
  std::vector<double> findLinks(const matrix::HermitianMatrix<T> &matrix, Communicator &comm);
  void numberVectors(Communicator &comm);
  Part &partAt(std::int64_t node) {
    return parts[static_cast<std::size_t>(partOf[static_cast<std::size_t>(node)])];
  }

  std::vector<std::int32_t> partOf; ///< Of each owned node.
  std::vector<T> values;            ///< Likewise; of size 1.
  std::vector<Part> parts;
  std::vector<double> sizesOfOwn;    ///< Nodes of each vector that is on this rank alone.
  std::vector<double> sizesOfShared; ///< Of each that is on several.
  std::int64_t numVectors = 0;
};

} // namespace irh::rt::eigen

#endif // IRH_RUNTIME_EIGEN_NULLSPACE_H
