//===- SweepCalls.cpp - kernels over sets, and what they reduce -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/abi/SweepResults.h"
#include "runtime/core/Text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>

using irh::abi::addValues;
using irh::abi::guard;
using irh::abi::guardEffect;
using irh::abi::guardLocal;
using irh::abi::SetKind;
using irh::abi::startReductions;
using irh::abi::storeResults;
using irh::rt::field::Field;
using irh::rt::partition::LocalSet;
using irh::rt::program::Context;
using irh::rt::program::FieldHandle;
using irh::rt::program::NetworkPart;
using irh::rt::program::SetHandle;
using irh::rt::program::Watchdog;

namespace {

/// A sweep as generated code asks for it.
struct Sweep {
  const LocalSet &set;
  std::int64_t numInterior; ///< Of nodes; they come first.
  irh_kernel kernel;
  void *const *slots;
  std::span<const std::int32_t> reductions;
  std::byte *results;
};

} // namespace

/// Points of a chunk: a multiple of 64, large enough to be worth a thread, small enough to share
/// evenly. Results do not depend on it.
static std::int64_t chunkSize(std::int64_t numPoints, int numThreads) {
  constexpr std::int64_t kChunksPerThread = 4;
  const std::int64_t even = numPoints / (numThreads * kChunksPerThread);
  return std::clamp<std::int64_t>((even + 63) / 64 * 64, 512, 4096);
}

/// Calls the kernel on [begin, end) in chunks, each with the accumulators of its thread.
static void runOnThreads(Context &context, const Sweep &sweep, const irh_range &points) {
  const std::int64_t numPoints = points.end - points.begin;
  if (numPoints <= 0)
    return;
  const std::int64_t size = chunkSize(numPoints, context.team.size());
  context.team.parallelFor((numPoints + size - 1) / size, [&](std::int64_t chunk, int thread) {
    const std::int64_t begin = points.begin + chunk * size;
    const irh_range range{begin, std::min(begin + size, points.end)};
    sweep.kernel(&range, sweep.slots, &context.accumulators[static_cast<std::size_t>(thread)]);
  });
}

/// The copies of cut edges get the values their owners compute; what they add is thrown away.
static void runOnCopies(Context &context, const Sweep &sweep) {
  const irh_range range{sweep.set.numOwned, sweep.set.numLocal};
  if (sweep.set.kind == SetKind::Edges && range.begin < range.end)
    sweep.kernel(&range, sweep.slots, &context.accumulators.back());
}

static void runSweep(Context &context, const Sweep &sweep) {
  startReductions(context, sweep.reductions);
  // Nodes without ghosts for neighbors are computed while the others' are on their way.
  const bool isNodes = sweep.set.kind == SetKind::Nodes;
  const std::int64_t numFirst = isNodes ? sweep.numInterior : 0;
  if (context.isExchanging)
    runOnThreads(context, sweep, {0, numFirst});
  const std::int64_t numDone = context.isExchanging ? numFirst : 0;
  context.finishExchanges();
  runOnThreads(context, sweep, {numDone, sweep.set.numOwned});
  runOnCopies(context, sweep);
  storeResults(context, sweep.reductions.size(), sweep.results);
}

/// `node 17` (its id in the file), or `edge 3-17`. Collective.
static std::string describePoint(const FieldHandle &field, std::int64_t globalId,
                                 irh::rt::Communicator &comm) {
  const irh::rt::graph::Network &network = field.set.network->whole;
  if (field.set.points->kind == SetKind::Nodes)
    return "node " + std::to_string(network.idOf(globalId));
  const irh::rt::graph::Edge edge = field.set.network->local.findEdge(globalId, comm);
  return "edge " + std::to_string(network.idOf(edge.src)) + "-" +
         std::to_string(network.idOf(edge.dst));
}

static std::string describeTime(const Context &context) {
  if (!context.position)
    return "";
  const irh::rt::step::State &next = context.position->next;
  return " after step " + std::to_string(next.number) + " (t = " + irh::rt::shortest(next.t) + ")";
}

/// All ranks agree on the least point before any of them stops.
static void stopAtNotFinite(Context &context, const FieldHandle &field) {
  constexpr std::int64_t kNowhere = std::numeric_limits<std::int64_t>::max();
  const std::int64_t point =
      context.comm.least(irh::rt::field::findNotFinite(field.field).value_or(kNowhere));
  const std::string where =
      point == kNowhere ? "" : " at " + describePoint(field, point, context.comm);
  throw irh::rt::Error(irh::rt::ErrorCode::Stopped,
                       "`" + field.name + "` is not finite" + where + describeTime(context));
}

/// A check that failed at the state before comes first.
static bool isWatching(const Context &context) {
  return context.settings.watchdog == Watchdog::On && !context.failedCheck;
}

extern "C" {

void irh_rt_sweep(void *handle, void *set, void *kernel, void *slots, std::int64_t numReductions,
                  void *reductions, void *results) {
  std::fill_n(static_cast<std::int64_t *>(results), numReductions, 0); // if nothing runs
  guardLocal(handle, [&](Context &context) {
    if (context.notes)
      return;
    const auto &points = *static_cast<SetHandle *>(set);
    runSweep(context, {.set = *points.points,
                       .numInterior = points.network->local.numInterior,
                       .kernel = reinterpret_cast<irh_kernel>(kernel),
                       .slots = static_cast<void *const *>(slots),
                       .reductions = {static_cast<const std::int32_t *>(reductions),
                                      static_cast<std::size_t>(numReductions)},
                       .results = static_cast<std::byte *>(results)});
  });
}

void irh_rt_watch(void *handle, void *field, std::int64_t flag) {
  guardEffect(handle, [&](Context &context) {
    if (flag != 0 && isWatching(context))
      stopAtNotFinite(context, *static_cast<FieldHandle *>(field));
  });
}

void irh_rt_watch_scalar(void *handle, void *name, double value) {
  guardEffect(handle, [&](Context &context) {
    if (!std::isfinite(value) && isWatching(context))
      throw irh::rt::Error(irh::rt::ErrorCode::Stopped,
                           "`" + std::string(static_cast<const char *>(name)) + "` is not finite" +
                               describeTime(context));
  });
}

void irh_rt_lattice_rows(void *network, std::int64_t first, std::int64_t count, void *offsets,
                         void *columns) {
  static_cast<const irh::rt::program::NetworkPart *>(network)->local.latticeRows(
      first, count, {static_cast<std::int64_t *>(offsets), static_cast<std::int32_t *>(columns)});
}

void irh_rt_accumulate(void *accumulator, std::int64_t index, void *values, std::int64_t count) {
  addValues(
      static_cast<irh_accumulator *>(accumulator)->reductions[static_cast<std::size_t>(index)],
      static_cast<const std::byte *>(values), static_cast<std::size_t>(count));
}

} // extern "C"
