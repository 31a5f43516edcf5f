//===- Contents.h - what a checkpoint says ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CHECKPOINT_CONTENTS_H
#define IRH_RUNTIME_CHECKPOINT_CONTENTS_H

#include "runtime/abi/Abi.h"
#include "runtime/report/OutputFiles.h"
#include "runtime/step/Cadence.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace irh::rt::checkpoint {

/// A parameter, as text that reads back the same.
struct Setting {
  std::string name;
  std::string value;
};

/// Which run it is: a checkpoint goes on only in the same.
struct Identity {
  std::string model;
  std::string hash; ///< Of the model's source.
  std::vector<Setting> params;
  std::string seed;        ///< Of the flag; empty if it was not given.
  std::string tableFormat; ///< Of the files of rows under `--out`; empty if that was not given.
};

/// A file that the run has read.
struct Input {
  std::string path;
  std::uint64_t checksum = 0; ///< Of its bytes.
};

/// A field; its values, by global id, are in the file.
struct SavedField {
  abi::Element element = abi::Element::Real;
  std::int64_t numPoints = 0;

  std::size_t numBytes() const;
  friend bool operator==(const SavedField &, const SavedField &) = default;
};

/// An evolve of the run, where it ended or, of the last, where it stands.
struct SavedEvolve {
  step::Standing standing;
  std::vector<SavedField> fields = {};     ///< Slots of the frame that are fields, in order.
  std::vector<std::uint64_t> scalars = {}; ///< Those that are scalars, bit for bit.
};

/// All of a checkpoint but the values of fields.
struct Contents {
  Identity identity;
  std::vector<Input> inputs;        ///< In the order they were read.
  std::vector<SavedEvolve> evolves; ///< In the order of the run; at least one.
  std::vector<report::Mark> files;  ///< How far the run's output has got.
};

/// Little-endian, without padding; lists and texts after their length.
std::vector<std::byte> encode(const Contents &contents);

/// Nothing if the bytes are not what `encode` gives.
std::optional<Contents> decode(std::span<const std::byte> bytes);

} // namespace irh::rt::checkpoint

#endif // IRH_RUNTIME_CHECKPOINT_CONTENTS_H
