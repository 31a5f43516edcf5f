//===- Hdf5Library.cpp - HDF5, loaded when it is first needed ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/io/Hdf5Library.h"

#include "runtime/core/Error.h"

#include <dlfcn.h>

#include <string>

namespace irh::rt::io {

static Error missing(const char *reason) {
  return Error(ErrorCode::OutputFailed,
               std::string("cannot write .h5 files: ") + (reason ? reason : "HDF5 is missing") +
                   "; install it (Debian: libhdf5-103-1), or save to .csv");
}

template <typename Pointer> static void find(void *handle, const char *name, Pointer &into) {
  into = reinterpret_cast<Pointer>(::dlsym(handle, name));
  if (!into)
    throw missing(::dlerror());
}

static Hdf5Library load() {
  // Never unloaded: the library keeps ids of its own until the process ends.
  void *handle = ::dlopen(IRH_HDF5_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    throw missing(::dlerror());
  Hdf5Library library = {};
#define IRH_HDF5_CALL(name) find(handle, #name, library.name);
#define IRH_HDF5_TYPE(name) find(handle, #name, library.name);
#include "runtime/io/Hdf5Calls.def"
  // At exit it would try once more to write what could not be written.
  library.H5dont_atexit();
  library.H5open();
  return library;
}

const Hdf5Library &hdf5Library() {
  static const Hdf5Library library = load();
  return library;
}

} // namespace irh::rt::io
