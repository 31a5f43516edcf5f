//===- TextFile.cpp - a file of rows ----------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/TextFile.h"

#include "runtime/core/OutputError.h"
#include "runtime/report/Output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace irh::rt::report {

/// Cuts off what was written after the checkpoint.
static void cutAt(int descriptor, const Mark &mark) {
  struct stat status = {};
  if (::fstat(descriptor, &status) != 0)
    throw outputFailed(mark.path, errno);
  if (status.st_size < mark.position)
    throw Error(ErrorCode::OutputFailed, "cannot go on with `" + mark.path +
                                             "`: it is shorter than when the checkpoint "
                                             "was written; put it back, or run without `--resume`");
  if (::ftruncate(descriptor, mark.position) != 0)
    throw outputFailed(mark.path, errno);
}

TextFile::TextFile(Mark &mark) : mark(mark) {
  const int mode = mark.position == 0 ? O_CREAT | O_TRUNC : 0;
  descriptor = ::open(mark.path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | mode, 0666);
  if (descriptor < 0)
    throw outputFailed(mark.path, errno);
  try {
    if (mark.position != 0)
      cutAt(descriptor, mark);
  } catch (...) {
    ::close(descriptor);
    throw;
  }
}

TextFile::~TextFile() { ::close(descriptor); }

void TextFile::append(std::string_view text) {
  writeAll(descriptor, text, mark.path);
  mark.position += static_cast<std::int64_t>(text.size());
}

} // namespace irh::rt::report
