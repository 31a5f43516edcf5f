//===- World.h - ranks as processes that mpirun has started -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_MPI_WORLD_H
#define IRH_RUNTIME_MPI_WORLD_H

#include "runtime/core/Communicator.h"

#include <functional>
#include <memory>
#include <string>

namespace irh::rt::mpi {

class Messages;

/// What came of a run on one rank.
struct Outcome {
  int exitCode = 0;
  std::string message = {};   ///< Nothing where there is nothing to say.
  bool isConsequence = false; ///< Another rank's failure was the cause.
};

/// The processes of one mpirun. Starts MPI and ends it: one for each process, once.
class World {
public:
  /// A rank that has a core for itself waits for messages without giving it away at once.
  ///
  /// Collective. Errors: InvalidArgument if this machine has no MPI.
  explicit World(bool hasCore);
  /// Collective: after `conclude`.
  ~World();
  World(const World &) = delete;
  World &operator=(const World &) = delete;

  /// Messages larger than 1 GiB go in pieces of that size.
  ///
  /// Cost  as Communicator says; waiting costs a core, which is offered to others after a while.
  Communicator &communicator();

  /// Agrees on what came of the run: the failure of the least rank that is no consequence, else the
  /// least rank's. Rank 0 hands it to `report` before any rank returns from here.
  ///
  /// Collective  once, at the end. A rank that others still wait for aborts them.
  /// Errors      Internal.
  int conclude(const Outcome &mine, const std::function<void(const std::string &)> &report);

private:
  std::unique_ptr<Messages> messages;
};

} // namespace irh::rt::mpi

#endif // IRH_RUNTIME_MPI_WORLD_H
