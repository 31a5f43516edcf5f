//===- Hdf5Library.h - HDF5, loaded when it is first needed -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Debian's libhdf5 brings thirty libraries and 6 ms of start-up, so programs are not linked with
// it: see docs/decisions. Private to runtime/io.

#ifndef IRH_RUNTIME_IO_HDF5LIBRARY_H
#define IRH_RUNTIME_IO_HDF5LIBRARY_H

#include <hdf5.h>

// HDF5 spells its flags with calls into the library, which hdf5Library() has made already.
#undef H5CHECK
#undef H5OPEN
#define H5CHECK
#define H5OPEN

namespace irh::rt::io {

/// The functions of the library, by their own names, and the variables that hold its types.
struct Hdf5Library {
#define IRH_HDF5_CALL(name) decltype(&::name) name;
#define IRH_HDF5_TYPE(name) const hid_t *name;
#include "runtime/io/Hdf5Calls.def"
};

/// Loads the library the first time; on any thread.
///
/// Errors  OutputFailed if this machine has none, or another version.
const Hdf5Library &hdf5Library();

} // namespace irh::rt::io

#endif // IRH_RUNTIME_IO_HDF5LIBRARY_H
