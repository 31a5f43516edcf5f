//===- TimeLoop.h - calls a model's step and events in their order ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_STEP_TIMELOOP_H
#define IRH_RUNTIME_STEP_TIMELOOP_H

#include "runtime/abi/Abi.h"
#include "runtime/step/TimeSpan.h"

#include <cstdint>
#include <string>
#include <vector>

namespace irh::rt::step {

/// A function of the model that looks at the state and leaves it as it is.
struct Event {
  irh_event call = nullptr;
  std::int64_t everySteps = 0; ///< 0: at each step, and then the step functions hold it.

  bool isDueAt(std::int64_t step) const { return everySteps == 0 || step % everySteps == 0; }
};

/// What an evolve calls.
struct Evolve {
  std::string timeName;
  void *context = nullptr; ///< Handed to every function, with the frame.
  void *frame = nullptr;
  std::vector<Event> events;
  irh_step baseStep = nullptr; ///< Holds the events of each step.
  irh_step fullStep = nullptr; ///< Holds all events.
};

/// State number `number`, at time t.
struct State {
  std::int64_t number = 0;
  double t = 0;
};

/// What the loop tells and asks the program it runs in.
class LoopHost {
public:
  virtual ~LoopHost() = default;
  /// The functions called next look at `state` and lead to `next`; at the last, both are one.
  virtual void stateBegins(const State &state, const State &next) = 0;
  /// They have returned: the row of this state, if any cell is set, can be written.
  virtual void stateEnds(const State &state) = 0;
  /// Whether anything has failed, on this rank or another.
  virtual bool mustStop() = 0;
};

/// Runs an evolve from its first state to its last, or until the host says stop.
///
/// At each state but the last: events that are due and not held by the step function, in order,
/// then the step function. Where every separate event is due, the full step function holds them
/// all instead. At the last state every event is due, and called on its own.
///
/// Collective   on every rank, with the same span and events.
/// Cost         allocates nothing; builds with assertions check that the base step, once warm,
///              doesn't either.
/// Determinism  calls depend on the arguments alone.
/// Errors       what the host throws. The functions themselves never throw.
void runLoop(const Evolve &evolve, const TimeSpan &span, LoopHost &host);

} // namespace irh::rt::step

#endif // IRH_RUNTIME_STEP_TIMELOOP_H
