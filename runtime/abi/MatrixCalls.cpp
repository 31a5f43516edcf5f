//===- MatrixCalls.cpp - matrices, and what is asked of them ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/core/Array.h"
#include "runtime/eigen/Eigenvalues.h"
#include "runtime/eigen/Trace.h"

#include <cstdint>
#include <memory>
#include <string>

using irh::abi::Element;
using irh::abi::guardEffect;
using irh::abi::SpectrumEnd;
using irh::rt::UncountedAllocations;
using irh::rt::program::Context;
using irh::rt::program::FieldHandle;
using irh::rt::program::MatrixHandle;
using irh::rt::program::NetworkPart;
namespace eigen = irh::rt::eigen;
namespace matrix = irh::rt::matrix;

static matrix::Workers workersOf(Context &context) { return {context.comm, context.team}; }

static eigen::TraceRequest requestOf(Context &context, const MatrixHandle &handle, double tolerance,
                                     std::int32_t method) {
  return {.tolerance = tolerance,
          .method = static_cast<irh::abi::TraceMethod>(method),
          .seed = context.seed,
          .name = "trace." + handle.name};
}

/// The thing of this number, made now if there is none.
template <typename T>
static T &entryAt(std::vector<std::unique_ptr<T>> &things, std::int64_t number) {
  const auto at = static_cast<std::size_t>(number);
  if (things.size() <= at)
    things.resize(at + 1);
  if (!things[at])
    things[at] = std::make_unique<T>();
  return *things[at];
}

static void writeEstimate(void *results, const eigen::Estimate &estimate) {
  auto *const values = static_cast<double *>(results);
  values[0] = estimate.value;
  values[1] = estimate.error;
}

static void requireUndirected(const NetworkPart &network, const std::string &name) {
  if (network.whole.isDirected)
    throw irh::rt::invalid("`" + name +
                           "` must be Hermitian, and the network is directed: an edge from one "
                           "node to another says nothing of the way back; make the network "
                           "undirected");
}

extern "C" {

void *irh_rt_matrix(void *handle, std::int64_t number, void *network, void *name, void *diagonal,
                    void *entries) {
  return guardEffect(handle, [&](Context &context) -> void * {
    const UncountedAllocations uncounted;
    auto &part = *static_cast<NetworkPart *>(network);
    MatrixHandle &made = entryAt(context.matrices, number);
    made.name = static_cast<const char *>(name);
    requireUndirected(part, made.name);
    const auto *onNodes = diagonal ? &static_cast<FieldHandle *>(diagonal)->field : nullptr;
    const auto *onEdges = entries ? &static_cast<FieldHandle *>(entries)->field : nullptr;
    const matrix::Place place{&part.local, &part.exchanger};
    if (onEdges && onEdges->element == Element::Complex)
      made.matrix.emplace(matrix::HermitianMatrix<matrix::Complex>(place, onNodes, onEdges));
    else
      made.matrix.emplace(matrix::HermitianMatrix<double>(place, onNodes, onEdges));
    return &made;
  });
}

void *irh_rt_trace(void *handle, std::int64_t number, void *of, double tolerance,
                   std::int32_t method) {
  return guardEffect(handle, [&](Context &context) -> void * {
    const UncountedAllocations uncounted;
    auto &made = *static_cast<MatrixHandle *>(of);
    std::optional<eigen::Trace> &trace = entryAt(context.traces, number);
    trace.emplace(*made.matrix, requestOf(context, made, tolerance, method));
    return &trace;
  });
}

std::int32_t irh_rt_trace_next(void *handle, void *trace) {
  return guardEffect(handle, [&](Context &context) -> std::int32_t {
    const UncountedAllocations uncounted;
    return (*static_cast<std::optional<eigen::Trace> *>(trace))->next(workersOf(context)) ? 1 : 0;
  });
}

double irh_rt_trace_point(void *handle, void *trace) {
  return guardEffect(handle, [&](Context &) {
    return (*static_cast<std::optional<eigen::Trace> *>(trace))->point();
  });
}

void irh_rt_trace_value(void *handle, void *trace, double value) {
  guardEffect(handle, [&](Context &) {
    (*static_cast<std::optional<eigen::Trace> *>(trace))->give(value);
  });
}

void irh_rt_trace_end(void *handle, void *trace, void *results) {
  writeEstimate(results, {});
  guardEffect(handle, [&](Context &) {
    writeEstimate(results, (*static_cast<std::optional<eigen::Trace> *>(trace))->result());
  });
}

void irh_rt_logdet(void *handle, void *of, double zero, double tolerance, std::int32_t method,
                   void *results) {
  writeEstimate(results, {});
  guardEffect(handle, [&](Context &context) {
    const UncountedAllocations uncounted;
    auto &made = *static_cast<MatrixHandle *>(of);
    const eigen::TraceRequest request = requestOf(context, made, tolerance, method);
    writeEstimate(results, eigen::logDeterminant(*made.matrix, zero, request, workersOf(context)));
  });
}

void *irh_rt_eigenvalues(void *handle, std::int64_t number, void *of, std::int32_t end,
                         std::int64_t count, double nearest, double tolerance) {
  return guardEffect(handle, [&](Context &context) -> void * {
    const UncountedAllocations uncounted;
    auto &made = *static_cast<MatrixHandle *>(of);
    std::vector<double> &list = entryAt(context.lists, number);
    list = eigen::findEigenvalues(*made.matrix,
                                  {.end = static_cast<SpectrumEnd>(end),
                                   .count = count,
                                   .nearest = nearest,
                                   .tolerance = tolerance,
                                   .seed = context.seed},
                                  workersOf(context));
    return &list;
  });
}

} // extern "C"
