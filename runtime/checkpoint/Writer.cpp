//===- Writer.cpp - writes checkpoints --------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/CheckpointFile.h"
#include "runtime/checkpoint/FileLayout.h"
#include "runtime/core/OutputError.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

namespace irh::rt::checkpoint {

Descriptor::~Descriptor() {
  if (number >= 0)
    ::close(number);
}

static int create(const std::string &path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0)
    throw outputFailed(path, errno);
  return descriptor;
}

static std::uint64_t numValueBytes(const Contents &contents) {
  std::uint64_t sum = 0;
  for (const SavedEvolve &evolve : contents.evolves)
    for (const SavedField &field : evolve.fields)
      sum += field.numBytes();
  return sum;
}

Writer::Writer(const std::string &path, const Contents &contents)
    : path(path), temporary(temporaryOf(path)), file(create(temporary)) {
  const std::vector<std::byte> encoded = encode(contents);
  const Header header{.numContentBytes = encoded.size(), .numValueBytes = numValueBytes(contents)};
  write(std::as_bytes(std::span(&header, 1)));
  write(encoded);
}

Writer::~Writer() {
  if (!isFinished)
    ::unlink(temporary.c_str());
}

void Writer::write(std::span<const std::byte> bytes) {
  checksum.add(bytes);
  while (!bytes.empty()) {
    const ssize_t numWritten = ::write(file.number, bytes.data(), bytes.size());
    if (numWritten >= 0)
      bytes = bytes.subspan(static_cast<std::size_t>(numWritten));
    else if (errno != EINTR)
      throw outputFailed(path, errno);
  }
}

void Writer::addValues(std::span<const std::byte> values) { write(values); }

/// What was written to a file, or the names in a folder, is on disk. A file that has gone, or that
/// cannot be opened again, has nothing to keep.
static void settle(const std::string &path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number >= 0 && ::fsync(file.number) != 0 && errno != EINVAL && errno != EROFS)
    throw outputFailed(path, errno);
}

void Writer::finish(std::span<const report::Mark> outputs) {
  const std::uint64_t sum = checksum.value();
  write(std::as_bytes(std::span(&sum, 1)));
  for (const report::Mark &mark : outputs)
    settle(mark.path);
  if (::fsync(file.number) != 0)
    throw outputFailed(path, errno);
  if (std::rename(temporary.c_str(), path.c_str()) != 0)
    throw outputFailed(path, errno);
  isFinished = true;
  const std::string folder = std::filesystem::path(path).parent_path().string();
  settle(folder.empty() ? "." : folder);
}

void remove(const std::string &path) {
  ::unlink(path.c_str());
  ::unlink(temporaryOf(path).c_str());
}

} // namespace irh::rt::checkpoint
