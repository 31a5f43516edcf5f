//===- Trace.h - the trace of a function of a matrix ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_EIGEN_TRACE_H
#define IRH_RUNTIME_EIGEN_TRACE_H

#include "runtime/abi/Abi.h"
#include "runtime/eigen/Dense.h"
#include "runtime/eigen/Lanczos.h"
#include "runtime/eigen/Lapack.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace irh::rt::eigen {

/// A value, and its error: the standard error of the mean of the probes, and apart what the number
/// of steps leaves out, joined as the lengths of two sides of a right angle. 0 where it is none.
struct Estimate {
  double value = 0;
  double error = 0;
  double bias = 0; ///< A bound of what more steps would change, which is in the error.
};

struct TraceRequest {
  double tolerance = 0; ///< Relative to the trace; 0 is 1e-2.
  abi::TraceMethod method = abi::TraceMethod::Automatic;
  std::optional<std::int64_t> numProbes = {}; ///< From 2 on; else as many as the tolerance needs.
  std::optional<std::int64_t> numSteps = {};  ///< Likewise.
  // Random signs or phases are keyed by these.
  std::uint64_t seed = 0;
  std::string name = {};
};

/// tr f(M), for a function that is asked for one point after the other:
///
///     while (trace.next())
///       trace.give(f(trace.point()));
///     use(trace.result());
///
/// Small matrices are solved whole. For others tr f(M) is the mean of z^H f(M) z over probes z with
/// entries of size 1, each found by a Gauss quadrature whose points are the eigenvalues of the
/// tridiagonal matrix of a Lanczos run from z (stochastic Lanczos quadrature). Null vectors that
/// are known (NullSpace) are taken out of z, and count exactly. The number of steps is doubled
/// until half of them give the same to a tenth of the tolerance, and probes are added until the
/// standard error of their mean is below it; the error counts both. Where a number is asked for, it
/// is taken. The bias is what the second half of the steps has changed: a bound where twice as many
/// steps make what is left out at most half as large.
///
/// Collective   over the ranks: all see the same points, and must give the same values.
/// Cost         a product of the matrix with a block of up to 8 vectors for each step and 8 probes;
///              memory for 2 such blocks.
/// Determinism  the same points for any number of threads; over ranks equal up to rounding, as
///              probes are keyed by global ids.
/// Errors       InvalidArgument: fewer than 2 probes or steps; those of `apply` and `solveDense`.
/// Source       S. Ubaru, J. Chen, Y. Saad, SIAM J. Matrix Anal. Appl. 38(4), 2017;
///              probes: M. Hutchinson, Commun. Stat. Simul. Comput. 18(3), 1989.
class Trace {
public:
  /// The matrix must outlive it.
  Trace(SpectralMatrix &matrix, TraceRequest request);

  bool next(const matrix::Workers &workers);
  double point() const { return points[at]; }
  void give(double value) { values.push_back(value); }
  Estimate result() const { return estimate; }

private:
  /// A quadrature rule on points [first, first + weights.size()).
  struct Rule {
    std::size_t first = 0;
    std::vector<double> weights;
  };
  /// The rules of a probe: of all steps, and of half of them.
  struct Probe {
    Rule whole, half;
  };

  void runBatch(const matrix::Workers &workers);
  using Solve = Tridiagonal (*)(std::vector<double> diagonal, std::vector<double> offDiagonal);
  Probe makeRules(const LanczosRun &run, double square, Solve solve);
  Rule makeRule(const LanczosRun &run, double square, std::size_t count, Solve solve);
  double sum(const Rule &rule) const;
  bool isEnough();
  void takeBatch();

  SpectralMatrix *matrix;
  TraceRequest request;
  bool isDense;
  bool isStarted = false;
  int numSteps = 0;
  std::size_t numProbes = 0;          ///< Of the batch at hand.
  std::vector<double> points, values; ///< Of the batch at hand; first 0, if it is one.
  std::vector<double> squares;        ///< Of each of its probes, the sum over the nodes.
  std::int64_t numNull = 0;           ///< Of the eigenvalues that are known to be 0.
  std::size_t at = 0;
  std::vector<Probe> batch;
  std::vector<double> estimates; ///< Of each probe so far.
  std::vector<double> biases;    ///< What half of the steps miss.
  Estimate estimate;
};

/// What is said where a determinant is 0.
inline constexpr const char *kSingular =
    "the matrix is singular, so its determinant has no logarithm; `zero:` says up to which size an "
    "eigenvalue counts as 0 and is left out";

/// The sum of ln |lambda| over the eigenvalues with |lambda| > `zero`; where `zero` is negative, no
/// eigenvalue may be 0. Costs, determinism and source are those of Trace.
///
/// Errors  Stopped: the matrix is singular, to rounding; as Trace.
Estimate logDeterminant(SpectralMatrix &matrix, double zero, TraceRequest request,
                        const matrix::Workers &workers);

} // namespace irh::rt::eigen

#endif // IRH_RUNTIME_EIGEN_TRACE_H
