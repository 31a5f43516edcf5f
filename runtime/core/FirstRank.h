//===- FirstRank.h - what one rank does for all -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CORE_FIRSTRANK_H
#define IRH_RUNTIME_CORE_FIRSTRANK_H

#include "runtime/core/Communicator.h"
#include "runtime/core/Error.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

namespace irh::rt {

/// Calls `work()` on rank 0 alone. `what` says what that is, for the ranks that wait.
///
/// Collective. Errors: on rank 0 those of `work`, on others Aborted.
template <typename Work>
void onFirstRank(Communicator &comm, const std::string &what, const Work &work) {
  std::optional<Error> failure;
  try {
    if (comm.rank() == 0)
      work();
  } catch (const Error &error) {
    failure = error;
  }
  if (comm.least(failure ? 0 : 1) == 0)
    throw failure ? *failure : Error(ErrorCode::Aborted, "rank 0 could not " + what);
}

/// Gives every rank the numbers of rank 0. Collective. Errors: Aborted.
inline void takeFromFirstRank(std::span<double> values, Communicator &comm) {
  if (comm.size() == 1)
    return;
  if (comm.rank() != 0)
    std::fill(values.begin(), values.end(), 0.0);
  // Adding zeros is exact.
  comm.allreduce(std::as_writable_bytes(values),
                 combineEach<double, [](double a, double b) { return a + b; }>);
}

} // namespace irh::rt

#endif // IRH_RUNTIME_CORE_FIRSTRANK_H
