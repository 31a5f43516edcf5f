//===- Lapack.cpp - dense matrices, by LAPACK -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/eigen/Lapack.h"

#include "runtime/core/Error.h"
#include "runtime/core/Library.h"

#include <algorithm>
#include <string>

namespace irh::rt::eigen {
namespace {

using Int = std::int32_t; ///< Of Fortran.

struct LapackLibrary {
  void (*zheevd)(const char *job, const char *half, const Int *n, Complex *a, const Int *rows,
                 double *w, Complex *work, const Int *numWork, double *realWork,
                 const Int *numRealWork, Int *intWork, const Int *numIntWork, Int *info);
  void (*dsyevd)(const char *job, const char *half, const Int *n, double *a, const Int *rows,
                 double *w, double *work, const Int *numWork, Int *intWork, const Int *numIntWork,
                 Int *info);
  void (*dsteqr)(const char *vectors, const Int *n, double *diagonal, double *offDiagonal,
                 double *z, const Int *rows, double *work, Int *info);
};

Error missing(const std::string &reason) {
  return invalid("cannot find eigenvalues without LAPACK: " + reason +
                 "; install it (Debian: libopenblas0-serial)");
}

const LapackLibrary &lapack() {
  static const LapackLibrary library = [] {
    const Library file(IRH_LAPACK_LIBRARY, SymbolScope::Local, missing);
    LapackLibrary found = {};
    file.find("zheevd_", found.zheevd);
    file.find("dsyevd_", found.dsyevd);
    file.find("dsteqr_", found.dsteqr);
    return found;
  }();
  return library;
}

void check(Int info) {
  if (info != 0)
    throw Error(ErrorCode::Stopped, "LAPACK found no eigenvalues (its info " +
                                        std::to_string(info) +
                                        "): an entry of the matrix is not finite, or too large");
}

const char *job(Vectors vectors) { return vectors == Vectors::Yes ? "V" : "N"; }

} // namespace

std::vector<double> solveDense(std::span<Complex> entries, std::int64_t size, Vectors vectors) {
  const auto n = static_cast<Int>(size);
  std::vector<double> eigenvalues(static_cast<std::size_t>(n));
  if (n == 0)
    return eigenvalues;
  Int info = 0;
  Int ask = -1;
  Complex numWork;
  double numRealWork = 0;
  Int numIntWork = 0;
  lapack().zheevd(job(vectors), "L", &n, entries.data(), &n, eigenvalues.data(), &numWork, &ask,
                  &numRealWork, &ask, &numIntWork, &ask, &info);
  check(info);
  std::vector<Complex> work(static_cast<std::size_t>(numWork.real()));
  std::vector<double> realWork(static_cast<std::size_t>(numRealWork));
  std::vector<Int> intWork(static_cast<std::size_t>(numIntWork));
  const auto sizeOfWork = static_cast<Int>(work.size());
  const auto sizeOfRealWork = static_cast<Int>(realWork.size());
  lapack().zheevd(job(vectors), "L", &n, entries.data(), &n, eigenvalues.data(), work.data(),
                  &sizeOfWork, realWork.data(), &sizeOfRealWork, intWork.data(), &numIntWork,
                  &info);
  check(info);
  return eigenvalues;
}

std::vector<double> solveDense(std::span<double> entries, std::int64_t size, Vectors vectors) {
  const auto n = static_cast<Int>(size);
  std::vector<double> eigenvalues(static_cast<std::size_t>(n));
  if (n == 0)
    return eigenvalues;
  Int info = 0;
  Int ask = -1;
  double numWork = 0;
  Int numIntWork = 0;
  lapack().dsyevd(job(vectors), "L", &n, entries.data(), &n, eigenvalues.data(), &numWork, &ask,
                  &numIntWork, &ask, &info);
  check(info);
  std::vector<double> work(static_cast<std::size_t>(numWork));
  std::vector<Int> intWork(static_cast<std::size_t>(numIntWork));
  const auto sizeOfWork = static_cast<Int>(work.size());
  lapack().dsyevd(job(vectors), "L", &n, entries.data(), &n, eigenvalues.data(), work.data(),
                  &sizeOfWork, intWork.data(), &numIntWork, &info);
  check(info);
  return eigenvalues;
}

Tridiagonal solveTridiagonal(std::vector<double> diagonal, std::vector<double> offDiagonal) {
  const auto n = static_cast<Int>(diagonal.size());
  const auto size = diagonal.size();
  std::vector<double> vectors(size * size);
  std::vector<double> work(std::max<std::size_t>(1, 2 * size));
  Int info = 0;
  lapack().dsteqr("I", &n, diagonal.data(), offDiagonal.data(), vectors.data(), &n, work.data(),
                  &info);
  check(info);
  Tridiagonal solved{std::move(diagonal), {}};
  for (std::size_t i = 0; i < size; ++i)
    solved.firstEntries.push_back(vectors[i * size]);
  return solved;
}

} // namespace irh::rt::eigen
