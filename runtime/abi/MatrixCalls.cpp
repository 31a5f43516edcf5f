//===- MatrixCalls.cpp - matrices, and what is asked of them ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/core/Array.h"
#include "runtime/eigen/Eigenvalues.h"
#include "runtime/eigen/Trace.h"
#include "runtime/solve/Direct.h"
#include "runtime/solve/Exponential.h"
#include "runtime/solve/Solve.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <string>

using irh::abi::Element;
using irh::abi::guardEffect;
using irh::abi::SpectrumEnd;
using irh::rt::UncountedAllocations;
using irh::rt::program::Context;
using irh::rt::program::FieldHandle;
using irh::rt::program::ListHandle;
using irh::rt::program::MatrixHandle;
using irh::rt::program::NetworkPart;
namespace eigen = irh::rt::eigen;
namespace matrix = irh::rt::matrix;
namespace solve = irh::rt::solve;

/// How many probes and steps an estimate takes, where that is said.
struct EstimateCounts {
  std::optional<std::int64_t> probes, steps;

  EstimateCounts(std::int64_t probes, std::int64_t steps)
      : probes(isGiven(probes)), steps(isGiven(steps)) {}

private:
  static std::optional<std::int64_t> isGiven(std::int64_t count) {
    return count == std::numeric_limits<std::int64_t>::min() ? std::nullopt : std::optional(count);
  }
};

static matrix::Workers workersOf(Context &context) { return {context.comm, context.team}; }

static eigen::TraceRequest requestOf(Context &context, const MatrixHandle &handle,
                                     const EstimateCounts &counts, double tolerance,
                                     std::int32_t method) {
  return {.tolerance = tolerance,
          .method = static_cast<irh::abi::TraceMethod>(method),
          .numProbes = counts.probes,
          .numSteps = counts.steps,
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
  values[2] = estimate.bias;
}

static irh::rt::field::Field *fieldOf(void *handle) {
  return handle ? &static_cast<FieldHandle *>(handle)->field : nullptr;
}

static bool isComplex(const irh::rt::field::Field *field) {
  return field && field->element == Element::Complex;
}

static void requireUndirected(const NetworkPart &network, const std::string &name) {
  if (network.whole.isDirected)
    throw irh::rt::invalid("`" + name +
                           "` must be Hermitian, and the network is directed: an edge from one "
                           "node to another says nothing of the way back; make the network "
                           "undirected");
}

static void requireIndex(std::int64_t index, std::size_t count, const char *what) {
  if (index < 0 || index >= static_cast<std::int64_t>(count))
    throw irh::rt::invalid("there is no " + std::string(what) + " " + std::to_string(index) +
                           ": there are " + std::to_string(count) + ", counted from 0");
}

/// The values of the owned points.
static void copyOwned(const irh::rt::field::Field &from, irh::rt::field::Field &to) {
  const auto numBytes = static_cast<std::size_t>(from.set->numOwned) * from.bytesOfPoint();
  std::copy_n(from.memory.read(), numBytes, to.memory.write());
}

template <typename V> static matrix::Block<V> blockOf(const irh::rt::field::Field &values) {
  matrix::Block<V> block(*values.set, 1);
  copyOwned(values, block.field);
  return block;
}

/// Calls `work` with a number of the type of the field's values.
template <typename Work>
static void withNumbers(const irh::rt::field::Field &values, const Work &work) {
  if (values.element == Element::Complex)
    work(matrix::Complex());
  else
    work(0.0);
}

template <typename V>
static solve::SolveOutcome solveFor(MatrixHandle &made, matrix::Block<V> &b, matrix::Block<V> &x,
                                    const solve::SolveRequest &request,
                                    const matrix::Workers &workers) {
  if (request.method == irh::abi::SolveMethod::Direct)
    return made.general ? solve::solveDirectly(*made.general, b, x, workers)
                        : solve::solveDirectly(*made.matrix, b, x, workers);
  const solve::Operator<V> op = made.general ? solve::operatorOf<V>(*made.general, workers)
                                             : solve::operatorOf<V>(*made.matrix, workers);
  return solve::solve(op, b, x, request, workers);
}

static double sparseLogDeterminant(MatrixHandle &made, double zero,
                                   const matrix::Workers &workers) {
  const std::int64_t numNull = std::visit(
      [&]<typename T>(const matrix::HermitianMatrix<T> &) {
        return made.matrix->nullSpaceOf<T>(workers).dimension();
      },
      made.matrix->rows);
  if (numNull > 0 && zero < 0)
    throw irh::rt::Error(irh::rt::ErrorCode::Stopped, eigen::kSingular);
  return solve::factoredLogDeterminant(*made.matrix, workers);
}

static double reduceList(const std::vector<double> &values, irh::abi::ListReduction kind) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  switch (kind) {
  case irh::abi::ListReduction::Sum:
    return std::accumulate(values.begin(), values.end(), 0.0);
  case irh::abi::ListReduction::Mean:
    return values.empty() ? 0
                          : std::accumulate(values.begin(), values.end(), 0.0) /
                                static_cast<double>(values.size());
  case irh::abi::ListReduction::Min:
    return std::accumulate(values.begin(), values.end(), kInfinity,
                           [](double a, double b) { return std::min(a, b); });
  case irh::abi::ListReduction::Max:
    return std::accumulate(values.begin(), values.end(), -kInfinity,
                           [](double a, double b) { return std::max(a, b); });
  }
  return 0;
}

