//===- Place.h - whether mpirun has started this process --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_MPI_PLACE_H
#define IRH_RUNTIME_MPI_PLACE_H

#include <optional>

namespace irh::rt::mpi {

/// A process among those that one mpirun has started.
struct Place {
  int rank = 0;
  int numRanks = 1;
  int numRanksHere = 1; ///< On the same machine.
};

/// Nothing in a process that was started alone. Looks at the environment that Open MPI's mpirun
/// makes; loads no library.
std::optional<Place> findPlace();

} // namespace irh::rt::mpi

#endif // IRH_RUNTIME_MPI_PLACE_H
