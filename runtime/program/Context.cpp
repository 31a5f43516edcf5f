//===- Context.cpp - one rank of a running program --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/Context.h"

#include "runtime/partition/Partitioner.h"

#include <utility>

namespace irh::rt::program {

void FirstFailure::record(Failure failure) {
  std::lock_guard lock(mutex);
  if (!first || first->code == ErrorCode::Aborted)
    first = std::move(failure);
}

std::optional<Failure> FirstFailure::get() const {
  std::lock_guard lock(mutex);
  return first;
}

NetworkPart::NetworkPart(graph::Network network, partition::Method method, Communicator &comm)
    : whole(std::move(network)), method(partition::settle(method, whole, comm.size())),
      local(partition::takePart(whole, method, comm)), exchanger(local),
      nodes{this, &local.set(abi::SetKind::Nodes)}, edges{this, &local.set(abi::SetKind::Edges)} {}

NetworkPart::CycleSet &NetworkPart::cyclesOf(abi::SetKind kind, Communicator &comm) {
  const auto known = cycleSets.find(kind);
  if (known != cycleSets.end())
    return known->second;
  CycleSet &made = cycleSets[kind];
  made.cycles = kind == abi::SetKind::Triangles ? partition::findTriangles(local, comm)
                : kind == abi::SetKind::Cycles  ? partition::findCycleBasis(local, comm)
                                                : partition::findComponents(local, comm);
  made.handle = {this, &made.cycles.set};
  return made;
}

Context::Context(const Settings &settings, Communicator &comm, ThreadTeam &team,
                 const report::ReportOptions &reportOptions, FirstFailure &firstFailure,
                 CheckpointPlan &plan)
    : settings(settings), comm(comm), team(team), report(reportOptions), firstFailure(firstFailure),
      seed(settings.seed.value_or(0)), accumulators(static_cast<std::size_t>(team.size()) + 1),
      checkpoints(plan, comm) {
  if (settings.wantsPlan)
    notes.emplace();
  report.files().resumeAt(resumedMarks(plan));
  report.mute(checkpoints.isReplaying());
}

void Context::finishExchanges() {
  if (!isExchanging)
    return;
  isExchanging = false;
  for (NetworkPart &network : networks)
    network.exchanger.finish();
}

void Context::fail(ErrorCode code, const std::string &message) noexcept {
  if (isFailed)
    return;
  isFailed = true;
  // Recorded before the others are woken, so that the cause precedes its consequences.
  firstFailure.record({code, message, location});
  if (!isAgreed(code))
    comm.abort();
}

} // namespace irh::rt::program
