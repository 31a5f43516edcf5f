//===- Trace.cpp - the trace of a function of a matrix ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/Trace.h"

#include "runtime/core/Error.h"
#include "runtime/core/FirstRank.h"
#include "runtime/eigen/NullSpace.h"
#include "runtime/matrix/Arithmetic.h"
#include "runtime/random/Draws.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <utility>

namespace irh::rt::eigen {
namespace {

constexpr std::size_t kBlock = 8; ///< Probes that run together.
constexpr double kDefaultTolerance = 1e-2;
constexpr int kFirstSteps = 32;
constexpr int kMostSteps = 512;
constexpr std::int64_t kMostAsked = 1'000'000;
constexpr std::size_t kLeastProbes = 16;
constexpr std::size_t kMostProbes = 1024;

/// An entry of size 1 of a probe.
double probeEntry(double random, double) { return random < 0.5 ? -1 : 1; }
Complex probeEntry(double random, Complex) {
  return std::polar(1.0, 2 * std::numbers::pi * random);
}

template <typename T>
matrix::Block<T> drawProbes(const matrix::HermitianMatrix<T> &matrix, const TraceRequest &request,
                            std::size_t first, std::size_t count, const matrix::Workers &workers) {
  // Kernels are there for powers of two.
  const std::size_t width = std::bit_ceil(count);
  matrix::Block<T> block(matrix.nodes(), static_cast<int>(width));
  const random::Stream stream = random::makeStream(request.seed, request.name);
  const std::vector<std::int64_t> &ids = matrix.nodes().globalIds;
  matrix::forEachRun(
      block.numOwned(), workers.team, [&](std::int64_t begin, std::int64_t end, int) {
        for (std::int64_t node = begin; node < end; ++node) {
          const std::int64_t id = ids[static_cast<std::size_t>(node)];
          for (std::size_t c = 0; c < width; ++c) {
            const random::Words words =
                random::draw(stream, {.a = static_cast<std::uint64_t>(id), .step = first + c});
            block.row(node)[c] = probeEntry(random::uniform(words), T());
          }
        }
      });
  return block;
}

double mean(const std::vector<double> &values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return sum / static_cast<double>(values.size());
}

/// Zeros of the right number.
Tridiagonal unsolved(std::vector<double> diagonal, std::vector<double>) {
  return {std::vector<double>(diagonal.size()), std::vector<double>(diagonal.size())};
}

/// Of the mean of independent values.
double standardError(const std::vector<double> &values) {
  const double centre = mean(values);
  double squares = 0;
  for (const double value : values)
    squares += (value - centre) * (value - centre);
  const auto count = static_cast<double>(values.size());
  return std::sqrt(squares / (count - 1) / count);
}

} // namespace

static bool isSolvedWhole(SpectralMatrix &matrix, abi::TraceMethod method) {
  return method == abi::TraceMethod::Dense ||
         (method == abi::TraceMethod::Automatic && matrix.isDense());
}

Trace::Trace(SpectralMatrix &matrix, TraceRequest asked)
    : matrix(&matrix), request(std::move(asked)), isDense(isSolvedWhole(matrix, request.method)),
      numSteps(kFirstSteps) {
  if (!(request.tolerance > 0))
    request.tolerance = kDefaultTolerance;
  for (const auto &[name, count] :
       {std::pair("probes:", request.numProbes), std::pair("steps:", request.numSteps)})
    if (count && (*count < 2 || *count > kMostAsked))
      throw invalid("`" + std::string(name) + "` is " + std::to_string(*count) +
                    "; an estimate and its error take from 2 to " + std::to_string(kMostAsked));
  if (request.numSteps)
    numSteps = static_cast<int>(*request.numSteps);
}

bool Trace::next(const matrix::Workers &workers) {
  if (matrix->numRows() == 0)
    return false;
  if (isStarted && ++at < points.size())
    return true;
  if (isDense) {
    if (!isStarted) {
      isStarted = true;
      points = matrix->spectrum(workers);
      return !points.empty();
    }
    for (const double value : values)
      estimate.value += value;
    return false;
  }
  if (isStarted) {
    takeBatch();
    if (isEnough())
      return false;
  }
  isStarted = true;
  runBatch(workers);
  return true;
}

void Trace::runBatch(const matrix::Workers &workers) {
  points.clear();
  values.clear();
  batch.clear();
  at = 0;
  squares.clear();
  const auto wanted = static_cast<std::size_t>(request.numProbes.value_or(kMostProbes));
  numProbes = std::min(kBlock, wanted - estimates.size());
  std::vector<LanczosRun> runs = std::visit(
      [&]<typename T>(const matrix::HermitianMatrix<T> &rows) {
        auto block = drawProbes(rows, request, estimates.size(), numProbes, workers);
        const NullSpace<T> &known = matrix->nullSpaceOf<T>(workers);
        numNull = known.dimension();
        known.project(block, workers);
        for (const T square : matrix::dots(block, block, workers))
          squares.push_back(matrix::realPart(square));
        return runLanczos(rows, block, numSteps, workers);
      },
      matrix->rows);
  runs.resize(numProbes);
  if (numNull != 0)
    points.push_back(0);
  // Every rank has the same runs, so its rules are of the same sizes; their numbers are rank 0's.
  onFirstRank(workers.comm, "solve a tridiagonal matrix", [&] {
    for (const LanczosRun &run : runs)
      batch.push_back(makeRules(run, squares[batch.size()], solveTridiagonal));
  });
  if (workers.comm.rank() != 0)
    for (const LanczosRun &run : runs)
      batch.push_back(makeRules(run, 0, unsolved));
  takeFromFirstRank(points, workers.comm);
  for (Probe &probe : batch)
    for (Rule *rule : {&probe.whole, &probe.half})
      takeFromFirstRank(rule->weights, workers.comm);
}

Trace::Probe Trace::makeRules(const LanczosRun &run, double square, Solve solve) {
  const std::size_t numTaken = run.diagonal.size();
  // A run that has ended misses nothing.
  const bool isWhole = numTaken < static_cast<std::size_t>(numSteps);
  Probe probe;
  probe.whole = makeRule(run, square, numTaken, solve);
  probe.half = makeRule(run, square, isWhole ? numTaken : numTaken / 2, solve);
  return probe;
}

/// Of a probe whose squares add up to `square`.
Trace::Rule Trace::makeRule(const LanczosRun &run, double square, std::size_t count, Solve solve) {
  const auto end = static_cast<std::ptrdiff_t>(count);
  const Tridiagonal solved = solve(
      {run.diagonal.begin(), run.diagonal.begin() + end},
      {run.offDiagonal.begin(), run.offDiagonal.begin() + std::max<std::ptrdiff_t>(end - 1, 0)});
  Rule rule{.first = points.size(), .weights = {}};
  for (std::size_t i = 0; i < count; ++i) {
    points.push_back(solved.eigenvalues[i]);
    rule.weights.push_back(square * solved.firstEntries[i] * solved.firstEntries[i]);
  }
  return rule;
}

double Trace::sum(const Rule &rule) const {
  double sum = 0;
  for (std::size_t i = 0; i < rule.weights.size(); ++i)
    sum += rule.weights[i] * values[rule.first + i];
  return sum;
}

void Trace::takeBatch() {
  for (const Probe &probe : batch) {
    const double whole = sum(probe.whole);
    const double known = numNull == 0 ? 0 : static_cast<double>(numNull) * values[0];
    estimates.push_back(known + whole);
    biases.push_back(whole - sum(probe.half));
  }
}

bool Trace::isEnough() {
  estimate.value = mean(estimates);
  const double aim = request.tolerance * std::abs(estimate.value);
  const double bias = std::abs(mean(biases));
  if (!std::isfinite(estimate.value))
    return true;
  if (!request.numSteps && bias > aim / 10 && numSteps < kMostSteps &&
      numSteps < matrix->numRows()) {
    numSteps *= 2;
    estimates.clear();
    biases.clear();
    return false;
  }
  const double random = standardError(estimates);
  estimate.error = std::hypot(random, bias);
  estimate.bias = bias;
  if (request.numProbes)
    return estimates.size() >= static_cast<std::size_t>(*request.numProbes);
  return (estimates.size() >= kLeastProbes && random <= aim) || estimates.size() >= kMostProbes;
}

Estimate logDeterminant(SpectralMatrix &matrix, double zero, TraceRequest request,
                        const matrix::Workers &workers) {
  const bool mayBeSingular = zero >= 0;
  const double bound =
      std::visit([&](const auto &rows) { return rows.bound(workers.comm); }, matrix.rows);
  if (!mayBeSingular)
    zero = bound * static_cast<double>(matrix.numRows()) * std::numeric_limits<double>::epsilon();
  Trace trace(matrix, std::move(request));
  while (trace.next(workers)) {
    const double size = std::abs(trace.point());
    if (size <= zero && !mayBeSingular)
      throw Error(ErrorCode::Stopped, kSingular);
    trace.give(size > zero ? std::log(size) : 0);
  }
  return trace.result();
}

} // namespace irh::rt::eigen
