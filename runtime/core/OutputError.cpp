//===- OutputError.cpp - a file that cannot be written ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/OutputError.h"

#include <cerrno>
#include <cstring>

namespace irh::rt {

static const char *remedyOf(int number) {
  switch (number) {
  case ENOENT:
  case ENOTDIR:
    return "; make its folder first, or choose another with `--out`";
  case EACCES:
  case EPERM:
  case EROFS:
    return "; choose a folder that you may write with `--out`";
  case ENOSPC:
  case EDQUOT:
    return "; free some space, or choose another place with `--out`";
  case EISDIR:
    return "; choose another name";
  case EWOULDBLOCK:
    return "; another program has it open";
  }
  return "";
}

Error outputFailed(const std::string &path, int number) {
  return Error(ErrorCode::OutputFailed,
               "cannot write `" + path + "`: " + std::strerror(number) + remedyOf(number));
}

} // namespace irh::rt
