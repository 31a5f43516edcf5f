//===- TimeLoop.h - calls a model's step and events in their order ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_STEP_TIMELOOP_H
#define IRH_RUNTIME_STEP_TIMELOOP_H

#include "runtime/abi/Abi.h"
#include "runtime/step/AdaptiveSpan.h"
#include "runtime/step/Cadence.h"
#include "runtime/step/TimeSpan.h"

#include <cstdint>
#include <string>
#include <vector>

namespace irh::rt::step {

/// A function of the model that is called at the states at which it is due.
struct Event {
  irh_event call = nullptr;
  Cadence cadence = {};
  irh_event condition = nullptr; ///< Answers the host: due wherever it holds, too. Or null.
  /// The step functions hold it: its order among the events they don't hold does not matter.
  /// Neither with a time cadence nor with a condition.
  bool isHeld = false;

  bool isOfEachStep() const { return cadence.isEmpty() && !condition; }
};

/// What an evolve calls.
struct Evolve {
  std::string timeName;
  void *context = nullptr; ///< Handed to every function, with the frame.
  void *frame = nullptr;
  std::vector<Event> events;
  irh_step baseStep = nullptr; ///< Holds the held events of each step.
  irh_step fullStep = nullptr; ///< Holds all held events.
};

/// What the loop tells and asks the program it runs in.
class LoopHost {
public:
  virtual ~LoopHost() = default;
  /// The functions called next look at this state.
  virtual void stateBegins(const Standing &standing) = 0;
  /// The step called next leads to `next`; where it is not accepted, another attempt follows.
  virtual void stepBegins(const State &next) = 0;
  /// All have returned: the row of this state, if any cell is set, can be written.
  virtual void stateEnds(const State &state) = 0;
  /// What the condition called last has answered.
  virtual bool isConditionMet() = 0;
  /// The error of the step called last, in units of its tolerance. Adaptive loops only.
  virtual double stepError() = 0;
  /// Whether anything has failed, on this rank or another.
  virtual bool mustStop() = 0;
};

/// Runs an evolve from state `first` to its last, or until the host says stop.
///
/// At each state but the last: the events that are due and not held by the step function, in
/// order, then the step function. Where every held event is due, the full step function holds them
/// all instead. At the last state every event with a cadence, or with neither a cadence nor a
/// condition, is due, and called on its own.
///
/// Collective   on every rank, with the same span and events.
/// Cost         allocates nothing; builds with assertions check that the step, once warm, doesn't
///              either.
/// Determinism  calls depend on the arguments and on the answers of conditions alone.
/// Errors       what the host throws. The functions themselves never throw.
void runLoop(const Evolve &evolve, const TimeSpan &span, std::int64_t first, LoopHost &host);

enum class AdaptiveEnd {
  Whole,        ///< At the last state, or where the host said stop.
  StepTooSmall, ///< The step fell until time no longer moves, and its error is still too large.
};

/// Likewise, with steps whose length follows their error (see AdaptiveSpan.h). The step function
/// computes a candidate, tells the host its error, and keeps the old state where that is above 1.
/// No event is held; only `baseStep` is called. Steps are counted as they are accepted.
AdaptiveEnd runAdaptiveLoop(const Evolve &evolve, const AdaptiveSpan &span, const Standing &first,
                            LoopHost &host);

} // namespace irh::rt::step

#endif // IRH_RUNTIME_STEP_TIMELOOP_H
