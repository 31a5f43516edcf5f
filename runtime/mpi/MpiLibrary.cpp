//===- MpiLibrary.cpp - Open MPI, loaded when mpirun has started the program -===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/mpi/MpiLibrary.h"

#include "runtime/core/Error.h"

#include <dlfcn.h>

namespace irh::rt::mpi {

static Error missing(const char *reason) {
  return invalid(std::string("mpirun has started this program, and it cannot load Open MPI: ") +
                 (reason ? reason : "a function is missing") +
                 "; install it (Debian: libopenmpi3), or run without mpirun");
}

template <typename Pointer> static void find(void *handle, const char *name, Pointer &into) {
  into = reinterpret_cast<Pointer>(::dlsym(handle, name));
  if (!into)
    throw missing(::dlerror());
}

static MpiLibrary load() {
  // Global: its own plug-ins look for its symbols. Never unloaded.
  void *handle = ::dlopen(IRH_MPI_LIBRARY, RTLD_NOW | RTLD_GLOBAL);
  if (!handle)
    throw missing(::dlerror());
  MpiLibrary library = {};
#define IRH_MPI_CALL(name) find(handle, #name, library.name);
#include "runtime/mpi/MpiCalls.def"
  find(handle, "ompi_mpi_comm_world", library.world);
  find(handle, "ompi_mpi_byte", library.byte);
  find(handle, "ompi_mpi_errors_return", library.errorsReturn);
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
