//===- FuzzCheckpoint.cpp - any bytes are a checkpoint or an error --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/CheckpointFile.h"
#include "runtime/checkpoint/FileLayout.h"
#include "runtime/core/Checksum.h"
#include "runtime/core/Error.h"

#include <cstdlib>
#include <span>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

using namespace irh::rt;

namespace {

/// A file in memory, and the path that opens it.
class MemoryFile {
public:
  MemoryFile() : file(::memfd_create("checkpoint", MFD_CLOEXEC)) {
    if (file.number < 0)
      std::abort();
  }

  void append(std::span<const std::byte> bytes) {
    if (::write(file.number, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
      std::abort();
  }

  std::string path() const { return "/proc/self/fd/" + std::to_string(file.number); }

private:
  checkpoint::Descriptor file;
};

/// What a file holds, from the first byte of the input.
enum class Disguise { None, Summed, Whole };

/// The bytes as a file: as they are, with a checksum that fits, or as the contents of a file whose
/// header and checksum fit and whose values are zeros.
void write(MemoryFile &file, Disguise disguise, std::span<const std::byte> bytes) {
  constexpr std::size_t kMostValues = 255;
  static constexpr std::byte kZeros[kMostValues] = {};
  Checksum sum;
  const auto add = [&](std::span<const std::byte> part) {
    file.append(part);
    sum.add(part);
  };
  std::size_t numValues = 0;
  if (disguise == Disguise::Whole && !bytes.empty()) {
    numValues = std::to_integer<std::size_t>(bytes[0]);
    bytes = bytes.subspan(1);
    checkpoint::Header header;
    header.numContentBytes = bytes.size();
    header.numValueBytes = numValues;
    add(std::as_bytes(std::span(&header, 1)));
  }
  add(bytes);
  add(std::span(kZeros).first(numValues));
  const std::uint64_t value = sum.value();
  if (disguise != Disguise::None)
    file.append(std::as_bytes(std::span(&value, 1)));
}

void readAll(const checkpoint::Reader &reader) {
  const checkpoint::Contents &contents = reader.contents();
  if (!checkpoint::decode(checkpoint::encode(contents)))
    std::abort();
  for (std::size_t i = 0; i < contents.evolves.size(); ++i)
    for (std::size_t j = 0; j < contents.evolves[i].fields.size(); ++j)
      if (reader.readField(i, j).size() != contents.evolves[i].fields[j].numBytes())
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  MemoryFile file;
  const std::span bytes(reinterpret_cast<const std::byte *>(data), size);
  write(file, static_cast<Disguise>(data[0] % 3), bytes.subspan(1));
  try {
    if (const auto reader = checkpoint::Reader::open(file.path()))
      readAll(*reader);
  } catch (const Error &) {
  }
  return 0;
}
