//===- Solve.cpp - linear equations by Krylov methods -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/solve/Solve.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/solve/Vectors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace irh::rt::solve {
namespace {

using matrix::Block;
using matrix::Workers;

constexpr double kDefaultTolerance = 1e-10;
constexpr std::int64_t kDefaultRestart = 30;
constexpr std::int64_t kMostIterations = 100'000;

/// What one method, started from a guess, has come to.
struct Progress {
  std::int64_t iterations = 0;
  bool isStuck = false; ///< More of the same would not help.
};

template <typename V> class Solver {
public:
  Solver(const Operator<V> &op, Block<V> &b, Block<V> &x, const SolveRequest &request,
         const Workers &workers)
      : op(op), b(b), x(x), request(request), workers(workers),
        tolerance(request.tolerance > 0 ? request.tolerance : kDefaultTolerance) {}

  SolveOutcome run();

private:
  Block<V> makeVector() const { return Block<V>(*op.nodes, 1); }
  void project(Block<V> &block) const {
    if (op.project)
      op.project(block);
  }
  /// r = b - A x; gives its length.
  double formResidual(Block<V> &r);
  void checkRight(double size);
  /// Each runs until the residual that it knows of is at most `aim`, or `most` iterations.
  Progress runCg(Block<V> &r, double aim, std::int64_t most);
  Progress runMinres(Block<V> &r, double size, double aim, std::int64_t most);
  Progress runGmres(Block<V> &r, double size, double aim, std::int64_t most);
  Progress runOnce(Block<V> &r, double size, double aim, std::int64_t most);
  [[noreturn]] void refuse(std::int64_t iterations, double residual) const;

  const Operator<V> &op;
  Block<V> &b;
  Block<V> &x;
  const SolveRequest &request;
  const Workers &workers;
  double tolerance;
};

template <typename V> double Solver<V>::formResidual(Block<V> &r) {
  op.apply(x, r);
  subtractFrom(r, b, workers);
  project(r);
  return length(r, workers);
}

template <typename V> void Solver<V>::checkRight(double size) {
  if (!std::isfinite(size))
    throw Error(ErrorCode::Stopped, "the right side of the equation is not finite");
  if (!op.project)
    return;
  Block<V> along = makeVector();
  copy(along, b, workers);
  project(along);
  subtractFrom(along, b, workers);
  const double part = length(along, workers) / size;
  if (part > std::max(tolerance, 1e-12))
    throw Error(ErrorCode::Stopped,
                "the equation has no solution: its matrix is singular, and a part of the right "
                "side lies along a null vector (" +
                    shortest(part) +
                    " of its length); where the matrix is that of a connected network, take the "
                    "mean out of the right side");
  project(b);
}

template <typename V> Progress Solver<V>::runCg(Block<V> &r, double aim, std::int64_t most) {
  Progress progress;
  Block<V> z = makeVector();
  Block<V> p = makeVector();
  Block<V> product = makeVector();
  const bool hasDiagonal = !op.diagonal.empty() || op.nodes->numOwned == 0;
  const auto precondition = [&] {
    V *const to = z.row(0);
    const V *const from = std::as_const(r).row(0);
    forEachNode(r.numOwned(), workers, [&](std::int64_t node) {
      to[node] =
          hasDiagonal ? from[node] / op.diagonal[static_cast<std::size_t>(node)] : from[node];
    });
    project(z);
  };
  precondition();
  copy(p, z, workers);
  double along = matrix::realPart(dot(r, z, workers));
  while (progress.iterations < most) {
    op.apply(p, product);
    ++progress.iterations;
    const double curvature = matrix::realPart(dot(p, product, workers));
    if (!(curvature > 0)) {
      // Along a null vector, or against rounding, nothing more is to be had.
      if (!(curvature < 0) || along <= aim * aim) {
        progress.isStuck = true;
        return progress;
      }
      throw Error(ErrorCode::Stopped,
                  "`cg` needs a positive matrix, and this one has a direction of curvature " +
                      shortest(curvature) + "; choose `minres`, `gmres` or `direct`");
    }
    const double step = along / curvature;
    add(x, V(step), p, workers);
    add(r, V(-step), product, workers);
    if (length(r, workers) <= aim)
      return progress;
    precondition();
    const double next = matrix::realPart(dot(r, z, workers));
    const double turn = next / along;
    along = next;
    V *const to = p.row(0);
    const V *const from = std::as_const(z).row(0);
    forEachNode(p.numOwned(), workers,
                [&](std::int64_t node) { to[node] = from[node] + turn * to[node]; });
  }
  return progress;
}

template <typename V>
Progress Solver<V>::runMinres(Block<V> &r, double size, double aim, std::int64_t most) {
  Progress progress;
  Block<V> before = makeVector();
  Block<V> v = makeVector();
  Block<V> product = makeVector();
  Block<V> w = makeVector();
  Block<V> wBefore = makeVector();
  copy(v, r, workers);
  scale(v, 1 / size, workers);
  double beta = 0;
  double cosine = 1, sine = 0, cosineBefore = 1, sineBefore = 0;
  double left = size;
  while (progress.iterations < most) {
    op.apply(v, product);
    ++progress.iterations;
    project(product);
    const double alpha = matrix::realPart(dot(v, product, workers));
    add(product, V(-alpha), v, workers);
    add(product, V(-beta), before, workers);
    const double next = length(product, workers);
    // The last column of the triangle, by the two rotations before.
    const double delta = cosine * alpha - cosineBefore * sine * beta;
    const double second = sine * alpha + cosineBefore * cosine * beta;
    const double third = sineBefore * beta;
    const double first = std::hypot(delta, next);
    if (first == 0) {
      progress.isStuck = true;
      return progress;
    }
    V *const newest = wBefore.row(0);
    const V *const direction = std::as_const(v).row(0);
    const V *const last = std::as_const(w).row(0);
    forEachNode(v.numOwned(), workers, [&](std::int64_t node) {
      newest[node] = (direction[node] - third * newest[node] - second * last[node]) / first;
    });
    std::swap(w.field.memory, wBefore.field.memory);
    cosineBefore = cosine;
    sineBefore = sine;
    cosine = delta / first;
    sine = next / first;
    add(x, V(cosine * left), w, workers);
    left *= -sine;
    if (std::abs(left) <= aim || next <= std::numeric_limits<double>::epsilon() * std::abs(alpha))
      return progress;
    scale(product, 1 / next, workers);
    std::swap(before.field.memory, v.field.memory);
    std::swap(v.field.memory, product.field.memory);
    beta = next;
  }
  return progress;
}

/// One cycle, until its vectors are used up.
template <typename V>
Progress Solver<V>::runGmres(Block<V> &r, double size, double aim, std::int64_t most) {
  const std::int64_t numVectors =
      std::min(request.restart > 0 ? request.restart : kDefaultRestart, most);
  const auto m = static_cast<std::size_t>(numVectors);
  Progress progress;
  std::vector<Block<V>> basis;
  basis.push_back(makeVector());
  copy(basis[0], r, workers);
  scale(basis[0], 1 / size, workers);
  std::vector<std::vector<V>> columns; // Of the triangle.
  std::vector<double> cosines;
  std::vector<V> sines;
  std::vector<V> left(m + 1);
  left[0] = V(size);
  for (std::size_t k = 0; k < m; ++k) {
    Block<V> next = makeVector();
    op.apply(basis[k], next);
    ++progress.iterations;
    std::vector<V> column(k + 2);
    for (int pass = 0; pass < 2; ++pass)
      for (std::size_t i = 0; i <= k; ++i) {
        const V along = dot(basis[i], next, workers);
        column[i] += along;
        add(next, -along, basis[i], workers);
      }
    const double beyond = length(next, workers);
    column[k + 1] = V(beyond);
    for (std::size_t i = 0; i < k; ++i) {
      const V upper = column[i], lower = column[i + 1];
      column[i] = cosines[i] * upper + sines[i] * lower;
      column[i + 1] = -matrix::conjugate(sines[i]) * upper + cosines[i] * lower;
    }
    // A rotation that makes the last entry 0.
    const double upperSize = std::abs(column[k]);
    const double whole = std::hypot(upperSize, beyond);
    if (whole == 0) {
      progress.isStuck = true;
      break;
    }
    const V phase = upperSize == 0 ? V(1) : column[k] / upperSize;
    cosines.push_back(upperSize / whole);
    sines.push_back(phase * (beyond / whole));
    column[k] = phase * whole;
    left[k + 1] = -matrix::conjugate(sines[k]) * left[k];
    left[k] = cosines[k] * left[k];
    columns.push_back(std::move(column));
    if (std::abs(left[k + 1]) <= aim || beyond == 0)
      break;
    scale(next, 1 / beyond, workers);
    basis.push_back(std::move(next));
  }
  const std::size_t used = columns.size();
  std::vector<V> factors(used);
  for (std::size_t i = used; i-- > 0;) {
    V sum = left[i];
    for (std::size_t j = i + 1; j < used; ++j)
      sum -= columns[j][i] * factors[j];
    factors[i] = sum / columns[i][i];
  }
  for (std::size_t i = 0; i < used; ++i)
    add(x, factors[i], basis[i], workers);
  return progress;
}

template <typename V>
Progress Solver<V>::runOnce(Block<V> &r, double size, double aim, std::int64_t most) {
  switch (request.method) {
  case abi::SolveMethod::Cg:
    return runCg(r, aim, most);
  case abi::SolveMethod::Minres:
    return runMinres(r, size, aim, most);
  default:
    return runGmres(r, size, aim, most);
  }
}

template <typename V> void Solver<V>::refuse(std::int64_t iterations, double residual) const {
  throw Error(ErrorCode::Stopped,
              "no solution was found to the tolerance " + shortest(tolerance) + ": after " +
                  std::to_string(iterations) + " iterations the relative residual is " +
                  shortest(residual) +
                  "; the matrix may be singular, or the tolerance too small; `direct` solves "
                  "small equations");
}

template <typename V> SolveOutcome Solver<V>::run() {
  const double size = length(b, workers);
  if (size == 0) {
    scale(x, 0, workers);
    return {};
  }
  checkRight(size);
  project(x);
  const std::int64_t most = request.maxIterations > 0
                                ? request.maxIterations
                                : std::min(10 * op.nodes->numGlobal + 100, kMostIterations);
  Block<V> r = makeVector();
  SolveOutcome outcome;
  double before = std::numeric_limits<double>::infinity();
  for (int numStuck = 0;;) {
    const double now = formResidual(r);
    outcome.residual = now / size;
    if (outcome.residual <= tolerance)
      return outcome;
    // What a method believes drifts from what is true; it goes on from there.
    numStuck = now > 0.9 * before ? numStuck + 1 : 0;
    before = std::min(before, now);
    if (!std::isfinite(now) || outcome.iterations >= most || numStuck > 10)
      refuse(outcome.iterations, outcome.residual);
    const Progress progress = runOnce(r, now, tolerance * size * 0.9, most - outcome.iterations);
    outcome.iterations += progress.iterations;
    numStuck += progress.isStuck ? 1 : 0;
  }
}

} // namespace

template <typename V>
SolveOutcome solve(const Operator<V> &op, Block<V> &b, Block<V> &x, const SolveRequest &request,
                   const Workers &workers) {
  if (!(request.tolerance >= 0 && request.tolerance < 1))
    throw invalid("`tolerance:` is " + shortest(request.tolerance) +
                  "; it is a relative residual, above 0 and below 1");
  if (request.restart < 0)
    throw invalid("`restart:` is " + std::to_string(request.restart) + "; it must be at least 1");
  return Solver<V>(op, b, x, request, workers).run();
}

template SolveOutcome solve(const Operator<double> &, Block<double> &, Block<double> &,
                            const SolveRequest &, const Workers &);
template SolveOutcome solve(const Operator<matrix::Complex> &, Block<matrix::Complex> &,
                            Block<matrix::Complex> &, const SolveRequest &, const Workers &);

} // namespace irh::rt::solve
