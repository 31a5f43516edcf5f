//===- Output.cpp - bytes to a file descriptor ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Output.h"

#include "runtime/core/OutputError.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace irh::rt::report {

void writeAll(int descriptor, std::string_view text, const std::string &path) {
  while (!text.empty()) {
    const ssize_t numWritten = ::write(descriptor, text.data(), text.size());
    if (numWritten >= 0) {
      text.remove_prefix(static_cast<std::size_t>(numWritten));
      continue;
    }
    if (errno == EINTR)
      continue;
    if (!path.empty())
      throw outputFailed(path, errno);
    if (errno == EPIPE)
      throw Error(ErrorCode::OutputClosed, "nobody reads the output any more");
    throw Error(ErrorCode::OutputFailed,
                std::string("cannot write the output: ") + std::strerror(errno));
  }
}

} // namespace irh::rt::report
