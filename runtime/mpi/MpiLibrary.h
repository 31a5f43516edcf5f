//===- MpiLibrary.h - Open MPI, loaded when mpirun has started the program --===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Programs are not linked with it, so that they start on machines without MPI, and at once: see
// docs/decisions. Private to runtime/mpi.

#ifndef IRH_RUNTIME_MPI_MPILIBRARY_H
#define IRH_RUNTIME_MPI_MPILIBRARY_H

#define OMPI_SKIP_MPICXX 1
#include <mpi.h>

#include <string>

namespace irh::rt::mpi {

/// The functions of the library, by their own names, and its objects, which mpi.h spells as
/// addresses of variables of the library.
struct MpiLibrary {
#define IRH_MPI_CALL(name) decltype(&::name) name;
#include "runtime/mpi/MpiCalls.def"
  MPI_Comm world;
  MPI_Datatype byte;
  MPI_Errhandler errorsReturn;

  /// Errors  Internal, with MPI's own words, unless `result` is success.
  void check(int result) const;
};

/// Loads the library the first time.
///
/// Errors  InvalidArgument if this machine has none, or another version.
const MpiLibrary &mpiLibrary();

} // namespace irh::rt::mpi

#endif // IRH_RUNTIME_MPI_MPILIBRARY_H