extern "C" {

void *irh_rt_matrix(void *handle, std::int64_t number, void *network, void *name, void *diagonal,
                    void *entries, void *back, std::int32_t isGeneral) {
  return guardEffect(handle, [&](Context &context) -> void * {
    const UncountedAllocations uncounted;
    auto &part = *static_cast<NetworkPart *>(network);
    MatrixHandle &made = entryAt(context.matrices, number);
    made.name = static_cast<const char *>(name);
    made.network = &part;
    const auto *onNodes = fieldOf(diagonal), *onEdges = fieldOf(entries),
               *backwards = fieldOf(back);
    const matrix::Place place{&part.local, &part.exchanger};
    if (isGeneral != 0) {
      made.matrix.reset();
      const matrix::GeneralEntries given{onNodes, onEdges, backwards};
      if (isComplex(onNodes) || isComplex(onEdges))
        made.general.emplace(matrix::GeneralMatrix<matrix::Complex>(place, given));
      else
        made.general.emplace(matrix::GeneralMatrix<double>(place, given));
      return &made;
    }
    requireUndirected(part, made.name);
    if (isComplex(onEdges))
      made.matrix.emplace(matrix::HermitianMatrix<matrix::Complex>(place, onNodes, onEdges));
    else
      made.matrix.emplace(matrix::HermitianMatrix<double>(place, onNodes, onEdges));
    return &made;
  });
}

void *irh_rt_trace(void *handle, std::int64_t number, void *of, double tolerance,
                   std::int64_t probes, std::int64_t steps, std::int32_t method) {
  return guardEffect(handle, [&](Context &context) -> void * {
    const UncountedAllocations uncounted;
    auto &made = *static_cast<MatrixHandle *>(of);
    std::optional<eigen::Trace> &trace = entryAt(context.traces, number);
    trace.emplace(*made.matrix, requestOf(context, made, {probes, steps}, tolerance, method));
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

void irh_rt_logdet(void *handle, void *of, double zero, double tolerance, std::int64_t probes,
                   std::int64_t steps, std::int32_t method, void *results) {
  writeEstimate(results, {});
  guardEffect(handle, [&](Context &context) {
    const UncountedAllocations uncounted;
    auto &made = *static_cast<MatrixHandle *>(of);
    const eigen::TraceRequest request =
        requestOf(context, made, {probes, steps}, tolerance, method);
    if (request.method == irh::abi::TraceMethod::Sparse)
      return writeEstimate(results,
                           {.value = sparseLogDeterminant(made, zero, workersOf(context))});
    writeEstimate(results, eigen::logDeterminant(*made.matrix, zero, request, workersOf(context)));
  });
}

void *irh_rt_eigenvalues(void *handle, std::int64_t number, void *of, std::int32_t end,
                         std::int64_t count, double nearest, double tolerance,
                         std::int32_t hasVectors) {
  return guardEffect(handle, [&](Context &context) -> void * {
    const UncountedAllocations uncounted;
    auto &made = *static_cast<MatrixHandle *>(of);
    ListHandle &list = entryAt(context.lists, number);
    list.network = made.network;
    list.pairs = eigen::findEigenvalues(*made.matrix,
                                        {.end = static_cast<SpectrumEnd>(end),
                                         .count = count,
                                         .nearest = nearest,
                                         .tolerance = tolerance,
                                         .seed = context.seed,
                                         .hasVectors = hasVectors != 0},
                                        workersOf(context));
    return &list;
  });
}

void irh_rt_eigenvector(void *handle, void *list, std::int64_t index, void *result) {
  guardEffect(handle, [&](Context &) {
    const auto &vectors = static_cast<ListHandle *>(list)->pairs.vectors;
    requireIndex(index, vectors.size(), "eigenvector");
    const irh::rt::field::Field &found = vectors[static_cast<std::size_t>(index)];
    copyOwned(found, *fieldOf(result));
  });
}

void irh_rt_exponential(void *handle, void *of, double real, double imaginary, void *start,
                        void *result) {
  guardEffect(handle, [&](Context &context) {
    const UncountedAllocations uncounted;
    auto &made = *static_cast<MatrixHandle *>(of);
    withNumbers(*fieldOf(start), [&]<typename V>(const V &) {
      matrix::Block<V> x = blockOf<V>(*fieldOf(start));
      solve::applyExponential(*made.matrix, {real, imaginary}, x, workersOf(context));
      copyOwned(x.field, *fieldOf(result));
    });
  });
}

void irh_rt_solve(void *handle, void *of, std::int32_t method, void *right, void *start,
                  void *result, double tolerance, std::int64_t restart, void *outcome) {
  auto *const numbers = static_cast<double *>(outcome);
  std::memset(outcome, 0, 2 * sizeof(double));
  guardEffect(handle, [&](Context &context) {
    const UncountedAllocations uncounted;
    auto &made = *static_cast<MatrixHandle *>(of);
    const solve::SolveRequest request{.method = static_cast<irh::abi::SolveMethod>(method),
                                      .tolerance = tolerance,
                                      .restart = restart};
    withNumbers(*fieldOf(start), [&]<typename V>(const V &) {
      matrix::Block<V> b = blockOf<V>(*fieldOf(right));
      matrix::Block<V> x = blockOf<V>(*fieldOf(start));
      const solve::SolveOutcome found = solveFor(made, b, x, request, workersOf(context));
      copyOwned(x.field, *fieldOf(result));
      std::memcpy(outcome, &found.iterations, sizeof found.iterations);
      numbers[1] = found.residual;
    });
  });
}

double irh_rt_list_element(void *handle, void *list, std::int64_t index) {
  return guardEffect(handle, [&](Context &) {
    const std::vector<double> &values = static_cast<ListHandle *>(list)->pairs.values;
    requireIndex(index, values.size(), "eigenvalue");
    return values[static_cast<std::size_t>(index)];
  });
}

double irh_rt_list_reduce(void *handle, void *list, std::int32_t kind) {
  return guardEffect(handle, [&](Context &) {
    return reduceList(static_cast<ListHandle *>(list)->pairs.values,
                      static_cast<irh::abi::ListReduction>(kind));
  });
}

} // extern "C"
