//===- Hdf5Library.cpp - HDF5, loaded when it is first needed ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/io/Hdf5Library.h"

#include "runtime/core/Library.h"

#include <string>

namespace irh::rt::io {

static Error missing(const std::string &reason) {
  return Error(ErrorCode::OutputFailed,
               "cannot write .h5 files: " + reason +
                   "; install it (Debian: libhdf5-103-1), or save to .csv");
}

static Hdf5Library load() {
  // It keeps ids of its own until the process ends.
  const Library hdf5(IRH_HDF5_LIBRARY, SymbolScope::Local, missing);
  Hdf5Library library = {};
#define IRH_HDF5_CALL(name) hdf5.find(#name, library.name);
#define IRH_HDF5_TYPE(name) hdf5.find(#name, library.name);
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
