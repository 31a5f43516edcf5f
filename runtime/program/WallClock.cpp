//===- WallClock.cpp - what is due every so many seconds, on all ranks ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/WallClock.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace irh::rt::program {

using Seconds = std::chrono::duration<double>;

void WallClock::beginEvolve(std::int64_t firstStep) {
  evolveStart = Clock::now();
  evolveFirst = firstStep;
  next = firstStep + 1;
}

std::int64_t WallClock::nextLook(std::int64_t step, double seconds) const {
  constexpr double kMostSteps = 1e6;
  const double pause = std::min(seconds / 20, 0.05);
  const double secondsSoFar = Seconds(Clock::now() - evolveStart).count();
  const double stepsPerSecond = static_cast<double>(step - evolveFirst) / secondsSoFar;
  const double numSteps = std::floor(stepsPerSecond * pause);
  return step + static_cast<std::int64_t>(numSteps > 1 ? std::min(numSteps, kMostSteps) : 1);
}

bool WallClock::isOver(std::int64_t step, double seconds, Communicator &comm) {
  if (step < next)
    return false;
  // One number says both: when to look again, and whether the interval is over.
  std::int64_t answer = std::numeric_limits<std::int64_t>::max();
  if (comm.rank() == 0) {
    const bool isOver = Seconds(Clock::now() - start).count() >= seconds;
    answer = 2 * nextLook(step, seconds) + (isOver ? 1 : 0);
  }
  answer = comm.least(answer);
  next = answer / 2;
  return answer % 2 == 1;
}

} // namespace irh::rt::program
