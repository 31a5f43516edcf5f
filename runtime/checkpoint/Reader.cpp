//===- Reader.cpp - reads checkpoints, and refuses wrong ones ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/CheckpointFile.h"
#include "runtime/checkpoint/FileLayout.h"
#include "runtime/field/Field.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace irh::rt::checkpoint {

Error Reader::wrong(const std::string &what) const {
  return invalid("cannot resume from `" + path + "`: " + what);
}

std::unique_ptr<Reader> Reader::open(const std::string &path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 && errno == ENOENT)
    return nullptr;
  const int reason = errno;
  std::unique_ptr<Reader> reader(new Reader(path, descriptor));
  if (descriptor < 0)
    throw reader->wrong(std::strerror(reason));
  reader->readWhole();
  return reader;
}

std::vector<std::byte> Reader::read(std::uint64_t offset, std::size_t size) const {
  std::vector<std::byte> bytes(size);
  for (std::size_t done = 0; done < size;) {
    const ssize_t count =
        ::pread(file.number, bytes.data() + done, size - done, static_cast<off_t>(offset + done));
    if (count == 0)
      throw wrong("it is cut off; run without `--resume`");
    if (count < 0 && errno != EINTR)
      throw wrong(std::strerror(errno));
    done += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  }
  return bytes;
}

template <typename T> static T fromBytes(const std::vector<std::byte> &bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

void Reader::checkSum(std::uint64_t numBytes) const {
  constexpr std::uint64_t kPiece = 1 << 20;
  Checksum checksum;
  for (std::uint64_t offset = 0; offset < numBytes; offset += kPiece)
    checksum.add(read(offset, static_cast<std::size_t>(std::min(kPiece, numBytes - offset))));
  if (fromBytes<std::uint64_t>(read(numBytes, kChecksumBytes)) != checksum.value())
    throw wrong("it has been damaged: its checksum does not match; run without `--resume`");
}

/// Whether the values of all fields take so many bytes.
static bool takes(const Contents &contents, std::uint64_t numValueBytes) {
  for (const SavedEvolve &evolve : contents.evolves)
    for (const SavedField &field : evolve.fields) {
      const std::size_t size = field::sizeOf(field.element); // 0: no element at all
      if (size == 0 || field.numPoints < 0 ||
          static_cast<std::uint64_t>(field.numPoints) > numValueBytes / size)
        return false;
      numValueBytes -= field.numBytes();
    }
  return numValueBytes == 0;
}

void Reader::readWhole() {
  struct stat status = {};
  if (::fstat(file.number, &status) != 0)
    throw wrong(std::strerror(errno));
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
  const auto readable = static_cast<std::size_t>(std::min<std::uint64_t>(size, sizeof(Header)));
  std::vector<std::byte> first = read(0, readable);
  first.resize(sizeof(Header));
  const Header header = fromBytes<Header>(first);
  if (header.magic != kMagic)
    throw wrong("it is not a checkpoint; run without `--resume`");
  if (readable >= offsetof(Header, zero) && header.version != kVersion)
    throw wrong("it has version " + std::to_string(header.version) + ", and this program reads " +
                std::to_string(kVersion) + "; resume with the program that wrote it");
  valuesBegin = sizeof(Header) + header.numContentBytes;
  const std::uint64_t numChecked = valuesBegin + header.numValueBytes;
  // Each alone first: their sum could wrap around.
  if (std::max(header.numContentBytes, header.numValueBytes) > size ||
      numChecked + kChecksumBytes > size)
    throw wrong("it is cut off; run without `--resume`");
  if (numChecked + kChecksumBytes < size)
    throw wrong("it has been damaged: it is longer than it says; run without `--resume`");
  checkSum(numChecked);
  const auto contents =
      decode(read(sizeof(Header), static_cast<std::size_t>(header.numContentBytes)));
  if (!contents || !takes(*contents, header.numValueBytes))
    throw wrong("its contents make no sense; run without `--resume`");
  saved = *contents;
}

std::vector<std::byte> Reader::readField(std::size_t evolve, std::size_t field) const {
  std::uint64_t offset = valuesBegin;
  for (std::size_t i = 0; i < evolve; ++i)
    for (const SavedField &before : saved.evolves[i].fields)
      offset += before.numBytes();
  for (std::size_t i = 0; i < field; ++i)
    offset += saved.evolves[evolve].fields[i].numBytes();
  return read(offset, saved.evolves[evolve].fields[field].numBytes());
}

static std::string describeSeed(const std::string &seed) {
  return seed.empty() ? "without `--seed`" : "with `--seed " + seed + "`";
}

static std::string describeTables(const std::string &format) {
  return format.empty() ? "without `--out`" : "with `--out` and `--format=" + format + "`";
}

void requireSameRun(const Identity &saved, const Identity &mine, const std::string &path) {
  const auto refuse = [&](const std::string &what) -> Error {
    return invalid("cannot resume from `" + path + "`: it was written " + what);
  };
  if (saved.model != mine.model)
    throw refuse("by model `" + saved.model + "`, and this is `" + mine.model +
                 "`; choose its folder with `--out`");
  if (saved.hash != mine.hash)
    throw refuse("by another version of the model; put that back, or run without `--resume`");
  for (std::size_t i = 0; i < std::min(saved.params.size(), mine.params.size()); ++i)
    if (saved.params[i].value != mine.params[i].value)
      throw refuse("with `" + saved.params[i].name + "` = " + saved.params[i].value +
                   ", and now it is " + mine.params[i].value +
                   "; give the same parameters, or run without `--resume`");
  if (saved.seed != mine.seed)
    throw refuse(describeSeed(saved.seed) + ", and this run is " + describeSeed(mine.seed) +
                 "; give the same seed, or run without `--resume`");
  if (saved.tableFormat != mine.tableFormat)
    throw refuse(describeTables(saved.tableFormat) + ", and this run is " +
                 describeTables(mine.tableFormat) +
                 "; give the same flags, or run without `--resume`");
}

void requireSameInputs(const std::vector<Input> &saved, const std::vector<Input> &mine,
                       const std::string &path) {
  for (std::size_t i = 0; i < std::min(saved.size(), mine.size()); ++i)
    if (saved[i].checksum != mine[i].checksum)
      throw invalid("cannot resume from `" + path + "`: `" + mine[i].path +
                    "` is not as it was when that was written; put the file back, or run without "
                    "`--resume`");
}

} // namespace irh::rt::checkpoint
