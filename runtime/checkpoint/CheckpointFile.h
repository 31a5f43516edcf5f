//===- CheckpointFile.h - checkpoints on disk -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A file: "irhckpt\n", version (u32), 0 (u32), bytes of the contents (u64), of the values (u64),
// the contents, the values of each field of each evolve in order, and the checksum (u64) of all
// that. Whole or not there: it is written under another name and then takes its place.

#ifndef IRH_RUNTIME_CHECKPOINT_CHECKPOINTFILE_H
#define IRH_RUNTIME_CHECKPOINT_CHECKPOINTFILE_H

#include "runtime/checkpoint/Contents.h"
#include "runtime/core/Checksum.h"
#include "runtime/core/Error.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace irh::rt::checkpoint {

/// Changes with the layout of the file or the meaning of what is in it.
inline constexpr std::uint32_t kVersion = 2;

/// An open file, closed at its end.
class Descriptor {
public:
  explicit Descriptor(int number) : number(number) {}
  ~Descriptor();
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;

  const int number;
};

/// Writes a checkpoint, piece by piece.
///
/// Errors  OutputFailed, with the file's name; what was at the path stays there.
class Writer {
public:
  Writer(const std::string &path, const Contents &contents);
  /// Takes away what was not finished.
  ~Writer();
  Writer(const Writer &) = delete;
  Writer &operator=(const Writer &) = delete;

  /// The values of the fields, by global id, one after the other, in pieces of any size.
  void addValues(std::span<const std::byte> values);

  /// Puts the checkpoint in its place. It is on disk when this returns, and so is what was written
  /// to `outputs`.
  void finish(std::span<const report::Mark> outputs);

private:
  void write(std::span<const std::byte> bytes);

  std::string path;
  std::string temporary;
  Descriptor file;
  Checksum checksum;
  bool isFinished = false;
};

/// A checkpoint that is known to be whole.
class Reader {
public:
  /// Null where there is no file.
  ///
  /// Cost    reads the file once, in pieces.
  /// Errors  InvalidArgument: unreadable, no checkpoint, of another version, cut off, changed.
  static std::unique_ptr<Reader> open(const std::string &path);

  const Contents &contents() const { return saved; }

  /// The values of a field, by global id. Errors: InvalidArgument if the file changes meanwhile.
  std::vector<std::byte> readField(std::size_t evolve, std::size_t field) const;

private:
  Reader(const std::string &path, int descriptor) : path(path), file(descriptor) {}

  void readWhole();
  std::vector<std::byte> read(std::uint64_t offset, std::size_t size) const;
  void checkSum(std::uint64_t numBytes) const;
  Error wrong(const std::string &what) const;

  std::string path;
  Descriptor file;
  Contents saved;
  std::uint64_t valuesBegin = 0;
};

/// Takes a checkpoint away, if there is one.
void remove(const std::string &path);

/// Errors  InvalidArgument, with what differs, unless `mine` is the run that wrote the checkpoint.
void requireSameRun(const Identity &saved, const Identity &mine, const std::string &path);
/// The same for the files that the run has read.
void requireSameInputs(const std::vector<Input> &saved, const std::vector<Input> &mine,
                       const std::string &path);

} // namespace irh::rt::checkpoint

#endif // IRH_RUNTIME_CHECKPOINT_CHECKPOINTFILE_H
