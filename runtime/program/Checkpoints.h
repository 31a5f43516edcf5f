//===- Checkpoints.h - a run that is kept on disk, and goes on from there ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A resumed run does all it did before the checkpoint over again, silently, save the evolves: of
// those it takes up the fields and scalars as they were at the end, or where the last one stood.

#ifndef IRH_RUNTIME_PROGRAM_CHECKPOINTS_H
#define IRH_RUNTIME_PROGRAM_CHECKPOINTS_H

#include "runtime/checkpoint/CheckpointFile.h"
#include "runtime/core/Communicator.h"
#include "runtime/graph/Network.h"
#include "runtime/program/CommandLine.h"
#include "runtime/program/Program.h"
#include "runtime/program/WallClock.h"
#include "runtime/report/OutputFiles.h"
#include "runtime/step/Cadence.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace irh::rt::program {

struct FieldHandle;

/// What all ranks of a run know of its checkpoints.
struct CheckpointPlan {
  std::string folder; ///< Of the file, and of the run's output; empty: where it stands.
  std::string path;
  checkpoint::Identity identity;
  std::int64_t lastKeptEvolve = 0;            ///< See Program.
  std::unique_ptr<checkpoint::Reader> reader; ///< Of a resumed run.
  bool hasFile = false;                       ///< Rank 0: this run has written or read the file.
};

/// Opens the checkpoint if the settings ask for it; where there is none, the run starts anew.
///
/// Errors  InvalidArgument: `--resume` of a model without `checkpoint`; a checkpoint that is not
///         whole, or not of this run.
CheckpointPlan planCheckpoints(const Program &program, const Settings &settings);

/// The output files as they were at the checkpoint.
std::vector<report::Mark> resumedMarks(const CheckpointPlan &plan);

/// Takes the file away: the run has come to its end.
void removeCheckpoint(const CheckpointPlan &plan);

/// Where an evolve goes on.
struct Resumption {
  step::Standing standing;
  bool isPast = false; ///< It had ended.
};

/// One rank's part of a run's checkpoints. Every call is collective.
class Checkpoints {
public:
  Checkpoints(CheckpointPlan &plan, Communicator &comm)
      : plan(plan), comm(comm), replaying(plan.reader != nullptr) {}

  /// A network has been made: the files it was read from must be the same when the run is resumed.
  ///
  /// Errors  InvalidArgument, with the name of one that is not, once all have been added and
  ///         `resume` is called.
  void addNetwork(const graph::Network &network);

  /// An evolve starts; `kinds` of the slots of its frame, 8 bytes each.
  void beginEvolve(std::byte *frame, std::span<const abi::SlotKind> kinds);

  /// Errors  InvalidArgument unless the seconds are 0 or positive and finite.
  void addCadence(const step::Cadence &cadence, double seconds);

  /// The checkpoint's last evolve has not been reached: all that is done was done before.
  bool isReplaying() const { return replaying; }

  /// Restores the evolve's slots, if the checkpoint holds them. Errors: InvalidArgument if they
  /// don't fit: a file of the network has changed, say.
  std::optional<Resumption> resume();

  /// The loop starts at this state.
  void startLoop(const step::Standing &standing);

  /// Writes a checkpoint if one is due at this state. Errors: OutputFailed, on rank 0.
  ///
  /// Cost  nothing without cadences; a look at the clock, and a message to each rank, a few times
  ///       a second where one goes by the clock.
  void reachState(const step::Standing &standing, const report::OutputFiles &files);

  /// The loop has ended at this state. Keeps what later evolves' checkpoints must hold.
  void endLoop(const step::Standing &standing);

private:
  checkpoint::SavedEvolve describe(const step::Standing &standing) const;
  void restore(const checkpoint::SavedEvolve &saved);
  void keepEnded(const step::Standing &standing);
  bool isDue(const step::Standing &standing);
  void write(const step::Standing &standing, const report::OutputFiles &files);
  void forEachPiece(const std::function<void(std::span<const std::byte>)> &take);

  CheckpointPlan &plan;
  Communicator &comm;
  bool replaying;
  std::size_t numBegun = 0; ///< Evolves.
  WallClock clock;
  std::vector<checkpoint::Input> inputs;
  std::vector<report::Mark> settled; ///< What of the output was on disk at the last checkpoint.

  // Of the evolve at hand.
  std::vector<FieldHandle *> fields;
  std::vector<std::byte *> scalars;
  std::vector<step::Cadence> cadences;
  std::optional<double> everySeconds; ///< The least that was asked for.
  std::int64_t firstState = 0;

  // Of the evolves that have ended; the values of their fields, one after the other, on rank 0.
  std::vector<checkpoint::SavedEvolve> ended;
  std::vector<std::byte> endedValues;
};

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_CHECKPOINTS_H
