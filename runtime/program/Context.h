//===- Context.h - one rank of a running program ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PROGRAM_CONTEXT_H
#define IRH_RUNTIME_PROGRAM_CONTEXT_H

#include "runtime/core/Communicator.h"
#include "runtime/core/Error.h"
#include "runtime/core/ThreadTeam.h"
#include "runtime/device/Device.h"
#include "runtime/eigen/Eigenvalues.h"
#include "runtime/eigen/Trace.h"
#include "runtime/field/Field.h"
#include "runtime/graph/Network.h"
#include "runtime/halo/Exchange.h"
#include "runtime/matrix/GeneralMatrix.h"
#include "runtime/partition/Cycles.h"
#include "runtime/partition/LocalNetwork.h"
#include "runtime/program/Checkpoints.h"
#include "runtime/program/CommandLine.h"
#include "runtime/program/Plan.h"
#include "runtime/program/Program.h"
#include "runtime/reduce/Accumulator.h"
#include "runtime/report/Report.h"
#include "runtime/save/SavedFiles.h"
#include "runtime/step/TimeLoop.h"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace irh::rt::program {

/// Why a run ended early.
struct Failure {
  ErrorCode code;
  std::string message;
  Location location; ///< The statement that was running.
};

/// The first failure of any rank; later ones are its consequences.
class FirstFailure {
public:
  void record(Failure failure);
  /// Nothing if no rank failed.
  std::optional<Failure> get() const;

private:
  mutable std::mutex mutex;
  std::optional<Failure> first; ///< Aborted only while there is no cause.
};

class Host;
struct NetworkPart;

/// The points of a set. Its address is generated code's handle.
struct SetHandle {
  NetworkPart *network;
  const partition::LocalSet *points;
};

/// A network as this rank holds it. Its address is generated code's handle.
struct NetworkPart {
  /// Collective.
  NetworkPart(graph::Network network, partition::Method method, Communicator &comm);
  NetworkPart(const NetworkPart &) = delete;
  NetworkPart &operator=(const NetworkPart &) = delete;

  graph::Network whole;     ///< Of one that several ranks have generated without its edges.
  partition::Method method; ///< That has cut it.
  partition::LocalNetwork local;
  halo::Exchanger exchanger;
  SetHandle nodes, edges;
  /// Triangles, a basis of the cycles, components: found when they are first asked for. Collective.
  struct CycleSet {
    partition::Cycles cycles;
    SetHandle handle;
  };
  CycleSet &cyclesOf(abi::SetKind kind, Communicator &comm);
  std::array<device::DeviceMemory, abi::kNumNetworkArrays> onDevice; ///< Copies of its arrays.

private:
  std::map<abi::SetKind, CycleSet> cycleSets;
};

/// A field. Its address is generated code's handle.
struct FieldHandle {
  SetHandle set;
  field::Field field;
  std::string name = {}; ///< For messages; stays where it is when two fields swap memory.
};

/// Eigenvalues of a matrix over the nodes of a network, and their vectors. Its address is generated
/// code's handle.
struct ListHandle {
  NetworkPart *network = nullptr;
  eigen::Eigenpairs pairs = {};
};

/// A matrix. Its address is generated code's handle.
struct MatrixHandle {
  std::string name = {};
  NetworkPart *network = nullptr;
  std::optional<eigen::SpectralMatrix> matrix = {};     ///< A Hermitian one.
  std::optional<matrix::AnyGeneralMatrix> general = {}; ///< Any other.
};

/// What runs this rank's kernels, where that is not the processor. It outlives all that has memory
/// there.
struct DeviceWork {
  std::unique_ptr<device::Device> device;
  device::DeviceMemory values, flags; ///< Of the reductions of the sweep at hand.
  std::vector<double> valuesHere;     ///< Of one of them.
  std::vector<void *> parameters;
};

/// Where the time loop is; empty outside an evolve.
struct LoopPosition {
  step::State state;
  step::State next;
};

/// What the model's functions tell the time loop that called them.
struct LoopAnswers {
  bool isConditionMet = false;
  double stepError = 0; ///< In units of the tolerance.
};

/// What one rank of a program knows. Generated code holds its address and hands it to every call.
struct Context {
  Context(const Settings &settings, Communicator &comm, ThreadTeam &team,
          const report::ReportOptions &reportOptions, FirstFailure &firstFailure,
          CheckpointPlan &plan);
  Context(const Context &) = delete;
  Context &operator=(const Context &) = delete;

  bool hasFailed() const { return isFailed; }

  /// Finishes what `irh_rt_exchange` has started. Errors: Aborted.
  void finishExchanges();

  /// Marks this rank as failed, and keeps the failure if it is the first. One that the ranks do not
  /// agree on stops the others at once; else they come to it themselves, with all rows before it.
  void fail(ErrorCode code, const std::string &message) noexcept;

  const Settings &settings;
  Communicator &comm;
  ThreadTeam &team;
  report::Report report;
  FirstFailure &firstFailure;
  Host *host = nullptr; ///< Of a run that is part of another program.

  std::uint64_t seed = 0;
  Location location;
  DeviceWork work; ///< Before what has memory there.
  // Deques: handles are addresses.
  std::deque<NetworkPart> networks;
  std::deque<FieldHandle> fields;
  // By the numbers that the program gives them; each stays where it is.
  std::vector<std::unique_ptr<MatrixHandle>> matrices;
  std::vector<std::unique_ptr<std::optional<eigen::Trace>>> traces;
  std::vector<std::unique_ptr<ListHandle>> lists;
  std::vector<irh_accumulator> accumulators; ///< One for each thread, and one to throw away.
  std::vector<field::Field *> exchanged;     ///< Of the exchange at hand.
  bool isExchanging = false;                 ///< An exchange has been started.
  halo::Volume sent;                         ///< In exchanges so far.
  std::optional<PlanNotes> notes;            ///< Of a run that is only planned.
  save::SavedFiles saves;
  Checkpoints checkpoints;
  step::Evolve evolve;
  LoopAnswers answers;
  std::optional<LoopPosition> position;
  std::optional<Failure> failedCheck; ///< In an evolve; it stops the run once its row is written.

private:
  bool isFailed = false;
};

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_CONTEXT_H
