//===- MpiLibrary.cpp - Open MPI, loaded when mpirun has started the program -===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/mpi/MpiLibrary.h"

#include "runtime/core/Library.h"

namespace irh::rt::mpi {

static Error missing(const std::string &reason) {
  return invalid("mpirun has started this program, and it cannot load Open MPI: " + reason +
                 "; install it (Debian: libopenmpi3), or run without mpirun");
}

static MpiLibrary load() {
  // Its own plug-ins look for its symbols.
  const Library openMpi(IRH_MPI_LIBRARY, SymbolScope::Global, missing);
  MpiLibrary library = {};
#define IRH_MPI_CALL(name) openMpi.find(#name, library.name);
#include "runtime/mpi/MpiCalls.def"
  openMpi.find("ompi_mpi_comm_world", library.world);
  openMpi.find("ompi_mpi_byte", library.byte);
  openMpi.find("ompi_mpi_errors_return", library.errorsReturn);
  return library;
}

const MpiLibrary &mpiLibrary() {
  static const MpiLibrary library = load();
  return library;
}

void MpiLibrary::check(int result) const {
  if (result == MPI_SUCCESS)
    return;
  char text[MPI_MAX_ERROR_STRING] = "";
  int length = 0;
  MPI_Error_string(result, text, &length);
  throw Error(ErrorCode::Internal, "MPI: " + std::string(text));
}

} // namespace irh::rt::mpi
