//===- Header.h - the C header of a model's library --------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_HEADER_H
#define IRH_COMPILER_DRIVER_HEADER_H

#include "runtime/program/Program.h"

#include <string>

namespace irh::driver {

/// The text of a header, for C and C++, that declares what the library of a model offers: its
/// parameters as a struct, the functions of runtime/embed/EmbedCalls.def, and two for each field.
std::string makeHeader(const rt::program::Program &program);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_HEADER_H
