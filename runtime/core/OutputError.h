//===- OutputError.h - a file that cannot be written ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CORE_OUTPUTERROR_H
#define IRH_RUNTIME_CORE_OUTPUTERROR_H

#include "runtime/core/Error.h"

#include <string>

namespace irh::rt {

/// OutputFailed, with the system's reason and a remedy; `number` is the errno.
Error outputFailed(const std::string &path, int number);

} // namespace irh::rt

#endif // IRH_RUNTIME_CORE_OUTPUTERROR_H
