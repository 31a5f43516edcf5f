//===- ReadFile.cpp - a whole file as text ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/io/ReadFile.h"

#include "runtime/core/Error.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace irh::rt::io {

std::string readFile(const std::string &path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(std::fopen(path.c_str(), "rb"),
                                                              std::fclose);
  if (!file)
    throw invalid("cannot read `" + path + "`: " + std::strerror(errno) +
                  "; a path that is not absolute starts from the current directory");
  std::string text;
  std::size_t numRead = 0;
  do {
    constexpr std::size_t kChunk = std::size_t{1} << 20;
    const std::size_t old = text.size();
    text.resize(old + kChunk);
    numRead = std::fread(text.data() + old, 1, kChunk, file.get());
    text.resize(old + numRead);
  } while (numRead > 0);
  if (std::ferror(file.get()) != 0)
    throw invalid("cannot read `" + path + "`: " + std::strerror(errno));
  return text;
}

} // namespace irh::rt::io
