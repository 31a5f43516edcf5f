//===- ReadFile.h - a whole file as text ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_IO_READFILE_H
#define IRH_RUNTIME_IO_READFILE_H

#include <string>

namespace irh::rt::io {

/// The bytes of a file. Errors: InvalidArgument, with the system's reason, if it cannot be read.
std::string readFile(const std::string &path);

} // namespace irh::rt::io

#endif // IRH_RUNTIME_IO_READFILE_H
