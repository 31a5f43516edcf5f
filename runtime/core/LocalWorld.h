//===- LocalWorld.h - ranks as threads of one process -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CORE_LOCALWORLD_H
#define IRH_RUNTIME_CORE_LOCALWORLD_H

#include "runtime/core/Communicator.h"

#include <functional>

namespace irh::rt {

/// Runs `body` once for each rank, each on a thread of its own, with in-process messages.
///
/// Collective   no: called once, outside any rank.
/// Shape        `numRanks >= 1`; one rank runs on the calling thread.
/// Cost         one thread for each rank; messages are copied once in and once out.
/// Determinism  messages between two ranks keep their order; nothing else is promised.
/// Errors       a rank that throws aborts the others at once; the first exception is rethrown
///              after all ranks have stopped. A rank that waits for one that has returned fails
///              with Aborted, once the messages of that rank are used up.
void runLocalWorld(int numRanks, const std::function<void(Communicator &)> &body);

} // namespace irh::rt

#endif // IRH_RUNTIME_CORE_LOCALWORLD_H
