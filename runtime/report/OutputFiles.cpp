//===- OutputFiles.cpp - the files a run writes, and how far each has got ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/OutputFiles.h"

#include "runtime/core/Error.h"

#include <filesystem>

namespace irh::rt::report {

Mark &OutputFiles::claim(const std::string &path) {
  const std::string plain = std::filesystem::path(path).lexically_normal().string();
  for (Entry &entry : entries) {
    if (entry.mark.path != plain)
      continue;
    if (entry.isClaimed)
      throw invalid("two statements write `" + plain + "`; give each a file of its own");
    entry.isClaimed = true;
    return entry.mark;
  }
  return entries.emplace_back(Mark{plain, 0}, true).mark;
}

std::vector<Mark> OutputFiles::marks() const {
  std::vector<Mark> marks;
  for (const Entry &entry : entries)
    marks.push_back(entry.mark);
  return marks;
}

void OutputFiles::resumeAt(const std::vector<Mark> &marks) {
  for (const Mark &mark : marks)
    entries.emplace_back(mark, false);
}

} // namespace irh::rt::report
